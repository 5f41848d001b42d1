"""The seam to the system under rehearsal: what its adapter must answer, and what it may declare.

1. An adapter is made from one frozen `Venue` and answers two questions: `tick` and `receive`.
2. Everything else is a *capability*: a small class that the adapter names among its bases. A scenario that needs a
   capability which the adapter does not declare is *not rehearsed*.
3. Every method may be plain or `async`.
4. People name products by the seller's SKU and orders by platform and order id: words that both platforms share.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias, TypeVar

from gladi.play.venue import Grant, ShopCredentials, TokopediaCredentials, Venue
from gladi.record.wire import Delivery
from gladi.record.words import Platform

__all__ = [
    "BeginsChats",
    "Chats",
    "Conversation",
    "Delivery",
    "Document",
    "DocumentKind",
    "EditsProducts",
    "Factory",
    "Grant",
    "LinksProducts",
    "LinksShops",
    "ListsProducts",
    "Message",
    "NewProduct",
    "Notice",
    "OrderState",
    "PrintsDocuments",
    "ProductLink",
    "SeenOrder",
    "SeesOrders",
    "SetsPrices",
    "SetsStock",
    "ShipsOrders",
    "ShopCredentials",
    "ShopLink",
    "System",
    "TellsSeller",
    "TokopediaCredentials",
    "Venue",
]

_T = TypeVar("_T")
MaybeAwaitable: TypeAlias = _T | Awaitable[_T]
"""A value, or a coroutine that gives it: adapters may be plain or async."""


# -- what the adapter must answer --------------------------------------------------------------------------------------


class System(Protocol):
    """The ISV's software under rehearsal, behind its adapter."""

    @abstractmethod
    def tick(self, now: datetime) -> MaybeAwaitable[datetime | None]:
        """Do what is due and say when to be woken next, or None to be woken only by what happens.

        `now` is the time of the rehearsal, aware, UTC.
        """

    @abstractmethod
    def receive(self, delivery: Delivery) -> MaybeAwaitable[int]:
        """Take one webhook and answer its HTTP status; 2xx says that it was understood and kept."""


Factory: TypeAlias = Callable[[Venue], System | AbstractAsyncContextManager[System]]
"""What `rehearse_system` names: a class, or a function whose return annotation names the class."""


# -- what it may declare -----------------------------------------------------------------------------------------------


class OrderState(StrEnum):
    """What the warehouse may do with an order, as the system shows it."""

    TO_SHIP = "to ship"
    HELD = "held"
    SHIPPED = "shipped"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SeenOrder:
    """One row of the system's list of orders."""

    platform: Platform
    order_id: str
    """The platform's own order id as text, decimal digits."""
    state: OrderState = OrderState.TO_SHIP


class SeesOrders(Protocol):
    """The system shows orders."""

    @abstractmethod
    def orders(self) -> MaybeAwaitable[Sequence[SeenOrder]]:
        """Give every order that the system knows, each once, the way its users see them."""


class ShipsOrders(Protocol):
    """The system arranges shipment."""

    @abstractmethod
    def ship(self, order: SeenOrder) -> MaybeAwaitable[None]:
        """Have the order shipped, now or as soon as the platform lets it; the clerk pressed the button once."""


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
class Conversation:
    """A conversation with a buyer as the system shows it."""

    conversation_id: str
    buyer_platform: Platform
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation: the platform's type, such as `TEXT`, and what a person reads.

    A message that the system shows has a text that a person understands, whatever its type, also one that is not known yet.
    One that the seller wants sent has what its type needs: `text` for the words of a TEXT and for the coupon's id of a
    COUPON_CARD, `picture` for an IMAGE, `sku` for a PRODUCT_CARD, `order_id` for an ORDER_CARD, both for a RETURN_REFUND_CARD.
    """

    kind: str
    text: str = field(repr=False)
    from_buyer: bool = True
    order_id: str = ""
    """The order's id on Tokopedia & Shop as text, decimal digits."""
    sku: str = ""
    """The seller's own SKU."""
    picture: bytes = field(default=b"", repr=False, compare=False)
    """The file of a picture, PNG or JPEG."""


class Chats(Protocol):
    """The system talks with buyers."""

    @abstractmethod
    def conversations(self) -> MaybeAwaitable[Sequence[Conversation]]:
        """Give every conversation that the system knows, each with its messages in order of time, none left out."""

    @abstractmethod
    def send(self, conversation_id: str, message: Message) -> MaybeAwaitable[None]:
        """Answer in a conversation, once, now or as soon as the platform lets it; what cannot be sent is told to the seller."""


class BeginsChats(Protocol):
    """The system writes to buyers first."""

    @abstractmethod
    def begin_chat(self, order: SeenOrder, message: Message) -> MaybeAwaitable[None]:
        """Write to the buyer of an order, who has not written himself, or in the conversation that there is with him."""


@dataclass(frozen=True, slots=True)
class ShopLink:
    """Two shops that the system takes for one, by the ids it stored: exactly the digits of the platforms, as text."""

    toko_shop_id: str
    tts_seller_id: str
    tts_shop_id: str | None = None


class LinksShops(Protocol):
    """The system keeps which shops have merged."""

    @abstractmethod
    def shop_links(self) -> MaybeAwaitable[Sequence[ShopLink]]:
        """Give every link as it is stored."""


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


class DocumentKind(StrEnum):
    """What the system can print for an order."""

    SHIPPING_LABEL = "shipping label"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Document:
    """A printed thing: its media type, such as `application/pdf`, and its bytes."""

    media_type: str
    content: bytes = field(repr=False)


class PrintsDocuments(Protocol):
    """The system prints labels and invoices."""

    @abstractmethod
    def print_document(self, order: SeenOrder, kind: DocumentKind) -> MaybeAwaitable[Document]:
        """Print one document for an order."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the system told the seller: about which SKU, order id or shop id, and the sentence he reads."""

    about: str
    text: str


class TellsSeller(Protocol):
    """The system tells the seller what he must know: notices, and the fields of what he looks at."""

    @abstractmethod
    def notices(self) -> MaybeAwaitable[Sequence[Notice]]:
        """Give every notice shown so far, oldest first."""

    @abstractmethod
    def fields(self, about: str) -> MaybeAwaitable[Mapping[str, str]]:
        """Give the fields that he sees when he looks at a SKU, an order or a shop: name to text."""
