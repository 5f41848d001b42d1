"""While shops merge, only price and stock are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import documented
from gladi.record.journal import Call
from gladi.record.operations import Does

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry
    from gladi.record.words import Platform

PROBE_EVERY = 3_600_000
"""One hour in milliseconds: how often a system may try whether the lock is gone, since no signal announces it. Assumed."""

LOCKS = frozenset(("locked_while_merging", "locked_by_the_merge"))
"""The refusals that tell a system that shops merge; what follows on Tokopedia & Shop, until the confirmation, `probing` judges."""

_PAGES = frozenset((Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS))


class OnlyPriceAndStockWhileMerging(Invariant):
    """While shops merge, only price and stock are written; what was refused is tried again at most once an hour.

    Nothing announces that the shops are merging, so the first refusal is how a system learns of it and is no breach. From
    then on every further edit or launch of that shop on that platform, sooner than an hour later and refused again, is one.
    A write that is carried out ends the wait; one that is refused for another reason says nothing of the lock, and a refusal that
    never reached the system says nothing at all.
    """

    id = "only_price_and_stock_while_merging"
    looks_at = (Call,)
    source = documented("rehearsal guide, Verification: other information cannot be modified; error 12052332")

    def __init__(self) -> None:
        super().__init__()
        self._locked: dict[tuple[str, Platform], Call] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Call) or entry.does not in _PAGES or entry.shop is None:
            return
        place = (entry.shop, entry.platform)
        if entry.refusal not in LOCKS:
            if not entry.refused:
                self._locked.pop(place, None)
            return
        if entry.lost is not None:
            return
        self.chances += 1
        last = self._locked.get(place)
        self._locked[place] = entry
        if last is not None and entry.at - last.at < PROBE_EVERY:
            yield self.broken(
                f"{entry.touches or 'a product'} was written on {entry.platform.label} again "
                f"{(entry.at - last.at) // 60_000} minutes after the platform had said that the shop is locked.",
                last.n,
                entry.n,
                shop=entry.shop,
            )
