"""Asks Get Shop Info about each of its sellers' shops in turn, and when it has asked too often leaves the rest for an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful
from examples.careful.tokopedia import TokopediaClient
from examples.careful.trouble import Busy

if TYPE_CHECKING:
    from datetime import datetime

    import httpx

BREAKS = {"the_merge_is_noticed": {"stage merged"}}
FAILS = {"three_hundred_shops_in_mixed_stages_are_followed"}

_AN_HOUR = timedelta(hours=1)
_A_SECOND = timedelta(seconds=1)


class NeverSlows(TokopediaClient):
    """Reads no header that says how many requests are left."""

    def _honour_rate_limit(self, path: str, response: httpx.Response) -> None:
        del path
        if response.status_code == 429:  # noqa: PLR2004 - HTTP
            raise Busy(self._venue.now() + _A_SECOND)


class OneByOne(Merges):
    """Tried with a dozen shops, whose last was never reached too late."""

    async def _polls(self, now: datetime) -> None:
        if not self._book.is_due("shop info", now):
            return
        for shop in self._book.shops:
            if shop.merged_at is not None or not self._may_ask(shop, now):
                continue
            self._asked(shop, now)
            try:
                self._learns(await self._tokopedia.shop(shop.toko_shop_id))
            except Busy:
                self._book.rests("shop info", until=now + _AN_HOUR)
                return


class AsksShopByShop(Careful):
    """Never hears of the shops at the end of its list."""

    tokopedia_client = NeverSlows
    merges = OneByOne
