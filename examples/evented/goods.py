"""The goods: Tokopedia's products with what they have become, and how many units of a SKU are left after what was sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.evented import events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from examples.evented.facts import Product
    from examples.evented.orders import Orders

__all__ = ["Goods"]


class Goods:
    """Folds what is seen of products and said of stock."""

    def __init__(self, orders: Orders) -> None:
        """Take off what `orders` show as sold."""
        self._orders = orders
        self.products: dict[str, Product] = {}
        self._owned: dict[str, tuple[int, datetime]] = {}
        self._wished: dict[str, events.StockWished] = {}

    def folds(self, event: events.Event, at: datetime) -> None:
        """Take one event in."""
        match event:
            case events.ProductSeen(product=product):
                self.products[product.product_id] = product
            case events.StockOwned(sku=sku, units=units):
                # Platforms date orders by whole seconds. A unit too few is a lost sale, a unit too many a broken promise.
                self._owned[sku] = (units, at.replace(microsecond=0))
                self._wished.pop(sku, None)
            case events.StockWished(sku=sku):
                self._wished[sku] = event
            case _:
                pass

    def of(self, shop: str) -> list[Product]:
        """Give the products of a Tokopedia shop."""
        return [one for one in self.products.values() if one.shop == shop]

    def find(self, shop: str, sku: str) -> Product | None:
        """Find what a Tokopedia shop sells under a SKU."""
        return next((one for one in self.of(shop) if one.sku == sku), None)

    def wishes(self) -> Iterator[events.StockWished]:
        """Give each stock that is no longer what was wished for.

        A unit that one shop sold is to leave the shelves of all. A product merge may add two stocks of the same units up, so the
        stock is wished for anew as soon as the product has its new id. A cancelled order gives nothing back by itself.
        """
        sold: dict[str, int] = {}
        for row in self._orders.rows() if self._owned else ():
            for line in row.lines:
                if line.sku in self._owned and row.created_at >= self._owned[line.sku][1]:
                    sold[line.sku] = sold.get(line.sku, 0) + line.quantity
        for sku, (units, _) in self._owned.items():
            linked = next((one.tts_product_id for one in self.products.values() if one.sku == sku and one.tts_product_id), None)
            wish = events.StockWished(sku=sku, units=max(0, units - sold.get(sku, 0)), linked=linked)
            if wish != self._wished.get(sku):
                yield wish
