"""Keeps the product ids of Tokopedia & Shop in a spreadsheet, which knows fifteen digits of a number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.system import ProductLink

BREAKS: dict[str, set[str]] = {}
FAILS: set[str] = {
    "ids_of_nineteen_digits_come_through_whole",
    "product_ids_lead_from_either_platform_to_the_other",
    "products_are_found_again_by_their_new_ids",
    "the_products_of_every_shop_are_mapped",
}


class RoundsProductIds(Careful):
    """Links each product to one that does not exist."""

    def product_links(self) -> Sequence[ProductLink]:
        """Give the products that are known on both platforms."""
        return [replace(link, tts_product_id=str(round(int(link.tts_product_id), -4))) for link in super().product_links()]
