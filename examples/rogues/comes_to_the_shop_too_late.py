"""Reads orders from one platform at a time: from Tokopedia & Shop not before the merge, though buyers order there all along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Storefront

BREAKS: dict[str, set[str]] = {"no_more_is_promised_than_owned": {"order placed", "units owned"}, "no_paid_order_is_lost": {"order paid"}}
FAILS: set[str] = {
    "a_label_is_printed_for_an_order_of_each_platform",
    "an_order_on_the_shop_leaves_before_the_merge",
    "an_order_on_the_shop_leaves_while_the_shops_merge",
    "orders_go_on_when_the_token_of_the_shop_ends",
    "orders_of_both_apps_leave_where_they_were_placed_while_the_shops_merge",
    "the_last_unit_is_sold_once",
}


class OnePlaceAtATime(OrderDesk):
    """Opens the new place's list when the shop has merged."""

    async def _reads_shop(self, front: Storefront, now: datetime) -> None:
        if any(shop.merged_at and shop.tts_shop_id == front.id for shop in self._book.shops):
            await super()._reads_shop(front, now)


class ComesToTheShopTooLate(Careful):
    """Takes the merge for the beginning of business on Tokopedia & Shop."""

    desk = OnePlaceAtATime
