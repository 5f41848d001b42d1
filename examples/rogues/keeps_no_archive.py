"""Asks the platforms whenever the seller looks at his records, and keeps nothing of what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.archive import Archive
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from examples.careful.book import Kept
    from gladi.play.system import RecordKind

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_past_was_archived_before_the_tokopedia_api_closed"}


class NothingOnPaper(Archive):
    """Shows what it is told now."""

    async def work(self, now: datetime) -> None:
        """Wait to be asked."""

    async def records(self, kind: RecordKind, now: datetime) -> Sequence[Kept]:
        """Ask both platforms; what one of them does not answer is not there."""
        found: list[Kept] = []
        for shop in self._book.shops:
            with self._patience.spared(f"the {kind} of shop {shop.toko_shop_id}"):
                found += await self._past(kind, shop, now)
        for front in self._book.storefronts:
            with self._patience.spared(f"the {kind} of shop {front.id}"):
                found += await self._shop.read(kind, front)
        self._keeps(found)  # only so that the address of a return is found
        return found


class KeepsNoArchive(Careful):
    """Loses its sellers' past on the day on which Tokopedia closes."""

    archive = NothingOnPaper
