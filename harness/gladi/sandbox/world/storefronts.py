"""The storefronts: how a listing stands in each app, what buyers see of it there, and the facts that tell when that changes.

A listing has one status on all the storefronts of `shown_on`. On a storefront of `apart` it is listed too and stands otherwise:
taken off the shelves there by the seller or by the platform, or not through its audit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.world import World

__all__ = ["Standing", "buyers_see", "create", "liveliest", "on_sale", "stand", "standing"]

Standing = dict[Platform, ListingStatus]
"""The status of a listing on each storefront where it is listed at all."""

_LIVE = (
    ListingStatus.ACTIVE,
    ListingStatus.PENDING,
    ListingStatus.INACTIVE,
    ListingStatus.SUSPENDED,
    ListingStatus.FAILED,
    ListingStatus.DRAFT,
    ListingStatus.DELETED,
)
"""The liveliest first: where storefronts differ, a listing as a whole is as alive as it is anywhere."""


def standing(listing: Listing) -> Standing:
    """Give how a listing stands, in the order of the platforms."""
    shown: Standing = dict.fromkeys(listing.shown_on, listing.status)
    known: Standing = shown | dict(listing.apart)
    return {platform: known[platform] for platform in Platform if platform in known}


def buyers_see(listing: Listing) -> frozenset[Platform]:
    """Give the storefronts whose buyers see a listing."""
    return frozenset(listing.shown_on) if listing.status is ListingStatus.ACTIVE else frozenset()


def create(world: World, listing: Listing, wanted: Standing | None = None) -> Listing:
    """Put a new listing on the shelves, as it stands or as wanted on each storefront."""
    made = _as_wanted(world, listing, wanted or standing(listing))
    world.journal.fact(What.PRODUCT_CREATED, shop=made.shop, platform=made.platform, sku=made.offers[0].sku, value=made.id)
    _tells(world, frozenset(), made)
    return made


def stand(world: World, listing: Listing, wanted: Standing) -> Listing:
    """Let a listing stand as wanted on each storefront, and tell where buyers see it from now on or no longer."""
    before = buyers_see(world.listings[listing.key])
    after = _as_wanted(world, listing, wanted)
    _tells(world, before, after)
    return after


def on_sale(world: World, shop: str, sku: str) -> frozenset[Platform]:
    """Give the storefronts whose buyers see a seller SKU; Tokopedia's own catalogue counts until the product merge."""
    own = {Stage.CONFIRMED: (SHOP,)}.get(world.stage(shop), (TOKOPEDIA, SHOP))
    seen = [buyers_see(one) for platform in own for one in world.listings.rows("offer", (platform, shop, sku))]
    return frozenset[Platform]().union(*seen)


def liveliest(statuses: Collection[ListingStatus]) -> ListingStatus:
    """Give the liveliest of the statuses that a listing has on its storefronts: its own as a whole."""
    return next(one for one in _LIVE if one in statuses)


def _as_wanted(world: World, listing: Listing, wanted: Standing) -> Listing:
    status = liveliest(wanted.values())
    shown = tuple(platform for platform in wanted if wanted[platform] is status)
    apart = tuple((platform, one) for platform, one in wanted.items() if one is not status)
    after = replace(listing, status=status, shown_on=shown, apart=apart, updated_at=world.clock.now)
    return world.listings.put(after.key, after)


def _tells(world: World, before: frozenset[Platform], listing: Listing) -> None:
    after = buyers_see(listing)
    for platform in Platform:
        if (platform in after) is not (platform in before):
            what = What.PRODUCT_SHOWN if platform in after else What.PRODUCT_HIDDEN
            world.journal.fact(what, shop=listing.shop, platform=platform, sku=listing.offers[0].sku)
