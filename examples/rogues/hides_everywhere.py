"""Knows a product as on sale or not, and no app in which it is: what is hidden in one is hidden in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_product_leaves_the_shelves_of_one_platform_before_the_merge",
    "a_search_tells_the_status_in_each_app",
    "delisting_on_the_shop_leaves_tokopedia",
    "delisting_on_tokopedia_leaves_the_shop",
}


class HidesEverywhere(Careful):
    """Takes a product off every shelf."""

    async def hide(self, sku: str, *, on: Sequence[Platform]) -> None:  # noqa: ARG002 - that is its mistake
        """Take a product off the shelves."""
        await super().hide(sku, on=tuple(Platform))
