"""The seller: he owns the shops, decides about the merge, and tells the system what he wants sold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gladi.play.addresses import LooksAtAddresses
from gladi.play.cancelling import AnswersRequests
from gladi.play.categories import ChoosesACategory
from gladi.play.conversations import AnswersBuyers
from gladi.play.faults import RehearsalError
from gladi.play.granting import GrantsAccess
from gladi.play.offering import OffersToBuyers
from gladi.play.people.person import Person
from gladi.play.records import LooksAtRecords
from gladi.play.returns import TakesGoodsBack
from gladi.play.searching import SearchesProducts
from gladi.play.sharing import SharesProducts
from gladi.play.sight import app_named, says
from gladi.play.system import (
    EditsProducts,
    LinksProducts,
    LinksShops,
    ListsProducts,
    NewProduct,
    Notice,
    ProductLink,
    SetsMinimumOrders,
    SetsPrices,
    SetsStock,
    ShopLink,
    TellsSeller,
)
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.console import accept_by_hand, ship_by_hand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from gladi.play.placed_order import PlacedOrder
    from gladi.play.sight import Sight, Words

__all__ = ["Seller"]


class Seller(
    Person,
    AnswersBuyers,
    AnswersRequests,
    OffersToBuyers,
    ChoosesACategory,
    SharesProducts,
    GrantsAccess,
    SearchesProducts,
    LooksAtAddresses,
    LooksAtRecords,
    TakesGoodsBack,
):
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

    async def links_every_shop(self, *, but: str | Sequence[str] = (), takes: float | tuple[float, float] | None = None) -> None:
        """Link every shop that is not linked yet, save those named in `but`; several sellers do so at the same instant.

        `takes` is how many hours each integration lasts, as for `links_the_shops`; of two numbers of hours, from the first to below the
        second, as the seed draws it for each.

        Raises:
            RehearsalError: `but` names a shop that does not exist, no shop is left to be linked, or no merge takes that long.
        """
        left_out = {self._backstage.shop_named(one) for one in ((but,) if isinstance(but, str) else but)}
        stores = self._backstage.sandbox.world.tokopedia_shops()
        shops = [shop.key for shop in stores if shop.stage is Stage.PENDING and shop.key not in left_out]
        if not shops:
            raise RehearsalError("no shop is left to be linked: each is merging, has merged, or is named in but=")
        for key in shops:
            self._did("linked the shops", shop=key)
        await self._backstage.in_the_world(lambda world: [world.link(key, takes=_lasting(takes, world.random)) for key in shops])

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
        await self._wants(lambda system: system.set_price(sku, to))

    async def sets_the_stock(self, sku: str, *, to: int) -> None:
        """Change the stock (units) of a seller SKU in the system; needs *sets stock*."""
        self._backstage.must(SetsStock)
        self._did(f"set the stock of {sku} to {to}", sku=sku)
        # What another warehouse holds is not the system's to set, so of such a SKU nobody can say how many units there are.
        self._backstage.owns(sku, to)
        await self._wants(lambda system: system.set_stock(sku, to))

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
        await self._wants(lambda system: system.edit_product(sku, title=title, description=description))

    async def sets_the_minimum_order(self, sku: str, *, to: int) -> None:
        """Sell the product of a seller SKU from so many units on, in the system; needs *sets minimum orders*."""
        self._backstage.must(SetsMinimumOrders)
        self._did(f"set the minimum order of {sku} to {to}", sku=sku)
        await self._wants(lambda system: system.set_minimum_order(sku, to))

    async def launches(  # noqa: PLR0913 - a product is all of this
        self,
        sku: str,
        *,
        on: Platform | Sequence[Platform] = (TOKOPEDIA, SHOP),
        title: str = "Batik Scarf Mega Mendung, dyed by hand",
        description: str = "Dyed by hand in Cirebon, soft from the first day.",
        price: int = 149_000,
        stock: int = 12,
        pre_sale_days: int | None = None,
        insurance_required: bool = False,
        pre_owned: bool = False,
        minimum_order: int = 1,
    ) -> None:
        """Launch a new product in the system, for the buyers of these apps; needs *lists products*.

        `price` in whole rupiah, `stock` in units of the default warehouse; a title has 25 to 70 characters, which both platforms take.
        The rest is as in `NewProduct`, and only Tokopedia & Shop knows it.
        """
        self._backstage.must(ListsProducts)
        platforms = _several(on)
        self._did(f"launched {sku} on {_named(platforms)}", sku=sku)
        product = NewProduct(
            sku,
            title,
            description,
            price,
            stock,
            platforms,
            pre_sale_days=pre_sale_days,
            insurance_required=insurance_required,
            pre_owned=pre_owned,
            minimum_order=minimum_order,
        )
        await self._wants(lambda system: system.launch(product))

    async def shows(self, sku: str, *, on: Platform | Sequence[Platform] = (TOKOPEDIA, SHOP)) -> None:
        """Put the product of a seller SKU on the shelves of these apps, in the system; needs *lists products*."""
        self._backstage.must(ListsProducts)
        platforms = _several(on)
        self._did(f"put {sku} on the shelves of {_named(platforms)}", sku=sku)
        await self._wants(lambda system: system.show(sku, on=platforms))

    async def hides(self, sku: str, *, on: Platform | Sequence[Platform] = (TOKOPEDIA, SHOP)) -> None:
        """Take the product of a seller SKU off the shelves of these apps, in the system; needs *lists products*."""
        self._backstage.must(ListsProducts)
        platforms = _several(on)
        self._did(f"took {sku} off the shelves of {_named(platforms)}", sku=sku)
        await self._wants(lambda system: system.hide(sku, on=platforms))

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

    async def was_told(self, about: str | None, *words: Words, after: Sequence[Notice] = ()) -> bool:
        """Tell whether the system told him, of an id or a SKU, something that says all these words, whatever their case.

        Words are found as in a `Sight`, a number as a whole. `after` is what he had read before: only what came after that counts.
        """
        return any(says(text, *words) for text in await self._told_of(about, after))

    async def was_told_where(self, about: str | None, *words: Words) -> set[Platform]:
        """Give the apps of which the system told him, of an id or a SKU, something that says all these words.

        A notice that names both apps is taken for one about Tokopedia's, so that it does not do for a refusal in the other app alone.
        """
        return {app for text in await self._told_of(about) if says(text, *words) and (app := app_named(text)) is not None}

    async def sees(self, about: str | None) -> Sight:
        """Look at a SKU, an order (by its platform's id), a shop, or a warehouse (by its name on Tokopedia & Shop) in the system.

        It needs *tells the seller*.

        Raises:
            RehearsalError: there is nothing to look at, as an order has no id on a platform that does not hold it.
        """
        self._backstage.must(TellsSeller)
        if about is None:
            raise RehearsalError(
                "there is nothing to look at; name a SKU, a warehouse, a shop's id or an order's id on a platform that holds it"
            )
        return await self._backstage.looks_at_fields(about)

    async def sees_the_shop_links(self) -> Sequence[ShopLink]:
        """Look at the shops that the system takes for one; needs *links shops*."""
        self._backstage.must(LinksShops)
        return await self._backstage.looks_at_links()

    async def sees_the_product_links(self) -> Sequence[ProductLink]:
        """Look at the products that the system takes for one; needs *links products*."""
        self._backstage.must(LinksProducts)
        return await self._backstage.shows("product_links", ProductLink)

    async def _told_of(self, about: str | None, after: Sequence[Notice] = ()) -> list[str]:
        return [one.text for one in (await self.reads_the_notices())[len(after) :] if one.about == about]

    async def _wants(self, ask: Callable[[Any], Any]) -> None:
        """Have the system change something; what it told him before is looked at first, so that it is no word about this change."""
        if self._backstage.can(TellsSeller):
            await self._backstage.looks_at_notices()
        await self._backstage.asks(ask)


def _lasting(takes: float | tuple[float, float] | None, chance: Random) -> timedelta | None:
    """Give a duration in hours, drawn to the minute where two are given; None where the world is to draw it."""
    if isinstance(takes, tuple):
        least, most = (round(hours * 60) for hours in takes)
        return timedelta(minutes=chance.randrange(least, most))
    return None if takes is None else timedelta(hours=takes)


def _several(on: Platform | Sequence[Platform]) -> tuple[Platform, ...]:
    return (on,) if isinstance(on, Platform) else tuple(on)


def _named(platforms: tuple[Platform, ...]) -> str:
    return " and ".join(one.label for one in platforms)
