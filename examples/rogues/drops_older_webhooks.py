"""Never asks, and drops a webhook that is older than the last one, though it is about another shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from gladi.play.system import Delivery

BREAKS = {
    "ids_agree": {
        "compared",
    },
    "the_merge_is_noticed": {
        "stage merged",
        "webhook merge",
    },
}
FAILS = {
    "a_dead_receiver_is_made_up_for_by_asking",
    "a_late_webhook_brings_no_news",
    "a_wrongly_signed_webhook_is_made_up_for_by_asking",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "orders_move_though_the_webhook_is_lost",
    "the_merge_is_noticed_though_the_webhook_is_lost",
    "the_orders_of_a_new_seller_leave_through_the_shop_alone",
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
