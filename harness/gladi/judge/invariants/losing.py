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

    The last list that the system showed counts: an order that was on an earlier one and is gone is lost too, unless it was cancelled.
    A system that does not declare *sees orders* cannot be asked, so for it the rule is not rehearsed.
    """

    id = "no_paid_order_is_lost"
    looks_at = (Fact, Showed)
    by_cell = True
    source = documented("rehearsal guide, Verification: the order can be fetched, before, during and after the merge")

    def __init__(self) -> None:
        super().__init__()
        self._paid: dict[str, Fact] = {}
        self._ended: set[str] = set()
        self._shown: dict[str, int] = {}
        self._last: Showed | None = None
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
                self._ended.add(entry.order)
        elif isinstance(entry, Showed) and entry.capability == "SeesOrders":
            self._last = entry
            self._shown.update((row["order"], entry.n) for row in entry.rows if "order" in row)
        yield from ()

    def settles(self, at: int) -> Iterator[Violation]:  # noqa: ARG002 - the signature is the interface's
        if self._last is None:
            return
        self.chances = len(self._paid)
        for order, paid in self._paid.items():
            shown = self._shown.get(order)
            if order in self._ended or shown == self._last.n:
                continue
            where = paid.platform.label if paid.platform else "a platform"
            if shown is None:
                yield self.broken(
                    f"order {order} was paid on {where} and is lost: the system never showed it.", paid.n, order=order, shop=paid.shop
                )
            else:
                yield self.broken(
                    f"order {order} was paid on {where} and is lost: the system showed it once, and does so no longer.",
                    paid.n,
                    shown,
                    self._last.n,
                    order=order,
                    shop=paid.shop,
                )
