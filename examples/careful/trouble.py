"""What can go wrong between us and a platform: it said no, it said later, or nobody knows what it did."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["Busy", "NotSold", "Patience", "PlatformError", "Refused", "Unclear"]

_log = logging.getLogger("careful")


class PlatformError(Exception):
    """A call that brought no answer we can use."""


class Refused(PlatformError):  # noqa: N818 - it is what happened
    """The platform said no: it surely did not happen."""

    def __init__(self, code: str, text: str) -> None:
        """Keep the platform's own code and its text."""
        super().__init__(f"{text} ({code})" if code else text)
        self.code = code


class NotSold(Refused):
    """The platform does not sell this SKU."""


class Busy(PlatformError):  # noqa: N818 - the same
    """Too many requests: it surely did not happen, and may be asked again at `until`."""

    def __init__(self, until: datetime) -> None:
        """Keep when to ask again."""
        super().__init__(f"too many requests, again at {until:%H:%M:%S} UTC")
        self.until = until


class Unclear(PlatformError):  # noqa: N818 - the same
    """No answer, or none that can be read: it may have happened."""


class Patience:
    """Keeps one failing call from stopping the others, and remembers when to try again."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin with nothing failed."""
        self.now = now
        self._again_at: datetime | None = None

    @contextmanager
    def spared(self, what: str) -> Generator[None]:
        """Contain the failure of a platform; what could not be done is still due, and is tried within a minute."""
        try:
            yield
        except PlatformError as error:
            _log.warning("%s: %s", what, error)
            again_at = error.until if isinstance(error, Busy) else self.now() + timedelta(minutes=1)
            self._again_at = min(self._again_at or again_at, again_at)

    def again_at(self, otherwise: datetime) -> datetime:
        """Give when what failed is to be tried again, `otherwise` if nothing did, and begin anew."""
        again_at, self._again_at = self._again_at, None
        return again_at or otherwise
