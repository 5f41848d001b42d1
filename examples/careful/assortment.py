"""The assortment: products launched, and put on and off the shelves of each app, wherever the merge lets it be done now.

1. Whether it was done before is looked up first: an answer may have been lost, and a product must not be launched twice.
2. On Tokopedia & Shop every write names the apps it means. Until a shop has merged that is the shop's own app; then it is both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.categories import CategoryClient
from examples.careful.pages import Failure, PageClient, RefusedInPart
from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from examples.careful.book import Change, Product, Storefront
    from examples.careful.shop import Offer, ShopClient
    from examples.careful.tokopedia import TokopediaClient

__all__ = ["Assortment"]


class Assortment:
    """Carries one wish about what is sold where to one shop."""

    categories: type[CategoryClient] = CategoryClient
    pages: type[PageClient] = PageClient

    def __init__(self, tokopedia: TokopediaClient, shop: ShopClient) -> None:
        """Write through both clients."""
        self._tokopedia = tokopedia
        self._shop = shop
        self._categories = self.categories(shop)
        self._pages = self.pages(shop)

    async def launch_on_tokopedia(self, toko_shop_id: str, change: Change, known: Product | None) -> None:
        """Create a product on Tokopedia, unless the shop sells it already."""
        if known is None:
            await self._tokopedia.create(toko_shop_id, change)

    async def shelve_on_tokopedia(self, toko_shop_id: str, change: Change, product: Product) -> None:
        """Put a product on Tokopedia's shelves or take it off; a product goes as a whole, not by variant."""
        await self._tokopedia.shelve(toko_shop_id, product.parent_id or product.product_id, shown=TOKOPEDIA in change.shown)

    async def launch_on_shop(self, front: Storefront, change: Change, offers: list[Offer], *, merged: bool) -> None:
        """Create a product on Tokopedia & Shop; one that stands there already is only listed where it is not yet."""
        apps = _within_reach(change.shown, merged=merged)
        failed: list[Failure] = []
        if not offers:
            category = await self._categories.suits(front, change.title or "", apps)
            failed += await self._pages.create(front, change, apps, await self._shop.default_warehouse(front), category)
        for offer in offers:
            failed += await self._lists(front, offer, apps)
        _raise(failed)

    async def edit_on_shop(self, front: Storefront, change: Change, offers: list[Offer], *, merged: bool) -> None:
        """Change what the page of a product says, in the apps in which it is."""
        failed: list[Failure] = []
        for offer in offers:
            # Who came over from Tokopedia names its app. Of another seller the apps stay as they are when none is named.
            apps = offer.live if merged or TOKOPEDIA not in offer.live else []
            failed += await self._pages.edit(front, offer.product_id, apps, title=change.title, description=change.description)
        _raise(failed)

    async def set_minimum_order(self, front: Storefront, change: Change, offers: list[Offer]) -> None:
        """Change from how many units on a product is sold, in the apps in which it is."""
        failed: list[Failure] = []
        for offer in offers:
            failed += await self._pages.set_minimum_order(front, offer.product_id, offer.live, change.value)
        _raise(failed)

    async def shelve_on_shop(self, front: Storefront, change: Change, offers: list[Offer], *, merged: bool) -> None:
        """Let a product stand on the shelves of each app as the seller wants it; where it stands so already nothing is sent."""
        shown, hidden = (_within_reach(apps, merged=merged) for apps in (change.shown, change.hidden))
        failed: list[Failure] = []
        for offer in offers:
            failed += await self._lists(front, offer, shown)
            if on := [app for app in shown if offer.apps.get(app) is False or app in offer.down]:
                failed += await self._pages.shelve(front, offer.product_id, on, shown=True)
            if off := [app for app in hidden if offer.apps.get(app) and app not in offer.down]:
                failed += await self._pages.shelve(front, offer.product_id, off, shown=False)
        _raise(failed)

    async def _lists(self, front: Storefront, offer: Offer, apps: list[Platform]) -> list[Failure]:
        """List a product in apps in which it is not listed at all; an app that is left out of that list would be switched off."""
        new = [app for app in apps if app not in offer.apps]
        return await self._pages.edit(front, offer.product_id, [*offer.live, *new]) if new else []


def _raise(failed: list[Failure]) -> None:
    if failed:
        raise RefusedInPart(failed)


def _within_reach(apps: tuple[Platform, ...], *, merged: bool) -> list[Platform]:
    return [app for app in apps if merged or app is SHOP]
