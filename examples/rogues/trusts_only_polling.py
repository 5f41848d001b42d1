"""Registers the merge webhook because it has to, answers it, and goes by Get Shop Info alone, which it asks every half hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shop

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_doubled_webhook_links_the_shops_once",
    "a_late_webhook_brings_no_news",
    "a_wrongly_signed_webhook_is_made_up_for_by_asking",
    "an_announced_separation_is_reported_and_unlinks_nothing",
    "orders_move_though_the_webhook_is_lost",
    "the_merge_is_noticed_though_the_webhook_is_lost",
    "webhooks_in_another_order_link_every_shop",
}

_EVERY_HALF_HOUR = timedelta(minutes=30)


class SeesForItself(Merges):
    """Believes only what it has asked for, in its own time."""

    def _hears(self, status: str, toko_shop_id: str, tts_seller_id: str) -> None:
        if status != "merge":
            super()._hears(status, toko_shop_id, tts_seller_id)

    def _asked(self, shop: Shop, now: datetime) -> None:
        self._book.rests(f"shop info {shop.toko_shop_id}", until=now + _EVERY_HALF_HOUR)


class TrustsOnlyPolling(Careful):
    """Works on for half an hour as if the shops had not merged, though it was told in the same minute."""

    merges = SeesForItself
