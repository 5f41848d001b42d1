"""The seller's shelves: what each platform sells under a seller SKU, and which SKUs there are to rehearse with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from gladi.play.categories import open_to_sellers
from gladi.play.faults import RehearsalError
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.records import Insurance, ListingStatus
from gladi.sandbox.world.storefronts import on_sale, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.play.backstage import Backstage
    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.world import World

__all__ = ["Place", "Shelf", "Shelves"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a platform sells under a seller SKU: price in whole rupiah, units over all warehouses, and what the page says."""

    price: int
    units: int
    at_default_warehouse: int
    title: str
    description: str
    pre_sale_days: int | None = None
    """The days until a product on pre-sale is fulfilled, and three more things that Tokopedia & Shop alone knows."""
    insurance_required: bool = False
    pre_owned: bool = False
    minimum_order: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A warehouse: its name on Tokopedia & Shop, and where it lies in decimal degrees, as text."""

    name: str
    latitude: str
    longitude: str


class Shelves:
    """What there is to see of the seller's catalogue, on both platforms."""

    def __init__(self, backstage: Backstage) -> None:
        """Look at the first seller's shelves."""
        self._backstage = backstage
        self._began_at = backstage.sandbox.clock.now

    @property
    def _world(self) -> World:
        return self._backstage.stocked()

    def warehouse(self) -> Place:
        """Give the warehouse that sells by default, as Tokopedia & Shop knows it."""
        found = next(one for one in self._world.shops[self._backstage.shop_named(None)].warehouses if one.is_default)
        return Place(f"{found.name} warehouse", found.latitude, found.longitude)

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
        return Shelf(
            offer.price,
            offer.units,
            dict(offer.stock)[default],
            listing.title,
            listing.description,
            pre_sale_days=offer.handling_days,
            insurance_required=listing.insurance is Insurance.REQUIRED,
            pre_owned=listing.is_pre_owned,
            minimum_order=listing.minimum_order,
        )

    def on_sale(self, sku: str) -> set[Platform]:
        """Give the apps whose buyers see a seller SKU now; after the product merge both are served by Tokopedia & Shop."""
        return set(on_sale(self._world, self._backstage.shop_named(None), sku))

    def categories(self, *, on: Platform) -> dict[str, bool]:
        """Give the categories of an app in which a product can stand, by id, and whether the seller may list there; no prohibited ones."""
        return open_to_sellers(on)

    def listed(self, *, on: Platform) -> set[str]:
        """Give the seller SKUs that Tokopedia & Shop lists in one app, whether or not its buyers see them."""
        listings = self._world.listings.rows("shop", (SHOP, self._backstage.shop_named(None)))
        return {offer.sku for one in listings if on in standing(one) for offer in one.offers}

    def count(self, sku: str, *, on: Platform) -> int:
        """Count the products under which a platform holds a seller SKU; more than one is one launch too many."""
        return sum(1 for _ in self._world.listings.rows("offer", (on, self._backstage.shop_named(None), sku)))

    def sku_on(self, *platforms: Platform) -> str:
        """Give a seller SKU that is on sale on all of `platforms` and on no other.

        Raises:
            RehearsalError: the seller has none.
        """
        return self._sku(lambda listing: listing.status is ListingStatus.ACTIVE, platforms, "on sale")

    def sku_in_the_app_of(self, app: Platform) -> str:
        """Give a seller SKU of Tokopedia & Shop that buyers of this app see, and those of the other do not.

        Raises:
            RehearsalError: the seller has none.
        """
        for listing in self._world.listings.rows("shop", (SHOP, self._backstage.shop_named(None))):
            if (sku := listing.offers[0].sku) and self.on_sale(sku) == {app}:
                return sku
        return self._nothing_on((app,), "on sale")

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
            "on sale, with all units in the default warehouse,",
        )

    def sku_that_is_suspended(self) -> str:
        """Give a seller SKU whose product Tokopedia has suspended, which no product merge copies.

        Raises:
            RehearsalError: the seller has none.
        """
        return self._sku(lambda listing: listing.status is ListingStatus.SUSPENDED, (TOKOPEDIA,), "suspended")

    def sku_that_came_over(self) -> str:
        """Give a seller SKU that the product merge copied from Tokopedia to Tokopedia & Shop.

        Raises:
            RehearsalError: the product merge was not confirmed yet.
        """
        return self._sku(self._came_over, (SHOP,), "that came over with the product merge", exactly=False)

    def skus_that_came_over(self) -> list[str]:
        """Give a seller SKU of each product that the product merge copied from Tokopedia to Tokopedia & Shop; none before it."""
        return list(dict.fromkeys(self._skus(self._came_over, (SHOP,), exactly=False)))

    def _came_over(self, listing: Listing) -> bool:
        return listing.twin is not None and listing.created_at > self._began_at

    def _sku(self, wanted: Callable[[Listing], bool], platforms: tuple[Platform, ...], what: str, *, exactly: bool = True) -> str:
        for sku in self._skus(wanted, platforms, exactly=exactly):
            return sku
        return self._nothing_on(platforms, what)

    def _nothing_on(self, platforms: tuple[Platform, ...], what: str) -> NoReturn:  # noqa: ARG002 - the seed has it, at the right stage
        stage = self._world.stage(self._backstage.shop_named(None))
        raise RehearsalError(f"the seller, at stage {stage}, has no such SKU on {' and '.join(one.label for one in platforms)}")

    def _skus(self, wanted: Callable[[Listing], bool], platforms: tuple[Platform, ...], *, exactly: bool) -> Iterator[str]:
        """Give the first such SKU of each product."""
        shop = self._backstage.shop_named(None)
        for listing in self._world.listings.rows("shop", (platforms[0], shop)):
            for offer in listing.offers:
                sold = {
                    one for one in Platform if (there := self._world.listing_of_sku(one, shop, offer.sku)) is not None and wanted(there)
                }
                if sold == set(platforms) or (not exactly and sold >= set(platforms)):
                    yield offer.sku
                    break

    @property
    def twins(self) -> dict[str, str]:
        """The products that the product merge linked: the id on Tokopedia, and the id on Tokopedia & Shop."""
        return self.twins_of(self._backstage.shop_named(None))

    def twins_of(self, shop: str) -> dict[str, str]:
        """Give the products of one shop, such as `shop-2`, that the product merge linked, as `twins` does."""
        listings = self._world.listings.rows("shop", (TOKOPEDIA, self._backstage.shop_named(shop)))
        return {listing.id: listing.twin for listing in listings if listing.twin is not None}

    @property
    def shop_twins(self) -> set[tuple[str, str]]:
        """The shops that have merged, each by the id of the shop on Tokopedia and the id of its seller on Tokopedia & Shop."""
        return {(str(shop.tokopedia_id), shop.seller_id) for shop in self._world.all_shops() if shop.stage.rank >= Stage.MERGED.rank}

    @property
    def shop_halves(self) -> dict[str, str]:
        """The shops that have merged: the id of the shop on Tokopedia, and the id of the shop, not of its seller, on Tokopedia & Shop."""
        return {str(shop.tokopedia_id): shop.shop_id for shop in self._world.all_shops() if shop.stage.rank >= Stage.MERGED.rank}
