"""The shelves of a live play: what is asked of them is read on the platforms first, and what no test shop has is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from gladi.play.faults import UncuedError
from gladi.play.shelves import Place, Shelf, Shelves
from gladi.record.words import SHOP, Platform, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.play.live.backstage import LiveBackstage
    from gladi.sandbox.world.records import Listing

__all__ = ["LiveShelves", "must_be_new"]


class LiveShelves(Shelves):
    """What there is to see of the test shop's catalogue."""

    _backstage: LiveBackstage

    def look(self, sku: str, *, on: Platform) -> Shelf:
        """Look at what a platform sells under a seller SKU, with all that its page says.

        Raises:
            AssertionError: it sells no such thing.
        """
        self._backstage.looks_closely_at(sku)
        return super().look(sku, on=on)

    def warehouse(self) -> Place:
        """Give the warehouse that sells by default, under its name on Tokopedia & Shop."""
        found = next(one for one in self._world.shops[self._backstage.shop_named(None)].warehouses if one.is_default)
        goods = self._backstage.stock.goods
        names = {one.id: one.name for one in goods[SHOP].depots} if SHOP in goods else {}
        return Place(names.get(found.shop_id, found.name), found.latitude, found.longitude)

    def categories(self, *, on: Platform) -> dict[str, bool]:
        """Refuse: which categories are open to a seller is known of the sandbox's alone.

        Raises:
            UncuedError: always.
        """
        raise UncuedError(f"which categories of {on.label} are open to the test shop is nothing that a rehearsal knows on the platforms")

    def _came_over(self, listing: Listing) -> bool:
        # When its copy was made, before this play or in it, no clock of ours tells; that it has one, Tokopedia does.
        return listing.twin is not None

    def _skus(self, wanted: Callable[[Listing], bool], platforms: tuple[Platform, ...], *, exactly: bool) -> Iterator[str]:
        return (sku for sku in super()._skus(wanted, platforms, exactly=exactly) if sku)

    def _nothing_on(self, platforms: tuple[Platform, ...], what: str) -> NoReturn:
        stage = self._backstage.sandbox.world.stage(self._backstage.shop_named(None))
        where = f"on {' and '.join(one.label for one in platforms)}{'' if len(platforms) > 1 else ' alone'}"
        raise UncuedError(f"the test shop {self._backstage.ground.shop[2]}, which is {stage}, has no product with a SKU {what} {where}")


def must_be_new(
    backstage: LiveBackstage, sku: str, *, price: int | None = None, units: int | None = None, on: Platform | None = None
) -> None:
    """Refuse a price in whole rupiah, or units of the default warehouse, that a platform shows already: nobody could see them come.

    Looked at is the platform `on`, and without one each that a change is to reach: after the merge, only Tokopedia & Shop.

    Raises:
        UncuedError: they stand there, as on a test shop where an earlier play has left them.
    """
    world, key = backstage.stocked(), backstage.shop_named(None)
    sold = {platform: listing for platform in Platform if (listing := world.listing_of_sku(platform, key, sku)) is not None}
    if on is None and SHOP in sold and world.stage(key).rank >= Stage.MERGED.rank:
        on = SHOP
    default = next(one.name for one in world.shops[key].warehouses if one.is_default)
    for platform, listing in sold.items():
        offer = next(one for one in listing.offers if one.sku == sku)
        if on not in {None, platform}:
            continue
        if offer.price == price:
            what = f"the price {price}"
        elif dict(offer.stock).get(default, 0) == units:
            what = f"the stock {units}"
        else:
            continue
        raise UncuedError(
            f"{sku} has {what} on {platform.label} already, as an earlier play may have left it, so that nobody could see it set; "
            "set another one there by hand, or reset the stand-in, and run again"
        )
