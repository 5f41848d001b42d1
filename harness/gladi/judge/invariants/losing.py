"""No paid order is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import documented
from gladi.record.journal import Fact, Showed, What
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry


class NoPaidOrderIsLost(Invariant):
    """Every order that was paid is shown by the system or has left, once everything has settled.

    A system that does not declare *sees orders* cannot be asked, so for it the rule is not rehearsed.
    """

    id = "no_paid_order_is_lost"
    by_cell = True
    source = documented("rehearsal guide, Verification: the order can be fetched, before, during and after the merge")

    def __init__(self) -> None:
        super().__init__()
        self._paid: dict[str, Fact] = {}
        self._seen: set[str] = set()
        self._asked = False
        self._closed: set[str | None] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Fact) and entry.what == What.NOT_AUTHORIZED:
            self._closed.add(entry.shop)
        if isinstance(entry, Fact) and entry.order is not None:
            if entry.what == What.ORDER_PAID:
                # What lives in a shop whose owner has not authorized the app, no system can show.
                if entry.platform is not SHOP or entry.shop not in self._closed:
                    self._paid[entry.order] = entry
            elif entry.what in (What.PARCEL_LEFT, What.ORDER_CANCELLED):
                self._seen.add(entry.order)
        elif isinstance(entry, Showed) and entry.capability == "SeesOrders":
            self._asked = True
            self._seen.update(row["order"] for row in entry.rows if "order" in row)
        yield from ()

    def settles(self, at: int) -> Iterator[Violation]:  # noqa: ARG002 - the signature is the interface's
        if not self._asked:
            return
        self.chances = len(self._paid)
        for order, paid in self._paid.items():
            if order not in self._seen:
                where = paid.platform.label if paid.platform else "a platform"
                yield self.broken(
                    f"order {order} was paid on {where} and is lost: the system never showed it.", paid.n, order=order, shop=paid.shop
                )
