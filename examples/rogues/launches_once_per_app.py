"""Launches a product once for each app, as it had to before the merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Change, Storefront
    from examples.careful.shop import Offer

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_says_what_it_insures_and_how_many_are_taken_at_least",
    "a_launch_that_one_app_refuses_is_told_for_that_app",
    "a_launch_while_the_shops_merge_makes_one_product",
    "a_minimum_order_is_changed_and_nothing_else_of_the_product",
}


class OncePerApp(Assortment):
    """Makes two products of one."""

    async def launch_on_shop(self, front: Storefront, change: Change, offers: list[Offer], *, merged: bool) -> None:
        """Create a product for each app."""
        for app in change.shown if merged else ():
            await super().launch_on_shop(front, replace(change, shown=(app,)), offers, merged=merged)
        if not merged:
            await super().launch_on_shop(front, change, offers, merged=merged)


class TwoCatalogues(Catalogue):
    """Thinks of two catalogues still."""

    assortment = OncePerApp


class LaunchesOncePerApp(Careful):
    """Sells one thing under two ids."""

    catalogue = TwoCatalogues
