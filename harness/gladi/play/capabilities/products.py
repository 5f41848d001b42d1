"""What a system may do with products: price them, stock them, edit them, list them, know them on both platforms."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable
from gladi.record.words import Platform

__all__ = [
    "EditsProducts",
    "FindsProducts",
    "FoundProduct",
    "LinksProducts",
    "ListsProducts",
    "NewProduct",
    "ProductLink",
    "SetsMinimumOrders",
    "SetsPrices",
    "SetsStock",
]


class SetsPrices(Protocol):
    """The system changes prices."""

    @abstractmethod
    def set_price(self, sku: str, amount: int) -> MaybeAwaitable[None]:
        """Make `amount` (whole rupiah) the price of a seller SKU wherever it is sold."""


class SetsStock(Protocol):
    """The system changes stock."""

    @abstractmethod
    def set_stock(self, sku: str, quantity: int) -> MaybeAwaitable[None]:
        """Make `quantity` (units, over the default warehouse) the stock of a seller SKU wherever it is sold."""


class EditsProducts(Protocol):
    """The system changes what a product page says."""

    @abstractmethod
    def edit_product(self, sku: str, *, title: str | None = None, description: str | None = None) -> MaybeAwaitable[None]:
        """Change the product that a seller SKU belongs to, now or as soon as the platform lets it."""


class SetsMinimumOrders(Protocol):
    """The system changes how many units of a product a buyer takes at least."""

    @abstractmethod
    def set_minimum_order(self, sku: str, quantity: int) -> MaybeAwaitable[None]:
        """Sell the product of a seller SKU on Tokopedia & Shop from `quantity` units on, 1 to 20; all else of it stays as it is."""


@dataclass(frozen=True, slots=True)
class NewProduct:
    """A product that the seller wants to launch."""

    sku: str
    title: str
    description: str
    price: int
    stock: int
    platforms: tuple[Platform, ...]
    """The storefronts on which buyers shall see it."""
    pre_sale_days: int | None = None
    """On pre-sale: the calendar days, 3 to 30, after an order until the seller fulfils it; None for a product that is there."""
    insurance_required: bool = False
    """Buyers on Tokopedia have what is sent to them insured; otherwise they may choose."""
    pre_owned: bool = False
    """It was used before, which Tokopedia alone permits."""
    minimum_order: int = 1
    """How many units a buyer takes at least, 1 to 20."""


class ListsProducts(Protocol):
    """The system launches products and puts them on and off the shelves of each storefront."""

    @abstractmethod
    def launch(self, product: NewProduct) -> MaybeAwaitable[None]:
        """Create the product, now or as soon as the platform lets it."""

    @abstractmethod
    def show(self, sku: str, *, on: Sequence[Platform]) -> MaybeAwaitable[None]:
        """Have buyers of these storefronts see the product."""

    @abstractmethod
    def hide(self, sku: str, *, on: Sequence[Platform]) -> MaybeAwaitable[None]:
        """Have buyers of these storefronts no longer see the product."""


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """A product that a search on Tokopedia & Shop found, under one of its seller SKUs."""

    sku: str
    statuses: Mapping[Platform, str]
    """How it stands in each app in which it is listed, in the platform's own word: `ACTIVATE`, `SELLER_DEACTIVATED`."""


class FindsProducts(Protocol):
    """The system searches the seller's products on Tokopedia & Shop, in the app that he chooses or in both."""

    @abstractmethod
    def find_products(self, *, on: Sequence[Platform]) -> MaybeAwaitable[Sequence[FoundProduct]]:
        """Find the products that are listed in all of these apps, in whatever status, one row for each seller SKU."""


@dataclass(frozen=True, slots=True)
class ProductLink:
    """Two product ids that the system takes for one product: exactly the digits of the platforms, as text."""

    toko_product_id: str
    tts_product_id: str


class LinksProducts(Protocol):
    """The system keeps which products are one."""

    @abstractmethod
    def product_links(self) -> MaybeAwaitable[Sequence[ProductLink]]:
        """Give every link as it is stored."""
