"""Sends of a new product what a product had before: no insurance, no least quantity, nothing of its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.pages import PageClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Change
    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_says_what_it_insures_and_how_many_are_taken_at_least",
    "a_minimum_order_is_changed_and_nothing_else_of_the_product",
    "a_pre_owned_product_is_launched_as_one",
}


_NEW = ("shipping_insurance_requirement", "minimum_order_quantity", "is_pre_owned")


class OldForm(PageClient):
    """Leaves out what the form did not have when it was made."""

    def _proposal(self, launch: Change, apps: list[Platform], warehouse_id: str, category_id: str) -> dict[str, object]:
        body = super()._proposal(launch, apps, warehouse_id, category_id)
        return {name: said for name, said in body.items() if name not in _NEW}


class OldAssortment(Assortment):
    """Writes product pages in this way."""

    pages = OldForm


class OldCatalogue(Catalogue):
    """Keeps such an assortment."""

    assortment = OldAssortment


class ForgetsTheNewProperties(Careful):
    """Sells used goods as new ones."""

    catalogue = OldCatalogue
