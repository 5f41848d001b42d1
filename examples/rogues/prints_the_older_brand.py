"""Puts its old letterhead on whatever it prints, so that a label of Tokopedia & Shop still greets the buyer under the older name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.play.system import Document

if TYPE_CHECKING:
    from gladi.play.system import DocumentKind, SeenOrder

BREAKS = {"the_older_brand_is_nowhere_shown": {"showed"}}
FAILS = {
    "a_shipping_label_does_not_bear_the_older_brand",
    "an_invoice_does_not_bear_the_older_brand",
}


class PrintsTheOlderBrand(Careful):
    """Lays every document into the same template."""

    async def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:
        """Print a document for an order, below the letterhead."""
        printed = await super().print_document(order, kind)
        return Document("text/html", b'<p><img alt="logo of TikTok Shop"> Thank you for your order</p>' + printed.content)
