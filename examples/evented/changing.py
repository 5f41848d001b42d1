"""How a change is never lost: prices, stocks and pages wait in the outbox until every shop that they concern has answered for them.

1. The last price and the last stock of a SKU are the only ones: an older value never comes after a newer one.
2. Changes of pages reach a shop in the order in which they were wished for: one that waits keeps back those behind it.
3. A shop that says that it is locked is asked again in an hour, with the change that waits longest, and with no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.evented import events
from examples.evented.desk import Desk
from examples.evented.facts import Front, Place
from examples.evented.faults import Refused
from examples.evented.intents import Change, Kind
from examples.evented.shop import LOCKED
from examples.evented.tokopedia import NOT_SOLD
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.evented.facts import Product
    from examples.evented.reading import ReadingDesk

__all__ = ["ChangeDesk"]

_HOUR = timedelta(hours=1)
_MISSING = "missing"
"""Our own word for what was sold on Tokopedia and does not stand on Tokopedia & Shop yet."""
_OUR_FAULT = "PRD_DLV_"


@dataclass(frozen=True, slots=True)
class ChangeDesk(Desk):
    """Carries out changes of what is sold."""

    reading: ReadingDesk

    def wants(self, kind: Kind, sku: str, *, value: int = 0, title: str | None = None, description: str | None = None) -> None:
        """Write down what is wanted of a SKU, in every shop that may sell it."""
        change = Change(
            number=self.store.next_number(),
            kind=kind,
            sku=sku,
            value=value,
            title=title,
            description=description,
            places=tuple(dict.fromkeys(self._places())),
        )
        self.store.intends(change)

    def owns(self, sku: str, units: int) -> None:
        """Take the seller's word for how many units of a SKU there are."""
        with self.store.at_once():
            self.store.records(events.StockOwned(sku=sku, units=units))
            self._restocks()

    async def works(self) -> None:
        """Wish for each stock that is no longer right, and send what waits."""
        self._restocks()
        kept_back: set[Place] = set()
        for intent in self.store.intents():
            if isinstance(intent, Change):
                await self._sends(intent, kept_back)

    def _restocks(self) -> None:
        for wish in self.goods.wishes():
            with self.store.at_once():
                self.store.records(wish)
                self.wants(Kind.STOCK, wish.sku, value=wish.units)

    def _places(self) -> Iterator[Place]:
        for shop in self.roster.shops:
            yield self.roster.business_of(Place(TOKOPEDIA, shop))
        for front in self.roster.fronts:
            yield Place(SHOP, front)

    # -- sending -------------------------------------------------------------------------------------------------------

    async def _sends(self, change: Change, kept_back: set[Place]) -> None:
        """Send a change to each shop that has not answered for it; what was meant for one that merged meanwhile goes where it is now."""
        change = replace(change, places=tuple(dict.fromkeys(self.roster.business_of(place) for place in change.places)))
        for place in change.places:
            if change.kind is Kind.PAGE and place in kept_back:
                change = self._holds(change)
                continue
            change = await self._offers(change, place)
            if place in change.places:
                kept_back |= {place} if change.kind is Kind.PAGE else set()
        if change.places:
            self.store.intends(change)
            return
        self.store.is_done_with(change.subject)
        if not change.taken:
            self.store.tells(change.sku, f"The {change.kind} of {change.sku} was not changed: no shop sells it.")
        elif change.held:
            self.store.tells(change.sku, f"The {change.kind} of {change.sku} that was held is now in force.")

    async def _offers(self, change: Change, place: Place) -> Change:
        """Offer a change to one shop, and give it as it stands afterwards."""
        lock = f"{'pages' if change.kind is Kind.PAGE else 'prices and stock'} of {place}"
        if self.store.questions.get(lock) is not None and not self.store.is_due(lock):
            return self._holds(change)
        answers: list[Refused | None] = []
        what = f"{change.subject} at {place}"
        if not await self.asks(what, partial(self._hears, change, place, answers), every=None):
            return change
        (no,) = answers
        if no is not None and no.code in (LOCKED, _MISSING):
            self.store.questions.put(lock if no.code == LOCKED else what, self.store.now() + _HOUR)
            if no.code == LOCKED and change.kind is not Kind.PAGE:
                # A shop that takes no price surely takes no page.
                self.store.questions.put(f"pages of {place}", self.store.now() + _HOUR)
            return self._holds(change)
        self.store.questions.drop(lock)
        taken = no is None or no.code != NOT_SOLD
        if no is not None and taken:
            self.store.tells(change.sku, f"{place.platform.label} refused the {change.kind} of {change.sku}: {no}.")
        change = replace(change, places=tuple(one for one in change.places if one != place), taken=change.taken or taken)
        self.store.intends(change)
        return change

    def _holds(self, change: Change) -> Change:
        if not change.held:
            self.store.tells(change.sku, f"The {change.kind} of {change.sku} is held until the merge lets it be changed; it is not lost.")
        return replace(change, held=True)

    async def _hears(self, change: Change, place: Place, answers: list[Refused | None]) -> None:
        try:
            await self._writes(change, place)
        except Refused as no:
            answers.append(no)
        else:
            answers.append(None)

    async def _writes(self, change: Change, place: Place) -> None:
        served, front = self.roster.behind(place), self.roster.fronts.get(place.shop)
        if place.platform is TOKOPEDIA and served is not None and served.merge is None:
            await self._writes_to_tokopedia(change, place.shop)
        elif front is not None:
            await self._writes_to_shop(change, front)
        else:
            raise Refused(_MISSING, "its shop on Tokopedia & Shop has not granted us access")

    async def _writes_to_tokopedia(self, change: Change, shop: str) -> None:
        if change.kind is Kind.PRICE:
            await self.tokopedia.sets_price(shop, change.sku, change.value)
        elif change.kind is Kind.STOCK:
            await self.tokopedia.sets_stock(shop, change.sku, change.value)
        elif (product := await self._finds(shop, change.sku)) is None:
            raise Refused(NOT_SOLD, f"shop {shop} does not sell {change.sku}")
        else:
            texts = {name: text for name, text in (("name", change.title), ("description", change.description)) if text is not None}
            try:
                # A title belongs to the whole product, not to one variant of it.
                await self.tokopedia.edits(shop, product.parent_id or product.product_id, texts)
            except Refused as no:
                # How Tokopedia refuses an edit during a merge is documented nowhere. What is not plainly our fault may be it.
                if no.code and not no.code.startswith(_OUR_FAULT):
                    raise Refused(LOCKED, str(no)) from no
                raise

    async def _writes_to_shop(self, change: Change, front: Front) -> None:
        offers = await self.shop.offers(front, change.sku)
        if not offers:
            served = self.roster.behind(Place(SHOP, front.id))
            is_to_come = served is not None and await self._finds(served.shop, change.sku) is not None
            raise Refused(_MISSING if is_to_come else NOT_SOLD, f"shop {front.id} does not sell {change.sku}")
        texts = {name: text for name, text in (("title", change.title), ("description", change.description)) if text is not None}
        for offer in offers:
            if change.kind is Kind.PRICE:
                await self.shop.sets_price(front, offer, change.value)
            elif change.kind is Kind.STOCK:
                await self.shop.sets_stock(front, offer, change.value)
            else:
                live = [app for app, on_shelf in offer.apps.items() if on_shelf] or list(offer.apps)
                # Who came over from Tokopedia names its app. Of another seller the apps stay as they are when none is named.
                apps = live if self.roster.has_merged(front.id) or TOKOPEDIA not in live else []
                for failure in await self.shop.edits(front, offer.product_id, apps, texts):
                    app = failure.app or SHOP
                    self.store.tells(change.sku, f"The app of {app.label} did not take the {change.kind} of {change.sku}: {failure.why}.")

    async def _finds(self, shop: str, sku: str) -> Product | None:
        """Find what a Tokopedia shop sells under a SKU; what is not known may have been launched since the list was read."""
        if self.goods.find(shop, sku) is None:
            await self.reading.lists_products(shop)
        return self.goods.find(shop, sku)
