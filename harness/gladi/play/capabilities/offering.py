"""What a system may offer to put before a buyer in a conversation: products and orders of his own app."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable

__all__ = ["ChatOffers", "OffersInChats"]


@dataclass(frozen=True, slots=True)
class ChatOffers:
    """What the system lets the seller choose from beside a conversation."""

    skus: tuple[str, ...] = ()
    """The seller's own SKUs."""
    order_ids: tuple[str, ...] = ()
    """Ids on Tokopedia & Shop as text, decimal digits."""


class OffersInChats(Protocol):
    """The system lets the seller choose products and orders to show to a buyer."""

    @abstractmethod
    def offers(self, conversation_id: str) -> MaybeAwaitable[ChatOffers]:
        """Give what can be put before the buyer of a conversation: what is listed, and what was ordered, in the app that he uses."""
