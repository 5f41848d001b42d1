"""Fetches a token once and calls with it for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.shop import ShopClient
from examples.careful.system import Careful
from examples.careful.tokopedia import TokopediaClient

if TYPE_CHECKING:
    from examples.careful.book import Tokens

BREAKS = {
    "an_expired_token_is_tried_at_most_twice": {
        "shop.search_orders",
        "tokopedia.get_shop_info",
    },
    "no_paid_order_is_lost": {
        "order paid",
    },
}
FAILS = {
    "a_shop_whose_seller_takes_access_back_is_told_and_the_others_go_on",
    "orders_go_on_when_the_token_of_the_shop_ends",
    "orders_go_on_when_the_token_of_tokopedia_ends",
}


class KeepsItsFirstToken(TokopediaClient):
    """Reads no expiry and hears no 401."""

    _first: str | None = None

    async def _access_token(self) -> str:
        if self._first is None:
            self._first = await super()._access_token()
        return self._first


class KeepsItsFirstPair(ShopClient):
    """Refreshes nothing that it has."""

    async def _refreshed(self, grant: str) -> Tokens:
        return self._book.tokens.get(grant) or await super()._refreshed(grant)


class KeepsAStaleToken(Careful):
    """Hammers both platforms with tokens that have ended."""

    tokopedia_client = KeepsItsFirstToken
    shop_client = KeepsItsFirstPair
