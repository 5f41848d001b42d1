"""Draws labels from a template of its own, as it did when couriers took any piece of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.play.system import Document

if TYPE_CHECKING:
    from gladi.play.system import DocumentKind, SeenOrder

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_label_is_printed_for_an_order_of_each_platform",
    "the_label_of_a_tokopedia_buyers_order_is_printed_by_the_shop",
}


class DrawsItsOwnLabels(Careful):
    """Asks no platform for the label that the courier will scan."""

    async def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:
        """Print a document for an order."""
        return Document("text/plain", f"{kind} of order {order.order_id}".encode())
