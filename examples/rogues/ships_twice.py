"""Takes the two ids of one order for two orders, shows both to the warehouse, and ships both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS = {"an_order_leaves_once": {"parcel left"}}
FAILS = {
    "a_merchant_does_not_ship_twice",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "an_order_of_the_last_minute_leaves_once",
    "an_order_on_both_sides_whose_answer_was_lost_leaves_once",
    "an_order_shipped_by_hand_on_the_shop_is_not_shipped_again",
    "an_order_shipped_by_hand_on_tokopedia_is_not_shipped_again",
    "orders_in_flight_leave_once_in_a_batch",
}


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
