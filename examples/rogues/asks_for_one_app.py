"""Asks for categories as it always did, without a listing platform: what the answer permits it takes for permitted on both apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.categories import Category, CategoryClient
from examples.careful.system import Careful
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from examples.careful.book import Storefront
    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_on_both_apps_stands_in_a_category_that_both_permit",
    "the_seller_sees_for_each_app_where_he_may_list",
}


class OneList(CategoryClient):
    """Knows one list of categories."""

    async def of_app(self, front: Storefront, app: Platform) -> list[Category]:
        """Give the same categories for every app."""
        del app
        return await super().of_app(front, SHOP)

    async def suits(self, front: Storefront, title: str, apps: list[Platform]) -> str:
        """Give the category that is recommended for one app."""
        del apps
        return await super().suits(front, title, [SHOP])


class OneShelf(Assortment):
    """Launches with that list."""

    categories = OneList


class OneCatalogue(Catalogue):
    """Launches with that list."""

    assortment = OneShelf


class AsksForOneApp(Careful):
    """Lets the seller find out about the other app when the product is refused."""

    catalogue = OneCatalogue
    category_client = OneList
