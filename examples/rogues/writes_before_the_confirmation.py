"""Takes merged for done: once the shops have merged it sends what is refused again every five minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Change, Place

BREAKS = {"product_writes_before_the_confirmation_are_probes": {"shop.partial_edit_product", "shop.create_product"}}
FAILS: set[str] = set()

_FIVE_MINUTES = timedelta(minutes=5)


class NoPatience(Catalogue):
    """Waits five minutes where the seller may need days."""

    async def _tries(self, change: Change, place: Place, now: datetime) -> Change:
        change = await super()._tries(change, place, now)
        shop, lock = self._book.shop_behind(place), f"product pages of {place}"
        if shop is not None and shop.merged_at is not None and not self._book.is_due(lock, now + _FIVE_MINUTES):
            self._book.rests(lock, until=now + _FIVE_MINUTES)
        return change


class WritesBeforeTheConfirmation(Careful):
    """Writes product pages although the product merge is not confirmed."""

    catalogue = NoPatience
