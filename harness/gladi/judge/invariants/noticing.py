"""The merge is noticed in time. Time in which the system is down does not count: nobody can tell it anything then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.history import CLOSED
from gladi.judge.invariants.invariant import Invariant, Violation, told
from gladi.record.evidence import assumed
from gladi.record.journal import Call, Fact, Webhook, What
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

IN_TIME = 3_600_000
"""One hour in milliseconds: twelve of the polls that the changelog recommends. Assumed."""


class TheMergeIsNoticed(Invariant):
    """A system is told of a merge within the hour, by the webhook or by asking for itself."""

    id = "the_merge_is_noticed"
    looks_at = (Call, Fact, Webhook)
    source = assumed("the changelog names webhook and polling every five minutes; an hour leaves room for a lost webhook")

    def __init__(self) -> None:
        super().__init__()
        self._merged: dict[str, Fact] = {}
        self._told: dict[str, Entry] = {}
        self._closed_at: int | None = None
        self._downs: list[tuple[int, int | None]] = []

    def sees(self, entry: Entry) -> Iterator[Violation]:
        for shop in told(entry):
            self._told.setdefault(shop, entry)
        if isinstance(entry, Fact) and entry.what == What.TOKOPEDIA_CLOSED and entry.value == CLOSED:
            self._closed_at = entry.at
        if isinstance(entry, Fact) and entry.what == What.STAGE and entry.stage is Stage.MERGED and entry.shop:
            self._merged[entry.shop] = entry
        if isinstance(entry, Fact) and entry.what == What.SYSTEM_DOWN:
            self._downs.append((entry.at, None))
        if isinstance(entry, Fact) and entry.what == What.SYSTEM_BACK and self._downs:
            self._downs[-1] = (self._downs[-1][0], entry.at)
        yield from ()

    def settles(self, at: int) -> Iterator[Violation]:
        for shop, merged in self._merged.items():
            told_at = self._told.get(shop)
            if told_at is None and self._up(merged.at, min(at, self._closed_at or at)) < IN_TIME:
                continue  # or Tokopedia's API closed before the hour was over, and nobody could tell any more
            self.chances += 1
            if told_at is None:
                yield self.broken(f"{shop} merged and the system never learned of it: no webhook taken, no poll.", merged.n, shop=shop)
            elif self._up(merged.at, told_at.at) > IN_TIME:
                minutes = (told_at.at - merged.at) // 60_000
                yield self.broken(f"{shop} merged and the system learned of it {minutes} minutes later.", merged.n, told_at.n, shop=shop)

    def _up(self, since: int, until: int) -> int:
        """Give for how much of a time the system was not down."""
        down = sum(max(0, min(until, until if back is None else back) - max(since, gone)) for gone, back in self._downs)
        return until - since - down
