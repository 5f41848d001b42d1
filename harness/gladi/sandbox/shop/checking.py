"""Check Product Listing: what Create Product would say of a product, without creating it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop import categories
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.launching import DEFAULT_APPS, new_offers, proposal
from gladi.sandbox.shop.outcomes import errors, refusing
from gladi.sandbox.shop.products import platforms_of
from gladi.sandbox.shop.proposals import check
from gladi.sandbox.shop.refusals import INVALID_PARAMETER, NOT_JSON, NOT_ON_PLATFORM
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.world import World

__all__ = ["check_listing"]

_NO_ANSWER = frozenset((INVALID_PARAMETER.name, NOT_JSON.name))
"""Faults of the request itself, which is refused; those of the product are told in a successful answer."""


def check_listing(world: World, arrival: Arrival) -> dict[str, object]:
    """Check Product Listing: PASS, or FAILED with the first fault; an app that alone refuses stands in `errors`, as in the changelog."""
    arrival.assumes.append("shop.check_is_no_write")
    try:
        return {"check_result": "PASS", "fail_reasons": []} | _looked_through(world, arrival)
    except Refused as no:
        if no.refusal.name in _NO_ANSWER:
            raise
        arrival.assumes += no.refusal.assumption
        return {"check_result": "FAILED", "fail_reasons": [_reason(no.refusal)]}


def _looked_through(world: World, arrival: Arrival) -> dict[str, object]:
    wanted = read(arrival, world.settings, proposal)
    named = platforms_of(world, arrival, wanted) or DEFAULT_APPS
    check(world, arrival, wanted, named)
    if "TOKOPEDIA" in named and held(arrival).merged_at is None:
        raise Refused(NOT_ON_PLATFORM)
    categories.check(arrival, wanted.category_id, named, version=wanted.category_version)
    offers = new_offers(world, arrival, "", wanted)
    return errors(refusing(world, arrival, [offer.sku for offer in offers], named))


def _reason(refusal: Refusal) -> dict[str, object]:
    return {"code": int(refusal.code), "message": refusal.message}
