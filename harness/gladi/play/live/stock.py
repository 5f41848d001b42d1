"""The stock of a live play: the shop's goods as the platforms show them, read again and again, and borne by the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.faults import UncuedError
from gladi.play.live.goods import listings_of, status_of, warehouses_of
from gladi.record.words import Platform
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.restocking import bear_listings, bear_warehouses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.platforms.goods import Goods
    from gladi.play.live.ground import Eyes
    from gladi.sandbox.world.records import Listing, Shop
    from gladi.sandbox.world.world import World

__all__ = ["Stock"]


class Stock:
    """What is known of the goods of one shop, and why not of those that are not."""

    def __init__(self, eyes: Eyes, *, reads: bool = True) -> None:
        """Read it once, through `eyes`, unless told otherwise."""
        self.goods: dict[Platform, Goods] = {}
        self.unread: dict[Platform, str] = {}
        """The platforms whose goods could not be read just now, each with why."""
        self.in_detail: set[str] = set()
        """The seller SKUs of which the product's own page is read too."""
        self.tells: Callable[[Platform, Goods | None], object] = lambda platform, goods: None  # noqa: ARG005 - nobody asked yet
        """Is told of all that is read, None where it could not be."""
        if reads:
            self.reads(eyes)

    def reads(self, eyes: Eyes) -> None:
        """Read it again; of a platform that does not answer, what was read before stays known."""
        self.unread = {}
        for platform in Platform:
            try:
                self.goods[platform] = eyes.goods(platform, in_detail=frozenset(self.in_detail))
            except UncuedError as no:
                self.unread[platform] = str(no)
            self.tells(platform, None if platform in self.unread else self.goods[platform])

    def units_at_the_default_warehouse(self, platform: Platform, sku: str, shop: Shop) -> int | None:
        """Give the units of a SKU that a platform has in the default warehouse of `shop`; None where it sells no such thing."""
        _, names = warehouses_of(self.goods, shop)
        products = self.goods[platform].products if platform in self.goods else ()
        for item in (item for one in products if status_of(platform, one) is not ListingStatus.DELETED for item in one.items):
            if item.sku == sku:
                return sum(units for depot, units in item.stock.items() if names[platform, depot] == names[platform, ""])
        return None

    def borne_by(self, world: World, key: str) -> list[str]:
        """Let a world bear what was read; give in sentences where it had another price or other units than the platforms show."""
        warehouses, names = warehouses_of(self.goods, world.shops[key])
        bear_warehouses(world, key, warehouses)
        differences: list[str] = []
        for platform in self.goods:
            listings = listings_of(self.goods, platform, key, names=names, before=world.listings.get, now=world.clock.now)
            for listing in listings:
                differences += _differences(platform, world.listings.get(listing.key), listing)
            bear_listings(world, key, platform, listings)
        return differences


def _differences(platform: Platform, before: Listing | None, seen: Listing) -> Iterator[str]:
    known = {one.id: one for one in before.offers} if before is not None else {}
    for offer in seen.offers:
        modelled = known.get(offer.id)
        if modelled is None:
            continue
        if modelled.price != offer.price:
            yield f"{offer.sku} has price {offer.price} on {platform.label}, and the sandbox would have {modelled.price}"
        if modelled.units != offer.units:
            yield f"{offer.sku} has {offer.units} units on {platform.label}, and the sandbox would have {modelled.units}"
