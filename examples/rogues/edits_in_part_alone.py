"""Edits everything by Partial Edit, which passes over what it does not know and answers that all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.pages import PageClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Storefront
    from examples.careful.pages import Failure
    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_minimum_order_is_changed_and_nothing_else_of_the_product"}


class KnowsOneEdit(PageClient):
    """Sends a minimum order to the call that has no such field."""

    async def set_minimum_order(self, front: Storefront, product_id: str, apps: list[Platform], quantity: int) -> list[Failure]:
        """Write to the wrong call."""
        del quantity
        return await self.edit(front, product_id, apps)


class InPart(Assortment):
    """Has such pages written."""

    pages = KnowsOneEdit


class Partly(Catalogue):
    """Has such an assortment."""

    assortment = InPart


class EditsInPartAlone(Careful):
    """Believes that a minimum order is in force which is nowhere."""

    catalogue = Partly
