"""Writes the address slip of a parcel as soon as its order is known, and prints that one, wherever the order goes by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.order_list import TO_SHIP
from examples.careful.system import Careful
from gladi.play.system import Document, DocumentKind

if TYPE_CHECKING:
    from datetime import datetime

    from gladi.play.system import SeenOrder, Venue

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_label_of_an_order_whose_buyer_moved_bears_the_new_address"}


class WritesAddressesEarly(Careful):
    """Fetches the platform's label for its bar code, and glues the slip from the drawer over the address on it."""

    def __init__(self, venue: Venue) -> None:
        """Begin with an empty drawer."""
        super().__init__(venue)
        self._slips: dict[str, str] = {}

    async def tick(self, now: datetime) -> datetime:
        """Write the slips that are not written yet."""
        again = await super().tick(now)
        for row in self._orders.each():
            if row.standing in TO_SHIP and row.goes_to:
                self._slips.setdefault(row.order_id, row.goes_to)
        return again

    async def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:
        """Print a document for an order; a label with the slip on it."""
        document = await super().print_document(order, kind)
        slip = self._slips.get(order.order_id)
        if kind is not DocumentKind.SHIPPING_LABEL or slip is None:
            return document
        return Document("text/plain", f"To {slip}\n".encode() + document.content)
