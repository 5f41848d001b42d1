"""Products: search in the three known shapes, and one by its id."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol, get_args

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.pages import after, beginning, size
from gladi.sandbox.shop.product_sheet import PRODUCT_STATUS, audit_status, row, whole
from gladi.sandbox.shop.refusals import (
    INPUT_INVALID,
    INVALID_PARAMETER,
    PAGE_SIZE_WRONG,
    PRODUCT_FOREIGN,
    PRODUCT_UNKNOWN,
    TIME_RANGE,
    TOO_MANY_SKUS,
)
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.storefronts import standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Listing, Shop
    from gladi.sandbox.world.world import World

__all__ = ["NAMES", "STOREFRONTS", "NamesApps", "Storefront", "get", "listing_of", "platforms_of", "search"]

Storefront = Literal["TIKTOK_SHOP", "TOKOPEDIA"]
STOREFRONTS: dict[str, Platform] = dict(zip(get_args(Storefront), (SHOP, TOKOPEDIA), strict=True))
NAMES: dict[Platform, Storefront] = {SHOP: "TIKTOK_SHOP", TOKOPEDIA: "TOKOPEDIA"}
"""The storefronts by the API's names, and back."""

_MOST_SKUS = 10
_PLAIN = "202309"
Status = Literal[
    "ALL", "DRAFT", "PENDING", "FAILED", "ACTIVATE", "SELLER_DEACTIVATED", "PLATFORM_DEACTIVATED", "FREEZE", "DELETED", "UNKNOWN"
]


class PlainFilter(msgspec.Struct, frozen=True):
    """The body of Search Products in 202309, which knows no storefronts; bounds are inclusive, in seconds."""

    status: Status | None = None
    seller_skus: tuple[str, ...] | None = None
    sku_ids: tuple[str, ...] | None = None
    create_time_ge: int | None = None
    create_time_le: int | None = None
    update_time_ge: int | None = None
    update_time_le: int | None = None
    category_version: str | None = None


class Filter(PlainFilter, frozen=True):
    """The body from 202312 on."""

    audit_status: tuple[Literal["AUDITING", "FAILED", "APPROVED"], ...] | None = None
    listing_platforms: tuple[Storefront, ...] | None = None
    listing_platform: tuple[Storefront, ...] | None = None
    """As the changelog's sample spells it."""


class NamesApps(Protocol):
    """A body that names listing platforms, in the spelling of the API reference or in that of the changelog's samples."""

    @property
    def listing_platforms(self) -> tuple[Storefront, ...] | None:
        """The API reference's spelling."""

    @property
    def listing_platform(self) -> tuple[Storefront, ...] | None:
        """The samples' spelling."""


_plain = msgspec.json.Decoder(PlainFilter)
_full = msgspec.json.Decoder(Filter)


def platforms_of(world: World, arrival: Arrival, wanted: NamesApps) -> tuple[Storefront, ...]:
    """Give the platforms that a body names, none for an empty list; the samples' spelling is a leniency.

    Raises:
        Refused: the rehearsal is strict, and the samples' spelling was used.
    """
    if wanted.listing_platforms is None and wanted.listing_platform:
        lenient(arrival, world.settings, "seed_listing_platform", INVALID_PARAMETER)
    return wanted.listing_platforms or wanted.listing_platform or ()


def listing_of(world: World, arrival: Arrival) -> Listing:
    """Find the product that a path names, in the caller's shop."""
    listing = world.listing(SHOP, arrival.params["product_id"])
    if listing is None:
        _looks_elsewhere(world, arrival)
        raise Refused(PRODUCT_UNKNOWN)
    arrival.placed = True
    if listing.shop != held(arrival).key:
        raise Refused(PRODUCT_FOREIGN)
    return listing


def _looks_elsewhere(world: World, arrival: Arrival) -> None:
    """Note that a product is asked for by its id on Tokopedia, which alone has it until the product merge copies it."""
    there = world.listing(TOKOPEDIA, arrival.params["product_id"])
    if there is not None and there.shop == held(arrival).key and there.twin is None:
        arrival.misplaced = f"product {there.offers[0].sku}"


def get(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Product."""
    return whole(listing_of(world, arrival), held(arrival))


def search(world: World, arrival: Arrival) -> dict[str, object]:
    """Search Products, in the order of their ids."""
    shop = held(arrival)
    plain = arrival.version == _PLAIN
    wanted = Filter(**msgspec.structs.asdict(read(arrival, world.settings, _plain))) if plain else read(arrival, world.settings, _full)
    # A page token is good for the same filters, however they are spelled.
    wanted = msgspec.structs.replace(wanted, listing_platforms=platforms_of(world, arrival, wanted), listing_platform=None)
    _check(wanted)
    limit = size(arrival.request, default="", instead=PAGE_SIZE_WRONG)
    last = beginning(arrival.request, shop.key, wanted)
    bucket = (SHOP, shop.key)
    if _is_open(wanted):
        total = world.listings.count("shop", bucket)
        low = () if last is None else (int(last), (SHOP, last), "")
        found: Iterable[Listing] = world.listings.rows("shop", bucket, low)
    else:
        matches = [one for one in _candidates(world, shop, wanted) if _passes(one, wanted)]
        total = len(matches)
        found = (one for one in matches if last is None or int(one.id) > int(last))
    page = list(islice(found, limit + 1))
    return {
        "products": [row(one, shop, plain=plain) for one in page[:limit]],
        "next_page_token": after(page[limit - 1].id, shop.key, wanted) if len(page) > limit else "",
        "total_count": total,
    }


def _check(wanted: Filter) -> None:
    if len(wanted.seller_skus or ()) > _MOST_SKUS or len(wanted.sku_ids or ()) > _MOST_SKUS:
        raise Refused(TOO_MANY_SKUS)
    for least, most in ((wanted.create_time_ge, wanted.create_time_le), (wanted.update_time_ge, wanted.update_time_le)):
        if least is not None and most is not None and least > most:
            raise Refused(TIME_RANGE)
    if wanted.listing_platforms and wanted.status in (None, "ALL"):
        raise Refused(INPUT_INVALID.saying("'listing_platforms' requires a 'status' other than ALL"))


def _is_open(wanted: Filter) -> bool:
    return wanted.status in (None, "ALL") and not any(
        getattr(wanted, name) for name in wanted.__struct_fields__ if name not in ("status", "category_version")
    )


def _candidates(world: World, shop: Shop, wanted: Filter) -> list[Listing]:
    """Give what the SKUs named select, or else the shop's whole catalogue."""
    if not wanted.seller_skus and not wanted.sku_ids:
        return list(world.listings.rows("shop", (SHOP, shop.key)))
    by_sku = {one.id: one for sku in wanted.seller_skus or () if (one := world.listing_of_sku(SHOP, shop.key, sku)) is not None}
    by_id = {one.id: one for sku in wanted.sku_ids or () if (one := world.listing_of_offer(SHOP, sku)) is not None and one.shop == shop.key}
    if wanted.seller_skus and wanted.sku_ids:
        by_sku = {key: one for key, one in by_sku.items() if key in by_id}
    return sorted((by_sku if wanted.seller_skus else by_id).values(), key=lambda one: int(one.id))


def _passes(listing: Listing, wanted: Filter) -> bool:
    where = standing(listing)
    named = [STOREFRONTS[name] for name in wanted.listing_platforms or ()]
    if not all(storefront in where for storefront in named):
        return False
    if wanted.status not in (None, "ALL", *(PRODUCT_STATUS[where[storefront]] for storefront in named or where)):
        return False
    if wanted.audit_status and audit_status(listing) not in wanted.audit_status:
        return False
    return _within(listing.created_at, wanted.create_time_ge, wanted.create_time_le) and _within(
        listing.updated_at, wanted.update_time_ge, wanted.update_time_le
    )


def _within(at: int, least: int | None, most: int | None) -> bool:
    return (least is None or at // 1000 >= least) and (most is None or at // 1000 <= most)
