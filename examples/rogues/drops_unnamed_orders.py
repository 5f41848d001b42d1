"""Passes over an order whose product it cannot name, and over the message in its log that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS = {
    "no_paid_order_is_lost": {"order paid"},
}
FAILS = {
    "an_order_for_a_product_nobody_can_name_is_held_and_told",
}


class SkipsTheRow(OrderDesk):
    """Keeps the orders of which every line bears a seller's SKU."""

    def _sees(self, sighting: Sighting) -> Sighting:
        return super()._sees(sighting) if all(line.sku for line in sighting.lines) else sighting


class DropsUnnamedOrders(Careful):
    """Loses what was ordered before the products were mapped."""

    desk = SkipsTheRow
