"""What a system may outlive: the end of the process that it runs in."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Restarts"]


class Restarts(Protocol):
    """The system can be begun again on what it left on disk.

    Its factory may be called again, with a venue whose `storage` holds what lay there when the process went, in whatever moment that
    was. Nobody says goodbye to a process that goes: an async context manager is entered again without having been left.
    """
