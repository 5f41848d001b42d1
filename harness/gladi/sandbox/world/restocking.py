"""Restocking: a world that goes along with a platform takes over what the shop sells there, under the platform's own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.words import Platform
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.sandbox.world.records import Listing, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["bear_listings", "bear_warehouses"]


def bear_warehouses(world: World, key: str, warehouses: Sequence[Warehouse]) -> None:
    """Let a shop sell from these warehouses; units in one that is no more lie in the default one."""
    world.shops.put(key, replace(world.shops[key], warehouses=tuple(warehouses)))
    known = {one.name for one in warehouses}
    default = next(one.name for one in warehouses if one.is_default)
    for listing in [one for platform in Platform for one in world.listings.rows("shop", (platform, key))]:
        offers = tuple(replace(offer, stock=_moved(offer.stock, known, default)) for offer in listing.offers)
        if offers != listing.offers:
            world.listings.put(listing.key, replace(listing, offers=offers))


def _moved(stock: tuple[tuple[str, int], ...], known: set[str], default: str) -> tuple[tuple[str, int], ...]:
    held: dict[str, int] = {}
    for name, units in stock:
        place = name if name in known else default
        held[place] = held.get(place, 0) + units
    return tuple(held.items())


def bear_listings(world: World, key: str, platform: Platform, listings: Sequence[Listing]) -> None:
    """Let a shop sell on a platform exactly these listings; one that is there no more is deleted and answers to no SKU."""
    kept = {one.key for one in listings}
    for listing in list(world.listings.rows("shop", (platform, key))):
        if listing.key not in kept and listing.status is not ListingStatus.DELETED:
            offers = tuple(replace(offer, sku="") for offer in listing.offers)
            world.listings.put(listing.key, replace(listing, status=ListingStatus.DELETED, offers=offers))
    for listing in listings:
        if world.listings.get(listing.key) != listing:
            world.listings.put(listing.key, listing)
