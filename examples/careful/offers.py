"""What can be put before a buyer: the products and orders of the app that he uses, and no others.

Products are filtered by the platform. The search for orders knows no such filter, so that orders are filtered here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.shop_answers import app_names
from gladi.play.system import ChatOffers
from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from examples.careful.book import Book, Storefront
    from examples.careful.shop import ShopClient

__all__ = ["OfferDesk"]


class OfferDesk:
    """Finds what suits a conversation."""

    def __init__(self, book: Book, shop: ShopClient) -> None:
        """Find conversations and orders in `book`, and products through `shop`."""
        self._book = book
        self._shop = shop

    async def beside(self, chat_id: str) -> ChatOffers:
        """Give what can be offered in a conversation; nothing in one that is not known."""
        chat = self._book.chats.get(chat_id)
        front = self._book.storefronts.get(chat.shop) if chat is not None else None
        if chat is None or front is None:
            return ChatOffers()
        app = TOKOPEDIA if chat.from_tokopedia else SHOP
        return ChatOffers(tuple([sku async for sku in self.skus(front, app)]), tuple(self.orders(front, app)))

    async def skus(self, front: Storefront, app: Platform) -> AsyncIterator[str]:
        """Give the SKUs that are on sale in an app."""
        query = {"page_size": "100"}
        body = {"status": "ACTIVATE", "listing_platforms": app_names([app])}
        while True:
            page = await self._shop.call(_Page, front, "POST", "/product/202502/products/search", query=query, body=body)
            for sku in (sku.seller_sku for product in page.products for sku in product.skus if sku.seller_sku):
                yield sku
            if not page.next_page_token:
                return
            query["page_token"] = page.next_page_token

    def orders(self, front: Storefront, app: Platform) -> list[str]:
        """Give the ids of the orders that were placed in an app."""
        here = (one for one in self._book.sightings if one.platform is SHOP and one.shop == front.id)
        return [one.order_id for one in here if one.from_tokopedia is (app is TOKOPEDIA)]


# -- shapes ------------------------------------------------------------------------------------------------------------


class _Sku(msgspec.Struct):
    seller_sku: str = ""


class _Product(msgspec.Struct):
    skus: list[_Sku] = msgspec.field(default_factory=list[_Sku])


class _Page(msgspec.Struct):
    products: list[_Product] = msgspec.field(default_factory=list[_Product])
    next_page_token: str = ""
