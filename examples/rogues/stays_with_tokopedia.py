"""Knows of the merge and goes on asking Tokopedia for new orders, where none will ever come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shop, Storefront

BREAKS = {"new_orders_are_read_from_the_shop": {"stage merged", "webhook merge", "tokopedia.get_shop_info", "order placed"}}
BREAKS["no_paid_order_is_lost"] = {"order paid"}
FAILS = {
    "a_tokopedia_buyers_order_leaves_through_the_shop",
    "an_order_for_a_product_not_yet_copied_is_not_dropped",
    "orders_move_though_the_webhook_is_lost",
    "the_first_order_after_the_product_merge_leaves",
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
