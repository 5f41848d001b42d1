"""Looks whether both platforms are up before it does a round of work, and does none while one of them is down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from examples.careful.trouble import Unclear

if TYPE_CHECKING:
    from datetime import datetime

BREAKS = {
    "new_orders_are_read_from_the_shop": {"order placed", "stage merged", "tokopedia.get_shop_info"},
    "no_paid_order_is_lost": {"order paid"},
}
FAILS = {
    "orders_leave_though_the_tokopedia_api_answers_nobody",
}


class AllOrNothing(OrderDesk):
    """Wants to see every order or none."""

    async def work(self, now: datetime) -> None:
        """Knock first."""
        try:
            await self._tokopedia.webhook_urls()
        except Unclear:
            return
        await super().work(now)


class WaitsForBothPlatforms(Careful):
    """Ships nothing any more from the day on which Tokopedia closes."""

    desk = AllOrNothing
