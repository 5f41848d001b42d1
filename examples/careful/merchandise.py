"""What the system does around a product beside selling it: where it may stand, how few are sold, to whom, and who shares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.book import Change, Kind
from examples.careful.categories import CategoryClient
from examples.careful.offers import OfferDesk
from examples.careful.sharing import LinkDesk
from gladi.play.system import CategoryChoice, ChatOffers, ChoosesCategories, OffersInChats, SetsMinimumOrders, SharedLink, SharesLinks
from gladi.record.words import SHOP

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from examples.careful.book import Book
    from examples.careful.catalogue import Catalogue
    from examples.careful.shop import ShopClient
    from gladi.play.system import Venue
    from gladi.record.words import Platform

__all__ = ["Merchandises"]


class Merchandises(ChoosesCategories, SetsMinimumOrders, OffersInChats, SharesLinks):
    """A system that shows categories, sets minimum orders, offers products in conversations, and has links made."""

    category_client: type[CategoryClient] = CategoryClient
    offer_desk: type[OfferDesk] = OfferDesk
    link_desk: type[LinkDesk] = LinkDesk
    """What reads categories, what finds offers, and what has links made."""

    _book: Book
    _catalogue: Catalogue
    _venue: Venue
    _one_at_a_time: asyncio.Lock

    def _opens_the_desks(self, shop: ShopClient) -> None:
        self._categories = self.category_client(shop)
        self._offers = self.offer_desk(self._book, shop)
        self._links = self.link_desk(self._book, shop)

    async def categories(self, *, on: Platform) -> Sequence[CategoryChoice]:
        """Give the categories of one app, and in which of them the seller may list."""
        async with self._one_at_a_time:
            return await self._categories.choices(self._book.storefronts, on)

    async def set_minimum_order(self, sku: str, quantity: int) -> None:
        """Sell a product from so many units on; Tokopedia & Shop alone knows of that."""
        async with self._one_at_a_time:
            await self._catalogue.wants(Change(kind=Kind.LEAST, sku=sku, value=quantity, shown=(SHOP,)), self._venue.now())

    async def offers(self, conversation_id: str) -> ChatOffers:
        """Give the products and orders that can be put before a buyer."""
        async with self._one_at_a_time:
            return await self._offers.beside(conversation_id)

    async def share(self, sku: str, tags: Sequence[str]) -> Sequence[SharedLink]:
        """Have links made to a product, one for each tag."""
        async with self._one_at_a_time:
            return await self._links.makes(sku, tags)
