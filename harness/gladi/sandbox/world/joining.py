"""The product merge: Tokopedia's listings copied to Tokopedia & Shop or paired with what stands there, with their stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.merge import StockAtMerge
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from gladi.sandbox.world.catalogue import Catalogue
    from gladi.sandbox.world.records import Listing, Offer, Shop
    from gladi.sandbox.world.world import World

__all__ = ["copy_of", "join", "renumber_warehouses"]


def join(world: World, shop: Shop) -> None:
    """Copy active and inactive Tokopedia listings; pair those that Tokopedia & Shop holds already, by their seller SKUs."""
    for listing in list(world.listings.rows("shop", (TOKOPEDIA, shop.key))):
        if listing.status not in (ListingStatus.ACTIVE, ListingStatus.INACTIVE) or listing.twin is not None:
            continue
        there = next((twin for offer in listing.offers if (twin := world.listing_of_sku(SHOP, shop.key, offer.sku)) is not None), None)
        there = copy_of(world, listing) if there is None else _with_stock(world, there, listing)
        world.listings.put(there.key, replace(there, twin=listing.id, shown_on=(SHOP, TOKOPEDIA), updated_at=world.clock.now))
        world.listings.put(listing.key, replace(listing, twin=there.id))
        world.journal.fact(What.PRODUCT_LINKED, shop=shop.key, sku=listing.offers[0].sku, value=there.id)


def copy_of(world: Catalogue, listing: Listing) -> Listing:
    """Make the copy of a Tokopedia listing that Tokopedia & Shop holds after the product merge, under ids of its own."""
    tag = f"{world.seed} listing copy {listing.id}"
    return replace(
        listing,
        platform=SHOP,
        id=shop_side_id(tag, "1730"),
        offers=tuple(replace(offer, id=shop_side_id(f"{tag} {offer.id}", "1731")) for offer in listing.offers),
        created_at=world.clock.now,
    )


def renumber_warehouses(world: World, shop: Shop) -> Shop:
    """Give each warehouse another id on Tokopedia & Shop, as a merge might; what a system kept of the old ones is refused from now on."""
    warehouses = tuple(
        replace(one, shop_id=shop_side_id(f"{world.seed} {shop.key} warehouse {one.name} after the merge", "7124"))
        for one in shop.warehouses
    )
    world.journal.fact(
        What.WAREHOUSES_RENUMBERED, shop=shop.key, platform=SHOP, assumes=world.settings.assumption("warehouse_ids_survive_the_merge")
    )
    return world.shops.put(shop.key, replace(shop, warehouses=warehouses))


def _with_stock(world: World, there: Listing, listing: Listing) -> Listing:
    """Give a listing of Tokopedia & Shop the units that it has once it is paired with `listing` of Tokopedia."""
    rule = world.stock_at_merge
    assumes = world.settings.assumption("stock_at_merge")
    offers: list[Offer] = []
    for offer in there.offers:
        here = next((one for one in listing.offers if one.sku == offer.sku), None)
        stock = offer.stock
        if here is not None and rule is not StockAtMerge.SHOP:
            held = dict(here.stock)
            kept = rule is StockAtMerge.SUM
            stock = tuple((name, held.get(name, 0) + (units if kept else 0)) for name, units in offer.stock)
        offers.append(replace(offer, stock=stock))
        for name, units in stock:
            world.journal.fact(What.STOCK_MERGED, shop=there.shop, platform=SHOP, sku=offer.sku, value=f"{name}: {units}", assumes=assumes)
    return replace(there, offers=tuple(offers))
