"""Reads orders from one platform at a time: from Tokopedia & Shop not before the merge, though buyers order there all along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Storefront

BREAKS: dict[str, set[str]] = {
    "no_more_is_promised_than_owned": {
        "order placed",
        "units owned",
    },
    "no_paid_order_is_lost": {
        "order paid",
    },
}
FAILS = {
    "a_cancellation_is_known_by_webhook_before_it_is_asked_for",
    "a_changed_address_is_known_by_webhook_before_it_is_asked_for",
    "a_doubled_webhook_of_the_shop_shows_an_order_once",
    "a_forged_cancellation_stops_no_order",
    "a_label_is_printed_for_an_order_of_each_platform",
    "a_late_webhook_of_the_shop_reopens_no_order",
    "a_shipping_label_does_not_bear_the_older_brand",
    "a_webhook_that_is_sent_again_reopens_no_order",
    "a_webhook_that_nobody_passed_on_is_made_up_for_by_asking",
    "a_wrongly_signed_webhook_of_the_shop_is_made_up_for_by_asking",
    "an_order_is_known_by_webhook_before_it_is_asked_for",
    "an_order_on_the_shop_leaves_before_the_merge",
    "an_order_on_the_shop_leaves_while_the_shops_merge",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "orders_go_on_when_the_token_of_the_shop_ends",
    "orders_of_both_apps_leave_where_they_were_placed_while_the_shops_merge",
    "the_last_unit_is_sold_once",
    "the_orders_of_a_new_seller_leave_through_the_shop_alone",
    "the_orders_of_a_seller_solely_on_the_shop_leave_there",
}


class OnePlaceAtATime(OrderDesk):
    """Opens the new place's list when the shop has merged."""

    async def _reads_shop(self, front: Storefront, now: datetime) -> None:
        if any(shop.merged_at and shop.tts_shop_id == front.id for shop in self._book.shops):
            await super()._reads_shop(front, now)


class ComesToTheShopTooLate(Careful):
    """Takes the merge for the beginning of business on Tokopedia & Shop."""

    desk = OnePlaceAtATime
