"""Restocking: a world that goes along with a platform takes over what the shop sells there, under the platform's own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.words import Platform
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gladi.sandbox.world.records import Listing, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["bear_listings", "bear_warehouses"]

_ORDERS = ("tokopedia.list", "shop.created", "in flight")
"""The indexes in which every order of a shop stands that a platform shows or may yet show."""


def bear_warehouses(world: World, key: str, warehouses: Sequence[Warehouse]) -> None:
    """Let a shop sell from these warehouses; units and orders go along by its ids, and from one that is no more to the default one."""
    shop = world.shops[key]
    default = next(one.name for one in warehouses if one.is_default)
    places = {old.name: next((new.name for new in warehouses if _is(old, new)), default) for old in shop.warehouses}
    world.shops.put(key, replace(shop, warehouses=tuple(warehouses)))
    for listing in [one for platform in Platform for one in world.listings.rows("shop", (platform, key))]:
        offers = tuple(replace(offer, stock=_moved(offer.stock, places, default)) for offer in listing.offers)
        if offers != listing.offers:
            world.listings.put(listing.key, replace(listing, offers=offers))
    for order in {one.key: one for index in _ORDERS for one in world.orders.rows(index, key)}.values():
        place = places.get(order.warehouse, default)
        if place != order.warehouse:
            world.orders.put(order.key, replace(order, warehouse=place))


def _is(old: Warehouse, new: Warehouse) -> bool:
    return bool(old.tokopedia_id and old.tokopedia_id == new.tokopedia_id) or bool(old.shop_id and old.shop_id == new.shop_id)


def _moved(stock: tuple[tuple[str, int], ...], places: Mapping[str, str], default: str) -> tuple[tuple[str, int], ...]:
    held: dict[str, int] = {}
    for name, units in stock:
        place = places.get(name, default)
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
