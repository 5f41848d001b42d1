"""The rate limit: its headers on every answer, and token buckets on virtual time for Get Shop Info and for the rows of bulk writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.record.clock import Instant

__all__ = ["Bucket", "Rates"]

_LIMITED = "tokopedia.get_shop_info"
"""The only operation whose calls are refused for their rate, because its number is documented."""
_NOMINAL = 100
"""What the headers of all other operations say."""
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

    __slots__ = ("_bucket", "_bulk", "_bulk_rate", "_others")

    def __init__(self, rate: int, bulk_rate: int) -> None:
        """Allow `rate` calls of Get Shop Info a second, and `bulk_rate` rows a second of each bulk operation."""
        self._bucket = Bucket(rate)
        self._bulk: dict[str, Bucket] = {}
        self._bulk_rate = bulk_rate
        self._others = _nominal()

    def admits(self, operation: str, at: Instant) -> bool:
        """Count a call; False when it comes too soon."""
        return operation != _LIMITED or self._bucket.take(at)

    def admits_row(self, operation: str, at: Instant) -> bool:
        """Count a row of a bulk operation; False when it comes too soon. Such a row fails alone, in an answer that is 200."""
        bucket = self._bulk.get(operation)
        if bucket is None:
            bucket = self._bulk[operation] = Bucket(self._bulk_rate)
        return bucket.take(at)

    def headers(self, operation: str) -> tuple[tuple[str, str], ...]:
        """Give the headers for an answer of `operation`."""
        if operation == _LIMITED:
            return self._bucket.headers
        bucket = self._bulk.get(operation)
        return bucket.headers if bucket is not None else self._others
