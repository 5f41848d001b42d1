"""The seller's shelves: what each platform sells under a seller SKU, and which SKUs there are to rehearse with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.play.faults import RehearsalError
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import on_sale

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.play.backstage import Backstage
    from gladi.sandbox.world.records import Listing

__all__ = ["Shelf", "Shelves"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a platform sells under a seller SKU: price in whole rupiah, units over all warehouses, and what the page says."""

    price: int
    units: int
    at_default_warehouse: int
    title: str
    description: str


class Shelves:
    """What there is to see of the seller's catalogue, on both platforms."""

    def __init__(self, backstage: Backstage) -> None:
        """Look at the first seller's shelves."""
        self._backstage = backstage
        self._world = backstage.sandbox.world
        self._began_at = backstage.sandbox.clock.now

    def look(self, sku: str, *, on: Platform) -> Shelf:
        """Look at what a platform sells under a seller SKU.

        Raises:
            AssertionError: it sells no such thing.
        """
        shop = self._world.shops[self._backstage.shop_named(None)]
        listing = self._world.listing_of_sku(on, shop.key, sku)
        if listing is None:
            raise AssertionError(f"{sku} is not on the shelf of {on.label}")
        offer = next(one for one in listing.offers if one.sku == sku)
        default = next(one.name for one in shop.warehouses if one.is_default)
        return Shelf(offer.price, offer.units, dict(offer.stock)[default], listing.title, listing.description)

    def on_sale(self, sku: str) -> set[Platform]:
        """Give the apps whose buyers see a seller SKU now; after the product merge both are served by Tokopedia & Shop."""
        return set(on_sale(self._world, self._backstage.shop_named(None), sku))

    def count(self, sku: str, *, on: Platform) -> int:
        """Count the products under which a platform holds a seller SKU; more than one is one launch too many."""
        return sum(1 for _ in self._world.listings.rows("offer", (on, self._backstage.shop_named(None), sku)))

    def sku_on(self, *platforms: Platform) -> str:
        """Give a seller SKU that is on sale on all of `platforms` and on no other.

        Raises:
            RehearsalError: the seller has none.
        """
        return self._sku(lambda listing: listing.status is ListingStatus.ACTIVE, platforms)

    def sku_from_one_warehouse(self, *platforms: Platform) -> str:
        """Give a seller SKU on sale on all of `platforms` and on no other, all units of which lie in the default warehouse.

        Raises:
            RehearsalError: the seller has none.
        """
        shop = self._world.shops[self._backstage.shop_named(None)]
        default = next(one.name for one in shop.warehouses if one.is_default)
        return self._sku(
            lambda listing: (
                listing.status is ListingStatus.ACTIVE
                and not any(units for offer in listing.offers for name, units in offer.stock if name != default)
            ),
            platforms,
        )

    def sku_that_is_suspended(self) -> str:
        """Give a seller SKU whose product Tokopedia has suspended, which no product merge copies.

        Raises:
            RehearsalError: the seller has none.
        """
        return self._sku(lambda listing: listing.status is ListingStatus.SUSPENDED, (TOKOPEDIA,))

    def sku_that_came_over(self) -> str:
        """Give a seller SKU that the product merge copied from Tokopedia to Tokopedia & Shop.

        Raises:
            RehearsalError: the product merge was not confirmed yet.
        """
        return self._sku(lambda listing: listing.twin is not None and listing.created_at > self._began_at, (SHOP,), exactly=False)

    def _sku(self, wanted: Callable[[Listing], bool], platforms: tuple[Platform, ...], *, exactly: bool = True) -> str:
        shop = self._backstage.shop_named(None)
        for listing in self._world.listings.rows("shop", (platforms[0], shop)):
            for offer in listing.offers:
                sold = {
                    one for one in Platform if (there := self._world.listing_of_sku(one, shop, offer.sku)) is not None and wanted(there)
                }
                if sold == set(platforms) or (not exactly and sold >= set(platforms)):
                    return offer.sku
        raise RehearsalError(
            f"the seller, at stage {self._world.stage(shop)}, has no such SKU on {' and '.join(one.label for one in platforms)}"
        )

    @property
    def twins(self) -> dict[str, str]:
        """The products that the product merge linked: the id on Tokopedia, and the id on Tokopedia & Shop."""
        listings = self._world.listings.rows("shop", (TOKOPEDIA, self._backstage.shop_named(None)))
        return {listing.id: listing.twin for listing in listings if listing.twin is not None}

    @property
    def shop_twins(self) -> set[tuple[str, str]]:
        """The shops that have merged, each by the id of the shop on Tokopedia and the id of its seller on Tokopedia & Shop."""
        return {(str(shop.tokopedia_id), shop.seller_id) for shop in self._world.all_shops() if shop.stage.rank >= Stage.MERGED.rank}
