"""The system itself: one client, one book, and the three desks that do the work whenever it is due."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

import httpx

from examples.careful.book import Book, Change, Kind
from examples.careful.catalogue import Catalogue
from examples.careful.chat_client import ChatClient
from examples.careful.chats import ChatDesk, words
from examples.careful.documents import Printer
from examples.careful.merges import Merges
from examples.careful.orders import OrderDesk
from examples.careful.shop import ShopClient
from examples.careful.stockroom import Stockroom
from examples.careful.tokopedia import TokopediaClient
from examples.careful.trouble import Patience
from gladi.play.system import (
    BeginsChats,
    Chats,
    Conversation,
    Delivery,
    Document,
    DocumentKind,
    EditsProducts,
    LinksProducts,
    LinksShops,
    ListsProducts,
    Message,
    NewProduct,
    Notice,
    PrintsDocuments,
    ProductLink,
    SeenOrder,
    SeesOrders,
    SetsPrices,
    SetsStock,
    ShipsOrders,
    ShopLink,
    System,
    TellsSeller,
    Venue,
)
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from gladi.record.words import Platform

__all__ = ["Careful"]

_AT_LEAST_EVERY = timedelta(minutes=5)


class Careful(
    System,
    SeesOrders,
    ShipsOrders,
    PrintsDocuments,
    SetsPrices,
    SetsStock,
    EditsProducts,
    ListsProducts,
    LinksShops,
    LinksProducts,
    Chats,
    BeginsChats,
    TellsSeller,
):
    """An order-management system that serves a seller on Tokopedia, on Tokopedia & Shop, and through the merge of the two."""

    merges: type[Merges] = Merges
    desk: type[OrderDesk] = OrderDesk
    catalogue: type[Catalogue] = Catalogue
    stockroom: type[Stockroom] = Stockroom
    chat_desk: type[ChatDesk] = ChatDesk
    """The desks. A rogue of `examples/rogues` puts a careless one in the place of one of them."""

    tokopedia_client: type[TokopediaClient] = TokopediaClient
    shop_client: type[ShopClient] = ShopClient
    """What speaks to Tokopedia, and to Tokopedia & Shop."""

    version = "1.0"

    def __init__(self, venue: Venue) -> None:
        """Open the book and the client; nothing is called before the first tick."""
        self._venue = venue
        # One client for everything: building one costs more than a hundred calls.
        self._http = httpx.AsyncClient()
        self._book = Book(venue.storage)
        self._patience = Patience(venue.now)
        tokopedia = self.tokopedia_client(self._http, venue)
        shop = self.shop_client(self._http, venue, self._book)
        self._merges = self.merges(venue, self._book, tokopedia, shop, self._patience)
        self._orders = self.desk(self._book, tokopedia, shop, self._patience)
        self._printer = Printer(self._book, tokopedia, shop)
        self._catalogue = self.catalogue(self._book, tokopedia, shop, self._patience)
        self._stockroom = self.stockroom(self._book)
        self._chats = self.chat_desk(self._book, ChatClient(shop), self._patience)
        # Ticks, webhooks and the seller may come at once; what they do to an order must not be interleaved.
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._http.aclose()
        self._book.close()

    # -- time and webhooks ---------------------------------------------------------------------------------------------

    async def tick(self, now: datetime) -> datetime:
        """Do what is due and say when to be woken next."""
        async with self._one_at_a_time:
            await self._merges.work(now)
            await self._orders.work(now)
            for change in self._stockroom.work(self._orders.each()):
                await self._catalogue.wants(change, now)
            await self._catalogue.work(now)
            await self._chats.work(now)
            at_the_latest = now + _AT_LEAST_EVERY
            due = (at_the_latest, self._patience.again_at(at_the_latest), *self._book.dues(), *self._orders.next_shipment())
            return min(at for at in due if at > now)

    async def receive(self, delivery: Delivery) -> int:
        """Take one webhook."""
        async with self._one_at_a_time:
            return self._merges.receive(delivery)

    # -- orders --------------------------------------------------------------------------------------------------------

    def orders(self) -> Sequence[SeenOrder]:
        """Give every order once."""
        return [SeenOrder(row.platform, row.order_id, state) for row, state in self._orders.rows()]

    async def ship(self, order: SeenOrder) -> None:
        """Have an order shipped."""
        async with self._one_at_a_time:
            await self._orders.ship(order, self._venue.now())

    async def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:
        """Print a document for an order."""
        async with self._one_at_a_time:
            return await self._printer.prints(self._orders.sightings(order), kind)

    # -- products ------------------------------------------------------------------------------------------------------

    async def set_price(self, sku: str, amount: int) -> None:
        """Set a price wherever the SKU is sold."""
        await self._wants(Change(kind=Kind.PRICE, sku=sku, value=amount))

    async def set_stock(self, sku: str, quantity: int) -> None:
        """Set the stock of the default warehouse wherever the SKU is sold."""
        self._stockroom.owns(sku, quantity, self._venue.now())
        await self._wants(Change(kind=Kind.STOCK, sku=sku, value=quantity))

    async def edit_product(self, sku: str, *, title: str | None = None, description: str | None = None) -> None:
        """Change what the page of a product says."""
        await self._wants(Change(kind=Kind.EDIT, sku=sku, title=title, description=description))

    async def launch(self, product: NewProduct) -> None:
        """Launch a product."""
        launch = Change(
            kind=Kind.LAUNCH,
            sku=product.sku,
            title=product.title,
            description=product.description,
            value=product.price,
            stock=product.stock,
            shown=product.platforms,
        )
        await self._wants(launch)

    async def show(self, sku: str, *, on: Sequence[Platform]) -> None:
        """Put a product on the shelves of some apps."""
        await self._wants(Change(kind=Kind.SHELF, sku=sku, shown=tuple(on)))

    async def hide(self, sku: str, *, on: Sequence[Platform]) -> None:
        """Take a product off the shelves of some apps."""
        await self._wants(Change(kind=Kind.SHELF, sku=sku, hidden=tuple(on)))

    async def _wants(self, change: Change) -> None:
        async with self._one_at_a_time:
            await self._catalogue.wants(change, self._venue.now())

    # -- buyers --------------------------------------------------------------------------------------------------------

    def conversations(self) -> Sequence[Conversation]:
        """Give every conversation, with every message in words."""
        return [
            Conversation(
                chat.chat_id,
                TOKOPEDIA if chat.from_tokopedia else SHOP,
                tuple(Message(one.kind, words(one.kind, one.content), from_buyer=one.from_buyer) for one in chat.said),
            )
            for chat in self._chats.chats()
        ]

    async def send(self, conversation_id: str, message: Message) -> None:
        """Answer a buyer."""
        async with self._one_at_a_time:
            await self._chats.sends(conversation_id, message)

    async def begin_chat(self, order: SeenOrder, message: Message) -> None:
        """Write to the buyer of an order."""
        async with self._one_at_a_time:
            await self._chats.begins(order, message)

    # -- what is known -------------------------------------------------------------------------------------------------

    def shop_links(self) -> Sequence[ShopLink]:
        """Give the shops that have merged."""
        return [
            ShopLink(shop.toko_shop_id, shop.tts_seller_id, shop.tts_shop_id) for shop in self._book.shops if shop.tts_seller_id is not None
        ]

    def product_links(self) -> Sequence[ProductLink]:
        """Give the products that are known on both platforms."""
        return [ProductLink(one.product_id, one.tts_product_id) for one in self._catalogue.links() if one.tts_product_id]

    def notices(self) -> Sequence[Notice]:
        """Give all that the seller was told."""
        return [Notice(told.about, told.text) for told in self._book.told()]

    def fields(self, about: str) -> Mapping[str, str]:
        """Give what is known of a SKU, an order or a shop."""
        fields = {f"{change.kind} to be changed": _wish(change) for change in self._catalogue.waiting(about)}
        for row, state in self._orders.rows():
            if row.order_id == about:
                fields |= {"Platform": row.platform.label, "State": state.value, "Held because": self._orders.why_held(row)}
        shop = self._book.shops.get(about)
        if shop is not None:
            merged = f"{shop.merged_at:%Y-%m-%d %H:%M} UTC" if shop.merged_at else "not yet"
            fields |= {
                "Merged": merged,
                "Seller on Tokopedia & Shop": shop.tts_seller_id or "",
                "Shop on Tokopedia & Shop": shop.tts_shop_id or "",
            }
        return {name: text for name, text in fields.items() if text}


def _wish(change: Change) -> str:
    if change.kind is Kind.SHELF:
        told = (("on the shelves of", change.shown), ("off the shelves of", change.hidden))
        return ", ".join(f"{words} {' and '.join(app.label for app in apps)}" for words, apps in told if apps)
    return " / ".join(text for text in (change.title, change.description) if text) if change.kind.is_of_a_page else str(change.value)
