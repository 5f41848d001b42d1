"""Takes 429 for a refusal like any other, writes it into the list of errors, and is done with the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful
from examples.careful.trouble import Busy, Refused

if TYPE_CHECKING:
    from examples.careful.book import Change, Place

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_stock_that_met_too_many_requests_is_set_nevertheless"}


class AsksOnce(Catalogue):
    """Hears *not now* as *no*."""

    async def _writes(self, change: Change, place: Place) -> None:
        try:
            await super()._writes(change, place)
        except Busy as later:
            raise Refused("429", str(later)) from later


class TakesLaterForANo(Careful):
    """Loses what it sends in a busy second, and a merge has many of them."""

    catalogue = AsksOnce
