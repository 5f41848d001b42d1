"""The seller's deeds about what is sold, and the shelves on which he sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi import (
    SHOP,
    TOKOPEDIA,
    ListsProducts,
    NewProduct,
    Notice,
    Rehearsal,
    SetsMinimumOrders,
    SetsStock,
    Stage,
    StockAtMerge,
    TellsSeller,
)
from gladi.play.faults import RehearsalError
from gladi.record.journal import Deed, Fact, Showed, What
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import stand
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gladi import Platform, Venue


class Sells(Quiet, ListsProducts, SetsMinimumOrders):
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

    def set_minimum_order(self, sku: str, quantity: int) -> None:
        self.asked.append(("from", sku, quantity))


class Stocks(Quiet, SetsStock):
    """Takes every number of units, and tells no platform."""

    def set_stock(self, sku: str, units: int) -> None:
        """Do nothing about it."""


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
        await rehearsal.seller.sets_the_minimum_order("NEW", to=3)

    rehearsal = perform(Sells, tmp_path, body)

    assert Sells.asked == [
        NewProduct("NEW", "t", "d", 5, 2, (TOKOPEDIA, SHOP)),
        ("show", "NEW", (TOKOPEDIA,)),
        ("hide", "NEW", (TOKOPEDIA, SHOP)),
        ("from", "NEW", 3),
    ]
    assert [entry.did for entry in rehearsal.journal.entries if isinstance(entry, Deed)] == [
        "launched NEW on Tokopedia and Tokopedia & Shop",
        "put NEW on the shelves of Tokopedia",
        "took NEW off the shelves of Tokopedia and Tokopedia & Shop",
        "set the minimum order of NEW to 3",
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


@pytest.mark.parametrize("seed", range(3))
def test_of_each_product_that_came_over_one_sku_is_given(seed: int, tmp_path: Path) -> None:
    products: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        skus = rehearsal.shelves.skus_that_came_over()
        assert rehearsal.shelves.sku_that_came_over() == skus[0]
        found = (rehearsal.world.listing_of_sku(SHOP, "shop-1", sku) for sku in skus)
        products.extend(one.id for one in found if one is not None)

    perform(Quiet, tmp_path, body, begins=Stage.CONFIRMED, seed=seed)

    assert len(products) == len(set(products)) > 1


def test_before_the_product_merge_nothing_came_over(tmp_path: Path) -> None:
    skus: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        skus.extend(rehearsal.shelves.skus_that_came_over())

    perform(Quiet, tmp_path, body, begins=Stage.MERGED)

    assert skus == []


@pytest.mark.parametrize("platforms", [(TOKOPEDIA,), (SHOP,), (TOKOPEDIA, SHOP)], ids=" and ".join)
def test_a_sku_is_found_that_is_on_sale_just_where_it_is_asked_to_be(platforms: tuple[Platform, ...], tmp_path: Path) -> None:
    seen: list[set[Platform]] = []

    async def body(rehearsal: Rehearsal) -> None:
        seen.append(rehearsal.shelves.on_sale(rehearsal.shelves.sku_on(*platforms)))

    perform(Quiet, tmp_path, body)

    assert seen == [set(platforms)]


def test_what_lies_in_one_warehouse_is_found_only_where_both_platforms_sell_it(tmp_path: Path) -> None:
    found: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        found.append(rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP))
        with pytest.raises(RehearsalError, match=r"the seller, at stage pending, has no such SKU on Tokopedia$"):
            rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA)

    perform(Quiet, tmp_path, body)

    assert found == ["TMB-BMB"]


def test_nobody_can_say_how_many_units_there_are_where_another_warehouse_holds_some(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.sets_the_stock("TMB-BMB", to=5)
        await rehearsal.seller.sets_the_stock("CUP-CRM-WHITE", to=5)
        await rehearsal.seller.changes_stock_by_hand("TMB-BMB", to=6, on=SHOP)

    rehearsal = perform(Stocks, tmp_path, body)

    owned = [(one.sku, one.value) for one in rehearsal.journal.entries if isinstance(one, Fact) and one.what == What.UNITS_OWNED]
    assert owned == [("TMB-BMB", "5"), ("CUP-CRM-WHITE", ""), ("TMB-BMB", "")]


@pytest.mark.parametrize(("rule", "units"), [(StockAtMerge.SHOP, 4), (StockAtMerge.TOKOPEDIA, 7), (StockAtMerge.SUM, 11)])
def test_a_scenario_says_what_stock_the_product_merge_gives(rule: StockAtMerge, units: int, tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.changes_stock_by_hand("TMB-BMB", to=7, on=TOKOPEDIA)
        await rehearsal.seller.changes_stock_by_hand("TMB-BMB", to=4, on=SHOP)
        rehearsal.lets_the_product_merge_give(stock=rule)
        await rehearsal.seller.confirms_the_product_merge()

    rehearsal = perform(Quiet, tmp_path, body, begins=Stage.MERGED)

    merged = [one for one in rehearsal.journal.entries if isinstance(one, Fact) and one.what == What.STOCK_MERGED and one.sku == "TMB-BMB"]
    assert merged[0].value == f"Jakarta: {units}"


@pytest.mark.parametrize("renumbered", [True, False])
def test_a_scenario_says_whether_the_merge_renumbers_the_warehouses(renumbered: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    ids: list[set[str]] = []

    async def body(rehearsal: Rehearsal) -> None:
        ids.append({one.shop_id for one in rehearsal.world.shops["shop-1"].warehouses})
        if renumbered:
            rehearsal.lets_the_merge_renumber_the_warehouses()
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        ids.append({one.shop_id for one in rehearsal.world.shops["shop-1"].warehouses})

    rehearsal = perform(Quiet, tmp_path, body)

    told = [one.shop for one in rehearsal.journal.entries if isinstance(one, Fact) and one.what == What.WAREHOUSES_RENUMBERED]
    assert told == (["shop-1"] if renumbered else [])
    assert ids[0].isdisjoint(ids[1]) is renumbered


def test_notices_are_journalled_when_all_has_settled_with_the_product_of_a_variant(tmp_path: Path) -> None:
    rehearsal = perform(Speaks, tmp_path)

    shown = [entry for entry in rehearsal.journal.entries if isinstance(entry, Showed) and entry.capability == "TellsSeller"]

    assert shown[-1].rows == (
        {"about": "BTK-PRG-L", "text": "It waits.", "product": "BTK-PRG-S"},
        {"about": "shop-1", "text": "It merged."},
    )
