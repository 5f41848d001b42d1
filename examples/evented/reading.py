"""How orders and products become known: their lists are read when a webhook says that they are worth it, and slowly if none does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.evented import events
from examples.evented.client import NO_CONSENT
from examples.evented.desk import Desk
from examples.evented.facts import Front, Standing, View
from examples.evented.faults import Refused

if TYPE_CHECKING:
    from examples.evented.roster import Served

__all__ = ["ReadingDesk"]

_TEN_MINUTES, _HOUR, _DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
_AT_FIRST = timedelta(days=7)
_PAYMENT_TAKES = timedelta(days=1)
"""Tokopedia lists an order once it is paid, under the time at which it was placed: yesterday is read again."""
_LATE_ARRIVALS = timedelta(hours=50)
"""After a merge orders may be out of sight for 48 hours."""
_SIX_HOURS = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class ReadingDesk(Desk):
    """Reads what both platforms list, and looks single orders up."""

    _looked_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    """When each view was last shown. It is no event that an order is as it was."""

    def handles(self, event: events.Event) -> None:
        """Bring forward what an event makes worth reading."""
        match event:
            case events.NewsHeard(front=front) if front in self.roster.fronts:
                self.store.asks_now(f"orders of front {front}")
            case events.FrontOpened(front=front):
                self.store.asks_now(f"orders of front {front.id}")
            case events.MergeConfirmed(shop=shop, front=front):
                for what in (f"orders of {shop}", f"products of {shop}", f"orders of front {front}"):
                    self.store.asks_now(what)
            case _:
                pass

    async def works(self) -> None:
        """Read what is due."""
        for served in list(self.roster.shops.values()):
            if not self._is_over(served):
                every = _HOUR if served.merge else _TEN_MINUTES
                await self.asks(f"orders of {served.shop}", partial(self._reads_tokopedia, served), every=every)
            if not self._is_whole(served):
                await self.asks(
                    f"products of {served.shop}", partial(self.lists_products, served.shop), every=_HOUR if served.merge else _DAY
                )
        for view in self.orders.to_look_up():
            wait = _SIX_HOURS if view.standing is Standing.SHIPPED else _HOUR
            if self.store.now() >= self._looked_at.get(view.key, self.store.now() - wait) + wait:
                await self.asks(f"order {view.key}", partial(self.looks_up, view), every=None)
        for front in list(self.roster.fronts.values()):
            await self.asks(f"orders of front {front.id}", partial(self._reads_front, front), every=_TEN_MINUTES)
        await self._names_products()

    def shows(self, view: View) -> View:
        """Take what a platform shows of an order."""
        self._looked_at[view.key] = self.store.now()
        if self.orders.views.get(view.key) != view:
            self.store.records(events.OrderSeen(view=view))
        return view

    # -- lists ---------------------------------------------------------------------------------------------------------

    def _is_over(self, served: Served) -> bool:
        """New orders are not looked for on Tokopedia once a shop has merged; those from before are, until all have come into sight."""
        return served.merge is not None and served.swept and self.store.now() > served.merge.merged_at + _LATE_ARRIVALS

    async def _reads_tokopedia(self, served: Served) -> None:
        cursor, now = f"orders of {served.shop}", self.store.now()
        until = served.merge.merged_at + timedelta(seconds=1) if served.merge else now
        read = self.store.cursors.get(cursor)
        since = min(read, until) - _PAYMENT_TAKES if read else now - _AT_FIRST
        async for views, end in self.tokopedia.orders(served.shop, since, until):
            with self.store.at_once():
                for view in views:
                    self.shows(view)
                self.store.cursors.put(cursor, end)
        if served.merge and not served.swept:
            self.store.records(events.ShopSwept(shop=served.shop))

    async def _reads_front(self, front: Front) -> None:
        cursor, now = f"orders of front {front.id}", self.store.now()
        read = self.store.cursors.get(cursor)
        try:
            views = await self.shop.orders(front, read - _HOUR if read else now - _AT_FIRST, now)
        except Refused as no:
            if no.code == NO_CONSENT:
                self.store.asks_now(f"fronts of grant {front.grant}")
            raise
        with self.store.at_once():
            for view in views:
                self.shows(view)
            self.store.cursors.put(cursor, now)

    async def lists_products(self, shop: str) -> None:
        """Read the products of a Tokopedia shop, where alone it is said what they are on Tokopedia & Shop."""
        products = await self.tokopedia.products(shop)
        with self.store.at_once():
            for product in products:
                known = self.goods.products.get(product.product_id)
                if known == product:
                    continue
                self.store.records(events.ProductSeen(product=product))
                if product.tts_product_id and product.parent_id is None and not (known and known.tts_product_id):
                    about, became = product.sku or product.product_id, product.tts_product_id
                    self.store.tells(about, f"Product {product.product_id} of Tokopedia is now product {became} of Tokopedia & Shop.")
            has_come_over = any(one.tts_product_id for one in self.goods.of(shop))
            for one in self.goods.of(shop) if has_come_over else ():
                if one.suspended and one.tts_product_id is None and one.parent_id is None:
                    text = f"Product {one.product_id} is suspended on Tokopedia, so it was not copied to Tokopedia & Shop."
                    self.store.tells(one.sku or one.product_id, text)

    def _is_whole(self, served: Served) -> bool:
        """Tell whether every product of a merged shop has its new id, or will never have one."""
        products = self.goods.of(served.shop)
        return served.merge is not None and bool(products) and all(one.tts_product_id or one.suspended for one in products)

    # -- one by one ----------------------------------------------------------------------------------------------------

    async def looks_up(self, view: View) -> None:
        """Ask the platform that showed an order how it stands; what became of it is in the list of orders afterwards."""
        if not view.is_on_shop:
            standing = await self.tokopedia.standing(view.order_id)
            self.shows(replace(view, standing=standing))
        elif (front := self.roster.fronts.get(view.place.shop)) is not None:
            self.shows(await self.shop.order(front, view.order_id) or replace(view, standing=Standing.GONE))

    async def _names_products(self) -> None:
        """Ask for each product of which nobody can say what it is, while an order for it waits."""
        for row in self.orders.rows():
            front = self.roster.fronts.get(row.place.shop)
            for line in row.lines:
                if front is not None and not self.orders.is_named(line) and not self.orders.is_settled(row):
                    await self.asks(f"product {line.product_id}", partial(self._names, front, line.product_id), every=_TEN_MINUTES)

    async def _names(self, front: Front, product_id: str) -> None:
        if await self.shop.knows(front, product_id):
            self.store.records(events.ProductNamed(product_id=product_id))
