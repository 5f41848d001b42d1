"""Takes the two ids of one order for two orders, shows both to the warehouse, and ships both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS = {"an_order_leaves_once": {"parcel left"}}
FAILS = {"an_order_of_the_last_minute_leaves_once"}


class TwoRowsForOneOrder(OrderDesk):
    """Never asks whether two sightings are one order."""

    def _joins_copies(self) -> None:
        pass

    def _is_from_before(self, sighting: Sighting) -> bool:
        del sighting
        return False


class ShipsTwice(Careful):
    """Ships an order once on each platform that shows it."""

    desk = TwoRowsForOneOrder
