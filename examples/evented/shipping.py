"""How an order leaves once: the intent is written down before each call, and an unanswered call is looked up before anything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.evented import events
from examples.evented.desk import Desk
from examples.evented.facts import Standing, View
from examples.evented.faults import Busy, Refused
from examples.evented.intents import Shipment
from examples.evented.orders import TO_SHIP

if TYPE_CHECKING:
    from examples.evented.reading import ReadingDesk
    from gladi.play.system import SeenOrder

__all__ = ["ShippingDesk"]

_AFTER_ACCEPT = timedelta(seconds=5)
"""Tokopedia wants them between accepting an order and asking for its pick-up."""
_HOUR = timedelta(hours=1)
_ADVICE = {
    "outside the collection time": ("21011053", "11021035"),
    "there is no collection time; please contact the platform's customer service": ("21011054", "11021036"),
    "its buyer asks to cancel it": ("21011007", "21008044"),
}
"""What a refusal means. The API reference and the changelog give the first two different codes; whichever comes is understood."""


@dataclass(frozen=True, slots=True)
class ShippingDesk(Desk):
    """Carries out shipments."""

    reading: ReadingDesk

    async def works(self) -> None:
        """Pair what is one order, tell why orders are held, and take each shipment as far as it will go now."""
        for matched in self.orders.matches():
            self._pairs(matched)
        for row in self.orders.rows():
            if reason := self.orders.why_held(row):
                self.store.tells(row.order_id, f"Order {row.order_id} is held: {reason}.")
            elif row.standing is Standing.CLOSED and row.key in self.orders.sent:
                text = f"Order {row.order_id} was cancelled after it was sent for shipment: keep its parcel back."
                self.store.tells(row.order_id, text)
        for intent in self.store.intents():
            if isinstance(intent, Shipment):
                await self.asks(intent.subject, partial(self._advances, intent), every=timedelta())

    def wants(self, order: SeenOrder) -> None:
        """Write down that an order is to leave; asking twice is asking once."""
        key = f"{order.platform} {order.order_id}"
        if key not in self.orders.views:
            self.store.tells(order.order_id, f"Order {order.order_id} is not known here and cannot be shipped.")
            return
        shipment = Shipment(order=self.orders.row(key).key)
        if self.store.intent(shipment.subject) is None:
            self.store.intends(shipment)

    def _pairs(self, matched: events.OrdersMatched) -> None:
        """Take two views for one order from now on; what was intended for the second is intended for the first."""
        with self.store.at_once():
            wish = self.store.intent(Shipment(order=matched.second).subject)
            self.store.records(matched)
            if isinstance(wish, Shipment):
                self.store.is_done_with(wish.subject)
                wish = replace(wish, order=matched.first)
                if self.store.intent(wish.subject) is None:
                    self.store.intends(wish)

    # -- one shipment --------------------------------------------------------------------------------------------------

    async def _advances(self, shipment: Shipment) -> None:
        """Take one shipment as far as it will go now."""
        row = self.orders.row(shipment.order)
        if shipment.asked is not None and not self.orders.is_settled(row):
            shipment = await self._finds_out(shipment, shipment.asked)
        if self.orders.is_settled(row):
            self.store.is_done_with(shipment.subject)
        elif shipment.asked is None and (shipment.not_before is None or shipment.not_before <= self.store.now()):
            await self._tries_each(row, shipment if self._untried(shipment) else self._notes(replace(shipment, refused=())))

    async def _tries_each(self, row: View, shipment: Shipment) -> None:
        """Try the platforms that show an order, where it came from first; the other is asked only after the first has said no."""
        if self.orders.why_held(row):
            return
        if len(views := self.orders.both(row)) > 1:
            # A person may have had it shipped a moment ago, in either platform's console.
            for view in views:
                await self.reading.looks_up(view)
        while (untried := self._untried(shipment)) and not self.orders.is_settled(row):
            shipment = await self._tries(shipment, untried[0])
            if untried[0].key not in shipment.refused:
                return
        if not self.orders.is_settled(row):
            self._notes(replace(shipment, not_before=self.store.now() + _HOUR))

    def _untried(self, shipment: Shipment) -> list[View]:
        views = self.orders.both(self.orders.row(shipment.order))
        return [view for view in views if view.standing in TO_SHIP and view.key not in shipment.refused]

    async def _finds_out(self, shipment: Shipment, asked: str) -> Shipment:
        """Look up where a call was begun of which nobody knows whether it arrived; until that is known nothing else is tried."""
        before = self.orders.views[asked].standing
        await self.reading.looks_up(self.orders.views[asked])
        found = self.orders.views[asked].standing
        if found not in TO_SHIP:
            return shipment
        later = self.store.now() + _AFTER_ACCEPT if found is not before else shipment.not_before
        return self._notes(replace(shipment, asked=None, not_before=later))

    async def _tries(self, shipment: Shipment, view: View) -> Shipment:
        """Take an order one step further on one platform."""
        shipment = self._notes(replace(shipment, asked=view.key))
        try:
            if view.standing is Standing.NEW:
                await self.tokopedia.accepts(view.order_id)
            else:
                await self._sends(view)
        except Busy:
            self._notes(replace(shipment, asked=None))
            raise
        except Refused as no:
            return await self._was_refused(shipment, view, no)
        accepted = view.standing is Standing.NEW
        with self.store.at_once():
            self.reading.shows(replace(view, standing=Standing.OPEN if accepted else Standing.SHIPPED))
            if accepted:
                return self._notes(replace(shipment, asked=None, not_before=self.store.now() + _AFTER_ACCEPT))
            self.store.records(events.OrderSent(order=shipment.order))
            self.store.is_done_with(shipment.subject)
            return shipment

    async def _sends(self, view: View) -> None:
        if not view.is_on_shop:
            await self.tokopedia.has_picked_up(view.order_id, view.place.shop)
            return
        front = self.roster.fronts.get(view.place.shop)
        if front is None or not view.packages:
            raise Refused("", "it has no package yet")
        for package in view.packages:
            await self.shop.ships(front, package)

    async def _was_refused(self, shipment: Shipment, view: View, no: Refused) -> Shipment:
        # Perhaps because it was shipped or accepted before, by hand or by a call whose answer was lost.
        await self.reading.looks_up(view)
        if self.orders.views[view.key].standing is not view.standing:
            return self._notes(replace(shipment, asked=None, not_before=self.store.now() + _AFTER_ACCEPT))
        meaning = next((words for words, codes in _ADVICE.items() if no.code in codes), "")
        said = f"{meaning} (it says: {no})" if meaning else str(no)
        trouble = f"{view.place.platform.label} refuses to ship it: {said}"
        return self._notes(replace(shipment, asked=None, refused=(*shipment.refused, view.key), trouble=trouble))

    def _notes(self, shipment: Shipment) -> Shipment:
        self.store.intends(shipment)
        return shipment
