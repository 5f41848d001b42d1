"""Believes that a webhook always arrives, and never asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

BREAKS = {
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
}


class NeverAsks(Merges):
    """Waits to be told."""

    async def _polls(self, now: datetime) -> None:
        del now


class TrustsOnlyTheWebhook(Careful):
    """Goes on as before when the webhook is lost."""

    merges = NeverAsks
