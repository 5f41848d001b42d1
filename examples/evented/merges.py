"""How a merge becomes known: heard by webhook and confirmed by one question, or found by the slow poll that the guide asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from examples.evented import events
from examples.evented.client import NO_CONSENT
from examples.evented.desk import Desk
from examples.evented.faults import Busy, Refused
from examples.evented.inbox import MERGE_PATH, NEWS, NEWS_PATH

if TYPE_CHECKING:
    from gladi.play.system import Venue

__all__ = ["MergeDesk"]

_FIVE_MINUTES, _HOUR, _DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MergeDesk(Desk):
    """Registers for webhooks, confirms what they say, and asks by itself where they say nothing."""

    venue: Venue
    _pages: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    """The shops that each page of Get Shop Info told of."""

    def handles(self, event: events.Event) -> None:
        """Bring forward what an event makes worth asking."""
        match event:
            case events.MergeHeard(shop=shop) if self.roster.shops[shop].merge is None:
                self.store.asks_now(f"merge of {shop}")
            case events.SeparationHeard(shop=shop):
                self.store.asks_now(f"separation of {shop}")
            case events.MergeConfirmed(front=front):
                for grant in range(len(self.venue.shop.grants)) if front not in self.roster.fronts else ():
                    self.store.asks_now(f"fronts of grant {grant}")
            case _:
                pass

    async def works(self) -> None:
        """Ask what is due."""
        url = self.venue.webhook_url
        await self.asks("registration", partial(self.tokopedia.registers, url + MERGE_PATH), every=_DAY)
        for grant in range(len(self.venue.shop.grants)):
            await self.asks(f"fronts of grant {grant}", partial(self._learns_fronts, grant), every=_HOUR)
        for front in list(self.roster.fronts.values()):
            for event in NEWS:
                if self.store.cursors.get(what := f"{event} of {front.id}") is None:
                    registers = partial(self.shop.registers, front, event, url + NEWS_PATH)
                    if await self.asks(what, registers, every=None):
                        self.store.cursors.put(what, self.store.now())
        for shop in list(self.roster.shops):
            await self._confirms_merge(shop)
            await self._checks_separation(shop)
        await self._polls()
        for served in self.roster.shops.values():
            if served.merge is not None and served.front not in self.roster.fronts:
                text = f"Shop {served.shop} has merged, but its shop on Tokopedia & Shop has not granted us access."
                self.store.tells(served.shop, text)

    async def _learns_fronts(self, grant: int) -> None:
        try:
            for front in await self.shop.fronts(grant):
                if self.roster.fronts.get(front.id) != front:
                    self.store.records(events.FrontOpened(front=front))
        except Refused as no:
            if no.code != NO_CONSENT:
                raise
            # His shop is let alone, and nobody else's.
            for front in [one for one in self.roster.fronts.values() if one.grant == grant]:
                self.store.records(events.FrontClosed(front=front.id))
                text = f"You have taken back our access to shop {front.id}; please authorize us again to have it served."
                self.store.tells(front.id, text)

    # -- asking --------------------------------------------------------------------------------------------------------

    async def _confirms_merge(self, shop: str) -> None:
        """Ask about a shop of which a webhook spoke, once: what is not confirmed is left to the poll."""
        what = f"merge of {shop}"
        if self.store.questions.get(what) is None:
            return
        if self.roster.shops[shop].merge is None:
            await self.asks(what, partial(self._asks_of_merge, shop), every=None, again=_FIVE_MINUTES)
        if self.store.is_due(f"shop info {shop}"):
            return  # too many requests: what was not asked is still a rumour
        self.store.questions.drop(what)

    async def _asks_of_merge(self, shop: str) -> None:
        rumour = self.roster.shops[shop].rumour
        merge = await self._asks_about(shop)
        if merge is None:
            self.store.tells(shop, f"Shop {shop} was said to have merged; Tokopedia does not confirm it yet.")
        elif merge.seller != rumour:
            self.store.tells(shop, f"The seller ids of shop {shop} disagree: {rumour} and {merge.seller}.")

    async def _checks_separation(self, shop: str) -> None:
        what = f"separation of {shop}"
        if self.store.questions.get(what) is not None:
            await self.asks(what, partial(self._asks_of_separation, shop), every=None, again=_FIVE_MINUTES)

    async def _asks_of_separation(self, shop: str) -> None:
        found = "agrees" if await self._asks_about(shop) is None else "still calls it merged"
        self.store.tells(shop, f"Get Shop Info {found}, of shop {shop} that was called separated; nothing was switched.")

    async def _asks_about(self, shop: str) -> events.MergeConfirmed | None:
        await self._turns(None, frozenset((shop,)))
        return self.roster.shops[shop].merge

    async def _polls(self) -> None:
        if len(self.roster.shops) == 1:
            shops = frozenset(self.roster.shops)
            if self._is_worth_asking(shops):
                await self.asks("one page", partial(self._turns, None, shops), every=timedelta(), again=timedelta())
            return
        # A page asks about each of its shops, so it is turned only when each may be asked.
        for number in range(1, 2 + len(self.roster.shops)):
            known = self._pages[number - 1] if number <= len(self._pages) else None
            shops = known if known is not None else frozenset(self.roster.shops).difference(*self._pages)
            if not shops:
                return
            if self._is_worth_asking(shops):
                await self.asks(f"page {number}", partial(self._turns, number, shops), every=timedelta(), again=timedelta())
            if len(self._pages) < number:
                return

    def _is_worth_asking(self, shops: frozenset[str]) -> bool:
        served = [self.roster.shops[shop] for shop in shops if shop in self.roster.shops]
        may_ask = all(self.store.is_due(f"shop info {one.shop}") for one in served)
        return may_ask and any(one.merge is None for one in served)

    async def _turns(self, page: int | None, shops: frozenset[str]) -> None:
        """Turn one page, of which `shops` are expected to be on it; without a number ask about the one shop that there is."""
        self._was_asked(shops)
        which = {"shop_id": next(iter(shops))} if page is None else {"page": str(page), "per_page": "50"}
        try:
            told = await self.tokopedia.merges(**which)
        except Busy:
            self._may_be_asked(shops)
            raise
        self._was_asked(frozenset(told))
        # A page that is empty is past the last; what it does not name is asked with the others.
        self._may_be_asked(shops.difference(told) if told else frozenset())
        if page is not None and told:
            self._pages[page - 1 :] = [frozenset(told), *self._pages[page:]]
        for shop, merge in told.items():
            self._learns(shop, merge)

    def _was_asked(self, shops: frozenset[str]) -> None:
        # On disk before the call: a question that failed was asked all the same.
        with self.store.at_once():
            for shop in shops & self.roster.shops.keys():
                self.store.questions.put(f"shop info {shop}", self.store.now() + _FIVE_MINUTES)
                if self.store.questions.get(separation := f"separation of {shop}") is not None:
                    self.store.questions.put(separation, self.store.now() + _FIVE_MINUTES)

    def _may_be_asked(self, shops: frozenset[str]) -> None:
        for shop in shops:
            self.store.questions.drop(f"shop info {shop}")

    # -- believing -----------------------------------------------------------------------------------------------------

    def _learns(self, shop: str, merge: events.MergeConfirmed | None) -> None:
        served = self.roster.shops.get(shop)
        if merge is None:
            self.roster.apart[shop] = self.store.now()
        elif served is not None and served.merge is None:
            with self.store.at_once():
                self.store.records(merge)
                self.store.tells(shop, f"Shop {shop} has merged; it is now served through Tokopedia & Shop.")
