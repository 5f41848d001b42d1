"""The order desk: every order once, whoever shows it, and out of the door once, whoever is asked.

How an order crosses the merge. Nobody documents where an order lives that was paid on Tokopedia and not yet shipped when the
shops merged: it may stay where it was, stand on both platforms under two ids, or be gone from both for up to two days. So

1. an order that both platforms show is recognised by its footprint (second, SKUs, units, total), and the second sighting
   is a copy of the first: the list shows one row, and only that row can be shipped;
2. a Tokopedia buyer's order on Tokopedia & Shop from before the merge waits until Tokopedia's list was read up to the merge;
3. it ships where it came from, and its copy is asked only after that platform has said no and still shows it unshipped;
4. each call that ships is written down before it is made, and an unanswered one is looked up before anything else is tried.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Book, Line, Place, Shipment, Shop, Sighting, Standing, Storefront
from examples.careful.tokopedia import windows
from examples.careful.trouble import Busy, Patience, Refused
from gladi.play.system import OrderState
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.shop import ShopClient
    from examples.careful.tokopedia import TokopediaClient
    from gladi.play.system import SeenOrder

__all__ = ["OrderDesk"]

_EVERY_FIVE_MINUTES = timedelta(minutes=5)
_EVERY_HOUR = timedelta(hours=1)
_EVERY_SIX_HOURS = timedelta(hours=6)
_AT_FIRST = timedelta(days=7)
_PAYMENT_TAKES = timedelta(days=1)
"""An order is listed once it is paid, under the time at which it was placed; so yesterday is read again."""
_READ_AGAIN = timedelta(minutes=10)
_LATE_ARRIVALS = timedelta(hours=50)
"""Orders take up to 48 hours to arrive after a merge."""
_AFTER_ACCEPT = timedelta(seconds=5)
_TO_SHIP = (Standing.NEW, Standing.OPEN)
_LEFT = (Standing.SHIPPED, Standing.DONE)
_UNSETTLED = (Standing.WAITING, Standing.NEW, Standing.OPEN, Standing.GONE)


class OrderDesk:
    """Reads orders, shows each once, and has them shipped."""

    def __init__(self, book: Book, tokopedia: TokopediaClient, shop: ShopClient, patience: Patience) -> None:
        """Keep the orders in `book`."""
        self._book = book
        self._tokopedia = tokopedia
        self._shop = shop
        self._patience = patience
        self._known_products: set[str] = set()
        self._copies = {one.copy_of: one.key for one in book.sightings if one.copy_of is not None}

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
            self._book.rests(what, until=now + (_EVERY_HOUR if shop.merged_at else _EVERY_FIVE_MINUTES))

    async def _looks_after_the_unlisted(self, now: datetime) -> None:
        """Ask one by one for the orders of Tokopedia that are still to be settled and that no list has shown lately."""
        for sighting in self._book.sightings:
            if sighting.platform is not TOKOPEDIA or sighting.standing not in _UNSETTLED or now < sighting.seen_at + _EVERY_HOUR:
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
            self._book.rests(what, until=now + _EVERY_FIVE_MINUTES)

    async def _looks_up(self, sighting: Sighting) -> Sighting:
        if sighting.platform is TOKOPEDIA:
            standing = await self._tokopedia.standing(sighting.order_id)
            return self._sees(replace(sighting, standing=standing, seen_at=self._patience.now()))
        front = self._book.storefronts.get(sighting.shop)
        found = await self._shop.order(front, sighting.order_id) if front else None
        return self._sees(found or replace(sighting, standing=Standing.GONE, seen_at=self._patience.now()))

    def _sees(self, sighting: Sighting) -> Sighting:
        known = self._book.sightings.get(sighting.key)
        return self._book.sightings.put(sighting.key, replace(sighting, copy_of=known.copy_of if known else None))

    def _joins_copies(self) -> None:
        joined = self._copies.keys() | self._copies.values()
        # Only orders with the same footprint can be one; comparing each with each takes minutes for a few hundred shops.
        alike: dict[tuple[object, ...], list[Sighting]] = {}
        for one in self._book.sightings:
            if one.key not in joined and self._is_from_before(one):
                alike.setdefault(one.footprint, []).append(one)
        for alone in alike.values():
            self._joins(alone)

    def _joins(self, alone: list[Sighting]) -> None:
        while alone:
            first = alone.pop(0)
            second = next((one for one in alone if self._is_same_order(first, one)), None)
            if second is None:
                continue
            alone.remove(second)
            self._book.sightings.put(second.key, replace(second, copy_of=first.key))
            self._copies[first.key] = second.key
            wish = self._book.shipments.get(second.key)
            if wish is not None and self._book.shipments.get(first.key) is None:
                self._notes(replace(wish, order=first.key))
            self._book.shipments.drop(second.key)

    def _is_same_order(self, one: Sighting, other: Sighting) -> bool:
        if one.platform is other.platform:
            return False
        shops = [self._book.shop_behind(Place(platform=sighting.platform, shop=sighting.shop)) for sighting in (one, other)]
        return None in shops or shops[0] == shops[1]

    def _is_from_before(self, sighting: Sighting) -> bool:
        """Tell whether an order was placed on Tokopedia before its shop merged, or may have been."""
        shop = self._book.shop_behind(Place(platform=sighting.platform, shop=sighting.shop))
        merged_at = shop.merged_at if shop else None
        return sighting.from_tokopedia and (merged_at is None or sighting.created_at <= merged_at)

    # -- showing -------------------------------------------------------------------------------------------------------

    def rows(self) -> list[tuple[Sighting, OrderState]]:
        """Give every order once, with what may be done with it."""
        return [(row, self._state(row)) for row in self.each()]

    def each(self) -> Iterator[Sighting]:
        """Give every order once, by the sighting that stands for it."""
        return (sighting for sighting in self._book.sightings if sighting.copy_of is None)

    def _row_of(self, sighting: Sighting) -> Sighting:
        return (self._book.sightings.get(sighting.copy_of) if sighting.copy_of else None) or sighting

    def _group(self, row: Sighting) -> list[Sighting]:
        """Give the sightings of one order, where it came from first."""
        sightings = (self._book.sightings.get(key) for key in (row.key, self._copies.get(row.key, "")))
        return sorted((one for one in sightings if one is not None), key=lambda one: one.platform is not TOKOPEDIA)

    def sightings(self, order: SeenOrder) -> list[Sighting]:
        """Give an order as each platform shows it, where it came from first; nothing where it is not known."""
        found = self._book.sightings.get(f"{order.platform} {order.order_id}")
        return self._group(self._row_of(found)) if found is not None else []

    def _is_settled(self, row: Sighting) -> bool:
        return self._state(row) in (OrderState.SHIPPED, OrderState.CLOSED)

    def _state(self, row: Sighting) -> OrderState:
        shipment = self._book.shipments.get(row.key)
        standings = {one.standing for one in self._group(row)}
        if standings == {Standing.CLOSED} or Standing.DONE in standings:
            return OrderState.CLOSED
        if Standing.SHIPPED in standings or (shipment is not None and shipment.sent):
            return OrderState.SHIPPED
        if standings.isdisjoint(_UNSETTLED):
            return OrderState.CLOSED
        return OrderState.HELD if self.why_held(row) else OrderState.TO_SHIP

    def why_held(self, row: Sighting) -> str:
        """Say in words why an order is not to be shipped now; nothing when it is not held."""
        group = self._group(row)
        shipment = self._book.shipments.get(row.key)
        if any(one.standing in _LEFT for one in group) or (shipment is not None and shipment.sent):
            return ""
        standings = {one.standing for one in group if one.standing is not Standing.CLOSED}
        reason = ""
        if not standings:
            return ""
        if len(group) == 1 and row.platform is SHOP and self._is_from_before(row) and not self._tokopedia_was_read_to_the_end(row):
            reason = "it may be the same as an order on Tokopedia, which is being read"
        elif not all(self._is_mapped(row, line) for line in row.lines):
            reason = "it is not known yet which product was bought"
        elif shipment is not None and any(one.key == shipment.asked and one.standing is Standing.GONE for one in group):
            reason = "it was sent for shipment, no answer came, and it is out of sight now; please check in Seller Center"
        elif standings == {Standing.GONE}:
            reason = "neither platform shows it just now, which may take two days after a merge"
        elif standings.isdisjoint(_TO_SHIP):
            reason = "the platform has not released it yet"
        elif shipment is not None and all(one.key in shipment.refused for one in group if one.standing in _TO_SHIP):
            reason = f"{shipment.trouble}; it will be asked again"
        return reason

    def _tokopedia_was_read_to_the_end(self, row: Sighting) -> bool:
        shop = self._book.shop_behind(Place(platform=SHOP, shop=row.shop))
        return shop is not None and shop.swept

    # -- knowing what to pack ------------------------------------------------------------------------------------------

    def _is_mapped(self, row: Sighting, line: Line) -> bool:
        # The seller's SKU is what the warehouse packs by. Without one, the product must be known by its id.
        if line.sku or line.product_id in self._known_products:
            return True
        if row.platform is TOKOPEDIA:
            return self._book.products.get(line.product_id) is not None
        return any(product.tts_product_id == line.product_id for product in self._book.products)

    async def _maps_products(self, now: datetime) -> None:
        for row in self.each():
            front = self._book.storefronts.get(row.shop)
            for line in row.lines:
                what = f"product {line.product_id}"
                if front is None or self._is_mapped(row, line) or self._is_settled(row) or not self._book.is_due(what, now):
                    continue
                self._book.rests(what, until=now + _EVERY_FIVE_MINUTES)
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
            if found.standing not in _TO_SHIP:
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
        """Look at both sightings of an order right before it ships: a person may have had it shipped in the other platform's console."""
        group = self._group(row)
        if len(group) > 1:
            for sighting in group:
                await self._looks_up(sighting)
        return self._is_settled(row)

    def _untried(self, row: Sighting, shipment: Shipment) -> list[Sighting]:
        return [one for one in self._group(row) if one.standing in _TO_SHIP and one.key not in shipment.refused]

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
            # Perhaps because it was shipped or accepted before, by hand or by a call whose answer was lost: look.
            found = await self._looks_up(sighting)
            if found.standing is not sighting.standing:
                return self._notes(replace(shipment, asked=None, not_before=now + _AFTER_ACCEPT))
            trouble = f"{sighting.platform.label} refuses to ship it, saying: {no}"
            return self._notes(replace(shipment, asked=None, refused=(*shipment.refused, sighting.key), trouble=trouble))
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

    def _notes(self, shipment: Shipment) -> Shipment:
        return self._book.shipments.put(shipment.order, shipment)
