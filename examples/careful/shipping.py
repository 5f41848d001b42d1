"""Shipping on Tokopedia & Shop: many packages in one call, and what a refusal means to the seller."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from examples.careful.book import Shipment, Sighting, Standing
from examples.careful.order_list import OrderList
from examples.careful.shop import ALREADY_SHIPPED
from examples.careful.trouble import Busy, Refused
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from examples.careful.book import Book, Storefront
    from examples.careful.shop import ShopClient
    from examples.careful.trouble import Patience
    from gladi.play.system import SeenOrder

__all__ = ["Batches", "advice"]

_ADVICE = {
    "outside the collection time": ("21011053", "11021035"),
    "there is no collection time; please contact the platform's customer service": ("21011054", "11021036"),
    "its buyer asks to cancel it": ("21011007", "21008044"),
}
"""What to do about a refusal. The API reference and the changelog give the first two different codes; whichever comes is understood."""


def advice(no: Refused) -> str:
    """Say in words for the seller why a shipment was refused."""
    known = next((words for words, codes in _ADVICE.items() if no.code in codes), "")
    return f"{known} (it says: {no})" if known else str(no)


class _Parcel(msgspec.Struct):
    package_id: str = ""


class _Failure(msgspec.Struct):
    code: int
    message: str = ""
    detail: _Parcel = msgspec.field(default_factory=_Parcel)


class _Failures(msgspec.Struct):
    errors: list[_Failure] | None = None


class Batches(OrderList):
    """Has orders shipped together where Tokopedia & Shop alone holds them, and one by one where not."""

    def __init__(self, book: Book, shop: ShopClient, patience: Patience) -> None:
        """Keep the orders in `book`."""
        super().__init__(book)
        self._shop = shop
        self._patience = patience

    @abstractmethod
    async def ship(self, order: SeenOrder, now: datetime) -> None:
        """Have one order shipped."""

    @abstractmethod
    async def _was_refused(self, shipment: Shipment, sighting: Sighting, no: Refused) -> Shipment: ...

    @abstractmethod
    def _was_sent(self, shipment: Shipment, sighting: Sighting) -> Shipment: ...

    async def ship_all(self, orders: Sequence[SeenOrder], now: datetime) -> None:
        """Have many orders shipped; what cannot be keeps back none of the others."""
        together: dict[str, dict[str, Sighting]] = {}
        for order in orders:
            sighting = self._for_a_batch(order)
            if sighting is None:
                await self.ship(order, now)
            else:
                together.setdefault(sighting.shop, {})[sighting.packages[0]] = sighting
        for shop, sightings in together.items():
            front = self._book.storefronts.get(shop)
            with self._patience.spared(f"shipping {len(sightings)} orders"):
                if front is not None:
                    await self._ships_together(front, sightings)

    def _for_a_batch(self, order: SeenOrder) -> Sighting | None:
        """Give the one sighting of an order that can be shipped with others; None where more has to be thought of."""
        sighting = self._book.sightings.get(f"{order.platform} {order.order_id}")
        if sighting is None or sighting.platform is not SHOP or sighting.standing is not Standing.OPEN or len(sighting.packages) != 1:
            return None
        alone = sighting.copy_of is None and not self._rivals(sighting) and self._book.shipments.get(sighting.key) is None
        return sighting if alone and not self.why_held(sighting) else None

    async def _ships_together(self, front: Storefront, sightings: dict[str, Sighting]) -> None:
        # Each is written down before the call: should no answer come, each is looked up before anything else is tried.
        shipments = {package: self._notes(Shipment(order=one.key, asked=one.key)) for package, one in sightings.items()}
        try:
            failed = await self._asks_for_all(front, list(sightings))
        except (Busy, Refused):
            # Surely none of them left, and each goes its own way from here.
            for shipment in shipments.values():
                self._notes(replace(shipment, asked=None))
            raise
        for package, shipment in shipments.items():
            no = failed.get(package)
            if no is None or no.code in ALREADY_SHIPPED:
                self._was_sent(shipment, sightings[package])
            else:
                await self._was_refused(shipment, sightings[package], no)

    async def _asks_for_all(self, front: Storefront, packages: list[str]) -> dict[str, Refused]:
        """Have packages shipped and give those that failed: a success as a whole may be failure of each part."""
        body = {"packages": [{"id": package} for package in packages]}
        answer = await self._shop.call(_Failures, front, "POST", "/fulfillment/202309/packages/ship", body=body)
        return {one.detail.package_id: Refused(str(one.code), one.message) for one in answer.errors or ()}
