"""Keeps the seller's id of a merged shop as the id of the shop: both have nineteen digits, and the webhook brings one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.play.system import ShopLink

if TYPE_CHECKING:
    from collections.abc import Sequence

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_shop_is_known_and_not_its_seller_alone"}


class TakesTheSellerForTheShop(Careful):
    """Shows a seller where a shop belongs."""

    def shop_links(self) -> Sequence[ShopLink]:
        """Give the shops that have merged, with one id twice."""
        return [ShopLink(link.toko_shop_id, link.tts_seller_id, link.tts_seller_id) for link in super().shop_links()]
