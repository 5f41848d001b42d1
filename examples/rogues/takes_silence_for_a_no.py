"""Asks the other platform when one does not answer, for an order has to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from examples.careful.trouble import Unclear

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shipment, Sighting

BREAKS = {"an_order_leaves_once": {"parcel left"}, "a_lost_ship_is_looked_up": {"shop.ship_package", "tokopedia.request_pickup"}}
FAILS = {"an_order_on_both_sides_whose_answer_was_lost_leaves_once", "a_shipment_that_never_arrived_is_asked_for_again"}


class AsksTheOther(OrderDesk):
    """Takes a broken connection for a refusal."""

    async def _asks(self, shipment: Shipment, sighting: Sighting, now: datetime) -> Shipment:
        try:
            return await super()._asks(shipment, sighting, now)
        except Unclear as silence:
            return self._notes(replace(shipment, asked=None, refused=(*shipment.refused, sighting.key), trouble=str(silence)))


class TakesSilenceForANo(Careful):
    """Ships on each platform that holds an order until one of them answers."""

    desk = AsksTheOther
