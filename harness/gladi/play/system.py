"""The seam to the system under rehearsal: what its adapter must answer, and by name what it may declare.

1. An adapter is made from one frozen `Venue` and answers two questions: `tick` and `receive`.
2. Everything else is a *capability*: a small class that the adapter names among its bases. A scenario that needs a
   capability which the adapter does not declare is *not rehearsed*.
3. Every method may be plain or `async`.
4. People name products by the seller's SKU and orders by platform and order id: words that both platforms share.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol, TypeAlias

from gladi.play.awaitable import MaybeAwaitable
from gladi.play.capabilities.categories import CategoryChoice, ChoosesCategories
from gladi.play.capabilities.chats import BeginsChats, Chats, Conversation, Message
from gladi.play.capabilities.offering import ChatOffers, OffersInChats
from gladi.play.capabilities.orders import (
    AnswersCancellations,
    Document,
    DocumentKind,
    OrderState,
    PrintsDocuments,
    SeenOrder,
    SeesOrders,
    ShipsInBatches,
    ShipsOrders,
)
from gladi.play.capabilities.products import (
    EditsProducts,
    FindsProducts,
    FoundProduct,
    LinksProducts,
    ListsProducts,
    NewProduct,
    ProductLink,
    SetsMinimumOrders,
    SetsPrices,
    SetsStock,
)
from gladi.play.capabilities.records import KeepsRecords, RecordKind, SeenRecord
from gladi.play.capabilities.restarting import Restarts
from gladi.play.capabilities.sharing import SharedLink, SharesLinks
from gladi.play.capabilities.shops import HearsTheShop, LinksShops, ShopLink
from gladi.play.capabilities.telling import Notice, TellsSeller
from gladi.play.venue import Grant, ShopCredentials, TokopediaCredentials, Venue
from gladi.record.wire import Delivery

__all__ = [
    "AnswersCancellations",
    "BeginsChats",
    "CategoryChoice",
    "ChatOffers",
    "Chats",
    "ChoosesCategories",
    "Conversation",
    "Delivery",
    "Document",
    "DocumentKind",
    "EditsProducts",
    "Factory",
    "FindsProducts",
    "FoundProduct",
    "Grant",
    "HearsTheShop",
    "KeepsRecords",
    "LinksProducts",
    "LinksShops",
    "ListsProducts",
    "Message",
    "NewProduct",
    "Notice",
    "OffersInChats",
    "OrderState",
    "PrintsDocuments",
    "ProductLink",
    "RecordKind",
    "Restarts",
    "SeenOrder",
    "SeenRecord",
    "SeesOrders",
    "SetsMinimumOrders",
    "SetsPrices",
    "SetsStock",
    "SharedLink",
    "SharesLinks",
    "ShipsInBatches",
    "ShipsOrders",
    "ShopCredentials",
    "ShopLink",
    "System",
    "TellsSeller",
    "TokopediaCredentials",
    "Venue",
]


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
