"""Categories of Tokopedia & Shop: what the seller may list in on each app, and one that suits a new product on all of its apps.

1. The categories are asked for anew each time, once for each app: a permission that was kept may be withdrawn by now.
2. What the platform recommends is only taken if every app permits it; else something beside it that all of them permit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.shop_answers import app_names
from examples.careful.trouble import Refused
from gladi.play.system import CategoryChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examples.careful.book import Storefront
    from examples.careful.shop import ShopClient
    from gladi.record.words import Platform

__all__ = ["Category", "CategoryClient"]

_NOT_FROM_TOKOPEDIA = "12052994"

_WORDS = {
    "AVAILABLE": "open to you",
    "INVITE_ONLY": "restricted; please apply for it in Seller Center",
    "NON_MAIN_CATEGORY": "outside the main category of your shop; please ask your account manager",
    "PROHIBITED": "prohibited",
}


class Category(msgspec.Struct, frozen=True):
    """One category of one app, as the platform prints it."""

    id: str
    parent_id: str = ""
    local_name: str = ""
    is_leaf: bool = False
    permission_statuses: tuple[str, ...] = ()

    @property
    def permitted(self) -> bool:
        """Whether a product can be listed in it now."""
        return self.is_leaf and self.permission_statuses == ("AVAILABLE",)

    @property
    def permission(self) -> str:
        """The permission in words for the seller."""
        return ", ".join(_WORDS.get(one, "please look it up in Seller Center") for one in self.permission_statuses)


class CategoryClient:
    """Reads categories through the client of Tokopedia & Shop."""

    def __init__(self, shop: ShopClient) -> None:
        """Call through `shop`."""
        self._shop = shop

    async def of_app(self, front: Storefront, app: Platform) -> list[Category]:
        """Give the categories of one app in which a product can stand, those that are closed to the seller too."""
        query = {"listing_platform": app_names([app])[0]}
        found = await self._shop.call(_Categories, front, "GET", "/product/202309/categories", query=query)
        return [one for one in found.categories if one.is_leaf]

    async def choices(self, fronts: Iterable[Storefront], app: Platform) -> list[CategoryChoice]:
        """Give the categories of one app for the seller to see: nothing for Tokopedia's before his shop has come over from there."""
        found: dict[str, Category] = {}
        for front in fronts:
            try:
                found |= {one.id: one for one in await self.of_app(front, app)}
            except Refused as no:
                if no.code != _NOT_FROM_TOKOPEDIA:
                    raise
        return [CategoryChoice(one.id, one.local_name, permitted=one.permitted, permission=one.permission) for one in found.values()]

    async def suits(self, front: Storefront, title: str, apps: list[Platform]) -> str:
        """Give the category for a new product: the recommended one, or one beside it, that each of `apps` permits.

        Raises:
            Refused: there is none.
        """
        by_app = [await self.of_app(front, app) for app in apps]
        common = set[str].intersection(*({one.id for one in there if one.permitted} for there in by_app))
        known = {one.id: one for there in by_app for one in there}
        best = await self._recommended(front, title, apps[0])
        if best in common:
            return best
        for one in known.values():
            if one.id in common and best in known and one.parent_id == known[best].parent_id:
                return one.id
        where = " and ".join(app.label for app in apps)
        raise Refused("", f"no category for it is open to you on {where}; please apply for one in Seller Center")

    async def _recommended(self, front: Storefront, title: str, app: Platform) -> str:
        body = {"product_title": title, "listing_platform": app_names([app])[0]}
        found = await self._shop.call(_Recommended, front, "POST", "/product/202309/categories/recommend", body=body)
        return found.leaf_category_id


# -- shapes ------------------------------------------------------------------------------------------------------------


class _Categories(msgspec.Struct):
    categories: list[Category] = msgspec.field(default_factory=list[Category])


class _Recommended(msgspec.Struct):
    leaf_category_id: str = ""
