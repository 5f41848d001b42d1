"""Believes that a webhook always arrives, and never asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

BREAKS = {"the_merge_is_noticed": {"stage merged"}}
FAILS = {"the_merge_is_noticed_though_the_webhook_is_lost", "orders_move_though_the_webhook_is_lost"}


class NeverAsks(Merges):
    """Waits to be told."""

    async def _polls(self, now: datetime) -> None:
        del now


class TrustsOnlyTheWebhook(Careful):
    """Goes on as before when the webhook is lost."""

    merges = NeverAsks
