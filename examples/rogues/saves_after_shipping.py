"""Writes a shipment down when its answer has come; a crash in between leaves nothing that says it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Book, Shipment
    from examples.careful.shop import ShopClient
    from examples.careful.tokopedia import TokopediaClient
    from examples.careful.trouble import Patience

BREAKS = {
    "a_lost_ship_is_looked_up": {"shop.ship_package", "tokopedia.request_pickup"},
}
FAILS: set[str] = set()


class HasItInMind(OrderDesk):
    """Has what it is asking for in mind alone."""

    def __init__(self, book: Book, tokopedia: TokopediaClient, shop: ShopClient, patience: Patience) -> None:
        """Have nothing in mind yet."""
        super().__init__(book, tokopedia, shop, patience)
        self._in_mind: dict[str, Shipment] = {}

    def _notes(self, shipment: Shipment) -> Shipment:
        self._in_mind[shipment.order] = shipment
        return shipment if shipment.asked is not None else super()._notes(shipment)

    async def _advances(self, shipment: Shipment, now: datetime) -> None:
        await super()._advances(self._in_mind.get(shipment.order, shipment), now)


class SavesAfterShipping(Careful):
    """Is sure that a call and the line behind it are one."""

    desk = HasItInMind
