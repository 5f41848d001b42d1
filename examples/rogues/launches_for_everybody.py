"""Lists every product in both apps, because its form has no choice of apps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.system import NewProduct

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_for_the_shop_alone_stays_there",
    "a_launch_for_tokopedia_alone_stays_there",
    "a_launch_on_the_shop_while_the_shops_merge_is_done_later",
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_pre_owned_product_is_launched_as_one",
    "a_product_comes_back_to_the_shelves_of_one_app",
}


class LaunchesForEverybody(Careful):
    """Ignores which app was meant."""

    async def launch(self, product: NewProduct) -> None:
        """Launch a product everywhere."""
        await super().launch(replace(product, platforms=tuple(Platform)))

    async def show(self, sku: str, *, on: Sequence[Platform]) -> None:  # noqa: ARG002 - that is its mistake
        """Put a product on every shelf."""
        await super().show(sku, on=tuple(Platform))
