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
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_launch_reaches_the_buyers_of_both_apps",
    "a_launch_waits_for_the_product_merge",
    "a_product_comes_back_to_the_shelves_of_both_apps",
    "a_product_of_the_shop_is_listed_on_tokopedia_too",
    "an_edit_leaves_a_product_on_the_shelves_of_both_apps",
    "delisting_on_tokopedia_leaves_the_shop",
    "delisting_refused_while_the_shops_merge_is_done_later",
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
