"""Sends its own idea of the stock again every hour, as if nobody else ever touched it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.book import Change, Kind
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_sellers_own_hand_is_not_overwritten"}

_EVERY_HOUR = timedelta(hours=1)


class OverwritesStock(Careful):
    """Sets back what the seller changed in Seller Center."""

    async def tick(self, now: datetime) -> datetime:
        """Do what is due, and send all stock once more."""
        if self._book.is_due("all stock", now):
            self._book.rests("all stock", until=now + _EVERY_HOUR)
            for units in self._book.units:
                await self._catalogue.wants(Change(kind=Kind.STOCK, sku=units.sku, value=max(0, units.owned)), now)
        return await super().tick(now)
