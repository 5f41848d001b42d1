"""Asks Tokopedia & Shop too for the returns of each order of Tokopedia, from the first day on, because it might know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.archive import Archive
from examples.careful.system import Careful
from examples.rogues.asks_the_shop_for_old_returns import OfOrders
from gladi.play.system import RecordKind
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from examples.careful.book import Kept, Shop

BREAKS = {
    "data_is_asked_where_it_lives": {"no Tokopedia store", "shop.search_returns", "tokopedia.get_shop_info", "webhook merge"},
}
FAILS: set[str] = set()


class BothPlacesForReturns(Archive):
    """Looks for the returns of a shop in every place that it has access to, merged or not."""

    shop_records = OfOrders

    async def _past(self, kind: RecordKind, shop: Shop, now: datetime) -> Sequence[Kept]:
        if kind is RecordKind.RETURNS and isinstance(self._shop, OfOrders):
            ids = [one.order_id for one in self._book.sightings if one.platform is TOKOPEDIA]
            for front in self._book.storefronts if ids else ():
                await self._shop.ask(front, ids)
        return await super()._past(kind, shop, now)


class AsksBothForEveryReturn(Careful):
    """Finds everything, and asks twice for it."""

    archive = BothPlacesForReturns
