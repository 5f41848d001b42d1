"""The printer: the label of an order, from whichever platform had it shipped, and its invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.book import Standing
from examples.careful.invoices import invoice
from examples.careful.trouble import Refused
from gladi.play.system import Document, DocumentKind
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examples.careful.book import Book, Sighting
    from examples.careful.shop import ShopClient
    from examples.careful.tokopedia import TokopediaClient

__all__ = ["Printer"]


class Printer:
    """Prints what the courier wants to see on the parcel."""

    def __init__(self, book: Book, tokopedia: TokopediaClient, shop: ShopClient) -> None:
        """Find in `book` which platform holds an order."""
        self._book = book
        self._tokopedia = tokopedia
        self._shop = shop

    async def prints(self, group: Sequence[Sighting], kind: DocumentKind) -> Document:
        """Print a document for an order, given as its sightings.

        Tokopedia sends the label itself, as HTML. Tokopedia & Shop sends a URL that is good for a day; the browser of the person
        who prints fetches it, so that it is passed on as it is.

        Raises:
            PlatformError: the order has no label yet or no longer, or is not known.
        """
        if kind is DocumentKind.INVOICE:
            if not group:
                raise Refused("", "the order is not known here")
            return Document("text/html", invoice(group[0]))
        # The parcel bears the label of the platform that sent it, and of no other.
        sighting = next((one for one in group if one.standing is Standing.SHIPPED), None)
        if sighting is None:
            raise Refused("", "the order has not been shipped, and has no label yet")
        if sighting.platform is TOKOPEDIA:
            return Document("text/html", await self._tokopedia.label(sighting.order_id))
        front = self._book.storefronts.get(sighting.shop)
        if front is None or not sighting.packages:
            raise Refused("", "it has no package yet")
        return Document("text/uri-list", "\r\n".join([await self._shop.label(front, package) for package in sighting.packages]).encode())
