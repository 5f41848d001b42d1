"""The adapter: it puts the parts together, wakes them in their order, and answers what people ask of the system."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from examples.evented import events
from examples.evented.changing import ChangeDesk
from examples.evented.client import Client
from examples.evented.goods import Goods
from examples.evented.inbox import Inbox
from examples.evented.intents import Change, Kind, Shipment
from examples.evented.merges import MergeDesk
from examples.evented.orders import Orders
from examples.evented.pages import Pages
from examples.evented.reading import ReadingDesk
from examples.evented.roster import Roster
from examples.evented.shipping import ShippingDesk
from examples.evented.shop import Shop
from examples.evented.store import Store
from examples.evented.tokopedia import Tokopedia
from gladi.play.system import (
    Delivery,
    EditsProducts,
    HearsTheShop,
    LinksProducts,
    LinksShops,
    Notice,
    ProductLink,
    Restarts,
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

__all__ = ["Evented"]

_AT_LEAST_EVERY = timedelta(minutes=5)
_OLDER_BRAND = re.compile(r"\bTIKTOK(?! SHOP (?:OPEN )?APIS?\b)(?:[ _]SHOP(?:PING)?)?\b|\bTTS[ _]SHOP\b", re.IGNORECASE)


class _Notices:
    """Folds what the seller was told."""

    def __init__(self) -> None:
        self.told: list[events.SellerTold] = []

    def folds(self, event: events.Event, at: datetime) -> None:  # noqa: ARG002 - a projection's
        if isinstance(event, events.SellerTold):
            self.told.append(event)


class Evented(
    System,
    SeesOrders,
    ShipsOrders,
    SetsPrices,
    SetsStock,
    EditsProducts,
    HearsTheShop,
    LinksShops,
    LinksProducts,
    TellsSeller,
    Restarts,
):
    """An order-management system that remembers what happened, and concludes from it what to do."""

    version = "1.0"

    def __init__(self, venue: Venue) -> None:
        """Open the store and read it again; nobody is called before the first tick."""
        self._store = store = Store(venue.storage, venue.now)
        self._client = Client(venue, store)
        self._roster = roster = Roster(venue.shop_ids)
        self._orders = orders = Orders(roster, store)
        self._goods = goods = Goods(orders)
        self._notices = _Notices()
        store.feeds(roster, orders, goods, self._notices)
        self._inbox = Inbox(venue, store, roster)
        self._pages = Pages(self._client, roster)
        parts = (store, roster, orders, goods, Tokopedia(self._client, venue), Shop(self._client))
        merges, reading = MergeDesk(*parts, venue), ReadingDesk(*parts)
        self._shipping, self._changing = ShippingDesk(*parts, reading), ChangeDesk(*parts, reading)
        self._desks = (merges, reading, self._shipping, self._changing)
        for desk in (merges, reading):
            store.wakes(desk.handles)
        # Ticks, webhooks and people may come at once; what they decide must not be interleaved.
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._client.close()
        self._store.close()

    # -- time and webhooks ---------------------------------------------------------------------------------------------

    async def tick(self, now: datetime) -> datetime:
        """Do what is due, again while it brings anything forward, and say when to be woken next."""
        async with self._one_at_a_time:
            for _ in range(3):
                self._store.stirred = False
                for desk in self._desks:
                    await desk.works()
                if not self._store.stirred:
                    break
            shipments = (intent.not_before for intent in self._store.intents() if isinstance(intent, Shipment))
            due: list[datetime] = [now + _AT_LEAST_EVERY, *self._store.questions, *(at for at in shipments if at is not None)]
            return min(at for at in due if at > now)

    async def receive(self, delivery: Delivery) -> int:
        """Take one webhook."""
        async with self._one_at_a_time:
            return self._inbox.takes(delivery)

    # -- orders --------------------------------------------------------------------------------------------------------

    def orders(self) -> Sequence[SeenOrder]:
        """Give every order once."""
        return [SeenOrder(row.place.platform, row.order_id, self._orders.state(row)) for row in self._orders.rows()]

    async def ship(self, order: SeenOrder) -> None:
        """Have an order shipped; it is written down here and carried out when the system wakes."""
        async with self._one_at_a_time:
            self._shipping.wants(order)
            await self._shipping.works()

    # -- products ------------------------------------------------------------------------------------------------------

    async def set_price(self, sku: str, amount: int) -> None:
        """Set a price wherever the SKU is sold."""
        async with self._one_at_a_time:
            self._changing.wants(Kind.PRICE, sku, value=amount)

    async def set_stock(self, sku: str, quantity: int) -> None:
        """Set the stock of the default warehouse wherever the SKU is sold."""
        async with self._one_at_a_time:
            self._changing.owns(sku, quantity)

    async def edit_product(self, sku: str, *, title: str | None = None, description: str | None = None) -> None:
        """Change what the page of a product says."""
        async with self._one_at_a_time:
            self._changing.wants(Kind.PAGE, sku, title=title, description=description)

    # -- what is known -------------------------------------------------------------------------------------------------

    def shop_links(self) -> Sequence[ShopLink]:
        """Give the shops that have merged."""
        merges = (served.merge for served in self._roster.shops.values())
        return [ShopLink(merge.shop, merge.seller, merge.front) for merge in merges if merge is not None]

    def product_links(self) -> Sequence[ProductLink]:
        """Give the products that are known on both platforms; a variant is no product of its own."""
        products = self._goods.products.values()
        return [ProductLink(one.product_id, one.tts_product_id) for one in products if one.tts_product_id and one.parent_id is None]

    def notices(self) -> Sequence[Notice]:
        """Give all that the seller was told."""
        return [Notice(told.about, _in_our_words(told.text)) for told in self._notices.told]

    async def fields(self, about: str) -> Mapping[str, str]:
        """Give what is known of a SKU, an order, a shop or a warehouse."""
        changes = (intent for intent in self._store.intents() if isinstance(intent, Change) and intent.sku == about)
        fields = {f"{change.kind} to be changed": change.wish for change in changes} | await self._order_page(about)
        if status := self._roster.mirrored.get(about):
            fields["Mirrored on Tokopedia"] = status
        if (served := self._roster.shops.get(about)) is not None:
            merge = served.merge
            fields["Merged"] = f"{merge.merged_at:%Y-%m-%d %H:%M} UTC into shop {merge.front}" if merge else "not yet"
        # Most SKUs have letters; of what has digits alone it is asked only where nothing else bears them.
        if not fields or not about.isdecimal():
            async with self._one_at_a_time:
                fields |= await self._pages.open(about)
        return {name: _in_our_words(text) for name, text in fields.items() if text}

    async def _order_page(self, order_id: str) -> dict[str, str]:
        for row in self._orders.rows():
            if row.order_id == order_id:
                front = self._roster.fronts.get(row.place.shop)
                async with self._one_at_a_time:
                    goes_to = await self._pages.address(front, order_id) if front else ""
                return {
                    "Platform": row.place.platform.label,
                    "Bought in the app of": (TOKOPEDIA if row.in_tokopedia else SHOP).label,
                    "State": self._orders.state(row).value,
                    "Held because": self._orders.why_held(row),
                    "Goes to": goes_to,
                    "Tracking number": next((view.tracking for view in self._orders.both(row) if view.tracking), ""),
                } | {name: f"Rp{fee}" for name, fee in row.fees if fee}
        return {}


def _in_our_words(text: str) -> str:
    """Give a text of the platform under the brand that it has in Indonesia; the name of its API is left alone."""
    return _OLDER_BRAND.sub(SHOP.label, text)
