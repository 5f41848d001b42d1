"""Is sure that the merge brings every open order over, and lets go of those that stay where they were placed, on Tokopedia."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from gladi.play.system import OrderState
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.book import Sighting

BREAKS = {"no_paid_order_is_lost": {"order paid"}}
FAILS = {
    "a_merchant_does_not_ship_twice",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "an_old_order_is_settled_on_tokopedia_and_a_new_one_on_the_shop",
    "an_order_of_the_last_minute_is_not_forgotten",
    "an_order_of_the_last_minute_leaves_once",
    "orders_in_flight_leave_once_in_a_batch",
}


class ClosesTheOldDrawer(OrderDesk):
    """Keeps of Tokopedia what has left and what both platforms show."""

    def each(self) -> Iterator[Sighting]:
        """Give every order but those that wait on Tokopedia alone when their shop has merged."""
        return (row for row in super().each() if not self._is_left_behind(row))

    def _is_left_behind(self, row: Sighting) -> bool:
        shop = self._book.shops.get(row.shop)
        is_open = self._state(row) in (OrderState.TO_SHIP, OrderState.HELD)
        return row.platform is TOKOPEDIA and shop is not None and shop.merged_at is not None and is_open and len(self._group(row)) == 1


class LeavesOpenOrdersBehind(Careful):
    """Ships nothing that was ordered on the last day before the merge."""

    desk = ClosesTheOldDrawer
