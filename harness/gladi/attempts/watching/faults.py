"""The one error of a watch that its person has to do something about."""

from __future__ import annotations

__all__ = ["StateError"]


class StateError(Exception):
    """The state of a watch cannot be read or written; the text is one sentence that says which file and what to do."""
