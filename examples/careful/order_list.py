"""The list of orders: every order once, whoever shows it, and what may be done with it now.

An order that both platforms show is recognised by its footprint (second, SKUs, units, total), and the second sighting is a
copy of the first: the list shows one row, and only that row can be shipped. Two orders may have one footprint, and then nobody can
say which copy is whose; so each leaves on one platform only as long as the other has neither sent nor cancelled any that is like it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Book, Line, Place, Shipment, Sighting, Standing
from gladi.play.system import OrderState
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.play.system import SeenOrder

__all__ = ["TO_SHIP", "UNSETTLED", "OrderList"]

TO_SHIP = (Standing.NEW, Standing.OPEN)
_LEFT = (Standing.SHIPPED, Standing.DONE)
UNSETTLED = (Standing.WAITING, Standing.ASKED, Standing.NEW, Standing.OPEN, Standing.GONE)
_SPOKEN_FOR = (*_LEFT, Standing.CLOSED, Standing.ASKED)
_ASKED = "its buyer asks to cancel it; please agree or refuse"
_UNRELEASED = "the platform has not released it, or its buyer asks to cancel it"
_DISPUTED = "one platform says that it was cancelled, and the other that it was not; please check in Seller Center"
_ALIKE = "it cannot be told from another order of the same second, of which the other platform knows more; please check in Seller Center"


class OrderList:
    """Shows each order of the book once, however many platforms show it."""

    def __init__(self, book: Book) -> None:
        """Show the orders in `book`."""
        self._book = book
        self._known_products: set[str] = set()
        self._copies = {one.copy_of: one.key for one in book.sightings if one.copy_of is not None}
        self._alike: dict[tuple[object, ...], dict[str, None]] = {}
        """The keys of the sightings that share a footprint."""
        for sighting in book.sightings:
            self._alike.setdefault(sighting.footprint, {})[sighting.key] = None

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
        if Standing.SHIPPED in standings:
            return OrderState.SHIPPED
        if shipment is not None and shipment.sent:
            # Its buyer may cancel until the courier has come, and only the platform that had it sent hears of it.
            return OrderState.CLOSED if Standing.CLOSED in standings else OrderState.SHIPPED
        if standings.isdisjoint(UNSETTLED):
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
        if row.platform is SHOP and self._book.closed_to_us.get(row.shop) is not None:
            reason = "the access to its shop was taken back from us; please ship it in Seller Center"
        elif len(group) == 1 and row.platform is SHOP and self._is_from_before(row) and not self._tokopedia_was_read_to_the_end(row):
            reason = "it may be the same as an order on Tokopedia, which is being read"
        elif not all(self._is_mapped(row, line) for line in row.lines):
            reason = "it is not known yet which product was bought"
        elif shipment is not None and any(one.key == shipment.asked and one.standing is Standing.GONE for one in group):
            reason = "it was sent for shipment, no answer came, and it is out of sight now; please check in Seller Center"
        elif standings == {Standing.GONE}:
            reason = "neither platform shows it just now, which may take two days after a merge"
        elif Standing.ASKED in standings or standings.isdisjoint(TO_SHIP):
            reason = _ASKED if Standing.ASKED in standings else _UNRELEASED
        else:
            reason = self._why_stuck(row, shipment)
        return reason

    def _why_stuck(self, row: Sighting, shipment: Shipment | None) -> str:
        ways = self._ways_out(row)
        if not ways:
            return _DISPUTED if any(one.standing is Standing.CLOSED for one in self._group(row)) else _ALIKE
        if shipment is not None and all(one.key in shipment.refused for one in ways):
            return f"{shipment.trouble}; it will be asked again"
        return ""

    def page(self, order_id: str) -> dict[str, str]:
        """Give the fields of an order's page; nothing where the order is not known."""
        for row, state in self.rows():
            if row.order_id == order_id:
                fees = (("Shipping insurance", row.shipping_insurance), ("Item insurance", row.item_insurance))
                return {
                    "Platform": row.platform.label,
                    "Bought in the app of": TOKOPEDIA.label if row.from_tokopedia else SHOP.label,
                    "State": state.value,
                    "Held because": self.why_held(row),
                    "Goes to": next((one.goes_to for one in self._group(row) if one.goes_to), ""),
                    "Tracking number": next((one.tracking for one in self._group(row) if one.tracking), ""),
                } | {name: f"Rp{fee}" for name, fee in fees if fee}
        return {}

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

    # -- taking two for one --------------------------------------------------------------------------------------------

    def _sees(self, sighting: Sighting) -> Sighting:
        known = self._book.sightings.get(sighting.key)
        self._alike.setdefault(sighting.footprint, {})[sighting.key] = None
        return self._book.sightings.put(sighting.key, replace(sighting, copy_of=known.copy_of if known else None))

    def _ways_out(self, row: Sighting) -> list[Sighting]:
        """Give the sightings of an order whose platforms may be asked to ship it, where it came from first."""
        return [one for one in self._group(row) if one.standing in TO_SHIP and not any(map(self._is_spoken_for, self._rivals(one)))]

    def _rivals(self, sighting: Sighting) -> list[Sighting]:
        """Give what the other platform shows of the same order, and of any that cannot be told from it."""
        rivals = {one.key: one for one in self._group(self._row_of(sighting)) if one.platform is not sighting.platform}
        if self._is_from_before(sighting):
            for key in self._alike.get(sighting.footprint, ()):
                one = self._book.sightings.get(key)
                if one is not None and self._is_same_order(sighting, one) and self._is_from_before(one):
                    rivals[key] = one
        return list(rivals.values())

    def _is_spoken_for(self, sighting: Sighting) -> bool:
        shipment = self._book.shipments.get(self._row_of(sighting).key)
        return sighting.standing in _SPOKEN_FOR or (shipment is not None and shipment.asked == sighting.key)

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
        if shop is None and sighting.from_tokopedia and sighting.platform is SHOP:
            # A seller who never had a Tokopedia store sells to the buyers of its app all the same.
            return self._book.may_have_a_past(sighting.shop, sighting.seen_at)
        merged_at = shop.merged_at if shop else None
        return sighting.from_tokopedia and (merged_at is None or sighting.created_at <= merged_at)

    def _notes(self, shipment: Shipment) -> Shipment:
        return self._book.shipments.put(shipment.order, shipment)
