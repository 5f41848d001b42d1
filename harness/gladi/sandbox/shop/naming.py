"""What a product write names, its SKU, its listing platforms, its changes: noted before anybody decides, so for a refused one too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.record.operations import Does
from gladi.record.words import SHOP
from gladi.sandbox.shop.products import Storefront
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.world import World

__all__ = ["Listed", "notes", "sku_named"]


class Listed(msgspec.Struct, frozen=True):
    """The listing platforms of a product write; the changelog's own samples spell the word without its plural."""

    listing_platforms: tuple[Storefront, ...] | None = None
    listing_platform: tuple[Storefront, ...] | None = None


class _Sku(msgspec.Struct, frozen=True):
    seller_sku: str = ""
    price: object = None
    inventory: object = None


class _Names(Listed, frozen=True):
    """The words of any product write that tell what it is about."""

    product_ids: tuple[str, ...] = ()
    title: object = None
    description: object = None
    skus: tuple[_Sku, ...] = ()


_names = msgspec.json.Decoder(_Names)


def sku_named(world: World, arrival: Arrival) -> str | None:
    """Give the first seller SKU of the product that a path names."""
    return _first_sku(world, arrival, arrival.params.get("product_id", ""))


def notes(world: World, arrival: Arrival) -> None:
    """Note the SKU and the platforms of a write that bears listing platforms, and what an edit changes; what cannot be read names none."""
    try:
        names = _names.decode(arrival.request.body or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        names = _Names()
    arrival.listed_on = names.listing_platforms or names.listing_platform or ()
    if arrival.operation.does is Does.EDITS_PRODUCTS:
        arrival.changes = tuple(_changes(names))
    first = arrival.params.get("product_id") or next(iter(names.product_ids), None)
    arrival.touches = _first_sku(world, arrival, first) if first is not None else next((one.seller_sku for one in names.skus), "") or None


def _changes(names: _Names) -> Iterator[str]:
    if names.title is not None:
        yield "title"
    if names.description is not None:
        yield "description"
    if any(one.price is not None for one in names.skus):
        yield "price"
    if any(one.inventory for one in names.skus):
        yield "stock"


def _first_sku(world: World, arrival: Arrival, product_id: str) -> str | None:
    listing = world.listing(SHOP, product_id)
    return listing.offers[0].sku if listing is not None and listing.shop == held(arrival).key else None
