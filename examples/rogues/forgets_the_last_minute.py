"""Turns its back on Tokopedia the moment it hears of the merge, and forgets what was ordered there in the minutes before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shop

BREAKS: dict[str, set[str]] = {
    "no_paid_order_is_lost": {
        "order paid",
    },
}
FAILS: set[str] = {
    "a_merchant_does_not_ship_twice",
    "a_merge_of_a_full_day_is_worked_through",
    "a_merge_that_failed_is_tried_again_and_orders_leave_all_the_while",
    "an_old_order_is_settled_on_tokopedia_and_a_new_one_on_the_shop",
    "an_order_of_the_last_minute_is_not_forgotten",
    "an_order_of_the_last_minute_leaves_once",
    "an_order_on_both_sides_whose_answer_was_lost_leaves_once",
    "an_order_that_comes_into_sight_two_days_late_leaves",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "old_returns_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "orders_in_flight_leave_once_in_a_batch",
    "orders_move_though_the_webhook_is_lost",
}


class NeverLooksBack(OrderDesk):
    """Reads nothing from Tokopedia once a shop has merged."""

    async def _reads_tokopedia(self, shop: Shop, now: datetime) -> None:
        if shop.merged_at is None:
            await super()._reads_tokopedia(shop, now)


class ForgetsTheLastMinute(Careful):
    """Loses the orders that were placed between its last look and the merge."""

    desk = NeverLooksBack
