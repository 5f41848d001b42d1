"""Reads the status of an order and not that its buyer asks to cancel it: what is to be shipped is offered for shipment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Standing
from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "an_order_that_the_seller_does_not_let_its_buyer_cancel_leaves_once",
    "an_order_that_the_seller_lets_its_buyer_cancel_does_not_leave",
}


class StatusIsAll(OrderDesk):
    """Has never heard of a request."""

    def _sees(self, sighting: Sighting) -> Sighting:
        return super()._sees(replace(sighting, standing=Standing.OPEN) if sighting.standing is Standing.ASKED else sighting)


class OffersWhatItsBuyerWantsBack(Careful):
    """Has the clerk pack what nobody wants."""

    desk = StatusIsAll
