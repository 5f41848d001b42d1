"""What the product merge makes of two listings: their stock, and the ids of their warehouses."""

import pytest

from gladi.record.clock import Clock
from gladi.record.journal import Fact, Journal, What
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.merge import StockAtMerge
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import BEGINNING, seller
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.world import SoldOut, World

DAY = 86_400_000
SKU = "TMB-BMB"
"""Sold on both platforms, from the default warehouse alone."""


def merged(settings: Settings) -> World:
    clock = Clock(BEGINNING)
    world = World(seller(0), clock=clock, journal=Journal(clock), settings=settings)
    world.set_stock_by_hand("shop-1", TOKOPEDIA, SKU, 7)
    world.set_stock_by_hand("shop-1", SHOP, SKU, 4)
    world.link("shop-1")
    clock.leap(BEGINNING + DAY)
    return world


def units(world: World) -> int:
    listing = world.listing_of_sku(SHOP, "shop-1", SKU)
    assert listing is not None
    return listing.offers[0].units


@pytest.mark.parametrize(("rule", "left"), [(StockAtMerge.SHOP, 4), (StockAtMerge.TOKOPEDIA, 7), (StockAtMerge.SUM, 11)])
def test_the_stock_of_a_pair_is_what_the_setting_says(rule: StockAtMerge, left: int) -> None:
    world = merged(Settings(stock_at_merge=rule))

    world.confirm("shop-1")

    assert units(world) == left
    told = next(
        entry for entry in world.journal.entries if isinstance(entry, Fact) and entry.what == What.STOCK_MERGED and entry.sku == SKU
    )
    assert (told.value, told.assumes) == (f"Jakarta: {left}", ("setting.stock_at_merge",))


def test_a_listing_that_is_copied_brings_its_stock_along() -> None:
    world = merged(Settings(stock_at_merge=StockAtMerge.SHOP))
    here = world.listing_of_sku(TOKOPEDIA, "shop-1", "BTK-KWG-M")
    assert here is not None

    world.confirm("shop-1")

    there = world.listing_of_sku(SHOP, "shop-1", "BTK-KWG-M")
    assert there is not None
    assert [offer.stock for offer in there.offers] == [offer.stock for offer in here.offers]


@pytest.mark.parametrize("survive", [True, False])
def test_warehouses_keep_their_ids_or_get_new_ones(survive: bool) -> None:  # noqa: FBT001 - a parameter
    before = {one.shop_id for one in Sandbox(seed=0).world.shops["shop-1"].warehouses}

    world = merged(Settings(warehouse_ids_survive_the_merge=survive))

    after = {one.shop_id for one in world.shops["shop-1"].warehouses}
    told = [entry for entry in world.journal.entries if isinstance(entry, Fact) and entry.what == What.WAREHOUSES_RENUMBERED]
    assert (after == before, len(told)) == ((True, 0) if survive else (False, 1))
    assert survive or after.isdisjoint(before)


def test_more_than_is_left_cannot_be_bought() -> None:
    world = merged(Settings())

    with pytest.raises(SoldOut, match="4 units left on Tokopedia & Shop"):
        world.place_order("shop-1", on=SHOP, sku=SKU, quantity=5)
