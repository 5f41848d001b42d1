"""How a call can fail. What matters is whether it surely did not happen, or may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Busy", "CallFailed", "Refused", "Unclear"]


class CallFailed(Exception):  # noqa: N818 - it is what happened
    """A call that brought nothing usable."""


class Refused(CallFailed):
    """The platform said no: it surely did not happen."""

    def __init__(self, code: str, text: str) -> None:
        """Keep the platform's own code, and its text."""
        super().__init__(f"{text} ({code})" if code else text)
        self.code = code


class Busy(CallFailed):
    """Too many requests: it surely did not happen, and may be asked again at `until`."""

    def __init__(self, until: datetime) -> None:
        """Keep when to ask again."""
        super().__init__(f"too many requests, again at {until:%H:%M:%S} UTC")
        self.until = until


class Unclear(CallFailed):
    """No answer, or one that cannot be read: it may have happened."""
