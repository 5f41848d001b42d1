"""Until the product merge is confirmed, product writes are probes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.judge.invariants.writing import PROBE_EVERY
from gladi.record.evidence import documented
from gladi.record.journal import Call
from gladi.record.operations import Does

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

LOCK = "locked_until_confirmed"
"""The refusal of Tokopedia & Shop between the merge of the shops and the confirmation of the product merge."""

_PAGES = frozenset((Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS))
_VALUES = frozenset((Does.SETS_PRICES, Does.SETS_STOCK))


class ProductWritesBeforeTheConfirmationAreProbes(Invariant):
    """Between the merge and the seller's confirmation of the product merge, each shop is probed at most once an hour.

    No signal announces the confirmation, so trying is the only way to learn of it, and the first refusal is no breach. Product
    pages and launches are one kind of write, price and stock another: whether the latter wait for the confirmation is disputed,
    so the refusal of one kind says nothing of the other. A write that is carried out ends the wait; a refusal that never reached the
    system begins none.
    """

    id = "product_writes_before_the_confirmation_are_probes"
    looks_at = (Call,)
    source = documented("rehearsal guide, After the shop merges: product APIs succeed only after the product merge is confirmed")

    def __init__(self) -> None:
        super().__init__()
        self._refused: dict[tuple[str, bool], Call] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Call) or entry.shop is None or entry.does not in _PAGES | _VALUES:
            return
        place = (entry.shop, entry.does in _PAGES)
        if entry.refusal != LOCK:
            if not entry.refused:
                self._refused.pop(place, None)
            return
        if entry.lost is not None:
            return
        self.chances += 1
        last = self._refused.get(place)
        self._refused[place] = entry
        if last is not None and entry.at - last.at < PROBE_EVERY:
            yield self.broken(
                f"{entry.touches or 'a product'} was written on {entry.platform.label} again "
                f"{(entry.at - last.at) // 60_000} minutes after the platform had said that the product merge is not confirmed.",
                last.n,
                entry.n,
                shop=entry.shop,
            )
