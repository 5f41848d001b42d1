"""What a product write says of one SKU: its price and its units, checked as the platform checks them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.refusals import (
    CURRENCY_WRONG,
    PRICE_INVALID,
    PRICE_MISSING,
    PRICE_TOO_HIGH,
    QUANTITY_WRONG,
    SKU_UNKNOWN,
    WAREHOUSE_UNKNOWN,
    WAREHOUSES_CHANGED,
)

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Listing, Offer, Shop
    from gladi.sandbox.world.world import World

__all__ = ["Price", "Units", "faults", "fresh_stock", "offer_of", "rupiah", "set_units"]

_DEAREST = 1_000_000_000
_MOST_UNITS = 99_999
_RUPIAH = re.compile(r"[0-9]{1,18}(\.0{1,2})?")


class Price(msgspec.Struct, frozen=True):
    """A price; local sellers use `amount`."""

    amount: str | None = None
    currency: str | None = None
    sale_price: str | None = None


class Units(msgspec.Struct, frozen=True):
    """Stock in one warehouse, which need not be named where the SKU has one."""

    quantity: int
    warehouse_id: str | None = None


def offer_of(listing: Listing, offer_id: str) -> Offer | None:
    """Find one SKU of a product by its id."""
    return next((offer for offer in listing.offers if offer.id == offer_id), None)


def rupiah(price: Price | None) -> int:
    """Give a price in whole rupiah.

    Raises:
        Refused: there is none, it is in another currency, or it is no price.
    """
    if price is None or price.amount is None:
        raise Refused(PRICE_MISSING)
    if price.currency not in (None, "IDR"):
        raise Refused(CURRENCY_WRONG)
    if not _RUPIAH.fullmatch(price.amount):
        raise Refused(PRICE_INVALID)
    amount = int(price.amount.partition(".")[0])
    if amount < 1:
        raise Refused(PRICE_INVALID)
    if amount > _DEAREST:
        raise Refused(PRICE_TOO_HIGH)
    return amount


def faults(world: World, arrival: Arrival, shop: Shop, offer: Offer | None, inventory: tuple[Units, ...]) -> list[tuple[str, Refusal]]:
    """Give what is wrong with the stock of a SKU, each fault with the warehouse it is about: every warehouse must be named, no other."""
    if offer is None:
        arrival.assumes += SKU_UNKNOWN.assumption
        return [("", SKU_UNKNOWN)]
    known = {one.shop_id: one.name for one in shop.warehouses}
    own = {warehouse_id for warehouse_id, name in known.items() if name in dict(offer.stock)}
    sole = next(iter(own)) if len(own) == 1 else ""
    given = [place.warehouse_id or sole for place in inventory]
    found = [(one, WAREHOUSE_UNKNOWN) for one in given if one not in known]
    if not found and sorted(given) != sorted(own):
        found = [(one, WAREHOUSES_CHANGED) for one in sorted(own.symmetric_difference(given) or given)]
    return found + [(warehouse_id, QUANTITY_WRONG) for warehouse_id in _out_of_range(world, arrival, given, inventory)]


def set_units(world: World, shop: Shop, listing: Listing, offer_id: str, inventory: tuple[Units, ...]) -> None:
    """Set the stock of a SKU in each warehouse named."""
    for place in inventory:
        offer = offer_of(world.listings[listing.key], offer_id)
        if offer is not None:
            name = next((one.name for one in shop.warehouses if one.shop_id == place.warehouse_id), offer.stock[0][0])
            world.set_stock(listing, offer, name, place.quantity)


def fresh_stock(world: World, arrival: Arrival, shop: Shop, inventory: tuple[Units, ...] | None) -> tuple[tuple[str, int], ...]:
    """Give the stock of a SKU that is new: units by the world's name of the warehouse.

    Raises:
        Refused: a warehouse is unknown, or named twice, or a quantity is out of range.
    """
    known = {one.shop_id: one.name for one in shop.warehouses}
    given = [place.warehouse_id or "" for place in inventory or ()]
    if not given or len(set(given)) < len(given) or not set(given) <= set(known):
        raise Refused(WAREHOUSE_UNKNOWN)
    if _out_of_range(world, arrival, given, inventory or ()):
        raise Refused(QUANTITY_WRONG)
    return tuple((known[warehouse_id], place.quantity) for warehouse_id, place in zip(given, inventory or (), strict=True))


def _out_of_range(world: World, arrival: Arrival, given: list[str], inventory: tuple[Units, ...]) -> list[str]:
    least = 0 if world.settings.zero_quantity else 1
    for place in inventory:
        if place.quantity == 0:
            arrival.assumes += world.settings.assumption("zero_quantity")
    return [one for one, place in zip(given, inventory, strict=True) if not least <= place.quantity <= _MOST_UNITS]
