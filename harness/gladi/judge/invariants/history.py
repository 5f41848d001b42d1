"""Historical orders are asked of the platform that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation, told
from gladi.record.evidence import documented
from gladi.record.journal import Call, Fact, Webhook, What
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

CLOSED = "closed"
"""What the fact says of a Tokopedia whose API answers nothing any more."""

BY_ID = frozenset(("tokopedia.get_order", "shop.get_orders"))
"""The operations that ask for orders by their ids."""


class HistoricalOrdersAreAskedOfTokopedia(Invariant):
    """Once the system was told of the merge, an order that Tokopedia alone holds is asked for on Tokopedia.

    Tokopedia & Shop has never heard of its id and leaves it out without a word, so that a system which asks there takes a paid
    order for one that does not exist.
    """

    id = "historical_orders_are_asked_of_tokopedia"
    looks_at = (Call, Fact, Webhook)
    source = documented("API changelog, Migration completed: all other data of historical orders through Tokopedia OpenAPI")

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, int] = {}
        self._accused: set[str] = set()
        self._is_closed = False

    def sees(self, entry: Entry) -> Iterator[Violation]:
        for shop in told(entry):
            self._told.setdefault(shop, entry.n)
        if isinstance(entry, Fact) and entry.what == What.TOKOPEDIA_CLOSED and entry.value == CLOSED:
            self._is_closed = True  # nobody is left who could be asked
        if not isinstance(entry, Call) or entry.operation not in BY_ID or entry.shop not in self._told or self._is_closed:
            return
        self.chances += 1
        if entry.platform is not SHOP:
            return
        for order in entry.misses:
            if order in self._accused:
                continue  # one breach an order: a system that asks every five minutes made one mistake
            self._accused.add(order)
            yield self.broken(
                f"order {order} is history that Tokopedia alone holds; the system knew of the merge and asked for it on {SHOP.label}.",
                self._told[entry.shop],
                entry.n,
                order=order,
                shop=entry.shop,
            )
