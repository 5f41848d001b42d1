"""Reads the orders of all merged shops in one loop, which ends at the first shop for which there is no token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.book import Place
from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Storefront

BREAKS = {
    "new_orders_are_read_from_the_shop": {"order placed", "stage merged", "tokopedia.get_shop_info"},
    "no_paid_order_is_lost": {"order paid"},
}
FAILS = {
    "a_shop_whose_seller_takes_access_back_is_told_and_the_others_go_on",
    "a_shop_without_authorization_is_told_and_the_others_go_on",
}


class OneLoop(OrderDesk):
    """Catches what goes wrong around the loop and not inside it."""

    async def _reads_shop(self, front: Storefront, now: datetime) -> None:
        behind = self._book.shop_behind(Place(platform=SHOP, shop=front.id))
        for shop in self._book.shops:
            if shop == behind:
                break
            if shop.merged_at is not None and self._book.place_after_merge(shop) is None:
                return
        await super()._reads_shop(front, now)


class StopsAtAMissingToken(Careful):
    """Serves the sellers whose shops stand in front of the one that has not authorized the app."""

    desk = OneLoop
