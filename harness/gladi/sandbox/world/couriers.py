"""The couriers: for which orders they have no time to collect a parcel just now, or none at all.

As a rule they can be asked at any hour. A rehearsal takes the time for a single order away and gives it back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from gladi.record.clock import Clock, Instant

__all__ = ["Absence", "Couriers"]


class Absence(StrEnum):
    """Why no courier can be asked for an order."""

    MISSED = "missed"
    """There is a time for collection, and it is not now."""
    MISSING = "missing"
    """There is no time for collection."""


class Couriers:
    """Those who collect a seller's parcels."""

    def __init__(self, clock: Clock) -> None:
        """Let them come at any hour."""
        self._clock = clock
        self._away: dict[str, Instant | None] = {}

    def stay_away(self, order: str, *, time: timedelta | None = None) -> None:
        """Let nobody be asked for an order for `time`, or with None until somebody can come again."""
        self._away[order] = None if time is None else self._clock.now + round(time.total_seconds() * 1000)

    def come_again(self, order: str) -> None:
        """Let them be asked for an order at any hour again."""
        self._away.pop(order, None)

    def absence(self, order: str) -> Absence | None:
        """Say why nobody can be asked for an order now; None when somebody can."""
        if order not in self._away:
            return None
        until = self._away[order]
        if until is None:
            return Absence.MISSING
        return Absence.MISSED if self._clock.now < until else None

    def back_at(self, order: str) -> Instant:
        """Give when somebody can be asked for an order: now, unless a time for collection is still to come."""
        return max(self._clock.now, self._away.get(order) or self._clock.now)
