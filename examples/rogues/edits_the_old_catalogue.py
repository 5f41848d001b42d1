"""Goes on writing to Tokopedia's catalogue after the merge, where nothing may be written any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.book import Place
from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.book import Change

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_description_changes_after_the_product_merge",
    "a_launch_for_tokopedia_alone_stays_there",
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_launch_reaches_the_buyers_of_both_apps",
    "a_launch_waits_for_the_product_merge",
    "a_price_changes_on_the_shop_after_the_product_merge",
    "a_price_waits_for_the_product_merge",
    "a_product_comes_back_to_the_shelves_of_both_apps",
    "a_product_merge_confirmed_after_three_days_is_noticed",
    "a_product_of_the_shop_is_listed_on_tokopedia_too",
    "a_title_refused_on_tokopedia_while_the_shops_merge_is_not_lost",
    "an_edit_leaves_a_product_on_the_shelves_of_both_apps",
    "an_edit_waits_for_the_product_merge",
    "delisting_on_the_shop_leaves_tokopedia",
    "delisting_on_tokopedia_leaves_the_shop",
    "stock_changes_on_the_shop_after_the_product_merge",
    "stock_finds_its_warehouse_under_a_new_id",
    "stock_set_before_the_merge_is_right_after_it",
    "stock_that_the_merge_added_up_is_put_right",
}


class OldCatalogue(Catalogue):
    """Takes a product that came from Tokopedia for one that lives there."""

    def _places(self, change: Change) -> Iterator[Place]:
        kept = [Place(platform=TOKOPEDIA, shop=shop.toko_shop_id) for shop in self._book.shops]
        merged = {shop.tts_shop_id for shop in self._book.shops}
        yield from kept
        yield from (place for place in super()._places(change) if place not in kept and place.shop not in merged)

    def _rerouted(self, change: Change) -> Change:
        return change

    async def _writes(self, change: Change, place: Place) -> None:
        if place.platform is TOKOPEDIA:
            await self._writes_to_tokopedia(change, place.shop)
        else:
            await super()._writes(change, place)


class EditsTheOldCatalogue(Careful):
    """Waits for ever for Tokopedia to take a change."""

    catalogue = OldCatalogue
