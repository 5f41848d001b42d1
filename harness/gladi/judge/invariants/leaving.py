"""The rule that this project exists for: an order leaves once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import documented
from gladi.record.journal import Call, Fact, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry


class AnOrderLeavesOnce(Invariant):
    """An order leaves the warehouse once, whichever platform was asked.

    A parcel that a person had sent by hand, in a platform's own console, counts as one: what the system sends after it is the second.
    One that is sent by hand after the system's is no fault of the system.
    """

    id = "an_order_leaves_once"
    looks_at = (Call, Fact)
    by_cell = True
    source = documented("rehearsal guide, Overview: whether merchants might duplicate shipments")

    def __init__(self) -> None:
        super().__init__()
        self._left: dict[str, list[int]] = {}
        self._accused: set[str] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Fact) and entry.what == What.PARCEL_LEFT and entry.order is not None:
            self.chances += 1
            parcels = self._left.setdefault(entry.order, [])
            parcels.append(entry.n)
            if len(parcels) > 1 and not entry.by_hand:
                self._accused.add(entry.order)
        elif isinstance(entry, Call) and self._accused:
            # The call that sent the second parcel stands right behind its fact: now the story is complete.
            for order in entry.touched:
                if order in self._accused:
                    self._accused.discard(order)
                    parcels = self._left[order]
                    yield self.broken(f"order {order} left {len(parcels)} times.", *parcels, order=order, shop=entry.shop)

    def settles(self, at: int) -> Iterator[Violation]:  # noqa: ARG002 - the signature is the interface's
        for order in sorted(self._accused):
            parcels = self._left[order]
            yield self.broken(f"order {order} left {len(parcels)} times.", *parcels, order=order)
