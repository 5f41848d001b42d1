"""The archive: returns, money, promotions, parcels and conversations of every shop, each kept where it was once read.

1. What a shop did on Tokopedia stays Tokopedia's after the merge, and what comes after it is made by Tokopedia & Shop: both are read.
2. A merged shop's past is written down as soon as the merge is known, and again each day while it may grow: Tokopedia has announced the
   day on which it will answer nobody any more.
3. What a platform does not say today, the book still knows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from examples.careful.record_clients import ShopRecords, TokopediaRecords
from gladi.play.system import KeepsRecords, RecordKind, SeenRecord

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from examples.careful.book import Book, Kept, Shop
    from examples.careful.shop import ShopClient
    from examples.careful.tokopedia import TokopediaClient
    from examples.careful.trouble import Patience
    from gladi.play.system import Venue

__all__ = ["Archive", "ShowsRecords"]

_EVERY_DAY = timedelta(days=1)


class Archive:
    """Keeps the records of every shop."""

    tokopedia_records: type[TokopediaRecords] = TokopediaRecords
    shop_records: type[ShopRecords] = ShopRecords
    """What reads records on each platform."""

    kinds_kept: tuple[RecordKind, ...] = tuple(RecordKind)
    """What is written down of a merged shop's past before anybody looks at it."""

    def __init__(self, book: Book, tokopedia: TokopediaClient, shop: ShopClient, patience: Patience) -> None:
        """Keep them in `book`."""
        self._book = book
        self._tokopedia = self.tokopedia_records(tokopedia)
        self._shop = self.shop_records(shop)
        self._patience = patience

    async def work(self, now: datetime) -> None:
        """Write down the past of the shops that have merged, as long as there is somebody to ask."""
        for shop in self._book.shops:
            what = f"archive of {shop.toko_shop_id}"
            if shop.merged_at is None or not self._book.is_due(what, now):
                continue
            with self._patience.spared(f"the past of shop {shop.toko_shop_id}"):
                for kind in self.kinds_kept:
                    self._keeps(await self._past(kind, shop, now))
                self._book.rests(what, until=now + _EVERY_DAY)

    async def records(self, kind: RecordKind, now: datetime) -> Sequence[Kept]:
        """Give every record of a kind, as the platforms have it now and the book has it from before."""
        for shop in self._book.shops:
            with self._patience.spared(f"the {kind} of shop {shop.toko_shop_id}"):
                self._keeps(await self._past(kind, shop, now))
        for front in self._book.storefronts:
            with self._patience.spared(f"the {kind} of shop {front.id}"):
                self._keeps(await self._shop.read(kind, front))
        return [one for one in self._book.kept if one.kind is kind]

    async def _past(self, kind: RecordKind, shop: Shop, now: datetime) -> Sequence[Kept]:
        """Read what a Tokopedia store has done, which Tokopedia alone can tell."""
        return await self._tokopedia.read(kind, shop.toko_shop_id, now)

    async def fields(self, about: str) -> dict[str, str]:
        """Give what is known of a return; an id that nothing kept bears may be that of a new one."""
        if about.isdecimal() and not self._where(about):
            await self.records(RecordKind.RETURNS, self._patience.now())
        address = self._where(about)
        return {"Goods come back to": address} if address else {}

    def _where(self, return_id: str) -> str:
        return next((one.address for one in self._book.kept if one.id == return_id), "")

    def _keeps(self, found: Sequence[Kept]) -> None:
        for one in found:
            self._book.kept.put(one.key, one)


class ShowsRecords(KeepsRecords):
    """A system that shows what its archive keeps."""

    archive: type[Archive] = Archive
    """What keeps the records."""

    _archive: Archive
    _one_at_a_time: asyncio.Lock
    _venue: Venue

    async def records(self, kind: RecordKind) -> Sequence[SeenRecord]:
        """Give every record of a kind."""
        async with self._one_at_a_time:
            return [SeenRecord(one.platform, one.id) for one in await self._archive.records(kind, self._venue.now())]
