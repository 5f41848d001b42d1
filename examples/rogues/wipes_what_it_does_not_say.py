"""Takes Edit Product for one that changes what it is told: what the body leaves out, the platform takes for taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.pages import PageClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.page_answers import Whole
    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_minimum_order_is_changed_and_nothing_else_of_the_product"}


class SaysWhatIsRequired(PageClient):
    """Sends the fields without which the call is refused."""

    def _again(self, page: Whole, apps: list[Platform]) -> dict[str, object]:
        whole = super()._again(page, apps)
        return {name: whole[name] for name in ("title", "description", "category_id", "main_images", "skus", "listing_platforms")}


class InFewWords(Assortment):
    """Has such pages written."""

    pages = SaysWhatIsRequired


class Terse(Catalogue):
    """Has such an assortment."""

    assortment = InFewWords


class WipesWhatItDoesNotSay(Careful):
    """Leaves the seller's goods uninsured."""

    catalogue = Terse
