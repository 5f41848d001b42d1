"""The moderation: what a storefront will not have on its shelves, what fails its audit there, and what is taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.words import SHOP, Platform
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.records import AuditFailure, ListingStatus
from gladi.sandbox.world.storefronts import stand, standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.storefronts import Standing
    from gladi.sandbox.world.world import World

__all__ = ["Moderation", "answered", "audited", "fail_audit", "refusals", "refuse", "take_down"]


class Moderation:
    """What the moderators decided about SKUs, by shop, SKU and storefront."""

    def __init__(self) -> None:
        """Begin with nothing refused."""
        self.refused: dict[tuple[str, str, Platform], str] = {}
        self.to_fail: dict[tuple[str, str, Platform], AuditFailure] = {}


def refuse(world: World, key: str, sku: str, platform: Platform, reason: str) -> None:
    """Have no write of a seller SKU be carried out for a storefront from now on; what stands there already stays."""
    world.moderation.refused[key, sku, platform] = reason


def refusals(world: World, key: str, skus: Iterable[str], platforms: Collection[Platform]) -> dict[Platform, str]:
    """Give the storefronts among `platforms` that refuse one of these seller SKUs, each with its reason."""
    refused = world.moderation.refused
    if not refused:
        return {}
    named = list(skus)
    return {platform: refused[key, sku, platform] for platform in platforms for sku in named if (key, sku, platform) in refused}


def fail_audit(world: World, key: str, sku: str, failure: AuditFailure) -> None:
    """Have the product of a seller SKU fail its audit on a storefront: now where it is on sale there, or else when it is launched.

    Raises:
        WorldError: it is known on Tokopedia & Shop, and not on sale on that storefront.
    """
    if world.listing_of_sku(SHOP, key, sku) is None:
        world.moderation.to_fail[key, sku, failure.platform] = failure
        return
    listing = _on_sale(world, key, sku, failure.platform)
    failed = replace(listing, failures=(*listing.failures, failure))
    stand(world, failed, standing(failed) | {failure.platform: ListingStatus.SUSPENDED})


def take_down(world: World, key: str, sku: str, platform: Platform) -> None:
    """Take the product of a seller SKU off the shelves of a storefront, past its seller, who may put it back.

    Raises:
        WorldError: it is not on sale on that storefront.
    """
    listing = _on_sale(world, key, sku, platform)
    stand(world, listing, standing(listing) | {platform: ListingStatus.SUSPENDED})


def audited(world: World, listing: Listing) -> tuple[Listing, Standing]:
    """Give a new listing as it comes out of its audit, and how it stands then; one whose seller keeps it as a draft is not audited."""
    where = standing(listing)
    if listing.status is ListingStatus.DRAFT or not world.moderation.to_fail:
        return listing, where
    skus = dict.fromkeys(offer.sku for offer in listing.offers)
    found = [world.moderation.to_fail.pop((listing.shop, sku, platform), None) for sku in skus for platform in where]
    failures = tuple(one for one in found if one is not None)
    return replace(listing, failures=failures), where | {one.platform: ListingStatus.FAILED for one in failures}


def answered(listing: Listing, platforms: Collection[Platform]) -> Listing:
    """Give a listing whose page was edited for these storefronts: what they found fault with is no longer held against it."""
    return replace(listing, failures=tuple(one for one in listing.failures if one.platform not in platforms))


def _on_sale(world: World, key: str, sku: str, platform: Platform) -> Listing:
    listing = world.listing_of_sku(SHOP, key, sku)
    if listing is None or standing(listing).get(platform) is not ListingStatus.ACTIVE:
        msg = f"{sku} is not on sale in the app of {platform.label} through Tokopedia & Shop; name a SKU and an app where it is"
        raise WorldError(msg)
    return listing
