"""Writes to the catalogue: Partial Edit Product, Update Price, Update Inventory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.product_sheet import audit_status
from gladi.sandbox.shop.products import STOREFRONTS, Storefront, listing_of
from gladi.sandbox.shop.refusals import (
    CHECK_FAILED,
    CURRENCY_WRONG,
    INPUT_INVALID,
    INVALID_PARAMETER,
    NOT_FROM_TOKOPEDIA,
    PRICE_INVALID,
    PRICE_MISSING,
    PRICE_TOO_HIGH,
    PRODUCT_STATUS,
    QUANTITY_WRONG,
    SKU_UNKNOWN,
    WAREHOUSE_UNKNOWN,
    WAREHOUSES_CHANGED,
)
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Listing, Offer, Shop
    from gladi.sandbox.world.world import World

__all__ = ["partial_edit", "sku_named", "update_inventory", "update_price"]

_TITLE = range(25, 256)
_DESCRIPTION = 10_000
_DEAREST = 1_000_000_000
_MOST_UNITS = 99_999
_RUPIAH = re.compile(r"[0-9]{1,18}(\.0{1,2})?")
_STOCKABLE = frozenset((ListingStatus.ACTIVE, ListingStatus.INACTIVE, ListingStatus.PENDING))


class Price(msgspec.Struct, frozen=True):
    """A price; local sellers use `amount`."""

    amount: str | None = None
    currency: str | None = None
    sale_price: str | None = None


class Units(msgspec.Struct, frozen=True):
    """Stock in one warehouse, which need not be named where the SKU has one."""

    quantity: int
    warehouse_id: str | None = None


class PricedSku(msgspec.Struct, frozen=True):
    """A SKU and its price."""

    id: str
    price: Price


class PriceUpdate(msgspec.Struct, frozen=True):
    """The body of Update Price."""

    skus: tuple[PricedSku, ...]


class StockedSku(msgspec.Struct, frozen=True):
    """A SKU and its stock."""

    id: str
    inventory: tuple[Units, ...]


class StockUpdate(msgspec.Struct, frozen=True):
    """The body of Update Inventory."""

    skus: tuple[StockedSku, ...]


class Edit(msgspec.Struct, frozen=True):
    """The body of Partial Edit Product, as far as the world remembers products."""

    title: str | None = None
    description: str | None = None
    listing_platforms: tuple[Storefront, ...] | None = None


_prices = msgspec.json.Decoder(PriceUpdate)
_stocks = msgspec.json.Decoder(StockUpdate)
_edit = msgspec.json.Decoder(Edit)


def sku_named(world: World, arrival: Arrival) -> str | None:
    """Give the first seller SKU of the product that a path names, for the note on a write that was refused unread."""
    listing = world.listing(SHOP, arrival.params.get("product_id", ""))
    return listing.offers[0].sku if listing is not None and listing.shop == held(arrival).key else None


def _offer(listing: Listing, offer_id: str) -> Offer | None:
    return next((offer for offer in listing.offers if offer.id == offer_id), None)


def _named(arrival: Arrival, listing: Listing, skus: tuple[PricedSku, ...] | tuple[StockedSku, ...]) -> None:
    """Note which seller SKU a write names first; a write that names none is refused."""
    if not skus:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'skus'"))
    offer = _offer(listing, skus[0].id)
    if offer is not None:
        arrival.touches = offer.sku


def partial_edit(world: World, arrival: Arrival) -> dict[str, object]:
    """Partial Edit Product: each property that is given replaces the old one; a storefront left out of the list is left."""
    listing = listing_of(world, arrival)
    arrival.touches = listing.offers[0].sku
    wanted = read(arrival, world.settings, _edit)
    if listing.status is ListingStatus.DELETED:
        raise Refused(PRODUCT_STATUS)
    changes = _changes(held(arrival), listing, wanted)
    if changes:
        arrival.assumes.append("shop.audit_at_once")
        listing = world.edit(listing, **changes)
    return {
        "product_id": listing.id,
        "skus": [{"id": offer.id, "seller_sku": offer.sku, "external_sku_id": "", "sales_attributes": []} for offer in listing.offers],
        "audit": {"status": audit_status(listing)},
    }


def _changes(shop: Shop, listing: Listing, wanted: Edit) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if wanted.title is not None:
        if len(wanted.title) not in _TITLE:
            raise Refused(INPUT_INVALID.saying("The title must have 25 to 255 characters"))
        changes["title"] = wanted.title
    if wanted.description is not None:
        if len(wanted.description) > _DESCRIPTION:
            raise Refused(INPUT_INVALID.saying("The description must have at most 10000 characters"))
        changes["description"] = wanted.description
    if wanted.listing_platforms:
        shown_on = tuple(platform for name, platform in STOREFRONTS.items() if name in wanted.listing_platforms)
        if TOKOPEDIA in shown_on and shop.merged_at is None:
            raise Refused(NOT_FROM_TOKOPEDIA)
        changes["shown_on"] = shown_on
    if changes and listing.status is ListingStatus.SUSPENDED:
        changes["status"] = ListingStatus.PENDING
    return changes


def update_price(world: World, arrival: Arrival) -> dict[str, object]:
    """Update Price of some SKUs of one live product: all of them, or none."""
    listing = listing_of(world, arrival)
    wanted = read(arrival, world.settings, _prices)
    _named(arrival, listing, wanted.skus)
    if listing.status is not ListingStatus.ACTIVE:
        raise Refused(PRODUCT_STATUS)
    prices: list[tuple[Offer, int]] = []
    for sku in wanted.skus:
        offer = _offer(listing, sku.id)
        if offer is None:
            raise Refused(SKU_UNKNOWN)
        prices.append((offer, _rupiah(sku.price)))
    for offer, price in prices:
        world.set_price(listing, offer, price)
    return {}


def _rupiah(price: Price) -> int:
    if price.amount is None:
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


def update_inventory(world: World, arrival: Arrival) -> dict[str, object]:
    """Update Inventory: every warehouse of a SKU, and no other; a SKU at fault is told in `errors`, the others are set."""
    shop = held(arrival)
    listing = listing_of(world, arrival)
    wanted = read(arrival, world.settings, _stocks)
    _named(arrival, listing, wanted.skus)
    if listing.status not in _STOCKABLE:
        raise Refused(PRODUCT_STATUS)
    errors: list[dict[str, object]] = []
    for sku in wanted.skus:
        faults = _faults(world, arrival, shop, _offer(listing, sku.id), sku)
        if faults:
            errors.append(_error(sku, faults))
            continue
        for place in sku.inventory:
            offer = _offer(world.listings[listing.key], sku.id)
            if offer is not None:
                name = next((one.name for one in shop.warehouses if one.shop_id == place.warehouse_id), offer.stock[0][0])
                world.set_stock(listing, offer, name, place.quantity)
    return {"errors": errors}


def _faults(world: World, arrival: Arrival, shop: Shop, offer: Offer | None, sku: StockedSku) -> list[tuple[str, Refusal]]:
    if offer is None:
        arrival.assumes += SKU_UNKNOWN.assumption
        return [("", SKU_UNKNOWN)]
    known = {one.shop_id: one.name for one in shop.warehouses}
    own = {warehouse_id for warehouse_id, name in known.items() if name in dict(offer.stock)}
    sole = next(iter(own)) if len(own) == 1 else ""
    given = [place.warehouse_id or sole for place in sku.inventory]
    faults = [(one, WAREHOUSE_UNKNOWN) for one in given if one not in known]
    if not faults and sorted(given) != sorted(own):
        faults = [(one, WAREHOUSES_CHANGED) for one in sorted(own.symmetric_difference(given) or given)]
    for warehouse_id, place in zip(given, sku.inventory, strict=True):
        if place.quantity == 0:
            arrival.assumes += world.settings.assumption("zero_quantity")
        if not (0 if world.settings.zero_quantity else 1) <= place.quantity <= _MOST_UNITS:
            faults.append((warehouse_id, QUANTITY_WRONG))
    return faults


def _error(sku: StockedSku, faults: list[tuple[str, Refusal]]) -> dict[str, object]:
    extra = [{"warehouse_id": warehouse_id, "code": int(fault.code), "message": fault.message} for warehouse_id, fault in faults]
    return {"code": int(CHECK_FAILED.code), "message": CHECK_FAILED.message, "detail": {"sku_id": sku.id, "extra_errors": extra}}
