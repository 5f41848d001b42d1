"""All that can happen to this system: what it was told, what it saw, what it did. Other modules name them `events.OrderSeen`."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from examples.evented.facts import Front, Product, View


class _Event(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Written in past tense; `mark` on a webhook is what tells it from every other, also from itself when it comes again."""


class MergeHeard(_Event, frozen=True, tag=True, kw_only=True):
    """Tokopedia's webhook says that a shop has merged. It is a rumour until Get Shop Info says so too."""

    mark: str
    shop: str
    seller: str


class SeparationHeard(_Event, frozen=True, tag=True, kw_only=True):
    """Tokopedia's webhook says that a shop was separated again."""

    mark: str
    shop: str


class NewsHeard(_Event, frozen=True, tag=True, kw_only=True):
    """A webhook of Tokopedia & Shop says that something of a shop's orders, or our access to it, has changed."""

    mark: str
    front: str


class MirroringHeard(_Event, frozen=True, tag=True, kw_only=True):
    """A webhook of Tokopedia & Shop says how the mirroring of a shop on the Tokopedia storefront stands."""

    mark: str
    front: str
    status: str


class MergeConfirmed(_Event, frozen=True, tag=True, kw_only=True):
    """Get Shop Info says that a shop has merged, when, and into which; it may leave the shop out and name its seller alone."""

    shop: str
    seller: str
    front: str | None
    merged_at: datetime


class FrontOpened(_Event, frozen=True, tag=True, kw_only=True):
    """A seller's grant opens a shop on Tokopedia & Shop to us."""

    front: Front


class FrontClosed(_Event, frozen=True, tag=True, kw_only=True):
    """A seller has taken his access back."""

    front: str


class ShopSwept(_Event, frozen=True, tag=True, kw_only=True):
    """The orders of a merged shop have been read on Tokopedia up to the very second of its merge."""

    shop: str


class OrderSeen(_Event, frozen=True, tag=True, kw_only=True):
    """A platform shows an order for the first time, or otherwise than before."""

    view: View


class OrdersMatched(_Event, frozen=True, tag=True, kw_only=True):
    """Two views are of one order; the first stands for it from now on."""

    first: str
    second: str


class OrderSent(_Event, frozen=True, tag=True, kw_only=True):
    """A platform took our word that an order is to be shipped; `order` is the view that stands for it."""

    order: str


class ProductSeen(_Event, frozen=True, tag=True, kw_only=True):
    """Tokopedia shows a product for the first time, or otherwise than before."""

    product: Product


class ProductNamed(_Event, frozen=True, tag=True, kw_only=True):
    """Tokopedia & Shop can say what a product is."""

    product_id: str


class StockOwned(_Event, frozen=True, tag=True, kw_only=True):
    """The seller says how many units of a SKU he has."""

    sku: str
    units: int


class StockWished(_Event, frozen=True, tag=True, kw_only=True):
    """So many units of a SKU are to stand in every shop; `linked` is its product on Tokopedia & Shop by then, if it was known."""

    sku: str
    units: int
    linked: str | None = None


class SellerTold(_Event, frozen=True, tag=True, kw_only=True):
    """The seller was told something about a SKU, an order or a shop."""

    about: str
    text: str


Event: TypeAlias = (
    MergeHeard
    | SeparationHeard
    | NewsHeard
    | MirroringHeard
    | MergeConfirmed
    | FrontOpened
    | FrontClosed
    | ShopSwept
    | OrderSeen
    | OrdersMatched
    | OrderSent
    | ProductSeen
    | ProductNamed
    | StockOwned
    | StockWished
    | SellerTold
)
"""One line of the event store."""
