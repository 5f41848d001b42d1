"""Takes *sent* for final: an order that was sent for shipment is shipped, whatever its buyer does before the courier comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.book import Standing
from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS = {
    "no_cancelled_order_leaves": {
        "order cancelled",
        "parcel taken",
    },
}
FAILS = {
    "a_cancellation_is_known_by_webhook_before_it_is_asked_for",
    "an_order_cancelled_before_pick_up_is_pulled",
}


class SentIsSent(OrderDesk):
    """Reads no further in the story of an order that it had shipped."""

    def _sees(self, sighting: Sighting) -> Sighting:
        known = self._book.sightings.get(sighting.key)
        if known is not None and known.standing is Standing.SHIPPED and sighting.standing is Standing.CLOSED:
            return known
        return super()._sees(sighting)


class HandsOverCancelledParcels(Careful):
    """Sends parcels for which nobody pays."""

    desk = SentIsSent
