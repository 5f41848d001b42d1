"""Warehouses as Tokopedia & Shop knows them: where each lies, and how its parcels can go to the buyers of which app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examples.careful.book import Book, Storefront
    from examples.careful.shop import ShopClient
    from examples.careful.trouble import Patience

__all__ = ["WarehousePage"]

# A sample of the changelog calls the second app TTS_SHOP; the platform itself says TIKTOK_SHOP.
_APPS = {"TOKOPEDIA": TOKOPEDIA.label, "TIKTOK_SHOP": SHOP.label, "TTS_SHOP": SHOP.label}


class _Geolocation(msgspec.Struct):
    latitude: str = ""
    longitude: str = ""


class _Address(msgspec.Struct):
    full_address: str = ""
    geolocation: _Geolocation = msgspec.field(default_factory=_Geolocation)


class _Warehouse(msgspec.Struct):
    id: str
    name: str
    type: str
    address: _Address = msgspec.field(default_factory=_Address)


class _Warehouses(msgspec.Struct):
    warehouses: list[_Warehouse]


class _Option(msgspec.Struct):
    name: str
    platform: list[str] = msgspec.field(default_factory=list[str])


class _Options(msgspec.Struct):
    delivery_options: list[_Option]


class WarehousePage:
    """The page of one warehouse, asked for when somebody opens it."""

    def __init__(self, book: Book, shop: ShopClient, patience: Patience) -> None:
        """Ask every storefront in `book`."""
        self._book = book
        self._shop = shop
        self._patience = patience

    async def fields(self, name: str) -> Mapping[str, str]:
        """Give what there is to see of the warehouse of that name; nothing where there is none."""
        for front in self._book.storefronts:
            with self._patience.spared(f"the warehouses of shop {front.id}"):
                found = await self._shop.call(_Warehouses, front, "GET", "/logistics/202309/warehouses")
                for one in found.warehouses:
                    if one.name == name:
                        return self._place(one) | await self._ways(front, one)
        return {}

    def _place(self, one: _Warehouse) -> dict[str, str]:
        at = one.address.geolocation
        return {"Address": one.address.full_address, "Geolocation": f"latitude {at.latitude}, longitude {at.longitude}"}

    async def _ways(self, front: Storefront, one: _Warehouse) -> dict[str, str]:
        if one.type != "SALES_WAREHOUSE":
            return {}
        answer = await self._shop.call(_Options, front, "GET", f"/logistics/202309/warehouses/{one.id}/delivery_options")
        return {way.name: " and ".join(_APPS.get(app, app) for app in way.platform) for way in answer.delivery_options}
