"""Knows of the merge and goes on asking Tokopedia for new orders, where none will ever come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shop, Storefront

BREAKS: dict[str, set[str]] = {
    "data_is_asked_where_it_lives": {
        "tokopedia.get_shop_info",
        "tokopedia.list_orders",
        "webhook merge",
    },
    "new_orders_are_read_from_the_shop": {
        "order placed",
        "stage merged",
        "tokopedia.get_shop_info",
        "webhook merge",
    },
    "no_paid_order_is_lost": {
        "order paid",
    },
}
FAILS = {
    "a_batch_whose_answer_was_lost_leaves_once",
    "a_crash_before_an_order_is_shipped_loses_no_order",
    "a_crash_between_ship_and_save_on_the_shop",
    "a_merchant_does_not_ship_twice",
    "a_merge_of_a_full_day_is_worked_through",
    "a_merge_stays_though_a_separation_is_announced",
    "a_merge_that_failed_is_tried_again_and_orders_leave_all_the_while",
    "a_parcel_outside_its_collection_time_is_told_and_leaves_later",
    "a_parcel_that_fails_in_a_batch_is_told_and_the_others_leave",
    "a_parcel_without_any_collection_time_sends_the_seller_to_customer_service",
    "a_shipment_on_the_shop_whose_answer_was_lost_is_known_to_have_left",
    "a_shop_whose_seller_takes_access_back_is_told_and_the_others_go_on",
    "a_shop_without_authorization_is_told_and_the_others_go_on",
    "a_tokopedia_buyers_order_leaves_through_the_shop",
    "a_tracking_number_is_waited_for",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "an_invoice_does_not_bear_the_older_brand",
    "an_old_order_is_settled_on_tokopedia_and_a_new_one_on_the_shop",
    "an_order_cancelled_before_pick_up_is_pulled",
    "an_order_for_a_product_nobody_can_name_is_held_and_told",
    "an_order_for_a_product_not_yet_copied_is_not_dropped",
    "an_order_of_the_last_minute_leaves_once",
    "an_order_on_hold_is_shipped_once_it_is_released",
    "an_order_says_in_which_app_it_was_placed",
    "an_order_shipped_by_hand_on_the_shop_is_not_shipped_again",
    "an_order_shipped_by_hand_on_tokopedia_is_not_shipped_again",
    "an_order_shows_what_was_paid_for_its_insurance",
    "an_order_that_comes_into_sight_two_days_late_leaves",
    "an_order_that_the_seller_does_not_let_its_buyer_cancel_leaves_once",
    "an_order_that_the_seller_lets_its_buyer_cancel_does_not_leave",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "ids_of_nineteen_digits_come_through_whole",
    "old_returns_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "orders_in_flight_leave_once_in_a_batch",
    "orders_leave_though_the_tokopedia_api_answers_nobody",
    "orders_move_though_the_webhook_is_lost",
    "the_changelogs_own_codes_of_a_refused_shipment_are_understood",
    "the_first_order_after_the_product_merge_leaves",
    "the_label_of_a_tokopedia_buyers_order_is_printed_by_the_shop",
    "the_label_of_an_order_whose_buyer_moved_bears_the_new_address",
    "the_page_of_an_order_does_not_bear_the_older_brand",
    "the_seller_sees_where_a_return_comes_back_to",
    "the_seller_writes_first_to_the_buyer_of_an_order",
    "what_is_offered_in_a_dialogue_is_of_the_buyers_app",
}


class AsksTheOldPlace(OrderDesk):
    """Reads a merged shop's orders from Tokopedia, as before the merge, and not from Tokopedia & Shop."""

    async def _reads_tokopedia(self, shop: Shop, now: datetime) -> None:
        before = shop.merged_at
        await super()._reads_tokopedia(replace(shop, merged_at=None), now)
        kept = self._book.shops.get(shop.toko_shop_id)
        if kept is not None and before is not None:
            self._book.shops.put(shop.toko_shop_id, replace(kept, merged_at=before))

    async def _reads_shop(self, front: Storefront, now: datetime) -> None:
        if not any(shop.merged_at for shop in self._book.shops):
            await super()._reads_shop(front, now)


class StaysWithTokopedia(Careful):
    """Never sees an order that was placed after the merge."""

    desk = AsksTheOldPlace
