"""What a product write names, its SKU and its listing platforms: noted before anybody decides about it, so for a refused one too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.leniency import lenient
from gladi.sandbox.shop.products import Storefront
from gladi.sandbox.shop.refusals import INVALID_PARAMETER
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.world import World

__all__ = ["Listed", "notes", "platforms_of", "sku_named"]


class Listed(msgspec.Struct, frozen=True):
    """The listing platforms of a product write; the changelog's own samples spell the word without its plural."""

    listing_platforms: tuple[Storefront, ...] | None = None
    listing_platform: tuple[Storefront, ...] | None = None


class _Sku(msgspec.Struct, frozen=True):
    seller_sku: str = ""


class _Names(Listed, frozen=True):
    """The words of any product write that tell what it is about."""

    product_ids: tuple[str, ...] = ()
    skus: tuple[_Sku, ...] = ()


_names = msgspec.json.Decoder(_Names)


def platforms_of(world: World, arrival: Arrival, wanted: Listed) -> tuple[Storefront, ...]:
    """Give the platforms that a write names, none for an empty list; the samples' spelling is a leniency.

    Raises:
        Refused: the rehearsal is strict, and the samples' spelling was used.
    """
    if wanted.listing_platforms is None and wanted.listing_platform:
        lenient(arrival, world.settings, "seed_listing_platform", INVALID_PARAMETER)
    return wanted.listing_platforms or wanted.listing_platform or ()


def sku_named(world: World, arrival: Arrival) -> str | None:
    """Give the first seller SKU of the product that a path names."""
    return _first_sku(world, arrival, arrival.params.get("product_id", ""))


def notes(world: World, arrival: Arrival) -> None:
    """Note the SKU and the platforms of a write that bears listing platforms; what cannot be read names neither."""
    try:
        names = _names.decode(arrival.request.body or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        names = _Names()
    arrival.listed_on = names.listing_platforms or names.listing_platform or ()
    first = arrival.params.get("product_id") or next(iter(names.product_ids), None)
    arrival.touches = _first_sku(world, arrival, first) if first is not None else next((one.seller_sku for one in names.skus), "") or None


def _first_sku(world: World, arrival: Arrival, product_id: str) -> str | None:
    listing = world.listing(SHOP, product_id)
    return listing.offers[0].sku if listing is not None and listing.shop == held(arrival).key else None
