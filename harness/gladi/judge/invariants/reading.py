"""Once the system was told of the merge, new orders are read from Tokopedia & Shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation, told
from gladi.record.evidence import documented
from gladi.record.journal import Call, Fact, Webhook, What
from gladi.record.words import SHOP, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry


class NewOrdersAreReadFromTheShop(Invariant):
    """Once the system was told of the merge, every new order is read from Tokopedia & Shop."""

    id = "new_orders_are_read_from_the_shop"
    looks_at = (Call, Fact, Webhook)
    source = documented("API changelog, Migration completed: access all new data through the shop's APIs")

    def __init__(self) -> None:
        super().__init__()
        self._merged: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self._new: dict[str, Fact] = {}
        self._read: set[str] = set()
        self._closed: set[str | None] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        for shop in told(entry):
            self._told.setdefault(shop, entry.n)
        if isinstance(entry, Fact):
            if entry.what == What.STAGE and entry.stage is Stage.MERGED and entry.shop:
                self._merged[entry.shop] = entry.n
            elif entry.what == What.NOT_AUTHORIZED:
                self._closed.add(entry.shop)
            elif (
                entry.what == What.ORDER_PLACED
                and entry.platform is SHOP
                and entry.order
                and entry.shop in self._merged
                and entry.shop not in self._closed
            ):
                self._new[entry.order] = entry
        elif isinstance(entry, Call) and entry.platform is SHOP and entry.shows:
            self._read.update(entry.shows)
        yield from ()

    def settles(self, at: int) -> Iterator[Violation]:  # noqa: ARG002 - the signature is the interface's
        for order, placed in self._new.items():
            shop = placed.shop or ""
            if shop not in self._told:
                continue
            self.chances += 1
            if order not in self._read:
                yield self.broken(
                    f"order {order} is new and lives on Tokopedia & Shop alone; the system knew of the merge and never read it there.",
                    self._merged[shop],
                    self._told[shop],
                    placed.n,
                    order=order,
                    shop=shop,
                )
