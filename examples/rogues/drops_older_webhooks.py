"""Never asks, and drops a webhook that is older than the last one, though it is about another shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from gladi.play.system import Delivery

BREAKS = {"the_merge_is_noticed": {"stage merged", "webhook merge"}, "ids_agree": {"compared"}}
FAILS = {
    "a_dead_receiver_is_made_up_for_by_asking",
    "a_late_webhook_brings_no_news",
    "a_wrongly_signed_webhook_is_made_up_for_by_asking",
    "orders_move_though_the_webhook_is_lost",
    "the_merge_is_noticed_though_the_webhook_is_lost",
    "webhooks_in_another_order_link_every_shop",
}


class TakesTheNewest(Merges):
    """Keeps one time for all shops."""

    _newest = 0

    async def _polls(self, now: datetime) -> None:
        del now

    def receive(self, delivery: Delivery) -> int:
        """Take it if it is news."""
        said_at: int = msgspec.json.decode(delivery.body)["timestamp"]
        if said_at < self._newest:
            return 200
        self._newest = said_at
        return super().receive(delivery)


class DropsOlderWebhooks(Careful):
    """Misses a merge that was announced out of order."""

    merges = TakesTheNewest
