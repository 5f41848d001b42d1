"""The seller's deeds about what is sold, and the shelves on which he sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi import SHOP, TOKOPEDIA, ListsProducts, NewProduct, Notice, Rehearsal, Stage, TellsSeller
from gladi.play.faults import RehearsalError
from gladi.record.journal import Deed, Showed
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import stand
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gladi import Platform, Venue


class Sells(Quiet, ListsProducts):
    """Notes what it is asked to sell."""

    asked: list[object]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).asked = []

    def launch(self, product: NewProduct) -> None:
        self.asked.append(product)

    def show(self, sku: str, *, on: Sequence[Platform]) -> None:
        self.asked.append(("show", sku, on))

    def hide(self, sku: str, *, on: Sequence[Platform]) -> None:
        self.asked.append(("hide", sku, on))


class Speaks(Quiet, TellsSeller):
    """Tells the seller one thing about a variant."""

    def notices(self) -> list[Notice]:
        return [Notice("BTK-PRG-L", "It waits."), Notice("shop-1", "It merged.")]

    def fields(self, about: str) -> dict[str, str]:
        return {"about": about}


def test_the_seller_says_what_he_wants_sold_and_where(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.launches("NEW", title="t", description="d", price=5, stock=2)
        await rehearsal.seller.shows("NEW", on=TOKOPEDIA)
        await rehearsal.seller.hides("NEW")

    rehearsal = perform(Sells, tmp_path, body)

    assert Sells.asked == [
        NewProduct("NEW", "t", "d", 5, 2, (TOKOPEDIA, SHOP)),
        ("show", "NEW", (TOKOPEDIA,)),
        ("hide", "NEW", (TOKOPEDIA, SHOP)),
    ]
    assert [entry.did for entry in rehearsal.journal.entries if isinstance(entry, Deed)] == [
        "launched NEW on Tokopedia and Tokopedia & Shop",
        "put NEW on the shelves of Tokopedia",
        "took NEW off the shelves of Tokopedia and Tokopedia & Shop",
    ]


def test_a_default_title_suits_both_platforms(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.launches("NEW")

    perform(Sells, tmp_path, body)

    product = Sells.asked[0]
    assert isinstance(product, NewProduct)
    assert len(product.title) in range(25, 71)


def test_who_sells_nothing_cannot_be_asked_to(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.hides("NEW")

    with pytest.raises(RehearsalError, match="ListsProducts"):
        perform(Quiet, tmp_path, body)


def test_before_the_product_merge_each_app_has_a_catalogue_of_its_own(tmp_path: Path) -> None:
    seen: list[set[Platform]] = []

    async def body(rehearsal: Rehearsal) -> None:
        both, here = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP), rehearsal.shelves.sku_on(TOKOPEDIA)
        seen.extend(rehearsal.shelves.on_sale(sku) for sku in (both, here, rehearsal.shelves.sku_that_is_suspended(), "NONE"))

    perform(Quiet, tmp_path, body)

    assert seen == [{TOKOPEDIA, SHOP}, {TOKOPEDIA}, {SHOP}, set()], "what Tokopedia has suspended is sold on the other side still"


def test_after_the_product_merge_one_listing_is_on_the_shelves_of_each_app(tmp_path: Path) -> None:
    seen: list[set[Platform]] = []

    async def body(rehearsal: Rehearsal) -> None:
        sku = rehearsal.shelves.sku_that_came_over()
        listing = rehearsal.world.listing_of_sku(SHOP, "shop-1", sku)
        assert listing is not None
        seen.append(rehearsal.shelves.on_sale(sku))
        stand(rehearsal.world, listing, {SHOP: ListingStatus.ACTIVE, TOKOPEDIA: ListingStatus.INACTIVE})
        seen.append(rehearsal.shelves.on_sale(sku))

    perform(Quiet, tmp_path, body, begins=Stage.CONFIRMED)

    assert seen == [{TOKOPEDIA, SHOP}, {SHOP}]


def test_notices_are_journalled_when_all_has_settled_with_the_product_of_a_variant(tmp_path: Path) -> None:
    rehearsal = perform(Speaks, tmp_path)

    shown = [entry for entry in rehearsal.journal.entries if isinstance(entry, Showed) and entry.capability == "TellsSeller"]

    assert shown[-1].rows == (
        {"about": "BTK-PRG-L", "text": "It waits.", "product": "BTK-PRG-S"},
        {"about": "shop-1", "text": "It merged."},
    )
