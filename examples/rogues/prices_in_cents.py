"""Sends prices in hundredths, as it does in other countries; the rupiah has none."""

from __future__ import annotations

from examples.careful.system import Careful

BREAKS: dict[str, set[str]] = {}
FAILS: set[str] = {
    "a_price_changes_on_the_shop_after_the_product_merge",
    "a_price_changes_on_the_shop_while_the_shops_merge",
    "a_price_changes_on_tokopedia_while_the_shops_merge",
    "a_price_of_a_new_seller_changes_on_the_shop",
    "a_price_of_a_seller_solely_on_the_shop_changes_there",
    "a_price_reaches_both_platforms_before_the_merge",
    "a_price_waits_for_the_product_merge",
}


class PricesInCents(Careful):
    """Asks a hundred times too much."""

    async def set_price(self, sku: str, amount: int) -> None:
        """Set a price wherever the SKU is sold."""
        await super().set_price(sku, amount * 100)
