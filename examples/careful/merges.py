"""Which shops have merged: told by a webhook or by asking, believed only when Get Shop Info says so, and never asked too often."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from examples.careful.book import Book, Shop
from examples.careful.tokopedia import SHOPS_A_PAGE, ShopReport, TokopediaClient, digits
from examples.careful.trouble import Busy, Patience, Unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.shop import ShopClient
    from gladi.play.system import Delivery, Venue

__all__ = ["Merges"]

_PATH = "/tokopedia/merge"
_EVERY_FIVE_MINUTES = timedelta(minutes=5)
_EVERY_HOUR = timedelta(hours=1)

_OK, _BAD_REQUEST, _UNAUTHORIZED = 200, 400, 401


class _Message(msgspec.Struct):
    status: str
    tts_seller_id: str
    toko_shop_id: str
    timestamp: int


class Merges:
    """Knows which shops have merged, into which, and whether we may serve them there."""

    def __init__(self, venue: Venue, book: Book, tokopedia: TokopediaClient, shop: ShopClient, patience: Patience) -> None:
        """Serve the shops of `venue`."""
        self._venue = venue
        self._book = book
        self._tokopedia = tokopedia
        self._shop = shop
        self._patience = patience
        self._listening = False
        self._pages: list[frozenset[str] | None] = [None]
        """The shops that each page of Get Shop Info tells of; None until it was turned."""
        for shop_id in venue.shop_ids:
            if book.shops.get(str(shop_id)) is None:
                book.shops.put(str(shop_id), Shop(toko_shop_id=str(shop_id)))

    async def work(self, now: datetime) -> None:
        """Do what is due: listen, learn which shops are ours to serve, confirm what was heard, and ask about the rest."""
        if not self._listening:
            with self._patience.spared("registering the merge webhook"):
                await self._tokopedia.register_merge_webhook(self._venue.webhook_url + _PATH)
                self._listening = True
        await self._learns_storefronts(now)
        await self._confirms_rumours(now)
        await self._checks_separations(now)
        await self._polls(now)
        for shop in self._book.shops:
            self._misses_grant(shop)

    # -- hearing -------------------------------------------------------------------------------------------------------

    def receive(self, delivery: Delivery) -> int:
        """Take a webhook. What it says is only a rumour: it is written down, and Get Shop Info is asked at the next tick."""
        # The signature covers the bytes as they came; parsed and printed again they would be other bytes.
        secret = self._venue.tokopedia.webhook_secret.encode()
        right = hmac.new(secret, delivery.body, hashlib.sha256).hexdigest()
        given = delivery.headers.get("authorization-hmac", "")
        if not hmac.compare_digest(right.encode(), given.encode()):
            return _UNAUTHORIZED
        if self._book.webhooks.get(right) is not None:
            return _OK
        try:
            message = msgspec.json.decode(delivery.body, type=_Message)
            toko_shop_id, tts_seller_id = digits(message.toko_shop_id), digits(message.tts_seller_id)
        except (msgspec.MsgspecError, Unclear):
            return _BAD_REQUEST
        self._hears(message.status, toko_shop_id, tts_seller_id)
        self._book.webhooks.put(right, self._venue.now())
        return _OK

    def _hears(self, status: str, toko_shop_id: str, tts_seller_id: str) -> None:
        shop = self._book.shops.get(toko_shop_id)
        if shop is None:
            self._book.tell(toko_shop_id, f"Tokopedia sent news of shop {toko_shop_id}, which is not served here.")
        elif status == "unmerge":
            # A merge cannot be undone, so this changes nothing until a person has looked.
            self._book.tell(toko_shop_id, f"Tokopedia says that shop {toko_shop_id} was separated again; please check in Seller Center.")
            self._book.shops.put(toko_shop_id, replace(shop, said_separated=True))
        elif status == "merge" and shop.merged_at is None:
            self._book.shops.put(toko_shop_id, replace(shop, rumour=tts_seller_id))

    # -- asking --------------------------------------------------------------------------------------------------------

    async def _confirms_rumours(self, now: datetime) -> None:
        for shop in self._book.shops:
            if shop.rumour is None:
                continue
            # One question for each rumour. If it brings nothing, the polling goes on as if there had been no rumour.
            self._book.shops.put(shop.toko_shop_id, replace(shop, rumour=None))
            self._asked(shop, now)
            with self._patience.spared(f"confirming the merge of {shop.toko_shop_id}"):
                report = await self._asks_about(shop)
                if report.merged_at is None:
                    self._book.tell(
                        shop.toko_shop_id, f"Shop {shop.toko_shop_id} was said to have merged; Tokopedia does not confirm it yet."
                    )
                elif report.tts_seller_id != shop.rumour:
                    self._book.tell(
                        shop.toko_shop_id, f"The seller ids of shop {shop.toko_shop_id} disagree: {shop.rumour} and {report.tts_seller_id}."
                    )
                self._learns(report)

    async def _checks_separations(self, now: datetime) -> None:
        for shop in self._book.shops:
            if not shop.said_separated:
                continue
            self._asked(shop, now)
            with self._patience.spared(f"checking the separation of {shop.toko_shop_id}"):
                report = await self._tokopedia.shop(shop.toko_shop_id)
                self._book.shops.put(shop.toko_shop_id, replace(shop, said_separated=False))
                found = "agrees" if report.merged_at is None else "still calls it merged"
                self._book.tell(
                    shop.toko_shop_id,
                    f"Get Shop Info {found}, of shop {shop.toko_shop_id} that was called separated; nothing was switched.",
                )

    async def _asks_about(self, shop: Shop) -> ShopReport:
        try:
            return await self._tokopedia.shop(shop.toko_shop_id)
        except Busy:
            # Many shops merge in one minute. What was not asked is still a rumour, and is asked as soon as may be.
            self._book.shops.put(shop.toko_shop_id, shop)
            self._rests_no_longer(frozenset((shop.toko_shop_id,)))
            raise

    async def _polls(self, now: datetime) -> None:
        due = [shop for shop in self._book.shops if shop.merged_at is None and self._may_ask(shop, now)]
        if len(self._book.shops) > 1:
            await self._asks_by_pages({shop.toko_shop_id for shop in due}, now)
            return
        for shop in due:
            self._asked(shop, now)
            with self._patience.spared(f"asking about shop {shop.toko_shop_id}"):
                self._learns(await self._tokopedia.shop(shop.toko_shop_id))

    async def _asks_by_pages(self, due: set[str], now: datetime) -> None:
        """Ask about many shops a page at a time: at five requests a second, asking about each alone would take a minute."""
        for at, known in enumerate(self._pages):
            shops = self._unplaced() if known is None else known
            # A page asks about each of its shops, so it is turned only when each may be asked.
            if due.isdisjoint(shops) or not all(self._may_ask(shop, now) for shop in self._shops_of(shops)):
                continue
            with self._patience.spared(f"asking about page {at + 1} of the shops"):
                await self._turns(at, shops, now)

    async def _turns(self, at: int, shops: frozenset[str], now: datetime) -> None:
        for shop in self._shops_of(shops):
            self._asked(shop, now)
        told: frozenset[str] = frozenset()
        try:
            reports = await self._tokopedia.page_of_shops(at + 1)
            told = self._pages[at] = frozenset(report.toko_shop_id for report in reports)
            if len(reports) == SHOPS_A_PAGE and at + 1 == len(self._pages):
                self._pages.append(None)
            for report in reports:
                self._learns(report)
        except Busy:
            self._rests_no_longer(shops)
            raise
        self._rests_no_longer(shops - told)

    def _rests_no_longer(self, shops: frozenset[str]) -> None:
        for toko_shop_id in shops:
            self._book.is_due_now(f"shop info {toko_shop_id}")

    def _unplaced(self) -> frozenset[str]:
        placed = frozenset[str]().union(*(page for page in self._pages if page is not None))
        return frozenset(shop.toko_shop_id for shop in self._book.shops) - placed

    def _shops_of(self, page: frozenset[str]) -> Iterator[Shop]:
        return (shop for one in page if (shop := self._book.shops.get(one)) is not None)

    def _may_ask(self, shop: Shop, now: datetime) -> bool:
        return self._book.is_due(f"shop info {shop.toko_shop_id}", now)

    def _asked(self, shop: Shop, now: datetime) -> None:
        # Noted before the call: a question that failed was asked all the same.
        # From now, which may be later than this tick began: an answer may have let us wait.
        self._book.rests(f"shop info {shop.toko_shop_id}", until=max(now, self._patience.now()) + _EVERY_FIVE_MINUTES)

    # -- believing -----------------------------------------------------------------------------------------------------

    def _learns(self, report: ShopReport) -> None:
        shop = self._book.shops.get(report.toko_shop_id)
        if report.merged_at is None:
            self._book.apart[report.toko_shop_id] = self._patience.now()
        if shop is None or shop.merged_at is not None or report.merged_at is None:
            return
        self._book.shops.put(
            shop.toko_shop_id,
            replace(shop, merged_at=report.merged_at, tts_seller_id=report.tts_seller_id, tts_shop_id=report.tts_shop_id, rumour=None),
        )
        self._book.tell(shop.toko_shop_id, f"Shop {shop.toko_shop_id} has merged; it is now served through Tokopedia & Shop.")
        # From now on orders come from elsewhere: nothing waits for its usual turn.
        for what in (f"orders of tokopedia {shop.toko_shop_id}", f"products of {shop.toko_shop_id}"):
            self._book.is_due_now(what)
        if self._book.storefronts.get(report.tts_shop_id or "") is None:
            self._book.is_due_now("storefronts")
        for front in self._book.storefronts:
            if report.tts_shop_id in (None, front.id):
                self._book.is_due_now(f"orders of shop {front.id}")

    async def _learns_storefronts(self, now: datetime) -> None:
        if not self._book.is_due("storefronts", now):
            return
        for number in range(len(self._venue.shop.grants)):
            with self._patience.spared(f"the shops of grant {number}"):
                for front in await self._shop.storefronts(str(number)):
                    self._book.storefronts.put(front.id, front)
                    self._book.closed_to_us.drop(front.id)
        if len(self._book.storefronts):
            self._book.rests("storefronts", until=now + _EVERY_HOUR)

    def _misses_grant(self, shop: Shop) -> None:
        if shop.merged_at is not None and self._book.place_after_merge(shop) is None:
            self._book.tell(
                shop.toko_shop_id, f"Shop {shop.toko_shop_id} has merged, but its shop on Tokopedia & Shop has not granted us access."
            )
