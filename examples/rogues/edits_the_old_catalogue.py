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
    "a_launch_for_the_shop_alone_stays_there",
    "a_launch_for_tokopedia_alone_stays_there",
    "a_launch_on_both_apps_stands_in_a_category_that_both_permit",
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_launch_reaches_the_buyers_of_both_apps",
    "a_launch_says_what_it_insures_and_how_many_are_taken_at_least",
    "a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice",
    "a_launch_that_one_app_refuses_is_told_for_that_app",
    "a_launch_waits_for_the_product_merge",
    "a_launch_whose_answer_was_lost_makes_one_product",
    "a_minimum_order_is_changed_and_nothing_else_of_the_product",
    "a_pre_owned_product_is_launched_as_one",
    "a_pre_sale_of_too_many_days_is_refused_and_told",
    "a_price_changes_on_the_shop_after_the_product_merge",
    "a_price_waits_for_the_product_merge",
    "a_product_comes_back_to_the_shelves_of_both_apps",
    "a_product_comes_back_to_the_shelves_of_one_app",
    "a_product_merge_confirmed_after_three_days_is_noticed",
    "a_product_of_the_shop_is_listed_on_tokopedia_too",
    "a_product_on_pre_sale_is_launched_with_its_days",
    "a_search_tells_the_status_in_each_app",
    "a_title_refused_on_tokopedia_while_the_shops_merge_is_not_lost",
    "an_edit_leaves_a_product_on_the_shelves_of_both_apps",
    "an_edit_that_one_app_refuses_is_told_for_that_app",
    "an_edit_waits_for_the_product_merge",
    "an_error_inside_a_successful_answer_is_told",
    "delisting_on_the_shop_leaves_tokopedia",
    "delisting_on_tokopedia_leaves_the_shop",
    "stock_changes_on_the_shop_after_the_product_merge",
    "stock_finds_its_warehouse_under_a_new_id",
    "stock_that_the_merge_added_up_is_put_right",
    "the_days_of_a_pre_sale_are_seen",
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
