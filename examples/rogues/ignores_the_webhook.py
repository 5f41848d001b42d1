"""Never registered the merge webhook; polling will do, it thought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

BREAKS: dict[str, set[str]] = {}
FAILS: set[str] = {
    "a_dead_receiver_is_made_up_for_by_asking",
    "a_doubled_webhook_links_the_shops_once",
    "a_late_webhook_brings_no_news",
    "a_merge_stays_though_a_separation_is_announced",
    "a_webhook_under_a_foreign_key_is_not_believed",
    "a_webhook_without_a_signature_is_not_believed",
    "a_wrongly_signed_webhook_is_made_up_for_by_asking",
    "an_announced_separation_is_reported_and_unlinks_nothing",
    "orders_move_though_the_webhook_is_lost",
    "the_merge_is_noticed_by_webhook",
    "the_merge_is_noticed_though_the_webhook_is_lost",
    "the_registration_keeps_the_other_webhooks",
    "webhooks_in_another_order_link_every_shop",
}


class NeverListens(Merges):
    """Takes the registration for done."""

    async def work(self, now: datetime) -> None:
        """Do everything but register."""
        self._listening = True
        await super().work(now)


class IgnoresTheWebhook(Careful):
    """Learns of the merge minutes late, and of nothing in between."""

    merges = NeverListens
