"""Knows of the merge and asks Tokopedia & Shop for the returns of orders that only Tokopedia ever heard of, by their ids there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.archive import Archive
from examples.careful.record_clients import ShopRecords
from examples.careful.system import Careful
from gladi.play.system import RecordKind
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from examples.careful.book import Kept, Shop, Storefront

BREAKS = {
    "data_is_asked_where_it_lives": {"shop.search_returns", "tokopedia.get_shop_info", "webhook merge"},
}
FAILS = {
    "old_returns_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "the_past_was_archived_before_the_tokopedia_api_closed",
}


class OfOrders(ShopRecords):
    """Can ask for the returns of certain orders."""

    async def ask(self, front: Storefront, order_ids: list[str]) -> None:
        """Ask, and find nothing."""
        await self._shop.call(msgspec.Raw, front, "POST", "/return_refund/202309/returns/search", body={"order_ids": order_ids})


class OnePlaceForReturns(Archive):
    """Looks for all returns of a merged shop in one place."""

    shop_records = OfOrders

    async def _past(self, kind: RecordKind, shop: Shop, now: datetime) -> Sequence[Kept]:
        front = self._book.storefronts.get(shop.tts_shop_id or "")
        if kind is not RecordKind.RETURNS or shop.merged_at is None or front is None or not isinstance(self._shop, OfOrders):
            return await super()._past(kind, shop, now)
        await self._shop.ask(front, [one.order_id for one in self._book.sightings if one.platform is TOKOPEDIA])
        return ()


class AsksTheShopForOldReturns(Careful):
    """Tells the seller that nobody ever sent anything back."""

    archive = OnePlaceForReturns
