"""The people of a rehearsal: the seller, the buyer and the clerk. What they do is awaited, because on a live platform it takes an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gladi.play.conversations import AnswersBuyers, BegunConversation, WritesToShops
from gladi.play.faults import RehearsalError, SoldOutError, SystemFault
from gladi.play.placed_order import PlacedOrder, SentParcel
from gladi.play.system import (
    Document,
    DocumentKind,
    EditsProducts,
    LinksProducts,
    LinksShops,
    ListsProducts,
    NewProduct,
    Notice,
    OrderState,
    PrintsDocuments,
    ProductLink,
    SeenOrder,
    SeesOrders,
    SetsPrices,
    SetsStock,
    ShipsOrders,
    ShopLink,
    TellsSeller,
)
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.console import accept_by_hand, place_without_sku, ship_by_hand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.backstage import Backstage

__all__ = ["BegunConversation", "Buyer", "Clerk", "PlacedOrder", "Seller", "SentParcel"]


class _Person:
    who = ""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        self._backstage.sandbox.journal.deed(self.who, did, **about)


class Seller(_Person, AnswersBuyers):
    """The seller: he owns the shops, decides about the merge, and tells the system what he wants sold."""

    who = "the seller"

    async def links_the_shops(self, *, shop: str | None = None, takes: float | None = None) -> None:
        """Link his Tokopedia shop and his shop on Tokopedia & Shop; the integration begins and cannot be undone.

        `takes` says how many hours it will take; the seed draws them otherwise.

        Raises:
            RehearsalError: the shops are merging or have merged, or no merge takes that long.
        """
        key = self._backstage.shop_named(shop)
        hours = None if takes is None else timedelta(hours=takes)
        self._did("linked the shops", shop=key)
        await self._backstage.in_the_world(lambda world: world.link(key, takes=hours))

    async def links_every_shop(self, *, but: str | Sequence[str] = (), takes: float | None = None) -> None:
        """Link every shop that is not linked yet, save those named in `but`; several sellers do so at the same instant.

        `takes` is how many hours each integration lasts, as for `links_the_shops`.

        Raises:
            RehearsalError: `but` names a shop that does not exist, no shop is left to be linked, or no merge takes that long.
        """
        left_out = {self._backstage.shop_named(one) for one in ((but,) if isinstance(but, str) else but)}
        shops = [shop.key for shop in self._backstage.sandbox.world.all_shops() if shop.stage is Stage.PENDING and shop.key not in left_out]
        if not shops:
            raise RehearsalError("no shop is left to be linked: each is merging, has merged, or is named in but=")
        for key in shops:
            self._did("linked the shops", shop=key)
        lasts = None if takes is None else timedelta(hours=takes)
        await self._backstage.in_the_world(lambda world: [world.link(key, takes=lasts) for key in shops])

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
        # What another warehouse holds is not the system's to set, so of such a SKU nobody can say how many units there are.
        self._backstage.owns(sku, to)
        await self._backstage.asks(lambda system: system.set_stock(sku, to))

    async def changes_stock_by_hand(self, sku: str, *, to: int, on: Platform) -> None:
        """Change the stock (units, in the default warehouse) of a seller SKU in the platform's own console, past the system.

        Raises:
            RehearsalError: that platform sells no such SKU.
        """
        self._did(f"set the stock of {sku} to {to} by hand, in the console of {on.label}", sku=sku)
        self._backstage.owns(sku, None)
        await self._backstage.in_the_world(lambda world: world.set_stock_by_hand(self._backstage.shop_named(None), on, sku, to))

    async def edits(self, sku: str, *, title: str | None = None, description: str | None = None) -> None:
        """Change what the product of a seller SKU says, in the system; needs *edits products*."""
        self._backstage.must(EditsProducts)
        what = " and ".join(word for word, value in (("title", title), ("description", description)) if value is not None)
        self._did(f"changed the {what} of {sku}", sku=sku)
        await self._backstage.asks(lambda system: system.edit_product(sku, title=title, description=description))

    async def launches(  # noqa: PLR0913 - a product is all of this
        self,
        sku: str,
        *,
        on: Platform | Sequence[Platform] = (TOKOPEDIA, SHOP),
        title: str = "Batik Scarf Mega Mendung, dyed by hand",
        description: str = "Dyed by hand in Cirebon, soft from the first day.",
        price: int = 149_000,
        stock: int = 12,
    ) -> None:
        """Launch a new product in the system, for the buyers of these apps; needs *lists products*.

        `price` in whole rupiah, `stock` in units of the default warehouse; a title has 25 to 70 characters, which both platforms take.
        """
        self._backstage.must(ListsProducts)
        platforms = _several(on)
        self._did(f"launched {sku} on {_named(platforms)}", sku=sku)
        product = NewProduct(sku, title, description, price, stock, platforms)
        await self._backstage.asks(lambda system: system.launch(product))

    async def shows(self, sku: str, *, on: Platform | Sequence[Platform] = (TOKOPEDIA, SHOP)) -> None:
        """Put the product of a seller SKU on the shelves of these apps, in the system; needs *lists products*."""
        self._backstage.must(ListsProducts)
        platforms = _several(on)
        self._did(f"put {sku} on the shelves of {_named(platforms)}", sku=sku)
        await self._backstage.asks(lambda system: system.show(sku, on=platforms))

    async def hides(self, sku: str, *, on: Platform | Sequence[Platform] = (TOKOPEDIA, SHOP)) -> None:
        """Take the product of a seller SKU off the shelves of these apps, in the system; needs *lists products*."""
        self._backstage.must(ListsProducts)
        platforms = _several(on)
        self._did(f"took {sku} off the shelves of {_named(platforms)}", sku=sku)
        await self._backstage.asks(lambda system: system.hide(sku, on=platforms))

    async def ships_by_hand(self, order: PlacedOrder, *, on: Platform) -> None:
        """Have an order shipped in the platform's own console, past the system.

        Raises:
            RehearsalError: that platform does not hold it, does not have it shipped there, or has had it shipped.
        """
        self._did(f"shipped order {order.name} by hand, in the console of {on.label}", order=order.name)
        await self._backstage.in_the_world(lambda world: ship_by_hand(world, order.name, on))

    async def accepts_by_hand(self, order: PlacedOrder) -> None:
        """Accept an order in the console of Tokopedia, past the system, and leave it unshipped.

        Raises:
            RehearsalError: Tokopedia does not hold it, or it was accepted before.
        """
        self._did(f"accepted order {order.name} by hand, in the console of {TOKOPEDIA.label}", order=order.name)
        await self._backstage.in_the_world(lambda world: accept_by_hand(world, order.name))

    async def reads_the_notices(self) -> Sequence[Notice]:
        """Read what the system told him so far; empty where it does not declare *tells the seller*."""
        if not self._backstage.can(TellsSeller):
            return ()
        return await self._backstage.shows("notices", Notice)

    async def sees_the_shop_links(self) -> Sequence[ShopLink]:
        """Look at the shops that the system takes for one; needs *links shops*."""
        self._backstage.must(LinksShops)
        return await self._backstage.looks_at_links()

    async def sees_the_product_links(self) -> Sequence[ProductLink]:
        """Look at the products that the system takes for one; needs *links products*."""
        self._backstage.must(LinksProducts)
        return await self._backstage.shows("product_links", ProductLink)


class Buyer(_Person, WritesToShops):
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

    async def orders_without_sku(self, sku: str, *, on: Platform = TOKOPEDIA, shop: str | None = None) -> PlacedOrder:
        """Buy as `orders` does, where the seller never gave the product a SKU of his own: the order names it by the platform's ids alone.

        Raises:
            RehearsalError: what this rehearsal calls `sku` is not on sale there.
        """
        key = self._backstage.shop_named(shop)
        order = await self._backstage.in_the_world(lambda world: place_without_sku(world, key, on=on, sku=sku))
        self._did(f"placed order {order.key} in the app of {on.label}, for a product without a seller SKU", shop=key, order=order.key)
        return PlacedOrder(self._backstage, order.key)

    async def tries_to_order(self, *, on: Platform, sku: str, quantity: int = 1) -> PlacedOrder | None:
        """Buy as `orders` does, if there are units left in the app of `on`; None when there are not."""
        try:
            return await self.orders(on=on, sku=sku, quantity=quantity)
        except SoldOutError:
            self._did(f"found {sku} sold out in the app of {on.label}", sku=sku)
            return None


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

    async def finds(self, order: PlacedOrder) -> list[OrderState]:
        """Look an order up in the system's list: the state of every row that bears one of its ids; needs *sees orders*."""
        self._backstage.must(SeesOrders)
        return [row.state for row in await self._shown(order)]

    async def prints(self, order: PlacedOrder, kind: DocumentKind = DocumentKind.SHIPPING_LABEL) -> Document | None:
        """Print a document for an order, as the system's list shows it; needs *prints documents*.

        Gives None, as nothing can be printed, where the list does not show the order.

        Raises:
            SystemFault: the system answers with something else than a document.
        """
        self._backstage.must(PrintsDocuments)
        rows = await self._shown(order) if self._backstage.can(SeesOrders) else [self._as_bought(order)]
        if not rows:
            self._did(f"found nothing to print for order {order.name}", order=order.name)
            return None
        self._did(f"printed the {kind} of order {order.name}", order=order.name)
        document = await self._backstage.asks(lambda system: system.print_document(rows[0], kind))
        if not isinstance(document, Document):
            raise SystemFault(f"print_document answered {document!r}; return a gladi.Document")
        return document

    async def _ship(self, row: SeenOrder) -> None:
        await self._backstage.asks(lambda system: system.ship(row))

    async def _rows(self, order: PlacedOrder) -> list[SeenOrder]:
        if self._backstage.can(SeesOrders):
            return [row for row in await self._shown(order) if row.state is OrderState.TO_SHIP]
        return [self._as_bought(order)]

    async def _shown(self, order: PlacedOrder) -> list[SeenOrder]:
        ids = _ids(order)
        return [row for row in await self.sees() if (row.platform, row.order_id) in ids]

    @staticmethod
    def _as_bought(order: PlacedOrder) -> SeenOrder:
        platform, id_ = max(_ids(order))
        return SeenOrder(platform, id_)


def _ids(order: PlacedOrder) -> set[tuple[Platform, str]]:
    return {(platform, id_) for platform in Platform if (id_ := order.id_on(platform)) is not None}


def _several(on: Platform | Sequence[Platform]) -> tuple[Platform, ...]:
    return (on,) if isinstance(on, Platform) else tuple(on)


def _named(platforms: tuple[Platform, ...]) -> str:
    return " and ".join(one.label for one in platforms)
