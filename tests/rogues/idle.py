"""A system that declares every capability and does nothing: no scenario may be upheld by it."""
# ruff: noqa: ARG002 - it listens to nothing

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.system import (
    BeginsChats,
    Chats,
    Document,
    EditsProducts,
    LinksProducts,
    LinksShops,
    ListsProducts,
    PrintsDocuments,
    SeesOrders,
    SetsPrices,
    SetsStock,
    ShipsOrders,
    System,
    TellsSeller,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from gladi.play.system import (
        Conversation,
        Delivery,
        DocumentKind,
        Message,
        NewProduct,
        Notice,
        ProductLink,
        SeenOrder,
        ShopLink,
        Venue,
    )
    from gladi.record.words import Platform


class Idle(
    System,
    SeesOrders,
    ShipsOrders,
    SetsPrices,
    SetsStock,
    EditsProducts,
    ListsProducts,
    Chats,
    BeginsChats,
    LinksShops,
    LinksProducts,
    PrintsDocuments,
    TellsSeller,
):
    version = "none"

    def __init__(self, venue: Venue) -> None:
        pass

    def tick(self, now: datetime) -> datetime | None:
        return None

    def receive(self, delivery: Delivery) -> int:
        return 200

    def orders(self) -> Sequence[SeenOrder]:
        return ()

    def ship(self, order: SeenOrder) -> None:
        pass

    def set_price(self, sku: str, amount: int) -> None:
        pass

    def set_stock(self, sku: str, quantity: int) -> None:
        pass

    def edit_product(self, sku: str, *, title: str | None = None, description: str | None = None) -> None:
        pass

    def launch(self, product: NewProduct) -> None:
        pass

    def show(self, sku: str, *, on: Sequence[Platform]) -> None:
        pass

    def hide(self, sku: str, *, on: Sequence[Platform]) -> None:
        pass

    def conversations(self) -> Sequence[Conversation]:
        return ()

    def send(self, conversation_id: str, message: Message) -> None:
        pass

    def begin_chat(self, order: SeenOrder, message: Message) -> None: ...

    def shop_links(self) -> Sequence[ShopLink]:
        return ()

    def product_links(self) -> Sequence[ProductLink]:
        return ()

    def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:
        return Document("text/plain", b"")

    def notices(self) -> Sequence[Notice]:
        return ()

    def fields(self, about: str) -> Mapping[str, str]:
        return {}
