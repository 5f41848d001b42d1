"""Sends each price to Tokopedia as well, under whatever id the shop has, though its seller may never have been there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from examples.careful.book import Kind, Place
from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful
from examples.careful.trouble import PlatformError
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from examples.careful.book import Change

BREAKS = {
    "data_is_asked_where_it_lives": {"no Tokopedia store", "tokopedia.update_price"},
}
FAILS: set[str] = set()


class EveryPriceTwice(Catalogue):
    """Has one list of shops, and two platforms to go through it for."""

    async def _writes(self, change: Change, place: Place) -> None:
        if change.kind is Kind.PRICE and place.platform is SHOP and self._book.shop_behind(place) is None:
            with suppress(PlatformError):  # what is not there cannot be priced, it says
                await self._tokopedia.set_price(place.shop, change.sku, change.value)
        await super()._writes(change, place)


class PricesOnBothPlatforms(Careful):
    """Reaches the shop, and knocks at a door that was never there."""

    catalogue = EveryPriceTwice
