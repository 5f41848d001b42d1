"""Was switched over to Tokopedia & Shop on the day of its release, while the seller's shops had yet to merge."""

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
FAILS = {
    "a_crash_between_ship_and_save_on_tokopedia",
    "a_crash_in_the_middle_of_reading_orders_loses_none",
    "a_label_is_printed_for_an_order_of_each_platform",
    "a_merchant_does_not_ship_twice",
    "a_merge_of_a_full_day_is_worked_through",
    "a_merge_that_failed_is_tried_again_and_orders_leave_all_the_while",
    "a_mirrored_shop_has_not_merged",
    "a_shipment_on_tokopedia_whose_answer_was_lost_is_known_to_have_left",
    "a_shipment_that_never_arrived_is_asked_for_again",
    "a_shipping_label_does_not_bear_the_older_brand",
    "a_unit_sold_on_tokopedia_leaves_the_other_shelf",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "an_old_order_is_settled_on_tokopedia_and_a_new_one_on_the_shop",
    "an_order_of_the_last_minute_is_not_forgotten",
    "an_order_of_the_last_minute_leaves_once",
    "an_order_on_both_sides_whose_answer_was_lost_leaves_once",
    "an_order_on_tokopedia_leaves_before_the_merge",
    "an_order_on_tokopedia_leaves_while_the_shops_merge",
    "an_order_shipped_before_the_merge_is_followed_until_it_has_arrived",
    "an_order_that_comes_into_sight_two_days_late_leaves",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "old_orders_are_shown_when_the_tokopedia_api_has_closed",
    "old_returns_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "orders_go_on_when_the_integration_fails",
    "orders_go_on_when_the_token_of_tokopedia_ends",
    "orders_in_flight_leave_once_in_a_batch",
    "orders_move_though_the_webhook_is_lost",
    "orders_of_both_apps_leave_where_they_were_placed_while_the_shops_merge",
    "orders_of_the_past_are_still_shown_with_their_state",
}


class TheNewPlaceOnly(OrderDesk):
    """Reads no order from Tokopedia, at any stage."""

    async def _reads_tokopedia(self, shop: Shop, now: datetime) -> None:
        del shop, now


class LeavesTokopediaTooEarly(Careful):
    """Does the right thing for merged shops, and does it for all."""

    desk = TheNewPlaceOnly
