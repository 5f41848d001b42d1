"""Create Product and Edit Product: a product as a whole, new or overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop import categories
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.offers import Price, Units, faults, fresh_stock, offer_of, rupiah, set_units
from gladi.sandbox.shop.outcomes import errors, refusing
from gladi.sandbox.shop.pre_sale import check_one_type, on_pre_sale
from gladi.sandbox.shop.product_sheet import audit_status, written
from gladi.sandbox.shop.products import NAMES, STOREFRONTS, Storefront, listing_of, platforms_of
from gladi.sandbox.shop.proposals import Proposal, Sku, check, insurance_of, least_of
from gladi.sandbox.shop.refusals import NOT_FROM_TOKOPEDIA, NOT_ON_PLATFORM, PRODUCT_STATUS, SKU_UNKNOWN
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.moderation import answered, audited
from gladi.sandbox.world.records import Listing, ListingStatus, Offer
from gladi.sandbox.world.storefronts import create as put_on_the_shelves
from gladi.sandbox.world.storefronts import stand, standing

if TYPE_CHECKING:
    from collections.abc import Collection

    from gladi.record.words import Platform
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Shop
    from gladi.sandbox.world.storefronts import Standing
    from gladi.sandbox.world.world import World

__all__ = ["DEFAULT_APPS", "apps_of", "create", "edit", "edited_offers", "listed_as", "new_offers", "proposal", "write_offer"]

DEFAULT_APPS: tuple[Storefront, ...] = ("TIKTOK_SHOP",)
"""What a new product is listed on whose body names no platform."""

proposal = msgspec.json.Decoder(Proposal)
"""Reads the body of Create, Edit and Check Product Listing."""


def create(world: World, arrival: Arrival) -> dict[str, object]:
    """Create Product; a key that was used before gives the product that it made then."""
    shop = held(arrival)
    wanted = read(arrival, world.settings, proposal)
    named = platforms_of(world, arrival, wanted) or DEFAULT_APPS
    check(world, arrival, wanted, named)
    if "TOKOPEDIA" in named and shop.merged_at is None:
        raise Refused(NOT_ON_PLATFORM)
    categories.check(arrival, wanted.category_id, named, version=wanted.category_version)
    key = (shop.key, wanted.idempotency_key or "")
    made = world.launched.get(key) if wanted.idempotency_key else None
    if made is not None:
        arrival.assumes.append("shop.create_once_a_key")
        return written(world.listings[SHOP, made]) | {"warnings": []}
    product = shop_side_id(f"{world.seed} {shop.key} product {len(world.listings)}", "1732")
    offers = new_offers(world, arrival, product, wanted)
    refused = refusing(world, arrival, [offer.sku for offer in offers], named)
    now = world.clock.now
    if wanted.save_mode == "LISTING":
        arrival.assumes.append("shop.audit_at_once")
    listing, where = audited(
        world,
        Listing(
            platform=SHOP,
            id=product,
            shop=shop.key,
            title=wanted.title or "",
            description=wanted.description or "",
            category=wanted.category_id or "",
            status=_status(wanted),
            offers=offers,
            created_at=now,
            updated_at=now,
            shown_on=tuple(platform for name, platform in STOREFRONTS.items() if name in named and name not in refused),
            insurance=insurance_of(wanted),
            is_pre_owned=wanted.is_pre_owned,
            minimum_order=least_of(wanted),
        ),
    )
    listing = put_on_the_shelves(world, listing, where)
    arrival.assumes += ("shop.audit_per_app",) if listing.failures else ()
    if wanted.idempotency_key:
        world.launched[key] = listing.id
    return written(listing) | {"warnings": []} | errors(refused)


def edit(world: World, arrival: Arrival) -> dict[str, object]:
    """Edit Product: everything is overwritten but prices and stock that are left out; a SKU left out is gone."""
    shop = held(arrival)
    listing = listing_of(world, arrival)
    wanted = read(arrival, world.settings, proposal)
    named = platforms_of(world, arrival, wanted)
    check(world, arrival, wanted, named or apps_of(listing))
    if listing.status is ListingStatus.DELETED:
        raise Refused(PRODUCT_STATUS)
    offers = edited_offers(world, arrival, listing, wanted)
    refused = refusing(world, arrival, [offer.sku for offer in offers], named or apps_of(listing))
    where = listed_as(arrival, listing, named, [STOREFRONTS[name] for name in refused])
    there = tuple(name for platform, name in NAMES.items() if platform in where)
    categories.check(arrival, wanted.category_id, named or there, version=wanted.category_version)
    arrival.assumes.append("shop.audit_at_once")
    texts = {"title": wanted.title, "description": wanted.description, "category": wanted.category_id, "offers": offers}
    more = {"insurance": insurance_of(wanted), "is_pre_owned": wanted.is_pre_owned, "minimum_order": least_of(wanted)}
    edited = answered(world.edit(listing, **texts, **more), where)
    if listing.status is ListingStatus.DRAFT:
        where = {platform: _status(wanted) if one is ListingStatus.DRAFT else one for platform, one in where.items()}
    edited = stand(world, edited, where)
    for sku in wanted.skus or ():
        if sku.id is not None:
            write_offer(world, shop, edited, sku.id, sku.price, sku.inventory)
    edited = world.listings[edited.key]
    return written(edited) | {"warnings": [], "audit": {"status": audit_status(edited)}} | errors(refused)


def apps_of(listing: Listing) -> tuple[Storefront, ...]:
    """Give the apps that a write means which names none: those on whose shelves the product stands."""
    return tuple(name for platform, name in NAMES.items() if platform in listing.shown_on) or DEFAULT_APPS


def listed_as(arrival: Arrival, listing: Listing, named: tuple[Storefront, ...], refused: Collection[Platform] = ()) -> Standing:
    """Give how a listing stands after an edit that names platforms: one left out is deactivated; none named leaves all as they are.

    A platform that refused the edit takes down what it had. What was taken down before is audited anew.

    Raises:
        Refused: Tokopedia is named for a seller who has not come over from there.
    """
    where = standing(listing)
    if "TOKOPEDIA" in named and held(arrival).merged_at is None:
        raise Refused(NOT_FROM_TOKOPEDIA)
    kept: Standing = {
        platform: _audited_again(listing, platform, where.get(platform, listing.status))
        for name, platform in STOREFRONTS.items()
        if (name in named if named else platform in where)
    }
    if named:
        kept = {platform: listing.status if one is ListingStatus.INACTIVE else one for platform, one in kept.items()}
    left_out: Standing = {platform: ListingStatus.INACTIVE for platform in where if platform not in kept}
    arrival.assumes += ("shop.left_out_is_off",) if left_out else ()
    down: Standing = {platform: ListingStatus.SUSPENDED for platform in refused if platform in where}
    return {platform: one for platform, one in (kept | left_out).items() if platform not in refused} | down


def _audited_again(listing: Listing, platform: Platform, status: ListingStatus) -> ListingStatus:
    if status in (ListingStatus.SUSPENDED, ListingStatus.FAILED):
        failed = any(one.platform is platform for one in listing.failures)
        return ListingStatus.ACTIVE if failed else ListingStatus.PENDING
    return status


def write_offer(  # noqa: PLR0913, PLR0917 - a SKU is its price and its stock
    world: World, shop: Shop, listing: Listing, offer_id: str, price: Price | None, inventory: tuple[Units, ...] | None
) -> None:
    """Set price and stock of a SKU, as far as they are given; both have been checked."""
    offer = offer_of(world.listings[listing.key], offer_id)
    if offer is not None and price is not None:
        world.set_price(listing, offer, rupiah(price))
    if inventory:
        set_units(world, shop, listing, offer_id, inventory)


def _status(wanted: Proposal) -> ListingStatus:
    return ListingStatus.DRAFT if wanted.save_mode == "AS_DRAFT" else ListingStatus.ACTIVE


def new_offers(world: World, arrival: Arrival, product: str, wanted: Proposal) -> tuple[Offer, ...]:
    """Give the SKUs of a product that is new.

    Raises:
        Refused: one of them is at fault, or they are pre-sold in different ways.
    """
    offers = tuple(_new(world, arrival, product, wanted, sku) for sku in wanted.skus or ())
    check_one_type(offers)
    return offers


def edited_offers(world: World, arrival: Arrival, listing: Listing, wanted: Proposal) -> tuple[Offer, ...]:
    """Give the SKUs of a product as they are after an edit, but for prices and stock.

    Raises:
        Refused: one of them is at fault, or they are pre-sold in different ways.
    """
    offers = tuple(
        _new(world, arrival, listing.id, wanted, sku) if sku.id is None else _edited(world, arrival, listing, wanted, sku)
        for sku in wanted.skus or ()
    )
    check_one_type(offers)
    return offers


def _new(world: World, arrival: Arrival, product: str, wanted: Proposal, sku: Sku) -> Offer:
    variant = " / ".join(one.value_name for one in sku.sales_attributes)
    offer = Offer(
        id=shop_side_id(f"{product} {sku.seller_sku} {variant}", "1733"),
        sku=sku.seller_sku,
        variant=variant,
        price=rupiah(sku.price),
        stock=fresh_stock(world, arrival, held(arrival), sku.inventory),
    )
    return on_pre_sale(world, arrival, None, offer, sku.pre_sale or wanted.sku.pre_sale)


def _edited(world: World, arrival: Arrival, listing: Listing, wanted: Proposal, sku: Sku) -> Offer:
    offer = offer_of(listing, sku.id or "")
    if offer is None:
        raise Refused(SKU_UNKNOWN)
    if sku.price is not None:
        rupiah(sku.price)
    if sku.inventory:
        for _, fault in faults(world, arrival, held(arrival), offer, sku.inventory):
            raise Refused(fault)
    variant = " / ".join(one.value_name for one in sku.sales_attributes)
    after = replace(offer, sku=sku.seller_sku or offer.sku, variant=variant or offer.variant)
    return on_pre_sale(world, arrival, listing, after, sku.pre_sale or wanted.sku.pre_sale)
