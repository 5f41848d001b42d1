"""Keeps the days of a pre-sale in its own form, and never learned to send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.pages import PageClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Change
    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_minimum_order_is_changed_and_nothing_else_of_the_product",
    "a_pre_sale_of_too_many_days_is_refused_and_told",
    "a_product_on_pre_sale_is_launched_with_its_days",
    "the_days_of_a_pre_sale_are_seen",
}


class OldProposal(PageClient):
    """Proposes every product as one that is there."""

    def _proposal(self, launch: Change, apps: list[Platform], warehouse_id: str, category_id: str) -> dict[str, object]:
        return super()._proposal(replace(launch, pre_sale_days=None), apps, warehouse_id, category_id)


class NoPreSale(Assortment):
    """Writes product pages in this way."""

    pages = OldProposal


class NoPreSaleCatalogue(Catalogue):
    """Keeps such an assortment."""

    assortment = NoPreSale


class SellsPreSaleAsOrdinary(Careful):
    """Promises buyers at once what is made in two weeks."""

    catalogue = NoPreSaleCatalogue
