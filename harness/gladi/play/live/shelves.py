"""The shelves of a live play: what is asked of them is read on the platforms first, and what no test shop has is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from gladi.play.faults import UncuedError
from gladi.play.shelves import Place, Shelf, Shelves
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.play.live.backstage import LiveBackstage
    from gladi.record.words import Platform
    from gladi.sandbox.world.records import Listing

__all__ = ["LiveShelves"]


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
