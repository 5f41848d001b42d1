"""Writes to the catalogue: Partial Edit Product, Update Price, Update Inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop import categories
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.launching import apps_of, listed_as, write_offer
from gladi.sandbox.shop.naming import Listed
from gladi.sandbox.shop.offers import Price, Units, faults, offer_of, rupiah, set_units
from gladi.sandbox.shop.outcomes import Outcomes, errors, refusing
from gladi.sandbox.shop.pre_sale import PreSale, check_one_type, on_pre_sale
from gladi.sandbox.shop.product_sheet import audit_status, written
from gladi.sandbox.shop.products import STOREFRONTS, listing_of, platforms_of
from gladi.sandbox.shop.proposals import check_texts
from gladi.sandbox.shop.refusals import CHECK_FAILED, INVALID_PARAMETER, PRODUCT_STATUS, SKU_UNKNOWN
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.moderation import answered
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import stand, standing

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Listing, Offer
    from gladi.sandbox.world.world import World

__all__ = ["partial_edit", "update_inventory", "update_price"]

_STOCKABLE = frozenset((ListingStatus.DRAFT, ListingStatus.ACTIVE, ListingStatus.INACTIVE, ListingStatus.PENDING, ListingStatus.FAILED))


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


class EditedSku(msgspec.Struct, frozen=True):
    """A SKU in a partial edit: what is left out stays."""

    id: str
    price: Price | None = None
    inventory: tuple[Units, ...] | None = None
    pre_sale: PreSale | None = None


class Edit(Listed, frozen=True):
    """The body of Partial Edit Product, as far as the world remembers products; pictures and the rest are passed over."""

    title: str | None = None
    description: str | None = None
    skus: tuple[EditedSku, ...] = ()


_prices = msgspec.json.Decoder(PriceUpdate)
_stocks = msgspec.json.Decoder(StockUpdate)
_edit = msgspec.json.Decoder(Edit)


def _named(arrival: Arrival, listing: Listing, skus: tuple[PricedSku, ...] | tuple[StockedSku, ...]) -> None:
    """Note which seller SKU a write names first; a write that names none is refused."""
    if not skus:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'skus'"))
    offer = offer_of(listing, skus[0].id)
    if offer is not None:
        arrival.touches = offer.sku


def partial_edit(world: World, arrival: Arrival) -> dict[str, object]:
    """Partial Edit Product: each property that is given replaces the old one; a storefront left out of a list is switched off."""
    shop = held(arrival)
    listing = listing_of(world, arrival)
    wanted = read(arrival, world.settings, _edit)
    named = platforms_of(world, arrival, wanted)
    if listing.status is ListingStatus.DELETED:
        raise Refused(PRODUCT_STATUS)
    check_texts(wanted.title, wanted.description)
    changes: dict[str, object] = {
        name: text for name, text in (("title", wanted.title), ("description", wanted.description)) if text is not None
    }
    if new := [name for name in named if STOREFRONTS[name] not in standing(listing)]:
        categories.check(arrival, listing.category, new)
    for sku in wanted.skus:
        _check_sku(world, arrival, listing, sku)
    if any(sku.pre_sale is not None for sku in wanted.skus):
        changes["offers"] = _pre_sold(world, arrival, listing, wanted.skus)
    refused: Outcomes = {}
    if changes or named:
        refused = refusing(world, arrival, [offer.sku for offer in listing.offers], named or apps_of(listing))
        where = listed_as(arrival, listing, named, [STOREFRONTS[name] for name in refused])
        arrival.assumes.append("shop.audit_at_once")
        listing = stand(world, answered(world.edit(listing, **changes) if changes else listing, where), where)
    for sku in wanted.skus:
        write_offer(world, shop, listing, sku.id, sku.price, sku.inventory)
    return written(world.listings[listing.key]) | {"audit": {"status": audit_status(listing)}} | errors(refused)


def _pre_sold(world: World, arrival: Arrival, listing: Listing, skus: tuple[EditedSku, ...]) -> tuple[Offer, ...]:
    asked = {sku.id: sku.pre_sale for sku in skus if sku.pre_sale is not None}
    offers = tuple(on_pre_sale(world, arrival, listing, offer, asked[offer.id]) if offer.id in asked else offer for offer in listing.offers)
    check_one_type(offers)
    return offers


def _check_sku(world: World, arrival: Arrival, listing: Listing, sku: EditedSku) -> None:
    offer = offer_of(listing, sku.id)
    if offer is None:
        raise Refused(SKU_UNKNOWN)
    if sku.price is not None:
        rupiah(sku.price)
    if sku.inventory:
        for _, fault in faults(world, arrival, held(arrival), offer, sku.inventory):
            raise Refused(fault)


def update_price(world: World, arrival: Arrival) -> dict[str, object]:
    """Update Price of some SKUs of one live product: all of them, or none."""
    listing = listing_of(world, arrival)
    wanted = read(arrival, world.settings, _prices)
    _named(arrival, listing, wanted.skus)
    if listing.status is not ListingStatus.ACTIVE:
        raise Refused(PRODUCT_STATUS)
    prices: list[tuple[Offer, int]] = []
    for sku in wanted.skus:
        offer = offer_of(listing, sku.id)
        if offer is None:
            raise Refused(SKU_UNKNOWN)
        prices.append((offer, rupiah(sku.price)))
    for offer, price in prices:
        world.set_price(listing, offer, price)
    return {}


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
        found = faults(world, arrival, shop, offer_of(listing, sku.id), sku.inventory)
        if found:
            errors.append(_error(sku, found))
        else:
            set_units(world, shop, listing, sku.id, sku.inventory)
    return {"errors": errors}


def _error(sku: StockedSku, found: list[tuple[str, Refusal]]) -> dict[str, object]:
    extra = [{"warehouse_id": warehouse_id, "code": int(fault.code), "message": fault.message} for warehouse_id, fault in found]
    return {"code": int(CHECK_FAILED.code), "message": CHECK_FAILED.message, "detail": {"sku_id": sku.id, "extra_errors": extra}}
