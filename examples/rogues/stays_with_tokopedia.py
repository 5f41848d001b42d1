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
    "an_order_leaves_once": {"parcel left"},
    "new_orders_are_read_from_the_shop": {"order placed", "stage merged", "tokopedia.get_shop_info", "webhook merge"},
    "no_paid_order_is_lost": {"order paid"},
}
FAILS: set[str] = {
    "a_merchant_does_not_ship_twice",
    "a_merge_of_a_full_day_is_worked_through",
    "a_merge_stays_though_a_separation_is_announced",
    "a_merge_that_failed_is_tried_again_and_orders_leave_all_the_while",
    "a_shipment_on_the_shop_whose_answer_was_lost_is_known_to_have_left",
    "a_shop_without_authorization_is_told_and_the_others_go_on",
    "a_tokopedia_buyers_order_leaves_through_the_shop",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "an_old_order_is_settled_on_tokopedia_and_a_new_one_on_the_shop",
    "an_order_for_a_product_nobody_can_name_is_held_and_told",
    "an_order_for_a_product_not_yet_copied_is_not_dropped",
    "an_order_of_the_last_minute_leaves_once",
    "an_order_shipped_by_hand_on_the_shop_is_not_shipped_again",
    "an_order_shipped_by_hand_on_tokopedia_is_not_shipped_again",
    "an_order_that_comes_into_sight_two_days_late_leaves",
    "ids_of_nineteen_digits_come_through_whole",
    "orders_move_though_the_webhook_is_lost",
    "stock_set_before_the_merge_is_right_after_it",
    "the_first_order_after_the_product_merge_leaves",
    "the_label_of_a_tokopedia_buyers_order_is_printed_by_the_shop",
    "the_seller_writes_first_to_the_buyer_of_an_order",
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
