"""Names one app in every product write, because the field was once made mandatory and a constant was quickly filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from examples.careful.shop import ShopClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Tokens
    from examples.careful.shop_answers import Envelope

BREAKS: dict[str, set[str]] = {}
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
    "an_edit_leaves_a_product_on_the_shelves_of_both_apps",
    "an_edit_that_one_app_refuses_is_told_for_that_app",
    "an_error_inside_a_successful_answer_is_told",
    "delisting_on_tokopedia_leaves_the_shop",
    "delisting_refused_while_the_shops_merge_is_done_later",
    "what_is_offered_in_a_dialogue_is_of_the_buyers_app",
}


class OneApp(ShopClient):
    """Sends the same platform always; an edit switches the other one off."""

    async def _send(self, method: str, path: str, query: dict[str, str], body: object, tokens: Tokens) -> Envelope:
        said = body
        if isinstance(body, dict) and "listing_platforms" in body:
            said = {**cast("dict[str, object]", body), "listing_platforms": ["TIKTOK_SHOP"]}
        return await super()._send(method, path, query, said, tokens)


class NamesTheShopAlone(Careful):
    """Takes products off the shelves of Tokopedia by editing them."""

    shop_client = OneApp
