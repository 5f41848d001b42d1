"""The goods of one shop on one platform: what it sells and where its units lie, in the platform's own ids and words."""

from __future__ import annotations

import msgspec

from gladi.record.words import Platform

__all__ = ["Depot", "Goods", "Item", "Product"]


class Depot(msgspec.Struct, frozen=True, kw_only=True):
    """A warehouse from which the shop sells; who stands there and under which number is nobody's business here."""

    id: str
    name: str
    is_default: bool = False
    city: str = ""
    province: str = ""
    district: str = ""
    postal_code: str = ""
    latitude: str = ""
    longitude: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One SKU: price in whole rupiah, units by the id of the depot; an empty `sku` is one that the seller never named."""

    id: str
    sku: str
    price: int
    stock: dict[str, int] = {}
    handling_days: int | None = None
    """On pre-sale: the days until it is fulfilled."""
    released_at: int | None = None
    """On pre-sale: the second from which it is fulfilled instead."""


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One product and how it stands in each app where it is listed, in the platform's own word, such as `ACTIVATE` or `3`."""

    id: str
    title: str
    standing: dict[Platform, str]
    items: tuple[Item, ...]
    category: str = "0"
    description: str | None = None
    """None where the list of products does not tell it."""
    created_at: int = 0
    """Milliseconds; 0 where the platform does not tell it."""
    insurance: str | None = None
    """The platform's word for whether a parcel is insured; this and the next two are None where only the product's own page tells them."""
    is_pre_owned: bool | None = None
    minimum_order: int | None = None
    twin: str | None = None
    """Its id on the other platform, as Tokopedia tells it once the product merge has linked the two."""


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """All that a shop sells on one platform."""

    products: tuple[Product, ...] = ()
    depots: tuple[Depot, ...] = ()
