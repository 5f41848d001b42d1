"""What a system may do with orders: show them, ship them, print their documents."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable
from gladi.record.words import Platform

__all__ = [
    "AnswersCancellations",
    "Document",
    "DocumentKind",
    "OrderState",
    "PrintsDocuments",
    "SeenOrder",
    "SeesOrders",
    "ShipsInBatches",
    "ShipsOrders",
]


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


class ShipsInBatches(Protocol):
    """The system arranges the shipment of many orders at once."""

    @abstractmethod
    def ship_all(self, orders: Sequence[SeenOrder]) -> MaybeAwaitable[None]:
        """Have all these orders shipped; one that cannot be is told to the seller and keeps back none of the others."""


class AnswersCancellations(Protocol):
    """The system answers buyers who ask to cancel an order before its shipment was arranged."""

    @abstractmethod
    def answer_cancellation(self, order: SeenOrder, *, agree: bool) -> MaybeAwaitable[None]:
        """Let the buyer cancel the order, or refuse it, so that the order is to be shipped; the seller decided so once."""


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
