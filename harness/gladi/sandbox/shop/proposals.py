"""A product as a seller proposes it, to be created, overwritten or only looked through: its fields, and what no app would take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.naming import Listed
from gladi.sandbox.shop.offers import Price, Units
from gladi.sandbox.shop.pre_sale import PreSale
from gladi.sandbox.shop.refusals import CATEGORY_UNKNOWN, INPUT_INVALID, INVALID_PARAMETER, PRE_OWNED_IMPOSSIBLE
from gladi.sandbox.world.records import Insurance

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.shop.products import Storefront
    from gladi.sandbox.world.world import World

__all__ = ["Proposal", "Sku", "check", "check_texts", "insurance_of", "least_of"]

_TITLE = range(25, 256)
_DESCRIPTION = 10_000
_SELLER_SKU = range(1, 51)
_MOST_SKUS = 100
_LONGEST_KEY = 128
_ORDERED_AT_LEAST = range(1, 21)
_INSURANCE: dict[str | None, Insurance] = {
    None: Insurance.OPTIONAL,
    "REQUIRED": Insurance.REQUIRED,
    "OPTIONAL": Insurance.OPTIONAL,
    "NOT_SUPPORTED": Insurance.NOT_SUPPORTED,
    "MANDATORY": Insurance.REQUIRED,
}


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
    pre_sale: PreSale | None = None


class Sold(msgspec.Struct, frozen=True):
    """What the changelog's sample says of all SKUs at once."""

    pre_sale: PreSale | None = None


class Proposal(Listed, frozen=True):
    """The body of all three calls, as far as the world remembers products; other documented fields are passed over."""

    title: str | None = None
    description: str | None = None
    category_id: str | None = None
    category_version: str | None = None
    main_images: tuple[dict[str, str], ...] | None = None
    skus: tuple[Sku, ...] | None = None
    sku: Sold = msgspec.field(default_factory=Sold)
    save_mode: Literal["LISTING", "AS_DRAFT"] = "LISTING"
    shipping_insurance_requirement: Literal["REQUIRED", "OPTIONAL", "NOT_SUPPORTED", "MANDATORY"] | None = None
    is_pre_owned: bool = False
    minimum_order_quantity: int | None = None
    idempotency_key: str | None = None


def check(world: World, arrival: Arrival, wanted: Proposal, named: tuple[Storefront, ...]) -> None:
    """Refuse what no app would take.

    Raises:
        Refused: a field is missing, or says what it may not, or does not suit the apps that are named.
    """
    for name in ("title", "description", "category_id", "main_images", "skus"):
        if not getattr(wanted, name):
            raise Refused(INVALID_PARAMETER.saying(f"Missing required parameter '{name}'"))
    check_texts(wanted.title, wanted.description)
    if not (wanted.category_id or "").isdecimal():
        raise Refused(CATEGORY_UNKNOWN)
    _check_properties(world, arrival, wanted, named)
    if wanted.sku.pre_sale is not None:
        lenient(arrival, world.settings, "seed_sku", INVALID_PARAMETER)
    if len(wanted.idempotency_key or "") > _LONGEST_KEY:
        raise Refused(INPUT_INVALID.saying("'idempotency_key' must have at most 128 characters"))
    _check_skus(wanted.skus or ())


def _check_properties(world: World, arrival: Arrival, wanted: Proposal, named: tuple[Storefront, ...]) -> None:
    if wanted.is_pre_owned and set(named) != {"TOKOPEDIA"}:
        raise Refused(PRE_OWNED_IMPOSSIBLE)
    if wanted.shipping_insurance_requirement == "MANDATORY":
        lenient(arrival, world.settings, "seed_insurance", INVALID_PARAMETER)
    if wanted.shipping_insurance_requirement is not None and "TOKOPEDIA" not in named:
        raise Refused(INPUT_INVALID.saying("'shipping_insurance_requirement' requires TOKOPEDIA among 'listing_platforms'"))
    if wanted.minimum_order_quantity is not None and wanted.minimum_order_quantity not in _ORDERED_AT_LEAST:
        raise Refused(INPUT_INVALID.saying("'minimum_order_quantity' must be 1 to 20"))


def _check_skus(skus: tuple[Sku, ...]) -> None:
    if len(skus) > _MOST_SKUS:
        raise Refused(INPUT_INVALID.saying("At most 100 SKUs"))
    if any(sku.seller_sku and (len(sku.seller_sku) not in _SELLER_SKU or " " in sku.seller_sku) for sku in skus):
        raise Refused(INPUT_INVALID.saying("A seller_sku must have 1 to 50 characters and no space"))


def check_texts(title: str | None, description: str | None) -> None:
    """Refuse a title or a description of unlawful length; None is not looked at."""
    if title is not None and len(title) not in _TITLE:
        raise Refused(INPUT_INVALID.saying("The title must have 25 to 255 characters"))
    if description is not None and len(description) > _DESCRIPTION:
        raise Refused(INPUT_INVALID.saying("The description must have at most 10000 characters"))


def insurance_of(wanted: Proposal) -> Insurance:
    """Give what a proposal says of shipping insurance; where it says nothing, buyers may choose."""
    return _INSURANCE[wanted.shipping_insurance_requirement]


def least_of(wanted: Proposal) -> int:
    """Give how many units of it a buyer takes at least."""
    return wanted.minimum_order_quantity or 1
