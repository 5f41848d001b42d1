"""What a system may do with buyers" conversations: show them, answer in them, begin them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable
from gladi.play.capabilities.orders import SeenOrder
from gladi.record.words import Platform

__all__ = ["BeginsChats", "Chats", "Conversation", "Message"]


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
