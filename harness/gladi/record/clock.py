"""Virtual time: a heap of timers and a clock that moves only when told.

1. Instants are whole milliseconds since 1970-01-01 UTC: exact, sortable, the same in every journal.
2. The clock never runs backwards and never moves by itself.
3. Timers fire in the order of their instants, and at one instant in the order in which they were set.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WIB", "Clock", "ClockError", "Instant", "Timer", "instant", "moment", "wall_time"]

Instant = int
"""Milliseconds since the epoch, UTC."""

WIB = timedelta(hours=7)
"""Western Indonesia Time, which has no daylight saving: UTC+7."""


class ClockError(Exception):
    """The clock was asked to run backwards: a fault of the harness."""


def instant(when: datetime) -> Instant:
    """Turn an aware datetime into an instant; a naive one is refused with ValueError."""
    if when.tzinfo is None:
        msg = f"{when!r} has no time zone; write datetime(..., tzinfo=UTC)"
        raise ValueError(msg)
    return round(when.timestamp() * 1000)


def moment(at: Instant) -> datetime:
    """Turn an instant into an aware datetime in UTC."""
    return datetime.fromtimestamp(at // 1000, tz=UTC) + timedelta(milliseconds=at % 1000)


def wall_time(at: Instant) -> str:
    """Give the hour and minute in WIB that a person on the seller's side would read, such as ``09:00``."""
    return (moment(at) + WIB).strftime("%H:%M")


@dataclass(order=True, slots=True)
class Timer:
    """One thing that is due at an instant; `cancel` it and it never fires."""

    at: Instant
    order: int
    name: str = field(compare=False)
    fire: Callable[[], None] | None = field(compare=False, repr=False)

    def cancel(self) -> None:
        """Take the timer out; it stays in the heap, silent, until its instant has passed."""
        self.fire = None


class Clock:
    """A clock with timers, which leaps from one due thing to the next."""

    __slots__ = ("_heap", "_order", "now")

    def __init__(self, now: Instant) -> None:
        """Start at `now`, milliseconds since the epoch."""
        self.now: Instant = now
        self._heap: list[Timer] = []
        self._order = 0

    def at(self, when: Instant, fire: Callable[[], None], *, name: str) -> Timer:
        """Set a timer; one that is set for the past is due at once."""
        self._order += 1
        timer = Timer(max(when, self.now), self._order, name, fire)
        heapq.heappush(self._heap, timer)
        return timer

    def after(self, wait: timedelta, fire: Callable[[], None], *, name: str) -> Timer:
        """Set a timer for `wait` from now."""
        return self.at(self.now + round(wait.total_seconds() * 1000), fire, name=name)

    @property
    def due(self) -> Instant | None:
        """The instant of the next timer, or None when nothing is waited for."""
        heap = self._heap
        while heap and heap[0].fire is None:
            heapq.heappop(heap)
        return heap[0].at if heap else None

    def leap(self, to: Instant) -> None:
        """Go to an instant and fire, in order, everything that falls due on the way.

        Raises:
            ClockError: `to` lies in the past.
        """
        if to < self.now:
            msg = f"the clock stands at {moment(self.now):%Y-%m-%d %H:%M:%S} UTC and cannot go back to {moment(to):%Y-%m-%d %H:%M:%S} UTC"
            raise ClockError(msg)
        while (due := self.due) is not None and due <= to:
            timer = heapq.heappop(self._heap)
            self.now = max(self.now, timer.at)
            fire, timer.fire = timer.fire, None
            if fire is not None:
                fire()
        self.now = to

    def pending(self) -> list[Timer]:
        """Give the timers still to fire, soonest first, for a person to read."""
        return sorted(timer for timer in self._heap if timer.fire is not None)
