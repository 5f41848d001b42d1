"""The rate limit: its headers on every answer, and a token bucket on virtual time for Get Shop Info."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.record.clock import Instant

__all__ = ["Bucket", "Rates"]

_LIMITED = "tokopedia.get_shop_info"
"""The only operation whose number is documented."""
_NOMINAL = 100
"""What the headers of all other operations say; none of them is ever refused for its rate."""
_ONE = 1000
"""One request, in thousandths: at `rate` requests a second, `rate` thousandths are regained each millisecond, without rounding."""


class Bucket:
    """A token bucket: full at first, one request taken at a time, refilled as virtual time passes."""

    __slots__ = ("_at", "_full", "_held", "_rate")

    def __init__(self, rate: int) -> None:
        """Allow `rate` requests a second, and as many in one burst."""
        self._rate = max(1, rate)
        self._full = self._held = self._rate * _ONE
        self._at: Instant = 0

    def take(self, at: Instant) -> bool:
        """Take one request; False when none is left."""
        if at > self._at:
            self._held = min(self._full, self._held + self._rate * (at - self._at))
            self._at = at
        if self._held < _ONE:
            return False
        self._held -= _ONE
        return True

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The four headers; Reset-After is a negative zero while requests remain, as documented."""
        remaining = self._held // _ONE
        reset = "-0.000000" if remaining else f"{(_ONE - self._held) / self._rate / 1000:.6f}"
        return (
            ("X-Ratelimit-Limit", f"{self._rate} req/s (burst {self._rate})"),
            ("X-Ratelimit-Remaining", str(remaining)),
            ("X-Ratelimit-Reset-After", reset),
            ("X-Ratelimit-Full-Reset-After", f"{(self._full - self._held) / self._rate / 1000:.6f}"),
        )


def _nominal() -> tuple[tuple[str, str], ...]:
    bucket = Bucket(_NOMINAL)
    bucket.take(0)
    return bucket.headers


class Rates:
    """The buckets of one app."""

    __slots__ = ("_bucket", "_others")

    def __init__(self, rate: int) -> None:
        """Allow `rate` calls of Get Shop Info a second."""
        self._bucket = Bucket(rate)
        self._others = _nominal()

    def admits(self, operation: str, at: Instant) -> bool:
        """Count a call; False when it comes too soon."""
        return operation != _LIMITED or self._bucket.take(at)

    def headers(self, operation: str) -> tuple[tuple[str, str], ...]:
        """Give the headers for an answer of `operation`."""
        return self._bucket.headers if operation == _LIMITED else self._others
