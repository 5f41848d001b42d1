"""The people of a rehearsal: the seller, the buyer and the clerk. What they do is awaited, because on a live platform it takes an hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gladi.play.system import (
    EditsProducts,
    LinksProducts,
    LinksShops,
    Notice,
    OrderState,
    ProductLink,
    SeenOrder,
    SeesOrders,
    SetsPrices,
    SetsStock,
    ShipsOrders,
    ShopLink,
    TellsSeller,
)
from gladi.record.clock import moment
from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from gladi.play.backstage import Backstage
    from gladi.sandbox.world.records import Order

__all__ = ["Buyer", "Clerk", "PlacedOrder", "Seller", "SentParcel"]


@dataclass(frozen=True, slots=True)
class SentParcel:
    """A parcel that left for an order: which platform was asked, and when."""

    name: str
    platform: Platform
    left_at: datetime


class PlacedOrder:
    """An order that a buyer placed, as the world knows it: its name, its ids and the parcels that left for it."""

    def __init__(self, backstage: Backstage, name: str) -> None:
        """Point at the order `name` of the world."""
        self._backstage = backstage
        self.name = name

    @property
    def _order(self) -> Order:
        return self._backstage.sandbox.world.orders[self.name]

    @property
    def parcels(self) -> list[SentParcel]:
        """The parcels that left for it, in order of time."""
        return [
            SentParcel(one.key, one.platform, moment(one.left_at))
            for one in self._backstage.sandbox.world.parcels.values()
            if one.order == self.name
        ]

    @property
    def lives_on(self) -> list[Platform]:
        """The platforms that hold the order now."""
        return [platform for platform in Platform if self._order.on(platform) is not None]

    def id_on(self, platform: Platform) -> str | None:
        """Give the order's id on a platform, or None where that platform does not hold it."""
        view = self._order.on(platform)
        return view.id if view else None

    def __repr__(self) -> str:
        return f"<order {self.name}>"


class _Person:
    who = ""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        self._backstage.sandbox.journal.deed(self.who, did, **about)


class Seller(_Person):
    """The seller: he owns the shops, decides about the merge, and tells the system what he wants sold."""

    who = "the seller"

    async def links_the_shops(self, *, shop: str | None = None) -> None:
        """Link his Tokopedia shop and his shop on Tokopedia & Shop; the integration begins and cannot be undone.

        Raises:
            RehearsalError: the shops are merging or have merged.
        """
        key = self._backstage.shop_named(shop)
        self._did("linked the shops", shop=key)
        await self._backstage.in_the_world(lambda world: world.link(key))

    async def confirms_the_product_merge(self, *, shop: str | None = None) -> None:
        """Confirm the product merge in Seller Center; no signal announces it to the system.

        Raises:
            RehearsalError: the shops have not merged, or it was confirmed before.
        """
        key = self._backstage.shop_named(shop)
        self._did("confirmed the product merge", shop=key)
        await self._backstage.in_the_world(lambda world: world.confirm(key))

    async def sets_the_price(self, sku: str, *, to: int) -> None:
        """Change the price (whole rupiah) of a seller SKU in the system; needs *sets prices*."""
        self._backstage.must(SetsPrices)
        self._did(f"set the price of {sku} to Rp{to:,}".replace(",", "."), sku=sku)
        await self._backstage.asks(lambda system: system.set_price(sku, to))

    async def sets_the_stock(self, sku: str, *, to: int) -> None:
        """Change the stock (units) of a seller SKU in the system; needs *sets stock*."""
        self._backstage.must(SetsStock)
        self._did(f"set the stock of {sku} to {to}", sku=sku)
        await self._backstage.asks(lambda system: system.set_stock(sku, to))

    async def edits(self, sku: str, *, title: str | None = None, description: str | None = None) -> None:
        """Change what the product of a seller SKU says, in the system; needs *edits products*."""
        self._backstage.must(EditsProducts)
        what = " and ".join(word for word, value in (("title", title), ("description", description)) if value is not None)
        self._did(f"changed the {what} of {sku}", sku=sku)
        await self._backstage.asks(lambda system: system.edit_product(sku, title=title, description=description))

    async def reads_the_notices(self) -> Sequence[Notice]:
        """Read what the system told him so far; empty where it does not declare *tells the seller*."""
        if not self._backstage.can(TellsSeller):
            return ()
        return await self._backstage.shows("notices", Notice)

    async def sees_the_shop_links(self) -> Sequence[ShopLink]:
        """Look at the shops that the system takes for one; needs *links shops*."""
        self._backstage.must(LinksShops)
        return await self._backstage.shows("shop_links", ShopLink)

    async def sees_the_product_links(self) -> Sequence[ProductLink]:
        """Look at the products that the system takes for one; needs *links products*."""
        self._backstage.must(LinksProducts)
        return await self._backstage.shows("product_links", ProductLink)


class Buyer(_Person):
    """A buyer: he buys in one of the two apps and pays at once."""

    who = "the buyer"

    async def orders(self, *, on: Platform = TOKOPEDIA, sku: str | None = None, quantity: int = 1, shop: str | None = None) -> PlacedOrder:
        """Buy in the app of `on`; which platform then holds the order depends on the stage of the merge.

        Raises:
            RehearsalError: that SKU is not on sale there, or too few units are left.
        """
        key = self._backstage.shop_named(shop)
        app = {TOKOPEDIA: "Tokopedia", SHOP: "Tokopedia & Shop"}[on]
        order = await self._backstage.in_the_world(lambda world: world.place_order(key, on=on, sku=sku, quantity=quantity))
        self._did(f"placed order {order.key} in the app of {app}", shop=key, order=order.key)
        return PlacedOrder(self._backstage, order.key)


class Clerk(_Person):
    """The warehouse clerk: he ships what the system shows him, and nothing else."""

    who = "the clerk"

    async def sees(self) -> Sequence[SeenOrder]:
        """Look at the system's list of orders; needs *sees orders*."""
        self._backstage.must(SeesOrders)
        return await self._backstage.looks_at_orders()

    async def ships(self, order: PlacedOrder) -> None:
        """Press *ship* once on every row that the system shows for this order and offers for shipment.

        A system that shows one order twice gets it shipped twice: that is what would happen. Without *sees orders* the
        clerk presses it for the id that the order bears where it was bought.
        """
        self._backstage.must(ShipsOrders)
        rows = await self._rows(order)
        if not rows:
            self._did(f"found nothing to ship for order {order.name}", order=order.name)
            return
        self._did(f"shipped order {order.name}{f' from {len(rows)} rows of the list' if len(rows) > 1 else ''}", order=order.name)
        for row in rows:
            await self._ship(row)

    async def _ship(self, row: SeenOrder) -> None:
        await self._backstage.asks(lambda system: system.ship(row))

    async def _rows(self, order: PlacedOrder) -> list[SeenOrder]:
        ids = {(platform, id_) for platform in Platform if (id_ := order.id_on(platform)) is not None}
        if self._backstage.can(SeesOrders):
            shown = await self.sees()
            return [row for row in shown if (row.platform, row.order_id) in ids and row.state is OrderState.TO_SHIP]
        platform, id_ = max(ids)
        return [SeenOrder(platform, id_)]
