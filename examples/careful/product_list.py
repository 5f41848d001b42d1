"""The list of products: what each Tokopedia shop sells, and what it is on Tokopedia & Shop once that is known."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from examples.careful.book import Book, Product, Shop
    from examples.careful.tokopedia import TokopediaClient
    from examples.careful.trouble import Patience

__all__ = ["ProductList"]

_EVERY_HOUR = timedelta(hours=1)
_EVERY_DAY = timedelta(days=1)


class ProductList:
    """Reads the product lists of Tokopedia, where alone it is said which products are one."""

    def __init__(self, book: Book, tokopedia: TokopediaClient, patience: Patience) -> None:
        """Keep the products in `book`."""
        self._book = book
        self._tokopedia = tokopedia
        self._patience = patience

    def links(self) -> list[Product]:
        """Give each product that is known on both platforms; a variant is no product of its own."""
        return [product for product in self._book.products if product.tts_product_id and product.parent_id is None]

    async def _reads_products(self, shop: Shop, now: datetime) -> None:
        what = f"products of {shop.toko_shop_id}"
        if not self._book.is_due(what, now):
            return
        known = [product for product in self._book.products if product.shop == shop.toko_shop_id]
        if shop.merged_at and known and all(product.tts_product_id or product.suspended for product in known):
            return
        with self._patience.spared(what):
            await self._lists(shop.toko_shop_id)
            self._book.rests(what, until=now + (_EVERY_HOUR if shop.merged_at else _EVERY_DAY))

    async def _lists(self, toko_shop_id: str) -> None:
        for product in await self._tokopedia.products(toko_shop_id):
            before = self._book.products.get(product.product_id)
            self._book.products.put(product.product_id, product)
            if product.tts_product_id and product.parent_id is None and (before is None or before.tts_product_id is None):
                self._book.tell(
                    product.sku or product.product_id,
                    f"Product {product.product_id} of Tokopedia is now product {product.tts_product_id} of Tokopedia & Shop.",
                )
        self._tells_of_the_suspended(toko_shop_id)

    def _tells_of_the_suspended(self, toko_shop_id: str) -> None:
        """Tell of what the product merge left behind, once it has brought anything over."""
        products = [product for product in self._book.products if product.shop == toko_shop_id]
        if any(product.tts_product_id for product in products):
            for product in products:
                if product.suspended and product.tts_product_id is None and product.parent_id is None:
                    text = f"Product {product.product_id} is suspended on Tokopedia, so it was not copied to Tokopedia & Shop."
                    self._book.tell(product.sku or product.product_id, text)

    async def _product(self, toko_shop_id: str, sku: str) -> Product | None:
        """Find what a Tokopedia shop sells under a SKU; what is not in the book may have been launched since it was read."""
        for again in (False, True):
            if again:
                await self._lists(toko_shop_id)
            for product in self._book.products:
                if product.shop == toko_shop_id and product.sku == sku:
                    return product
        return None
