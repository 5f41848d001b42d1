"""The merge is noticed in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.history import CLOSED
from gladi.judge.invariants.invariant import Invariant, Violation, told
from gladi.record.evidence import assumed
from gladi.record.journal import Fact, What
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

IN_TIME = 3_600_000
"""One hour in milliseconds: twelve of the polls that the changelog recommends. Assumed."""


class TheMergeIsNoticed(Invariant):
    """A system is told of a merge within the hour, by the webhook or by asking for itself."""

    id = "the_merge_is_noticed"
    source = assumed("the changelog names webhook and polling every five minutes; an hour leaves room for a lost webhook")

    def __init__(self) -> None:
        super().__init__()
        self._merged: dict[str, Fact] = {}
        self._told: dict[str, Entry] = {}
        self._closed_at: int | None = None

    def sees(self, entry: Entry) -> Iterator[Violation]:
        for shop in told(entry):
            self._told.setdefault(shop, entry)
        if isinstance(entry, Fact) and entry.what == What.TOKOPEDIA_CLOSED and entry.value == CLOSED:
            self._closed_at = entry.at
        if isinstance(entry, Fact) and entry.what == What.STAGE and entry.stage is Stage.MERGED and entry.shop:
            self._merged[entry.shop] = entry
        yield from ()

    def settles(self, at: int) -> Iterator[Violation]:
        for shop, merged in self._merged.items():
            told_at = self._told.get(shop)
            if told_at is None and min(at, self._closed_at or at) - merged.at < IN_TIME:
                continue  # or Tokopedia's API closed before the hour was over, and nobody could tell any more
            self.chances += 1
            if told_at is None:
                yield self.broken(f"{shop} merged and the system never learned of it: no webhook taken, no poll.", merged.n, shop=shop)
            elif told_at.at - merged.at > IN_TIME:
                minutes = (told_at.at - merged.at) // 60_000
                yield self.broken(f"{shop} merged and the system learned of it {minutes} minutes later.", merged.n, told_at.n, shop=shop)
