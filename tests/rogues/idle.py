"""A system that declares every capability and does nothing: no scenario may be upheld by it."""
# ruff: noqa: ARG002 - it listens to nothing

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.system import (
    AnswersCancellations,
    BeginsChats,
    ChatOffers,
    Chats,
    ChoosesCategories,
    Document,
    EditsProducts,
    FindsProducts,
    HearsTheShop,
    KeepsRecords,
    LinksProducts,
    LinksShops,
    ListsProducts,
    OffersInChats,
    PrintsDocuments,
    Restarts,
    SeesOrders,
    SetsMinimumOrders,
    SetsPrices,
    SetsStock,
    SharesLinks,
    ShipsInBatches,
    ShipsOrders,
    System,
    TellsSeller,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from gladi.play.system import (
        CategoryChoice,
        Conversation,
        Delivery,
        DocumentKind,
        FoundProduct,
        Message,
        NewProduct,
        Notice,
        ProductLink,
        RecordKind,
        SeenOrder,
        SeenRecord,
        SharedLink,
        ShopLink,
        Venue,
    )
    from gladi.record.words import Platform


class Idle(
    System,
    SeesOrders,
    ShipsOrders,
    ShipsInBatches,
    AnswersCancellations,
    SetsPrices,
    SetsStock,
    SetsMinimumOrders,
    EditsProducts,
    ListsProducts,
    FindsProducts,
    Chats,
    BeginsChats,
    OffersInChats,
    ChoosesCategories,
    SharesLinks,
    LinksShops,
    HearsTheShop,
    LinksProducts,
    PrintsDocuments,
    KeepsRecords,
    TellsSeller,
    Restarts,
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

    def answer_cancellation(self, order: SeenOrder, *, agree: bool) -> None:
        pass

    def ship_all(self, orders: Sequence[SeenOrder]) -> None:
        pass

    def set_price(self, sku: str, amount: int) -> None:
        pass

    def set_stock(self, sku: str, quantity: int) -> None:
        pass

    def set_minimum_order(self, sku: str, quantity: int) -> None:
        pass

    def edit_product(self, sku: str, *, title: str | None = None, description: str | None = None) -> None:
        pass

    def launch(self, product: NewProduct) -> None:
        pass

    def find_products(self, *, on: Sequence[Platform]) -> Sequence[FoundProduct]:
        return ()

    def show(self, sku: str, *, on: Sequence[Platform]) -> None:
        pass

    def hide(self, sku: str, *, on: Sequence[Platform]) -> None:
        pass

    def conversations(self) -> Sequence[Conversation]:
        return ()

    def send(self, conversation_id: str, message: Message) -> None:
        pass

    def begin_chat(self, order: SeenOrder, message: Message) -> None: ...

    def offers(self, conversation_id: str) -> ChatOffers:
        return ChatOffers()

    def categories(self, *, on: Platform) -> Sequence[CategoryChoice]:
        return ()

    def share(self, sku: str, tags: Sequence[str]) -> Sequence[SharedLink]:
        return ()

    def shop_links(self) -> Sequence[ShopLink]:
        return ()

    def product_links(self) -> Sequence[ProductLink]:
        return ()

    def records(self, kind: RecordKind) -> Sequence[SeenRecord]:
        return ()

    def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:
        return Document("text/plain", b"")

    def notices(self) -> Sequence[Notice]:
        return ()

    def fields(self, about: str) -> Mapping[str, str]:
        return {}
