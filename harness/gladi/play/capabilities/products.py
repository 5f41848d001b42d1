"""What a system may do with products: price them, stock them, edit them, list them, know them on both platforms."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable
from gladi.record.words import Platform

__all__ = ["EditsProducts", "LinksProducts", "ListsProducts", "NewProduct", "ProductLink", "SetsPrices", "SetsStock"]


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
class ProductLink:
    """Two product ids that the system takes for one product: exactly the digits of the platforms, as text."""

    toko_product_id: str
    tts_product_id: str


class LinksProducts(Protocol):
    """The system keeps which products are one."""

    @abstractmethod
    def product_links(self) -> MaybeAwaitable[Sequence[ProductLink]]:
        """Give every link as it is stored."""
