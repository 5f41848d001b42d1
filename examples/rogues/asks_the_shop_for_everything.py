"""Knows of the merge and asks Tokopedia & Shop for every order it knows by its id, also for those that only Tokopedia ever heard of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Place, Standing
from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS = {
    "an_order_leaves_once": {"parcel left"},
    "historical_orders_are_asked_of_tokopedia": {"shop.get_orders", "tokopedia.get_shop_info", "webhook merge"},
}
FAILS = {
    "an_order_shipped_before_the_merge_is_followed_until_it_has_arrived",
    "an_order_shipped_by_hand_on_tokopedia_is_not_shipped_again",
}


class OnePlaceForAll(OrderDesk):
    """Looks every order up in the new place once there is one."""

    async def _looks_up(self, sighting: Sighting) -> Sighting:
        shop = self._book.shop_behind(Place(platform=sighting.platform, shop=sighting.shop))
        front = self._book.storefronts.get(shop.tts_shop_id or "") if shop is not None and shop.merged_at is not None else None
        if front is None or sighting.platform is SHOP:
            return await super()._looks_up(sighting)
        found = await self._shop.order(front, sighting.order_id)
        return self._sees(found or replace(sighting, standing=Standing.GONE, seen_at=self._patience.now()))


class AsksTheShopForEverything(Careful):
    """Takes its own history for orders that do not exist."""

    desk = OnePlaceForAll
