"""Never registered the merge webhook; polling will do, it thought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_merge_is_noticed_by_webhook"}


class NeverListens(Merges):
    """Takes the registration for done."""

    async def work(self, now: datetime) -> None:
        """Do everything but register."""
        self._listening = True
        await super().work(now)


class IgnoresTheWebhook(Careful):
    """Learns of the merge minutes late, and of nothing in between."""

    merges = NeverListens
