"""Maps the products of the shop that merged first, and of no other: there was only one when the table was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.system import ProductLink

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_products_of_every_shop_are_mapped"}


class MapsTheFirstShopAlone(Careful):
    """Knows half of the catalogue by its new ids."""

    def product_links(self) -> Sequence[ProductLink]:
        """Give the products of one shop."""
        first = next(iter(self._book.shops)).toko_shop_id
        of_others = {product.product_id for product in self._book.products if product.shop != first}
        return [link for link in super().product_links() if link.toko_product_id not in of_others]
