"""What the seller sees when he opens the page of a product, a warehouse or an order: Tokopedia & Shop is asked as he opens it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from examples.evented.client import Digits
from examples.evented.faults import CallFailed
from examples.evented.shop import APPS
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from examples.evented.client import Client
    from examples.evented.facts import Front
    from examples.evented.roster import Roster

__all__ = ["Pages"]

T = TypeVar("T")

_STATUSES = {
    "ACTIVATE": "on sale",
    "SELLER_DEACTIVATED": "taken off the shelves by you",
    "PLATFORM_DEACTIVATED": "taken off the shelves by the platform",
    "PENDING": "in its audit",
    "FAILED": "not through its audit",
}


class _InApp(msgspec.Struct):
    platform: str
    status: str


class _Failure(msgspec.Struct):
    listing_platform: str = ""
    reasons: list[str] = msgspec.field(default_factory=list[str])
    suggestions: list[str] = msgspec.field(default_factory=list[str])


class _Product(msgspec.Struct):
    id: Digits
    status: str = ""
    integrated_platform_statuses: list[_InApp] = msgspec.field(default_factory=list[_InApp])
    audit_failed_reasons: list[_Failure] = msgspec.field(default_factory=list[_Failure])

    def lines(self) -> Iterator[tuple[str, str]]:
        """Say how it stands in each app, and why its audit failed there."""
        here = [_InApp("TIKTOK_SHOP", self.status)] if self.status else []
        for one in (*here, *self.integrated_platform_statuses):
            if one.platform in APPS:
                yield f"In the app of {APPS[one.platform].label}", f"{_STATUSES.get(one.status, 'unknown')} ({one.status})"
        for failure in self.audit_failed_reasons:
            where = APPS.get(failure.listing_platform, SHOP).label
            helps = "; ".join(failure.suggestions)
            yield f"Failed its audit in the app of {where}", f"{'; '.join(failure.reasons)}. What helps: {helps}"


class _Products(msgspec.Struct):
    products: list[_Product] = msgspec.field(default_factory=list[_Product])


class _Position(msgspec.Struct):
    latitude: str = ""
    longitude: str = ""


class _Address(msgspec.Struct):
    full_address: str = ""
    geolocation: _Position = msgspec.field(default_factory=_Position)


class _Warehouse(msgspec.Struct):
    id: Digits
    name: str
    type: str = ""
    address: _Address = msgspec.field(default_factory=_Address)


class _Warehouses(msgspec.Struct):
    warehouses: list[_Warehouse]


class _Delivery(msgspec.Struct):
    name: str
    platform: list[str] = msgspec.field(default_factory=list[str])


class _Deliveries(msgspec.Struct):
    delivery_options: list[_Delivery]


class _Recipient(msgspec.Struct):
    full_address: str = ""


class _Order(msgspec.Struct):
    recipient_address: _Recipient = msgspec.field(default_factory=_Recipient)


class _Orders(msgspec.Struct):
    orders: list[_Order] = msgspec.field(default_factory=list[_Order])


@dataclass(frozen=True, slots=True)
class Pages:
    """Opens pages in every shop that is open to us."""

    client: Client
    roster: Roster

    async def open(self, about: str) -> dict[str, str]:
        """Give the fields of a SKU or of a warehouse; nothing where neither bears that name, or the platform does not answer."""
        shown: dict[str, str] = {}
        for front in list(self.roster.fronts.values()):
            shown |= await self._patiently(partial(self._product, front, about)) or {}
            shown |= shown or await self._patiently(partial(self._warehouse, front, about)) or {}
        return shown

    async def _patiently(self, asks: Callable[[], Awaitable[T]]) -> T | None:
        """Ask up to three times, since somebody sits before the page; None where that brings nothing."""
        for _ in range(3):
            with suppress(CallFailed):
                return await asks()
        return None

    async def address(self, front: Front, order_id: str) -> str:
        """Give the address of an order as it is now. Buyers move, and where they live is no business of an event that is kept for ever."""
        asks = partial(self.client.shop, _Orders, front, "GET", "/order/202309/orders", query={"ids": order_id})
        found = await self._patiently(asks) or _Orders()
        return next((one.recipient_address.full_address for one in found.orders), "")

    async def _product(self, front: Front, sku: str) -> dict[str, str]:
        query, body = {"page_size": "100"}, {"seller_skus": [sku]}
        found = await self.client.shop(_Products, front, "POST", "/product/202502/products/search", query=query, body=body)
        shown: dict[str, str] = {}
        for one in found.products:
            # A search tells less than the product itself.
            shown |= dict((await self.client.shop(_Product, front, "GET", f"/product/202309/products/{one.id}")).lines())
        return shown

    async def _warehouse(self, front: Front, name: str) -> dict[str, str]:
        found = await self.client.shop(_Warehouses, front, "GET", "/logistics/202309/warehouses")
        shown: dict[str, str] = {}
        for one in (one for one in found.warehouses if one.name == name):
            at = one.address.geolocation
            shown |= {"Address": one.address.full_address, "Lies at": f"latitude {at.latitude}, longitude {at.longitude}"}
            if one.type == "SALES_WAREHOUSE":
                path = f"/logistics/202309/warehouses/{one.id}/delivery_options"
                ways = await self.client.shop(_Deliveries, front, "GET", path)
                # A sample of the changelog calls the second app TTS_SHOP.
                apps = {**APPS, "TTS_SHOP": SHOP}
                shown |= {way.name: " and ".join(apps[app].label for app in way.platform if app in apps) for way in ways.delivery_options}
        return shown
