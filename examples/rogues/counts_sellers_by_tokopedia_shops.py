"""Takes each grant for that of a Tokopedia shop, and stops counting where there are no more of those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

BREAKS = {
    "no_paid_order_is_lost": {"order paid"},
}
FAILS = {
    "a_description_of_a_new_seller_changes_on_the_shop",
    "a_description_of_a_seller_solely_on_the_shop_changes_there",
    "a_price_of_a_new_seller_changes_on_the_shop",
    "a_price_of_a_seller_solely_on_the_shop_changes_there",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "the_orders_of_a_new_seller_leave_through_the_shop_alone",
    "the_orders_of_a_seller_solely_on_the_shop_leave_there",
    "the_records_of_a_new_seller_are_told_by_the_shop",
    "the_records_of_a_seller_solely_on_the_shop_are_told_by_it",
    "the_stock_of_a_new_seller_changes_on_the_shop",
    "the_stock_of_a_seller_solely_on_the_shop_changes_there",
}


class OneGrantAShop(Merges):
    """Knows sellers by their Tokopedia shops, because there was no other kind when this was written."""

    async def _learns_storefronts(self, now: datetime) -> None:
        if not self._book.is_due("storefronts", now):
            return
        for number in range(min(len(self._venue.shop_ids), len(self._venue.shop.grants))):
            with self._patience.spared(f"the shops of grant {number}"):
                for front in await self._shop.storefronts(str(number)):
                    self._book.storefronts.put(front.id, front)


class CountsSellersByTokopediaShops(Careful):
    """Never serves a seller who has no Tokopedia store."""

    merges = OneGrantAShop
