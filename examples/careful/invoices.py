"""The invoice that the seller puts into a parcel: this system's own page, because neither platform prints one in Indonesia."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from examples.careful.wording import BRAND
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from examples.careful.book import Sighting

__all__ = ["invoice"]


def invoice(order: Sighting) -> bytes:
    """Print the invoice of an order as a page of HTML."""
    # No logo, and no name of the platform's own making: what it is called in Indonesia, in words.
    sold_on = "Tokopedia" if order.platform is TOKOPEDIA else BRAND
    rows = [("Order", order.order_id), ("Sold on", sold_on), ("Date", f"{order.created_at:%Y-%m-%d}")]
    rows += [(line.sku or line.product_id, f"{line.quantity} pcs") for line in order.lines]
    rows.append(("Total", f"Rp{order.total:,}".replace(",", ".")))
    body = "".join(f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in rows)
    head = '<meta charset="utf-8"><title>Invoice</title>'
    return f'<!DOCTYPE html><html lang="id"><head>{head}</head><body><table>{body}</table></body></html>'.encode()
