"""Makes a launch again whose answer was lost, without looking whether the product is there by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.pages import PageClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Change, Storefront
    from examples.careful.shop import Offer
    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_launch_whose_answer_was_lost_makes_one_product"}


class WithoutAKey(PageClient):
    """Does not say that it is the same wish as before."""

    def _proposal(self, launch: Change, apps: list[Platform], warehouse_id: str, category_id: str) -> dict[str, object]:
        body = super()._proposal(launch, apps, warehouse_id, category_id)
        return {name: value for name, value in body.items() if name != "idempotency_key"}


class LooksForNothing(Assortment):
    """Creates whatever it is told to launch."""

    pages = WithoutAKey

    async def launch_on_shop(self, front: Storefront, change: Change, offers: list[Offer], *, merged: bool) -> None:
        """Create a product on Tokopedia & Shop, whatever stands there."""
        del offers
        await super().launch_on_shop(front, change, [], merged=merged)


class Insists(Catalogue):
    """Keeps such an assortment."""

    assortment = LooksForNothing


class ListsTwice(Careful):
    """Sells one thing on two pages."""

    catalogue = Insists
