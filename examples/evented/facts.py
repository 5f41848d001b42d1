"""What the events speak of: orders as a platform shows them, products, and the places in which something is sold."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from gladi.record.words import SHOP, Platform

__all__ = ["Front", "Line", "Place", "Product", "Standing", "View"]


class Standing(StrEnum):
    """What a platform says of an order."""

    WAITING = "waiting"
    """Paid, and not released to the seller."""
    ASKED = "asked"
    """Its buyer asks to cancel it, and nobody has answered him."""
    NEW = "new"
    """To be accepted before it can be shipped; Tokopedia only."""
    OPEN = "open"
    SHIPPED = "shipped"
    DONE = "done"
    """It has arrived."""
    CLOSED = "closed"
    """It was cancelled."""
    GONE = "gone"
    """The platform showed it once and no longer does."""


class Place(msgspec.Struct, frozen=True):
    """One shop on one platform."""

    platform: Platform
    shop: str

    def __str__(self) -> str:
        return f"{self.platform} {self.shop}"


class Line(msgspec.Struct, frozen=True):
    """One thing to pack. The SKU is empty where the seller never gave one."""

    sku: str
    product_id: str
    quantity: int


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One order as one platform shows it. An order that both show is two views of one order."""

    place: Place
    order_id: str
    standing: Standing
    created_at: datetime
    lines: tuple[Line, ...]
    total: int
    """Whole rupiah."""
    in_tokopedia: bool
    """Its buyer bought in the app of Tokopedia."""
    packages: tuple[str, ...] = ()
    tracking: str = ""
    fees: tuple[tuple[str, int], ...] = ()
    """What was paid beside the goods, by name, in whole rupiah."""

    @property
    def key(self) -> str:
        """What names the view: an id is unique on its own platform only."""
        return f"{self.place.platform} {self.order_id}"

    @property
    def is_on_shop(self) -> bool:
        """Whether Tokopedia & Shop shows it."""
        return self.place.platform is SHOP

    @property
    def footprint(self) -> tuple[object, ...]:
        """What two views of one order have in common, since their ids are two: the second, the units of each SKU, the total."""
        units: dict[str, int] = {}
        for line in self.lines:
            units[line.sku] = units.get(line.sku, 0) + line.quantity
        return self.created_at, tuple(sorted(units.items())), self.total


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A product or variant on Tokopedia, and its id on Tokopedia & Shop once it has one there."""

    product_id: str
    shop: str
    sku: str
    parent_id: str | None = None
    tts_product_id: str | None = None
    suspended: bool = False


class Front(msgspec.Struct, frozen=True):
    """A shop on Tokopedia & Shop whose owner gave us access: `cipher` names it in calls, `grant` says under whose token."""

    id: str
    cipher: str
    grant: int
