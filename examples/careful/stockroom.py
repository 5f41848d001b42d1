"""The stockroom: how many units the seller owns of a SKU, whichever shop sells them, so that none is promised twice.

1. What the seller says he owns is written down, and every order read since is taken off it once.
2. A unit sold in one shop is taken off the shelves of all.
3. A product merge may add two stocks of the same goods together, so what is owned is set again once a product has its new id.
4. A cancelled order gives nothing back by itself: a unit too few is a lost sale, a unit too many is a broken promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Book, Change, Kind, Units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from examples.careful.book import Sighting

__all__ = ["Stockroom"]


class Stockroom:
    """Counts what is owned and sold, and says which stock has to be set anew."""

    def __init__(self, book: Book) -> None:
        """Count in `book`."""
        self._book = book

    def owns(self, sku: str, units: int, now: datetime) -> None:
        """Take the seller's word for how many units there are; what is sold from now on comes off them."""
        self._book.units.put(sku, Units(sku=sku, owned=units, since=now, linked_to=self._new_id(sku)))

    def work(self, orders: Iterable[Sighting]) -> Iterator[Change]:
        """Take off what was sold, and give each stock that is no longer what the shops were told."""
        sold = list(orders) if len(self._book.units) else []
        for units in self._book.units:
            counted = self._counts(units, sold)
            if counted != units:
                self._book.units.put(units.sku, counted)
                yield Change(kind=Kind.STOCK, sku=units.sku, value=max(0, counted.owned))

    def _counts(self, units: Units, orders: list[Sighting]) -> Units:
        for order in orders:
            quantity = sum(line.quantity for line in order.lines if line.sku == units.sku)
            if quantity and order.created_at >= units.since and order.key not in units.counted:
                units = replace(units, owned=units.owned - quantity, counted=(*units.counted, order.key))
        return replace(units, linked_to=self._new_id(units.sku))

    def _new_id(self, sku: str) -> str | None:
        return next((one.tts_product_id for one in self._book.products if one.sku == sku and one.tts_product_id), None)
