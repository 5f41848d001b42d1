"""The system itself: one client, one book, and the three desks that do the work whenever it is due."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

import httpx

from examples.careful.archive import ShowsRecords
from examples.careful.book import Book, Change, Kind
from examples.careful.cancellations import LetsBuyersCancel
from examples.careful.catalogue import Catalogue
from examples.careful.chat_client import ChatClient
from examples.careful.chats import ChatDesk, words
from examples.careful.documents import Printer
from examples.careful.merchandise import Merchandises
from examples.careful.merges import Merges
from examples.careful.orders import OrderDesk
from examples.careful.product_search import ProductSearch
from examples.careful.shop import ShopClient
from examples.careful.shop_news import PATH, ShopNews
from examples.careful.stockroom import Stockroom
from examples.careful.tokopedia import TokopediaClient
from examples.careful.trouble import Patience
from examples.careful.warehouses import WarehousePage
from examples.careful.wording import in_our_words
from gladi.play.system import (
    BeginsChats,
    Chats,
    Conversation,
    Delivery,
    Document,
    DocumentKind,
    EditsProducts,
    FindsProducts,
    FoundProduct,
    HearsTheShop,
    LinksProducts,
    LinksShops,
    ListsProducts,
    Message,
    NewProduct,
    Notice,
    PrintsDocuments,
    ProductLink,
    Restarts,
    SeenOrder,
    SeesOrders,
    SetsPrices,
    SetsStock,
    ShipsInBatches,
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
    ShipsInBatches,
    PrintsDocuments,
    SetsPrices,
    SetsStock,
    EditsProducts,
    ListsProducts,
    FindsProducts,
    HearsTheShop,
    LinksShops,
    LinksProducts,
    Chats,
    BeginsChats,
    TellsSeller,
    LetsBuyersCancel,
    Merchandises,
    ShowsRecords,
    Restarts,
):
    """An order-management system that serves a seller on Tokopedia, on Tokopedia & Shop, and through the merge of the two."""

    merges: type[Merges] = Merges
    news: type[ShopNews] = ShopNews
    desk: type[OrderDesk] = OrderDesk
    catalogue: type[Catalogue] = Catalogue
    stockroom: type[Stockroom] = Stockroom
    chat_desk: type[ChatDesk] = ChatDesk
    """The desks. A rogue of `examples/rogues` puts a careless one in the place of one of them."""

    tokopedia_client: type[TokopediaClient] = TokopediaClient
    shop_client: type[ShopClient] = ShopClient
    """What speaks to Tokopedia, and to Tokopedia & Shop."""

    search: type[ProductSearch] = ProductSearch
    """What finds products there, and shows them."""

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
        self._news = self.news(venue, self._book, shop, self._patience)
        self._orders = self.desk(self._book, tokopedia, shop, self._patience)
        self._cancellations = self.cancellation_desk(self._book, shop, self._patience)
        self._printer = Printer(self._book, tokopedia, shop)
        self._catalogue = self.catalogue(self._book, tokopedia, shop, self._patience)
        self._stockroom = self.stockroom(self._book)
        self._search = self.search(self._book, shop, self._patience)
        self._warehouses = WarehousePage(self._book, shop, self._patience)
        self._chats = self.chat_desk(self._book, ChatClient(shop), self._patience)
        self._archive = self.archive(self._book, tokopedia, shop, self._patience)
        self._opens_the_desks(shop)
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
            await self._news.work()
            await self._cancellations.work()
            await self._orders.work(now)
            for change in self._stockroom.work(self._orders.each()):
                await self._catalogue.wants(change, now)
            await self._catalogue.work(now)
            await self._chats.work(now)
            await self._archive.work(now)
            at_the_latest = now + _AT_LEAST_EVERY
            due = (at_the_latest, self._patience.again_at(at_the_latest), *self._book.dues(), *self._orders.next_shipment())
            return min(at for at in due if at > now)

    async def receive(self, delivery: Delivery) -> int:
        """Take one webhook."""
        async with self._one_at_a_time:
            return self._news.receive(delivery) if delivery.path.endswith(PATH) else self._merges.receive(delivery)

    # -- orders --------------------------------------------------------------------------------------------------------

    def orders(self) -> Sequence[SeenOrder]:
        """Give every order once."""
        return [SeenOrder(row.platform, row.order_id, state) for row, state in self._orders.rows()]

    async def ship(self, order: SeenOrder) -> None:
        """Have an order shipped."""
        async with self._one_at_a_time:
            await self._orders.ship(order, self._venue.now())

    async def ship_all(self, orders: Sequence[SeenOrder]) -> None:
        """Have many orders shipped at once."""
        async with self._one_at_a_time:
            await self._orders.ship_all(orders, self._venue.now())

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
            pre_sale_days=product.pre_sale_days,
            insurance_required=product.insurance_required,
            pre_owned=product.pre_owned,
            minimum_order=product.minimum_order,
            shown=product.platforms,
        )
        await self._wants(launch)

    async def find_products(self, *, on: Sequence[Platform]) -> Sequence[FoundProduct]:
        """Find what is listed in all of these apps of Tokopedia & Shop."""
        async with self._one_at_a_time:
            return [FoundProduct(sku, statuses) for sku, statuses in (await self._search.find(on)).items()]

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
        return [Notice(told.about, in_our_words(told.text)) for told in self._book.told()]

    async def fields(self, about: str) -> Mapping[str, str]:
        """Give what is known of a SKU, an order, a shop or a warehouse."""
        fields = {f"{change.kind} to be changed": _wish(change) for change in self._catalogue.waiting(about)}
        fields |= self._orders.page(about)
        if mirrored := self._book.mirrored.get(about):
            fields["Mirrored on Tokopedia"] = mirrored
        if (shop := self._book.shops.get(about)) is not None:
            merged = f"{shop.merged_at:%Y-%m-%d %H:%M} UTC" if shop.merged_at else "not yet"
            fields |= {
                "Merged": merged,
                "Seller on Tokopedia & Shop": shop.tts_seller_id or "",
                "Shop on Tokopedia & Shop": shop.tts_shop_id or "",
            }
        # Most SKUs have letters; of what has digits alone it is asked only where nothing else bears them.
        if not fields or not about.isdecimal():
            async with self._one_at_a_time:
                fields |= await self._search.fields(about) or await self._warehouses.fields(about) or await self._archive.fields(about)
        return {name: in_our_words(text) for name, text in fields.items() if text}


def _wish(change: Change) -> str:
    if change.kind is Kind.SHELF:
        told = (("on the shelves of", change.shown), ("off the shelves of", change.hidden))
        return ", ".join(f"{words} {' and '.join(app.label for app in apps)}" for words, apps in told if apps)
    return " / ".join(text for text in (change.title, change.description) if text) or str(change.value)
