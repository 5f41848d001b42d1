"""The storefronts: how a listing stands in each app, what buyers see of it there, and the facts that tell when that changes.

A listing has one status on all the storefronts that show it. One that the seller has taken off a storefront alone is *off* there:
deactivated for its buyers, and still listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.world import World

__all__ = ["Standing", "buyers_see", "create", "on_sale", "stand", "standing"]

Standing = dict[Platform, ListingStatus]
"""The status of a listing on each storefront where it is listed at all."""

_LIVE = (ListingStatus.ACTIVE, ListingStatus.PENDING, ListingStatus.SUSPENDED, ListingStatus.DRAFT, ListingStatus.DELETED)


def standing(listing: Listing) -> Standing:
    """Give how a listing stands, in the order of the platforms."""
    shown: Standing = dict.fromkeys(listing.shown_on, listing.status)
    known: Standing = shown | dict.fromkeys(listing.off_on, ListingStatus.INACTIVE)
    return {platform: known[platform] for platform in Platform if platform in known}


def buyers_see(listing: Listing) -> frozenset[Platform]:
    """Give the storefronts whose buyers see a listing."""
    return frozenset(listing.shown_on) if listing.status is ListingStatus.ACTIVE else frozenset()


def create(world: World, listing: Listing) -> Listing:
    """Put a new listing on the shelves, as it stands."""
    world.listings.put(listing.key, listing)
    world.journal.fact(What.PRODUCT_CREATED, shop=listing.shop, platform=listing.platform, sku=listing.offers[0].sku, value=listing.id)
    _tells(world, frozenset(), listing)
    return listing


def stand(world: World, listing: Listing, wanted: Standing) -> Listing:
    """Let a listing stand as wanted; where storefronts would differ in more than on and off, the livelier status is kept."""
    before = buyers_see(world.listings[listing.key])
    status = next((one for one in _LIVE if one in wanted.values()), ListingStatus.INACTIVE)
    shown = tuple(platform for platform in wanted if wanted[platform] is status)
    off = tuple(platform for platform in wanted if wanted[platform] is not status)
    after = replace(listing, status=status, shown_on=shown, off_on=off, updated_at=world.clock.now)
    world.listings.put(after.key, after)
    _tells(world, before, after)
    return after


def on_sale(world: World, shop: str, sku: str) -> frozenset[Platform]:
    """Give the storefronts whose buyers see a seller SKU; Tokopedia's own catalogue counts until the product merge."""
    own = {Stage.CONFIRMED: (SHOP,)}.get(world.stage(shop), (TOKOPEDIA, SHOP))
    seen = [buyers_see(one) for platform in own for one in world.listings.rows("offer", (platform, shop, sku))]
    return frozenset[Platform]().union(*seen)


def _tells(world: World, before: frozenset[Platform], listing: Listing) -> None:
    after = buyers_see(listing)
    for platform in Platform:
        if (platform in after) is not (platform in before):
            what = What.PRODUCT_SHOWN if platform in after else What.PRODUCT_HIDDEN
            world.journal.fact(what, shop=listing.shop, platform=platform, sku=listing.offers[0].sku)
