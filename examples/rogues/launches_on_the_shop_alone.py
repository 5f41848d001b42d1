"""Was moved to Tokopedia & Shop in haste: new products go there, also while the seller's shop on Tokopedia is still open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from gladi.play.system import NewProduct

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_for_tokopedia_alone_stays_there",
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_launch_reaches_both_platforms_before_the_merge",
    "a_launch_reaches_the_buyers_of_both_apps",
    "a_launch_waits_for_the_product_merge",
}


class LaunchesOnTheShopAlone(Careful):
    """Leaves the shop on Tokopedia without the new product."""

    async def launch(self, product: NewProduct) -> None:
        """Launch a product."""
        await super().launch(replace(product, platforms=(SHOP,)))
