"""The order desk: every order once, whoever shows it, and out of the door once, whoever is asked.

How an order crosses the merge. Nobody documents where an order lives that was paid on Tokopedia and not yet shipped when the
shops merged: it may stay where it was, stand on both platforms under two ids, or be gone from both for up to two days. So

1. an order that both platforms show is recognised by its footprint (second, SKUs, units, total), and the second sighting
   is a copy of the first: the list shows one row, and only that row can be shipped;
2. a Tokopedia buyer's order on Tokopedia & Shop from before the merge waits until Tokopedia's list was read up to the merge;
3. it ships where it came from, and its copy is asked only after that platform has said no and still shows it unshipped;
4. no platform is asked once the other has sent or cancelled it, or another that shares its footprint: one of two orders that are
   alike may be either, so both leave through one platform, and what both have had a hand in is for the seller to settle;
5. each call that ships is written down before it is made, and an unanswered one is looked up before anything else is tried.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Book, Shipment, Shop, Sighting, Standing, Storefront
from examples.careful.order_list import TO_SHIP, UNSETTLED
from examples.careful.shipping import Batches, advice
from examples.careful.tokopedia import windows
from examples.careful.trouble import Busy, Patience, Refused
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.shop import ShopClient
    from examples.careful.tokopedia import TokopediaClient
    from gladi.play.system import SeenOrder

__all__ = ["OrderDesk"]

_EVERY_TEN_MINUTES = timedelta(minutes=10)
_EVERY_HOUR = timedelta(hours=1)
_EVERY_SIX_HOURS = timedelta(hours=6)
_AT_FIRST = timedelta(days=7)
_PAYMENT_TAKES = timedelta(days=1)
"""An order is listed once it is paid, under the time at which it was placed; so yesterday is read again."""
_READ_AGAIN = timedelta(minutes=10)
_LATE_ARRIVALS = timedelta(hours=50)
"""Orders take up to 48 hours to arrive after a merge."""
_AFTER_ACCEPT = timedelta(seconds=5)


class OrderDesk(Batches):
    """Reads orders, shows each once, and has them shipped."""

    def __init__(self, book: Book, tokopedia: TokopediaClient, shop: ShopClient, patience: Patience) -> None:
        """Keep the orders in `book`."""
        super().__init__(book, shop, patience)
        self._tokopedia = tokopedia

    async def work(self, now: datetime) -> None:
        """Read what is due, and ship what was asked for."""
        for shop in self._book.shops:
            await self._reads_tokopedia(shop, now)
        await self._looks_after_the_unlisted(now)
        await self._follows_parcels(now)
        for front in self._book.storefronts:
            await self._reads_shop(front, now)
        self._joins_copies()
        await self._maps_products(now)
        for row in self.each():
            if reason := self.why_held(row):
                self._book.tell(row.order_id, f"Order {row.order_id} is held: {reason}.")
            elif row.standing is Standing.CLOSED and (sent := self._book.shipments.get(row.key)) is not None and sent.sent:
                self._book.tell(row.order_id, f"Order {row.order_id} was cancelled after it was sent for shipment: keep its parcel back.")
        for shipment in self._book.shipments:
            with self._patience.spared(f"shipping {shipment.order}"):
                await self._advances(shipment, now)

    # -- reading -------------------------------------------------------------------------------------------------------

    async def _reads_tokopedia(self, shop: Shop, now: datetime) -> None:
        what = f"orders of tokopedia {shop.toko_shop_id}"
        if not self._book.is_due(what, now):
            return
        # New orders are not looked for on Tokopedia once the shop has merged. What was placed there up to that very second
        # is, for as long as an order may take to come back into sight.
        if shop.merged_at is not None and shop.swept and now > shop.merged_at + _LATE_ARRIVALS:
            return
        until = shop.merged_at + timedelta(seconds=1) if shop.merged_at else now
        since = min(shop.read_until, until) - _PAYMENT_TAKES if shop.read_until else now - _AT_FIRST
        with self._patience.spared(f"the orders of Tokopedia shop {shop.toko_shop_id}"):
            for start, end in windows(since, until):
                for sighting in await self._tokopedia.orders(shop.toko_shop_id, start, end):
                    self._sees(sighting)
                shop = self._book.shops.put(shop.toko_shop_id, replace(shop, read_until=end))
            self._book.shops.put(shop.toko_shop_id, replace(shop, swept=shop.merged_at is not None))
            self._book.rests(what, until=now + (_EVERY_HOUR if shop.merged_at else _EVERY_TEN_MINUTES))

    async def _looks_after_the_unlisted(self, now: datetime) -> None:
        """Ask one by one for the orders of Tokopedia that are still to be settled and that no list has shown lately."""
        for sighting in self._book.sightings:
            if sighting.platform is not TOKOPEDIA or sighting.standing not in UNSETTLED or now < sighting.seen_at + _EVERY_HOUR:
                continue
            if self._is_settled(self._row_of(sighting)):
                continue
            with self._patience.spared(f"order {sighting.order_id}"):
                await self._looks_up(sighting)

    async def _follows_parcels(self, now: datetime) -> None:
        """Ask for each order that Tokopedia had shipped until it has arrived: its list goes by creation and shows no old ones."""
        for shipment in self._book.shipments:
            row = self._book.sightings.get(shipment.order)
            for sighting in self._group(row) if row is not None and shipment.sent else ():
                on_its_way = sighting.platform is TOKOPEDIA and sighting.standing is Standing.SHIPPED
                if on_its_way and now >= sighting.seen_at + _EVERY_SIX_HOURS:
                    with self._patience.spared(f"the parcel of order {sighting.order_id}"):
                        await self._looks_up(sighting)

    async def _reads_shop(self, front: Storefront, now: datetime) -> None:
        what = f"orders of shop {front.id}"
        if not self._book.is_due(what, now):
            return
        read_until = self._book.read_until.get(front.id)
        since = read_until - _READ_AGAIN if read_until else now - _AT_FIRST
        with self._patience.spared(f"the orders of shop {front.id}"):
            for sighting in await self._shop.orders(front, since, now):
                self._sees(sighting)
            self._book.read_until.put(front.id, now)
            self._book.rests(what, until=now + _EVERY_TEN_MINUTES)

    async def _looks_up(self, sighting: Sighting) -> Sighting:
        if sighting.platform is TOKOPEDIA:
            standing = await self._tokopedia.standing(sighting.order_id)
            return self._sees(replace(sighting, standing=standing, seen_at=self._patience.now()))
        front = self._book.storefronts.get(sighting.shop)
        found = await self._shop.order(front, sighting.order_id) if front else None
        return self._sees(found or replace(sighting, standing=Standing.GONE, seen_at=self._patience.now()))

    # -- knowing what to pack ------------------------------------------------------------------------------------------

    async def _maps_products(self, now: datetime) -> None:
        for row in self.each():
            front = self._book.storefronts.get(row.shop)
            for line in row.lines:
                what = f"product {line.product_id}"
                if front is None or self._is_mapped(row, line) or self._is_settled(row) or not self._book.is_due(what, now):
                    continue
                self._book.rests(what, until=now + _EVERY_TEN_MINUTES)
                with self._patience.spared(what):
                    if await self._shop.knows(front, line.product_id):
                        self._known_products.add(line.product_id)

    # -- shipping ------------------------------------------------------------------------------------------------------

    async def ship(self, order: SeenOrder, now: datetime) -> None:
        """Have an order shipped, now or as soon as may be; asking twice is asking once."""
        found = self._book.sightings.get(f"{order.platform} {order.order_id}")
        if found is None:
            self._book.tell(order.order_id, f"Order {order.order_id} is not known here and cannot be shipped.")
            return
        row = self._row_of(found)
        shipment = self._book.shipments.get(row.key) or self._notes(Shipment(order=row.key))
        with self._patience.spared(f"shipping {row.key}"):
            await self._advances(shipment, now)

    def next_shipment(self) -> Iterator[datetime]:
        """Give when each shipment that waits may go on."""
        return (one.not_before for one in self._book.shipments if one.not_before is not None and not one.sent)

    async def _advances(self, shipment: Shipment, now: datetime) -> None:
        """Take one shipment as far as it will go now."""
        row = self._book.sightings.get(shipment.order)
        if row is None or shipment.sent or self._is_settled(row):
            return
        if shipment.asked is not None:
            # A call was begun and its answer never came. Whatever it did, nothing is tried before that is known.
            asked = self._book.sightings.get(shipment.asked) or row
            found = await self._looks_up(asked)
            if found.standing not in TO_SHIP:
                return
            was_accepted = found.standing is not asked.standing
            shipment = self._notes(replace(shipment, asked=None, not_before=now + _AFTER_ACCEPT if was_accepted else shipment.not_before))
        if self._untried(row, shipment) == [] or not shipment.refused:
            if shipment.not_before is not None and now < shipment.not_before:
                return
            shipment = self._notes(replace(shipment, refused=(), not_before=None))
        if self.why_held(row) or await self._left_by_hand(row):
            return
        for sighting in self._untried(row, shipment):
            shipment = await self._asks(shipment, sighting, now)
            if sighting.key not in shipment.refused:
                return
        self._notes(replace(shipment, not_before=now + _EVERY_HOUR))

    async def _left_by_hand(self, row: Sighting) -> bool:
        """Look at both sightings of an order right before it ships, and at all that may be one of them.

        A person may have acted in the other platform's console a moment ago, or a deadline may have passed.
        """
        group = self._group(row)
        rivals = {rival.key: rival for one in group for rival in self._rivals(one)}
        if rivals:
            for sighting in ({one.key: one for one in group} | rivals).values():
                if sighting.standing in UNSETTLED:
                    await self._looks_up(sighting)
        return self._is_settled(row)

    def _untried(self, row: Sighting, shipment: Shipment) -> list[Sighting]:
        return [one for one in self._ways_out(row) if one.key not in shipment.refused]

    async def _asks(self, shipment: Shipment, sighting: Sighting, now: datetime) -> Shipment:
        """Take one order one step further on one platform."""
        shipment = self._notes(replace(shipment, asked=sighting.key))
        try:
            if sighting.standing is Standing.NEW:
                await self._tokopedia.accept(sighting.order_id)
                self._sees(replace(sighting, standing=Standing.OPEN))
                # Tokopedia wants five seconds between accepting an order and asking for its pick-up.
                return self._notes(replace(shipment, asked=None, not_before=now + _AFTER_ACCEPT))
            await self._sends(sighting)
        except Busy:
            self._notes(replace(shipment, asked=None))
            raise
        except Refused as no:
            return await self._was_refused(shipment, sighting, no)
        return self._was_sent(shipment, sighting)

    async def _was_refused(self, shipment: Shipment, sighting: Sighting, no: Refused) -> Shipment:
        # Perhaps because it was shipped or accepted before, by hand or by a call whose answer was lost: look.
        found = await self._looks_up(sighting)
        if found.standing is not sighting.standing:
            return self._notes(replace(shipment, asked=None, not_before=self._patience.now() + _AFTER_ACCEPT))
        trouble = f"{sighting.platform.label} refuses to ship it: {advice(no)}"
        return self._notes(replace(shipment, asked=None, refused=(*shipment.refused, sighting.key), trouble=trouble))

    def _was_sent(self, shipment: Shipment, sighting: Sighting) -> Shipment:
        self._sees(replace(sighting, standing=Standing.SHIPPED))
        return self._notes(replace(shipment, asked=None, sent=True))

    async def _sends(self, sighting: Sighting) -> None:
        if sighting.platform is TOKOPEDIA:
            await self._tokopedia.request_pickup(sighting.order_id, sighting.shop)
            return
        front = self._book.storefronts.get(sighting.shop)
        if front is None or not sighting.packages:
            raise Refused("", "it has no package yet")
        for package in sighting.packages:
            await self._shop.ship(front, package)
