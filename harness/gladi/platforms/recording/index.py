"""The exchanges of a recording by what was asked, so that finding one costs the same among fifty and among ten thousand.

1. A write is answered once for each time it was recorded, and the writes to one path in the order in which they were recorded.
2. A read may come more often, or at other moments: it is answered as it was last answered by then, where *by then* means behind the
   writes that have been made again and, where the recording has the rehearsal's own virtual time, not later than now.
3. Of several equal answers of one moment the first that is unused comes first, and the last stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.matching import Asked, asked, difference, likeness, operation_of, writes
from gladi.record.clock import Instant
from gladi.record.wire import Lost

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["Index", "Recorded"]

_COMPARED = 2000
"""With so many recorded requests at most a missed one is compared; the nearest need not be found among millions."""


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """One recorded exchange: where it stands, what was asked, and the answer."""

    number: int
    at: Instant
    asked: Asked
    exchange: Exchanged
    behind: int
    """How many writes were recorded before it."""
    writes: bool


@dataclass(slots=True)
class _Equal:
    """The exchanges in which the same was asked, in their order."""

    all: list[Recorded] = field(default_factory=list[Recorded])
    unused: int = 0
    """The first that was never given."""
    reached: int = 0
    """So many of them lie behind what has been written again, and not in the future."""
    begins: int = 0
    """Where among the reached those of the last moment begin."""


class Index:
    """The exchanges of one recording, and how far it has been gone through."""

    def __init__(self, exchanges: Sequence[Exchanged], *, timed: bool) -> None:
        """Read them in; `timed` says that their instants are those of the rehearsal's virtual clock."""
        self._timed = timed
        self._by_asked: dict[Asked, _Equal] = {}
        self._in_sequence: dict[tuple[str, str, str], list[Recorded]] = {}
        self._made: dict[tuple[str, str, str], int] = {}
        self._behind = 0
        """Behind how many recorded writes the play is."""
        self._all: list[Recorded] = []
        self._used: set[int] = set()
        known: dict[tuple[str, str, str], bool] = {}
        behind = 0
        for exchange in exchanges:
            if exchange.response.lost is Lost.REQUEST:  # it never came to the platform
                continue
            one = asked(exchange.request)
            path = one[:3]
            if path not in known:
                known[path] = writes(one)
            recorded = Recorded(len(self._all), exchange.request.at, one, exchange, behind, known[path])
            self._all.append(recorded)
            equal = self._by_asked.get(one)
            if equal is None:
                equal = self._by_asked[one] = _Equal()
            equal.all.append(recorded)
            if recorded.writes:
                behind += 1
                self._in_sequence.setdefault(path, []).append(recorded)

    def __len__(self) -> int:
        """How many exchanges there are to be asked for."""
        return len(self._all)

    @property
    def unasked(self) -> list[Recorded]:
        """The exchanges that were never asked for, in their order."""
        return [one for one in self._all if one.number not in self._used]

    def find(self, one: Asked, now: Instant) -> Recorded | None:
        """Give the exchange that answers a request which arrives `now`, and use it up; None where none does."""
        equal = self._by_asked.get(one)
        if equal is None:
            return None
        found = self._next_write(equal) if equal.all[0].writes else self._read(equal, now)
        if found is not None:
            self._used.add(found.number)
        return found

    def _next_write(self, equal: _Equal) -> Recorded | None:
        if equal.unused == len(equal.all):
            return None
        found = equal.all[equal.unused]
        path = found.asked[:3]
        made = self._made.get(path, 0)
        if self._in_sequence[path][made] is not found:
            return None
        equal.unused += 1
        self._made[path] = made + 1
        self._behind = max(self._behind, found.behind + 1)
        return found

    def _read(self, equal: _Equal, now: Instant) -> Recorded:
        rows = equal.all
        while equal.reached < len(rows):
            row = rows[equal.reached]
            if row.behind > self._behind or (self._timed and row.at > now):
                break
            if row.behind != rows[equal.begins].behind or (self._timed and row.at != rows[equal.begins].at):
                equal.begins = equal.reached
            equal.reached += 1
        if not equal.reached:  # it comes early, and is told what was told first
            return rows[0]
        at = max(equal.unused, equal.begins)
        if at == equal.reached:
            return rows[-1 + at]
        equal.unused = at + 1
        return rows[at]

    def nearest(self, one: Asked) -> tuple[Recorded, str] | None:
        """Give the recorded exchange that a missed request is most like, and the first difference; None where nothing is like it."""
        equal = self._by_asked.get(one)
        if equal is not None:
            return self._out_of_sequence(equal)
        operation = operation_of(one)
        rows = [found.all[0] for found in self._by_asked.values() if found.all[0].asked[:2] == one[:2]]
        rows = [row for row in rows if row.asked.path == one.path or (operation is not None and operation_of(row.asked) is operation)]
        if not rows:
            return None
        found = max(rows[:_COMPARED], key=lambda row: likeness(one, row.asked))
        return found, difference(one, found.asked)

    def _out_of_sequence(self, equal: _Equal) -> tuple[Recorded, str]:
        times = len(equal.all)
        if equal.unused == times:
            often = "once" if times == 1 else f"{times} times"
            return equal.all[-1], f"it was recorded {often}, and this is once more"
        path = equal.all[0].asked[:3]
        due = self._in_sequence[path][self._made.get(path, 0)]
        return due, f"{difference(equal.all[0].asked, due.asked)}, and this was recorded only behind it"
