"""Asks Tokopedia & Shop for what was ordered since it last asked, and so never hears of an order that comes over late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS: dict[str, set[str]] = {"no_paid_order_is_lost": {"order paid"}}
FAILS: set[str] = {
    "a_merchant_does_not_ship_twice",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "an_order_of_the_last_minute_leaves_once",
    "an_order_that_comes_into_sight_two_days_late_leaves",
    "orders_in_flight_leave_once_in_a_batch",
}


class OnlyTheYoungest(OrderDesk):
    """Takes in an order of Tokopedia & Shop that it does not know yet if it was placed since the last look."""

    def _sees(self, sighting: Sighting) -> Sighting:
        read_until = self._book.read_until.get(sighting.shop)
        is_old = sighting.platform is SHOP and read_until is not None and sighting.created_at < read_until
        return sighting if is_old and self._book.sightings.get(sighting.key) is None else super()._sees(sighting)


class ReadsByCreation(Careful):
    """Filters by the time of creation where the time of the last change is what counts."""

    desk = OnlyTheYoungest
