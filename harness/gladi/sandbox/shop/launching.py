"""Create Product and Edit Product: a product as a whole, new or overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.naming import Listed, platforms_of
from gladi.sandbox.shop.offers import Price, Units, faults, fresh_stock, offer_of, rupiah, set_units
from gladi.sandbox.shop.product_sheet import audit_status, written
from gladi.sandbox.shop.products import STOREFRONTS, Storefront, listing_of
from gladi.sandbox.shop.refusals import (
    CATEGORY_UNKNOWN,
    INPUT_INVALID,
    INVALID_PARAMETER,
    NOT_FROM_TOKOPEDIA,
    NOT_ON_PLATFORM,
    PRE_OWNED_IMPOSSIBLE,
    PRODUCT_STATUS,
    SKU_UNKNOWN,
)
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import Listing, ListingStatus, Offer
from gladi.sandbox.world.storefronts import create as put_on_the_shelves
from gladi.sandbox.world.storefronts import stand, standing

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Shop
    from gladi.sandbox.world.storefronts import Standing
    from gladi.sandbox.world.world import World

__all__ = ["check_texts", "create", "edit", "listed_as", "write_offer"]

_TITLE = range(25, 256)
_DESCRIPTION = 10_000
_SELLER_SKU = range(1, 51)
_MOST_SKUS = 100
_LONGEST_KEY = 128
_ORDERED_AT_LEAST = range(1, 21)
_DEFAULT: tuple[Storefront, ...] = ("TIKTOK_SHOP",)


class Attribute(msgspec.Struct, frozen=True):
    """What makes a variant of a SKU."""

    name: str = ""
    value_name: str = ""


class Sku(msgspec.Struct, frozen=True):
    """One SKU; `id` in an edit alone, where price and stock may be left out."""

    seller_sku: str = ""
    id: str | None = None
    price: Price | None = None
    inventory: tuple[Units, ...] | None = None
    sales_attributes: tuple[Attribute, ...] = ()


class Whole(Listed, frozen=True):
    """The body of both calls, as far as the world remembers products; other documented fields are passed over."""

    title: str | None = None
    description: str | None = None
    category_id: str | None = None
    main_images: tuple[dict[str, str], ...] | None = None
    skus: tuple[Sku, ...] | None = None
    save_mode: Literal["LISTING", "AS_DRAFT"] = "LISTING"
    shipping_insurance_requirement: Literal["REQUIRED", "OPTIONAL", "NOT_SUPPORTED"] | None = None
    is_pre_owned: bool = False
    minimum_order_quantity: int | None = None
    idempotency_key: str | None = None


_whole = msgspec.json.Decoder(Whole)


def create(world: World, arrival: Arrival) -> dict[str, object]:
    """Create Product; a key that was used before gives the product that it made then."""
    shop = held(arrival)
    wanted = read(arrival, world.settings, _whole)
    named = platforms_of(world, arrival, wanted) or _DEFAULT
    _check(wanted, named)
    if "TOKOPEDIA" in named and shop.merged_at is None:
        raise Refused(NOT_ON_PLATFORM)
    key = (shop.key, wanted.idempotency_key or "")
    made = world.launched.get(key) if wanted.idempotency_key else None
    if made is not None:
        arrival.assumes.append("shop.create_once_a_key")
        return written(world.listings[SHOP, made]) | {"warnings": []}
    product = shop_side_id(f"{world.seed} {shop.key} product {len(world.listings)}", "1732")
    offers = tuple(_new(world, arrival, shop, product, sku) for sku in wanted.skus or ())
    now = world.clock.now
    if wanted.save_mode == "LISTING":
        arrival.assumes.append("shop.audit_at_once")
    listing = put_on_the_shelves(
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
            shown_on=tuple(platform for name, platform in STOREFRONTS.items() if name in named),
        ),
    )
    if wanted.idempotency_key:
        world.launched[key] = listing.id
    return written(listing) | {"warnings": []}


def edit(world: World, arrival: Arrival) -> dict[str, object]:
    """Edit Product: everything is overwritten but prices and stock that are left out; a SKU left out is gone."""
    shop = held(arrival)
    listing = listing_of(world, arrival)
    wanted = read(arrival, world.settings, _whole)
    named = platforms_of(world, arrival, wanted)
    _check(wanted, named or _DEFAULT)
    if listing.status is ListingStatus.DELETED:
        raise Refused(PRODUCT_STATUS)
    where = listed_as(arrival, listing, named)
    offers = tuple(_edited(world, arrival, shop, listing, sku) for sku in wanted.skus or ())
    arrival.assumes.append("shop.audit_at_once")
    texts = {"title": wanted.title, "description": wanted.description, "category": wanted.category_id, "offers": offers}
    edited = world.edit(listing, **texts)
    if listing.status is ListingStatus.DRAFT:
        where = dict.fromkeys(where, _status(wanted))
    edited = stand(world, edited, where)
    for sku in wanted.skus or ():
        if sku.id is not None:
            write_offer(world, shop, edited, sku.id, sku.price, sku.inventory)
    edited = world.listings[edited.key]
    return written(edited) | {"warnings": [], "audit": {"status": audit_status(edited)}}


def listed_as(arrival: Arrival, listing: Listing, named: tuple[Storefront, ...]) -> Standing:
    """Give how a listing stands after an edit that names platforms: one left out is deactivated; none named leaves all as they are.

    Raises:
        Refused: Tokopedia is named for a seller who has not come over from there.
    """
    where = standing(listing)
    if "TOKOPEDIA" in named and held(arrival).merged_at is None:
        raise Refused(NOT_FROM_TOKOPEDIA)
    status = ListingStatus.PENDING if listing.status is ListingStatus.SUSPENDED else listing.status
    if not named:
        return {platform: status if platform in listing.shown_on else ListingStatus.INACTIVE for platform in where}
    kept: Standing = {platform: status for name, platform in STOREFRONTS.items() if name in named}
    left_out: Standing = {platform: ListingStatus.INACTIVE for platform in where if platform not in kept}
    arrival.assumes += ("shop.left_out_is_off",) if left_out else ()
    return kept | left_out


def check_texts(title: str | None, description: str | None) -> None:
    """Refuse a title or a description of unlawful length; None is not looked at."""
    if title is not None and len(title) not in _TITLE:
        raise Refused(INPUT_INVALID.saying("The title must have 25 to 255 characters"))
    if description is not None and len(description) > _DESCRIPTION:
        raise Refused(INPUT_INVALID.saying("The description must have at most 10000 characters"))


def write_offer(  # noqa: PLR0913, PLR0917 - a SKU is its price and its stock
    world: World, shop: Shop, listing: Listing, offer_id: str, price: Price | None, inventory: tuple[Units, ...] | None
) -> None:
    """Set price and stock of a SKU, as far as they are given; both have been checked."""
    offer = offer_of(world.listings[listing.key], offer_id)
    if offer is not None and price is not None:
        world.set_price(listing, offer, rupiah(price))
    if inventory:
        set_units(world, shop, listing, offer_id, inventory)


def _status(wanted: Whole) -> ListingStatus:
    return ListingStatus.DRAFT if wanted.save_mode == "AS_DRAFT" else ListingStatus.ACTIVE


def _check(wanted: Whole, named: tuple[Storefront, ...]) -> None:
    for name in ("title", "description", "category_id", "main_images", "skus"):
        if not getattr(wanted, name):
            raise Refused(INVALID_PARAMETER.saying(f"Missing required parameter '{name}'"))
    check_texts(wanted.title, wanted.description)
    if not (wanted.category_id or "").isdecimal():
        raise Refused(CATEGORY_UNKNOWN)
    if wanted.is_pre_owned and set(named) != {"TOKOPEDIA"}:
        raise Refused(PRE_OWNED_IMPOSSIBLE)
    if wanted.shipping_insurance_requirement is not None and "TOKOPEDIA" not in named:
        raise Refused(INPUT_INVALID.saying("'shipping_insurance_requirement' requires TOKOPEDIA among 'listing_platforms'"))
    if wanted.minimum_order_quantity is not None and wanted.minimum_order_quantity not in _ORDERED_AT_LEAST:
        raise Refused(INPUT_INVALID.saying("'minimum_order_quantity' must be 1 to 20"))
    if len(wanted.idempotency_key or "") > _LONGEST_KEY:
        raise Refused(INPUT_INVALID.saying("'idempotency_key' must have at most 128 characters"))
    skus = wanted.skus or ()
    if len(skus) > _MOST_SKUS:
        raise Refused(INPUT_INVALID.saying("At most 100 SKUs"))
    if any(sku.seller_sku and (len(sku.seller_sku) not in _SELLER_SKU or " " in sku.seller_sku) for sku in skus):
        raise Refused(INPUT_INVALID.saying("A seller_sku must have 1 to 50 characters and no space"))


def _new(world: World, arrival: Arrival, shop: Shop, product: str, sku: Sku) -> Offer:
    variant = " / ".join(one.value_name for one in sku.sales_attributes)
    return Offer(
        id=shop_side_id(f"{product} {sku.seller_sku} {variant}", "1733"),
        sku=sku.seller_sku,
        variant=variant,
        price=rupiah(sku.price),
        stock=fresh_stock(world, arrival, shop, sku.inventory),
    )


def _edited(world: World, arrival: Arrival, shop: Shop, listing: Listing, sku: Sku) -> Offer:
    """Give a SKU as it is after an edit, but for its price and stock; one without an id is new."""
    if sku.id is None:
        return _new(world, arrival, shop, listing.id, sku)
    offer = offer_of(listing, sku.id)
    if offer is None:
        raise Refused(SKU_UNKNOWN)
    if sku.price is not None:
        rupiah(sku.price)
    if sku.inventory:
        for _, fault in faults(world, arrival, shop, offer, sku.inventory):
            raise Refused(fault)
    variant = " / ".join(one.value_name for one in sku.sales_attributes)
    return replace(offer, sku=sku.seller_sku or offer.sku, variant=variant or offer.variant)
