"""Tries a refused edit again every five minutes, as if the shop were only slow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.book import Kind, Place
from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Change

BREAKS = {"only_price_and_stock_while_merging": {"tokopedia.edit_products", "shop.partial_edit_product"}}
FAILS: set[str] = set()

_FIVE_MINUTES = timedelta(minutes=5)


class NoPatience(Catalogue):
    """Waits five minutes where an hour is asked."""

    async def _tries(self, change: Change, place: Place, now: datetime) -> Change:
        change = await super()._tries(change, place, now)
        if change.kind is Kind.EDIT:
            self._book.rests(f"product pages of {place}", until=now + _FIVE_MINUTES)
        return change


class HammersTheLock(Careful):
    """Writes product pages all through the merge."""

    catalogue = NoPatience
