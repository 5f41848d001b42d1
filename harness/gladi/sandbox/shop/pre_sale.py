"""Pre-sale: a SKU that its seller fulfils some days after the order, checked as the platform checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.refusals import PRE_SALE_FROZEN, PRE_SALE_FULFILMENT, PRE_SALE_TYPE, PRE_SALE_TYPES_DIFFER
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Listing, Offer
    from gladi.sandbox.world.world import World

__all__ = ["PreSale", "check_one_type", "on_pre_sale", "printed"]

_DAYS = range(3, 31)
_NEVER_LIVE = frozenset((ListingStatus.DRAFT, ListingStatus.PENDING, ListingStatus.FAILED))


class Fulfilment(msgspec.Struct, frozen=True):
    """When the seller fulfils it: one of the two."""

    handling_duration_days: int | None = None
    release_date: int | None = None


class PreSale(msgspec.Struct, frozen=True):
    """How a SKU is pre-sold; PRE_ORDER is the one type in Indonesia, and NONE ends it in an edit."""

    type: Literal["PRE_ORDER", "MADE_TO_ORDER", "CUSTOM", "NONE"] = "PRE_ORDER"
    fulfillment_type: Fulfilment = msgspec.field(default_factory=Fulfilment)


def on_pre_sale(world: World, arrival: Arrival, listing: Listing | None, offer: Offer, wanted: PreSale | None) -> Offer:
    """Give a SKU with the pre-sale that is asked for; where nothing is said, a product that was live keeps its own.

    Raises:
        Refused: it is asked for wrongly, or the product has been live and would change.
    """
    was_live = listing is not None and listing.status not in _NEVER_LIVE
    if wanted is None and was_live:
        arrival.assumes += ("shop.pre_sale_left_out",) if _is_pre_sold(offer) else ()
        return offer
    after = replace(offer, handling_days=None, released_at=None)
    if wanted is not None and wanted.type == "PRE_ORDER":
        after = _asked(world, arrival, after, wanted.fulfillment_type)
    elif wanted is not None and (wanted.type != "NONE" or listing is None):
        raise Refused(PRE_SALE_TYPE)
    if was_live and after != offer:
        raise Refused(PRE_SALE_FROZEN)
    return after


def check_one_type(offers: Iterable[Offer]) -> None:
    """Refuse a product of which some SKUs are on pre-sale and others not."""
    if len({_is_pre_sold(offer) for offer in offers}) > 1:
        raise Refused(PRE_SALE_TYPES_DIFFER)


def printed(offer: Offer) -> dict[str, object]:
    """Print the pre-sale of a SKU; nothing for one that is fulfilled as usual."""
    if not _is_pre_sold(offer):
        return {}
    when = {"handling_duration_days": offer.handling_days} if offer.handling_days is not None else {"release_date": offer.released_at}
    return {"pre_sale": {"type": "PRE_ORDER", "fulfillment_type": when}}


def _asked(world: World, arrival: Arrival, offer: Offer, when: Fulfilment) -> Offer:
    if (when.handling_duration_days is None) is (when.release_date is None):
        raise Refused(PRE_SALE_FULFILMENT.saying("Give either 'handling_duration_days' or 'release_date'"))
    if when.release_date is not None:
        lenient(arrival, world.settings, "seed_release_date", PRE_SALE_FULFILMENT)
        if when.release_date * 1000 <= world.clock.now:
            raise Refused(PRE_SALE_FULFILMENT.saying("'release_date' must lie ahead"))
    elif when.handling_duration_days not in _DAYS:
        raise Refused(PRE_SALE_FULFILMENT)
    return replace(offer, handling_days=when.handling_duration_days, released_at=when.release_date)


def _is_pre_sold(offer: Offer) -> bool:
    return offer.handling_days is not None or offer.released_at is not None
