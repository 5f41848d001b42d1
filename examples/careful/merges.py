"""Which shops have merged: told by a webhook or by asking, believed only when Get Shop Info says so, and never asked too often."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from examples.careful.book import Book, Shop
from examples.careful.tokopedia import ShopReport, TokopediaClient, digits
from examples.careful.trouble import Busy, Patience, Unclear

if TYPE_CHECKING:
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
                report = await self._tokopedia.shop(shop.toko_shop_id)
                if report.merged_at is None:
                    self._book.tell(
                        shop.toko_shop_id, f"Shop {shop.toko_shop_id} was said to have merged; Tokopedia does not confirm it yet."
                    )
                elif report.tts_seller_id != shop.rumour:
                    self._book.tell(
                        shop.toko_shop_id, f"The seller ids of shop {shop.toko_shop_id} disagree: {shop.rumour} and {report.tts_seller_id}."
                    )
                self._learns(report)

    async def _polls(self, now: datetime) -> None:
        due = [shop for shop in self._book.shops if shop.merged_at is None and self._may_ask(shop, now)]
        # A call for all shops asks about each of them, so it is made only when each may be asked.
        if len(due) > 1 and all(self._may_ask(shop, now) for shop in self._book.shops):
            with self._patience.spared("asking about all shops"):
                await self._asks_about_all(now)
            return
        for shop in due:
            self._asked(shop, now)
            with self._patience.spared(f"asking about shop {shop.toko_shop_id}"):
                self._learns(await self._tokopedia.shop(shop.toko_shop_id))

    async def _asks_about_all(self, now: datetime) -> None:
        unheard = {shop.toko_shop_id for shop in self._book.shops}
        for shop in self._book.shops:
            self._asked(shop, now)
        try:
            async for report in self._tokopedia.every_shop():
                unheard.discard(report.toko_shop_id)
                self._learns(report)
        except Busy:
            # The pages that were refused were not asked; their shops go on a moment later.
            for toko_shop_id in unheard:
                self._book.is_due_now(f"shop info {toko_shop_id}")
            raise

    def _may_ask(self, shop: Shop, now: datetime) -> bool:
        return self._book.is_due(f"shop info {shop.toko_shop_id}", now)

    def _asked(self, shop: Shop, now: datetime) -> None:
        # Noted before the call: a question that failed was asked all the same.
        self._book.rests(f"shop info {shop.toko_shop_id}", until=now + _EVERY_FIVE_MINUTES)

    # -- believing -----------------------------------------------------------------------------------------------------

    def _learns(self, report: ShopReport) -> None:
        shop = self._book.shops.get(report.toko_shop_id)
        if shop is None or shop.merged_at is not None or report.merged_at is None:
            return
        self._book.shops.put(
            shop.toko_shop_id,
            replace(shop, merged_at=report.merged_at, tts_seller_id=report.tts_seller_id, tts_shop_id=report.tts_shop_id, rumour=None),
        )
        self._book.tell(shop.toko_shop_id, f"Shop {shop.toko_shop_id} has merged; it is now served through Tokopedia & Shop.")
        # From now on orders come from elsewhere: nothing waits for its usual turn.
        for what in ("storefronts", f"orders of tokopedia {shop.toko_shop_id}", f"products of {shop.toko_shop_id}"):
            self._book.is_due_now(what)
        for front in self._book.storefronts:
            self._book.is_due_now(f"orders of shop {front.id}")

    async def _learns_storefronts(self, now: datetime) -> None:
        if not self._book.is_due("storefronts", now):
            return
        for number in range(len(self._venue.shop.grants)):
            with self._patience.spared(f"the shops of grant {number}"):
                for front in await self._shop.storefronts(str(number)):
                    self._book.storefronts.put(front.id, front)
        if len(self._book.storefronts):
            self._book.rests("storefronts", until=now + _EVERY_HOUR)

    def _misses_grant(self, shop: Shop) -> None:
        if shop.merged_at is not None and self._book.place_after_merge(shop) is None:
            self._book.tell(
                shop.toko_shop_id, f"Shop {shop.toko_shop_id} has merged, but its shop on Tokopedia & Shop has not granted us access."
            )
