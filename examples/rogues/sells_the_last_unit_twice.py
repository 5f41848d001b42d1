"""Tells both shops the same stock and never counts what either of them sells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.stockroom import Stockroom
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from examples.careful.book import Change, Sighting

BREAKS: dict[str, set[str]] = {"no_more_is_promised_than_owned": {"order placed", "units owned"}}
FAILS: set[str] = {
    "a_unit_sold_on_tokopedia_leaves_the_other_shelf",
    "stock_set_before_the_merge_is_right_after_it",
    "the_last_unit_is_sold_once",
}


class NeverCounts(Stockroom):
    """Leaves the shelves to the platforms."""

    def work(self, orders: Iterable[Sighting]) -> Iterator[Change]:
        """Count nothing."""
        del orders
        yield from ()


class SellsTheLastUnitTwice(Careful):
    """Promises on one platform what the other has sold."""

    stockroom = NeverCounts
