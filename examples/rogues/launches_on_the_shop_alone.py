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
    "a_launch_on_both_apps_stands_in_a_category_that_both_permit",
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_launch_reaches_both_platforms_before_the_merge",
    "a_launch_reaches_the_buyers_of_both_apps",
    "a_launch_says_what_it_insures_and_how_many_are_taken_at_least",
    "a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice",
    "a_launch_that_one_app_refuses_is_told_for_that_app",
    "a_launch_waits_for_the_product_merge",
    "a_minimum_order_is_changed_and_nothing_else_of_the_product",
    "a_pre_owned_product_is_launched_as_one",
}


class LaunchesOnTheShopAlone(Careful):
    """Leaves the shop on Tokopedia without the new product."""

    async def launch(self, product: NewProduct) -> None:
        """Launch a product."""
        await super().launch(replace(product, platforms=(SHOP,)))
