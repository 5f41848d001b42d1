"""Writes products as it did before the merge, in words that know one app only."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from examples.careful.shop import ShopClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Tokens
    from examples.careful.shop_answers import Envelope

BREAKS = {
    "every_product_write_names_its_platforms": {
        "shop.activate_products",
        "shop.create_product",
        "shop.deactivate_products",
        "shop.partial_edit_product",
        "tokopedia.get_shop_info",
        "webhook merge",
    },
}
FAILS = {
    "a_launch_for_tokopedia_alone_stays_there",
    "a_launch_on_both_apps_stands_in_a_category_that_both_permit",
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_launch_reaches_the_buyers_of_both_apps",
    "a_launch_says_what_it_insures_and_how_many_are_taken_at_least",
    "a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice",
    "a_launch_that_one_app_refuses_is_told_for_that_app",
    "a_launch_waits_for_the_product_merge",
    "a_minimum_order_is_changed_and_nothing_else_of_the_product",
    "a_pre_owned_product_is_launched_as_one",
    "a_product_comes_back_to_the_shelves_of_both_apps",
    "a_product_of_the_shop_is_listed_on_tokopedia_too",
    "a_search_in_one_app_finds_what_is_listed_there",
    "a_search_tells_the_status_in_each_app",
    "an_error_inside_a_successful_answer_is_told",
    "delisting_on_tokopedia_leaves_the_shop",
    "delisting_refused_while_the_shops_merge_is_done_later",
    "what_is_offered_in_a_dialogue_is_of_the_buyers_app",
}


class OldWords(ShopClient):
    """Leaves listing_platforms out of every body."""

    async def _send(self, method: str, path: str, query: dict[str, str], body: object, tokens: Tokens) -> Envelope:
        if isinstance(body, dict):
            body = {word: said for word, said in cast("dict[str, object]", body).items() if word != "listing_platforms"}
        return await super()._send(method, path, query, body, tokens)


class NamesNoPlatforms(Careful):
    """Forgets the buyers on Tokopedia."""

    shop_client = OldWords
