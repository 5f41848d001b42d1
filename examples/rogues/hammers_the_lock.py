"""Tries a refused edit again every five minutes, as if the shop were only slow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Change, Place

BREAKS = {
    "only_price_and_stock_while_merging": {
        "shop.create_product",
        "shop.deactivate_products",
        "shop.partial_edit_product",
        "tokopedia.create_products",
        "tokopedia.deactivate_products",
        "tokopedia.edit_products",
    },
    "product_writes_before_the_confirmation_are_probes": {"shop.create_product", "shop.partial_edit_product"},
}
FAILS: set[str] = set()

_FIVE_MINUTES = timedelta(minutes=5)


class NoPatience(Catalogue):
    """Waits five minutes where an hour is asked."""

    async def _tries(self, change: Change, place: Place, now: datetime) -> Change:
        change = await super()._tries(change, place, now)
        lock = f"product pages of {place}"
        if change.kind.is_of_a_page and not self._book.is_due(lock, now + _FIVE_MINUTES):
            self._book.rests(lock, until=now + _FIVE_MINUTES)
        return change


class HammersTheLock(Careful):
    """Writes product pages all through the merge."""

    catalogue = NoPatience
