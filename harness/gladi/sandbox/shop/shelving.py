"""Activate and Deactivate Products: on and off the shelves of each storefront, product by product; one at fault is told in `errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.naming import Listed
from gladi.sandbox.shop.products import NAMES, STOREFRONTS, platforms_of
from gladi.sandbox.shop.refusals import (
    CHECK_FAILED,
    INVALID_PARAMETER,
    NOT_ON_PLATFORM,
    PRODUCT_FOREIGN,
    PRODUCT_STATUS,
    PRODUCT_UNKNOWN,
    TOO_MANY_IDS,
)
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.moderation import refusals
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import stand, standing

if TYPE_CHECKING:
    from gladi.record.words import Platform
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.storefronts import Standing
    from gladi.sandbox.world.world import World

__all__ = ["activate", "deactivate"]

_MOST_IDS = 20
_OFF = frozenset((ListingStatus.INACTIVE, ListingStatus.SUSPENDED))
_ON = frozenset((ListingStatus.ACTIVE,))


class Shelving(Listed, frozen=True):
    """The body of both calls."""

    product_ids: tuple[str, ...] = ()


_shelving = msgspec.json.Decoder(Shelving)


def activate(world: World, arrival: Arrival) -> dict[str, object]:
    """Activate Products: from deactivated, by the seller or by the platform, to live; a storefront at fault keeps no other from it."""
    wanted, named = _asked(world, arrival)
    platforms = named or [SHOP]
    arrival.assumes.append("shop.audit_at_once")
    errors: list[dict[str, object]] = []
    for product_id in wanted.product_ids:
        listing = world.listing(SHOP, product_id)
        unknown = _unknown(arrival, listing)
        if listing is None or unknown is not None:
            errors.append(_wrapped(product_id, None, unknown or PRODUCT_UNKNOWN))
            continue
        faults = {platform: fault for platform in platforms if (fault := _fault(world, listing, platform, _OFF)) is not None}
        errors += [_wrapped(product_id, platform if named else None, fault) for platform, fault in faults.items()]
        arrival.assumes += ("shop.outcome_per_app",) if faults else ()
        if len(faults) < len(platforms):
            stand(world, listing, standing(listing) | _passed(arrival, listing, [one for one in platforms if one not in faults]))
    return {"errors": errors}


def deactivate(world: World, arrival: Arrival) -> dict[str, object]:
    """Deactivate Products: from live to deactivated by the seller, on all storefronts named or on none."""
    wanted, named = _asked(world, arrival)
    platforms = named or [SHOP]
    errors: list[dict[str, object]] = []
    for product_id in wanted.product_ids:
        listing = world.listing(SHOP, product_id)
        fault = _unknown(arrival, listing)
        if listing is not None and fault is None:
            fault = next((one for platform in platforms if (one := _fault(world, listing, platform, _ON)) is not None), None)
        if listing is None or fault is not None:
            arrival.assumes.append("shop.shelves_all_or_none")
            errors.append(_row(fault or PRODUCT_UNKNOWN, {"product_id": product_id}))
        else:
            stand(world, listing, standing(listing) | dict.fromkeys(platforms, ListingStatus.INACTIVE))
    return {"errors": errors}


def _asked(world: World, arrival: Arrival) -> tuple[Shelving, list[Platform]]:
    wanted = read(arrival, world.settings, _shelving)
    if not wanted.product_ids:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'product_ids'"))
    if len(wanted.product_ids) > _MOST_IDS:
        raise Refused(TOO_MANY_IDS)
    return wanted, [STOREFRONTS[name] for name in dict.fromkeys(platforms_of(world, arrival, wanted))]


def _unknown(arrival: Arrival, listing: Listing | None) -> Refusal | None:
    if listing is None:
        return PRODUCT_UNKNOWN
    return PRODUCT_FOREIGN if listing.shop != held(arrival).key else None


def _fault(world: World, listing: Listing, platform: Platform, lawful: frozenset[ListingStatus]) -> Refusal | None:
    status = standing(listing).get(platform)
    if status is None:
        return NOT_ON_PLATFORM
    if status not in lawful:
        return PRODUCT_STATUS
    if lawful is _OFF:
        reasons = refusals(world, listing.shop, [offer.sku for offer in listing.offers], [platform])
        return NOT_ON_PLATFORM.saying(reasons[platform]) if reasons else None
    return None


def _passed(arrival: Arrival, listing: Listing, platforms: list[Platform]) -> Standing:
    """Give the storefronts whose audit a listing passes; one that found fault with it still does, until it is edited."""
    failed = {one.platform for one in listing.failures}
    arrival.assumes += ("shop.audit_per_app",) if failed.intersection(platforms) else ()
    return {platform: ListingStatus.ACTIVE for platform in platforms if platform not in failed}


def _wrapped(product_id: str, platform: Platform | None, fault: Refusal) -> dict[str, object]:
    """Print a product that was not activated; the platform is told as in the changelog's sample, to who named platforms."""
    detail: dict[str, object] = {"product_id": product_id, "extra_errors": [{"code": int(fault.code), "message": fault.message}]}
    return _row(CHECK_FAILED, detail | ({"listing_platform": NAMES[platform]} if platform is not None else {}))


def _row(fault: Refusal, detail: dict[str, object]) -> dict[str, object]:
    return {"code": int(fault.code), "message": fault.message, "detail": detail}
