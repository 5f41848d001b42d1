"""Reads the orders of Tokopedia & Shop once, and from then on only when a webhook tells of one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Storefront

BREAKS = {"no_paid_order_is_lost": {"order paid"}}
FAILS = {
    "a_late_webhook_of_the_shop_reopens_no_order",
    "a_tracking_number_is_waited_for",
    "a_webhook_that_is_sent_again_reopens_no_order",
    "a_webhook_that_nobody_passed_on_is_made_up_for_by_asking",
    "a_wrongly_signed_webhook_of_the_shop_is_made_up_for_by_asking",
}


class ReadsWhenTold(OrderDesk):
    """Never asks by itself."""

    async def _reads_shop(self, front: Storefront, now: datetime) -> None:
        await super()._reads_shop(front, now)
        if self._book.read_until.get(front.id) == now:
            self._book.rests(f"orders of shop {front.id}", until=now + timedelta(days=365))


class WaitsForTheShopsWebhooks(Careful):
    """Never learns of an order whose webhook was lost."""

    desk = ReadsWhenTold
