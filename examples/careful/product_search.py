"""The search of products on Tokopedia & Shop, app by app, and what the page of one shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.page_answers import APPS, Found, Page
from examples.careful.shop_answers import app_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examples.careful.book import Book, Storefront
    from examples.careful.shop import ShopClient
    from examples.careful.trouble import Patience
    from gladi.record.words import Platform

__all__ = ["ProductSearch"]

_PATH = "/product/202502/products/search"
_WORDS = {
    "ACTIVATE": "on sale",
    "SELLER_DEACTIVATED": "taken off the shelves by you",
    "PLATFORM_DEACTIVATED": "taken off the shelves by the platform",
    "PENDING": "in its audit",
    "FAILED": "not through its audit",
    "FREEZE": "frozen by the platform",
    "DRAFT": "a draft",
}
"""Each status but DELETED: the platform takes a choice of apps only together with one of them."""
_INSURANCE = {"REQUIRED": "required", "OPTIONAL": "as the buyer likes", "NOT_SUPPORTED": "none"}


class ProductSearch:
    """Finds products, and shows them."""

    statuses_sought: tuple[str, ...] = tuple(_WORDS)

    def __init__(self, book: Book, shop: ShopClient, patience: Patience) -> None:
        """Search in the shops of `book`."""
        self._book = book
        self._shop = shop
        self._patience = patience

    async def find(self, apps: Sequence[Platform]) -> dict[str, dict[Platform, str]]:
        """Find what is listed in all of `apps`: its status in each app, by seller SKU."""
        found: dict[str, dict[Platform, str]] = {}
        for front in self._book.storefronts:
            for status in self.statuses_sought:
                with self._patience.spared(f"search in {front.id}"):
                    found |= await self._pages(front, {"status": status, "listing_platforms": app_names(apps)})
        return found

    async def fields(self, sku: str) -> dict[str, str]:
        """Show what the page of a SKU's product says on Tokopedia & Shop; nothing where no shop there sells it."""
        shown: dict[str, str] = {}
        for front in self._book.storefronts:
            with self._patience.spared(f"page of {sku}"):
                answer = await self._shop.call(Found, front, "POST", _PATH, query={"page_size": "1"}, body={"seller_skus": [sku]})
                for product in answer.products:
                    page = await self._shop.call(Page, front, "GET", f"/product/202309/products/{product.id}")
                    shown |= dict(self._lines(page, sku))
        return shown

    def statuses(self, product: Page) -> dict[Platform, str]:
        """Say how a product stands in each app."""
        return product.statuses()

    def _lines(self, page: Page, sku: str) -> Iterator[tuple[str, str]]:
        for app, status in self.statuses(page).items():
            yield f"In the app of {app.label}", f"{_WORDS.get(status, 'unknown')} ({status})"
        for one in page.audit_failed_reasons:
            where = APPS.get(one.listing_platform)
            what = f"Failed its audit in the app of {where.label}" if where else "Failed its audit"
            yield what, f"{'; '.join(one.reasons)}. What helps: {'; '.join(one.suggestions)}"
        days = page.pre_sale_days(sku)
        if days is not None:
            yield "Pre-sale", f"fulfilled {days} days after the order"
        if page.shipping_insurance_requirement:
            yield "Shipping insurance", _INSURANCE.get(page.shipping_insurance_requirement, "unknown")
        yield "Pre-owned", "yes" if page.is_pre_owned else "no"
        yield "Sold from", f"{page.minimum_order_quantity} on"

    async def _pages(self, front: Storefront, body: dict[str, object]) -> dict[str, dict[Platform, str]]:
        found: dict[str, dict[Platform, str]] = {}
        query = {"page_size": "100"}
        while True:
            # The filters stay the same from page to page, or the page token is worth nothing.
            page = await self._shop.call(Found, front, "POST", _PATH, query=query, body=body)
            found |= {sku.seller_sku: self.statuses(product) for product in page.products for sku in product.skus}
            if not page.next_page_token:
                return found
            query["page_token"] = page.next_page_token
