"""Shows the orders of the place where it reads new ones, so that on the day of the merge all others are gone from its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.book import Sighting

BREAKS: dict[str, set[str]] = {
    "no_paid_order_is_lost": {
        "order paid",
    },
}
FAILS: set[str] = {
    "a_merchant_does_not_ship_twice",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "an_old_order_is_settled_on_tokopedia_and_a_new_one_on_the_shop",
    "an_order_of_the_last_minute_is_not_forgotten",
    "an_order_of_the_last_minute_leaves_once",
    "old_orders_are_shown_when_the_tokopedia_api_has_closed",
    "orders_in_flight_leave_once_in_a_batch",
    "orders_of_the_past_are_still_shown_with_their_state",
}


class AFreshStart(OrderDesk):
    """Drops the orders of Tokopedia from the list once their shop has merged."""

    def each(self) -> Iterator[Sighting]:
        """Give what was sold since, and nothing older."""
        merged = {shop.toko_shop_id for shop in self._book.shops if shop.merged_at is not None}
        return (row for row in super().each() if row.platform is not TOKOPEDIA or row.shop not in merged)


class ForgetsItsHistory(Careful):
    """Has no past on the day after the merge."""

    desk = AFreshStart
