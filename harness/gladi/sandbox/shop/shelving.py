"""Activate and Deactivate Products: on and off the shelves of each storefront, product by product; one at fault is told in `errors`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.naming import Listed, platforms_of
from gladi.sandbox.shop.products import STOREFRONTS
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
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import stand, standing

if TYPE_CHECKING:
    from gladi.record.words import Platform
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.world import World

__all__ = ["activate", "deactivate"]

_MOST_IDS = 20
_OFF = frozenset((ListingStatus.INACTIVE, ListingStatus.SUSPENDED))
_ON = frozenset((ListingStatus.ACTIVE,))


class Shelving(Listed, frozen=True):
    """The body of both calls."""

    product_ids: tuple[str, ...] = ()


_shelving = msgspec.json.Decoder(Shelving)
Told = Callable[[str, list["Refusal"]], dict[str, object]]
"""From a product and its faults to a row of `errors`."""


def activate(world: World, arrival: Arrival) -> dict[str, object]:
    """Activate Products: from deactivated, by the seller or by the platform, to live."""
    return _moves(world, arrival, _OFF, ListingStatus.ACTIVE, _wrapped)


def deactivate(world: World, arrival: Arrival) -> dict[str, object]:
    """Deactivate Products: from live to deactivated by the seller."""
    return _moves(world, arrival, _ON, ListingStatus.INACTIVE, _plain)


def _moves(world: World, arrival: Arrival, lawful: frozenset[ListingStatus], to: ListingStatus, told: Told) -> dict[str, object]:
    wanted = read(arrival, world.settings, _shelving)
    if not wanted.product_ids:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'product_ids'"))
    if len(wanted.product_ids) > _MOST_IDS:
        raise Refused(TOO_MANY_IDS)
    named = [STOREFRONTS[name] for name in platforms_of(world, arrival, wanted)] or [SHOP]
    arrival.assumes += ("shop.audit_at_once",) if to is ListingStatus.ACTIVE else ()
    errors: list[dict[str, object]] = []
    for product_id in wanted.product_ids:
        listing = world.listing(SHOP, product_id)
        faults = list(_faults(arrival, listing, named, lawful))
        if listing is None or faults:
            arrival.assumes.append("shop.shelves_all_or_none")
            errors.append(told(product_id, faults))
        else:
            stand(world, listing, standing(listing) | dict.fromkeys(named, to))
    return {"errors": errors}


def _faults(arrival: Arrival, listing: Listing | None, named: list[Platform], lawful: frozenset[ListingStatus]) -> Iterator[Refusal]:
    if listing is None:
        yield PRODUCT_UNKNOWN
    elif listing.shop != held(arrival).key:
        yield PRODUCT_FOREIGN
    else:
        where = standing(listing)
        for platform in dict.fromkeys(named):
            if platform not in where:
                yield NOT_ON_PLATFORM
            elif where[platform] not in lawful:
                yield PRODUCT_STATUS


def _wrapped(product_id: str, faults: list[Refusal]) -> dict[str, object]:
    extra = [{"code": int(fault.code), "message": fault.message} for fault in faults]
    return {
        "code": int(CHECK_FAILED.code),
        "message": CHECK_FAILED.message,
        "detail": {"product_id": product_id, "extra_errors": extra},
    }


def _plain(product_id: str, faults: list[Refusal]) -> dict[str, object]:
    return {"code": int(faults[0].code), "message": faults[0].message, "detail": {"product_id": product_id}}
