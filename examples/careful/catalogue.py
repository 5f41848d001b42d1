"""The catalogue: what the seller wants of prices, stock, pages and shelves, until every shop that it concerns has it.

1. A change is written down before it is sent, and struck out place by place as each takes it.
2. The latest wish wins: a newer one takes the older one's place, so an old value can never come after a new one.
3. A shop that says it is locked is asked again once an hour, with the change that waits longest, and with no other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.assortment import Assortment
from examples.careful.book import Book, Change, Kind, Place, Product, Storefront
from examples.careful.pages import RefusedInPart
from examples.careful.product_list import ProductList
from examples.careful.shop import LOCKED
from examples.careful.trouble import NotSold, Patience, Refused
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.shop import Offer, ShopClient
    from examples.careful.tokopedia import TokopediaClient

__all__ = ["Catalogue"]

_EVERY_HOUR = timedelta(hours=1)
_OUR_FAULT = "PRD_DLV_"


class Locked(Refused):
    """The shop is being merged, or its products are: it takes no such change now."""


class Missing(Refused):
    """The product was sold on Tokopedia and does not stand on Tokopedia & Shop yet."""


class Catalogue(ProductList):
    """Keeps prices, stock, pages and shelves as the seller wants them, and knows which products are one."""

    assortment: type[Assortment] = Assortment

    def __init__(self, book: Book, tokopedia: TokopediaClient, shop: ShopClient, patience: Patience) -> None:
        """Keep the wishes in `book`."""
        super().__init__(book, tokopedia, patience)
        self._shop = shop
        self._assortment = self.assortment(tokopedia, shop)

    async def work(self, now: datetime) -> None:
        """Read the product lists that are due, and send what waits."""
        for shop in self._book.shops:
            await self._reads_products(shop, now)
        for change in self._book.changes:
            await self._sends(change, now)

    async def wants(self, change: Change, now: datetime) -> None:
        """Take a wish of the seller."""
        older = self._book.changes.get(change.key)
        if older is not None:
            change = _joined(older, change)
        # Struck out and put again, so that it stands behind whatever was wanted before it.
        self._book.changes.drop(change.key)
        await self._sends(self._book.changes.put(change.key, replace(change, wanted_at=now, places=tuple(self._places(change)))), now)

    def waiting(self, sku: str) -> Iterator[Change]:
        """Give what is still to be changed for a SKU."""
        return (change for change in self._book.changes if change.sku == sku)

    # -- where a change goes -------------------------------------------------------------------------------------------

    def _places(self, change: Change) -> Iterator[Place]:
        apps = {*change.shown, *change.hidden} or {TOKOPEDIA, SHOP}
        for shop in self._book.shops:
            # What is meant for a merged shop that has not granted us access is kept until it does.
            if self._book.place_after_merge(shop) is None and TOKOPEDIA in apps:
                yield Place(platform=TOKOPEDIA, shop=shop.toko_shop_id)
        for front in self._book.storefronts:
            if SHOP in apps or self._has_merged(front):
                yield Place(platform=SHOP, shop=front.id)

    def _has_merged(self, front: Storefront) -> bool:
        shop = self._book.shop_behind(Place(platform=SHOP, shop=front.id))
        return shop is not None and shop.merged_at is not None

    def _rerouted(self, change: Change) -> Change:
        """Send to Tokopedia & Shop what was meant for a shop on Tokopedia that has merged meanwhile."""
        places: dict[Place, None] = {}
        for place in change.places:
            shop = self._book.shop_behind(place)
            places[(shop and self._book.place_after_merge(shop)) or place] = None
        return self._book.changes.put(change.key, replace(change, places=tuple(places)))

    # -- sending -------------------------------------------------------------------------------------------------------

    async def _sends(self, change: Change, now: datetime) -> None:
        change = self._rerouted(change)
        for place in change.places:
            change = await self._tries(change, place, now)
        if change.places:
            return
        self._book.changes.drop(change.key)
        if not change.sold:
            self._book.tell(change.sku, f"The {change.kind} of {change.sku} was not changed: no shop sells it.")
        elif change.held:
            self._book.tell(change.sku, f"The {change.kind} of {change.sku} that was held is now in force.")

    async def _tries(self, change: Change, place: Place, now: datetime) -> Change:
        """Send a change to one place; give the change as it stands afterwards."""
        lock, missing = _lock(change.kind, place), f"{change.key} at {place}"
        if not (self._book.is_due(lock, now) and self._book.is_due(missing, now)) or self._stands_behind_another(change, place):
            return self._holds(change)
        with self._patience.spared(missing):
            try:
                await self._writes(change, place)
            except NotSold:
                change = self._strikes_out(change, place)
            except Missing:
                self._book.rests(missing, until=now + _EVERY_HOUR)
                change = self._holds(change)
            except Locked:
                # The hour runs from the answer, which may have come late.
                until = self._patience.now() + _EVERY_HOUR
                self._book.rests(lock, until=until)
                # A shop that refuses even a price surely refuses a product page.
                self._book.rests(_lock(Kind.EDIT, place), until=until)
                change = self._holds(change)
            except RefusedInPart as no:
                self._tells_of_apps(change, place, no)
                change = self._strikes_out(replace(change, sold=True), place)
            except Refused as no:
                self._book.tell(change.sku, f"{place.platform.label} refused the {change.kind} of {change.sku}: {no}.")
                change = self._strikes_out(replace(change, sold=True), place)
            else:
                change = self._strikes_out(replace(change, sold=True), place)
        return change

    def _tells_of_apps(self, change: Change, place: Place, no: RefusedInPart) -> None:
        """Tell of each app by name that did not take a change, and of what is to be done."""
        for failure in no.failures:
            app = failure.app or place.platform
            text = f"The app of {app.label} did not take the {change.kind} of {change.sku}: {failure.why}."
            self._book.tell(change.sku, f"{text} Nothing else of it failed; put right what is named here and ask for it again.")

    def _stands_behind_another(self, change: Change, place: Place) -> bool:
        """Tell whether an older change of a page waits for the same shop: they are sent in the order in which they were wanted."""
        if not change.kind.is_of_a_page:
            return False
        first = next((one for one in self._book.changes if one.kind.is_of_a_page and place in one.places), change)
        return first.key != change.key

    def _strikes_out(self, change: Change, place: Place) -> Change:
        return self._book.changes.put(change.key, replace(change, places=tuple(one for one in change.places if one != place)))

    def _holds(self, change: Change) -> Change:
        if not change.held:
            self._book.tell(change.sku, f"The {change.kind} of {change.sku} is held until the merge lets it be changed; it is not lost.")
        return self._book.changes.put(change.key, replace(change, held=True))

    async def _writes(self, change: Change, place: Place) -> None:
        shop, front = self._book.shop_behind(place), self._book.storefronts.get(place.shop)
        if place.platform is TOKOPEDIA and shop is not None and shop.merged_at is None:
            await self._writes_to_tokopedia(change, shop.toko_shop_id)
        elif front is not None:
            await self._writes_to_shop(change, front)
        else:
            raise Missing("", "its shop on Tokopedia & Shop has not granted us access")

    async def _writes_to_tokopedia(self, change: Change, toko_shop_id: str) -> None:
        if change.kind is Kind.PRICE:
            await self._tokopedia.set_price(toko_shop_id, change.sku, change.value)
        elif change.kind is Kind.STOCK:
            await self._tokopedia.set_stock(toko_shop_id, change.sku, change.value)
        else:
            product = await self._product(toko_shop_id, change.sku)
            try:
                await self._writes_a_page_of_tokopedia(change, toko_shop_id, product)
            except Refused as no:
                # How Tokopedia refuses an edit during a merge is documented nowhere. What is not plainly our fault may be it.
                if no.code and not no.code.startswith(_OUR_FAULT):
                    raise Locked(no.code, str(no)) from no
                raise

    async def _writes_a_page_of_tokopedia(self, change: Change, toko_shop_id: str, product: Product | None) -> None:
        if change.kind is Kind.LAUNCH:
            await self._assortment.launch_on_tokopedia(toko_shop_id, change, product)
        elif product is None:
            raise NotSold("", f"shop {toko_shop_id} does not list {change.sku}")
        elif change.kind is Kind.SHELF:
            await self._assortment.shelve_on_tokopedia(toko_shop_id, change, product)
        else:
            # A title belongs to the whole product, not to one variant.
            product_id = product.parent_id or product.product_id
            await self._tokopedia.edit(toko_shop_id, product_id, title=change.title, description=change.description)

    async def _writes_to_shop(self, change: Change, front: Storefront) -> None:
        offers = await self._shop.offers(front, change.sku)
        if not offers and change.kind is not Kind.LAUNCH:
            shop = self._book.shop_behind(Place(platform=SHOP, shop=front.id))
            if shop is not None and await self._product(shop.toko_shop_id, change.sku) is not None:
                raise Missing("", f"{change.sku} does not stand on Tokopedia & Shop yet")
            raise NotSold("", f"shop {front.id} does not list {change.sku}")
        try:
            if change.kind is Kind.LAUNCH:
                await self._assortment.launch_on_shop(front, change, offers, merged=self._has_merged(front))
            elif change.kind is Kind.SHELF:
                await self._assortment.shelve_on_shop(front, change, offers, merged=self._has_merged(front))
            elif change.kind is Kind.LEAST:
                await self._assortment.set_minimum_order(front, change, offers)
            elif change.kind is Kind.EDIT:
                await self._assortment.edit_on_shop(front, change, offers, merged=self._has_merged(front))
            else:
                await self._writes_offers(change, front, offers)
        except Refused as no:
            if no.code == LOCKED:
                raise Locked(no.code, str(no)) from no
            raise

    async def _writes_offers(self, change: Change, front: Storefront, offers: list[Offer]) -> None:
        warehouse = await self._shop.default_warehouse(front) if change.kind is Kind.STOCK else ""
        for offer in offers:
            if change.kind is Kind.PRICE:
                await self._shop.set_price(front, offer, change.value)
            else:
                await self._shop.set_stock(front, offer, warehouse, change.value)


def _joined(older: Change, newer: Change) -> Change:
    """Give the newer wish with what the older one says and it does not."""
    if newer.kind is Kind.EDIT:
        return replace(
            newer,
            title=older.title if newer.title is None else newer.title,
            description=older.description if newer.description is None else newer.description,
        )
    if newer.kind is Kind.SHELF:
        decided = {*newer.shown, *newer.hidden}
        return replace(
            newer,
            shown=(*newer.shown, *(app for app in older.shown if app not in decided)),
            hidden=(*newer.hidden, *(app for app in older.hidden if app not in decided)),
        )
    return newer


def _lock(kind: Kind, place: Place) -> str:
    return f"{'product pages' if kind.is_of_a_page else 'prices and stock'} of {place}"
