"""Adds a row to the list of orders for every webhook of a new order, also when the same one comes again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from examples.careful.shop_news import Message, ShopNews
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.system import Delivery, SeenOrder

BREAKS = {"webhooks_are_handled_once": {"webhook ORDER_STATUS_CHANGE", "showed"}}
FAILS = {"a_doubled_webhook_of_the_shop_shows_an_order_once"}


class CountsOrders(ShopNews):
    """Keeps a row for each delivery instead of each order."""

    def __init__(self, *known: Any) -> None:  # noqa: ANN401 - as it is made by the system
        """Begin without a row."""
        super().__init__(*known)
        self.rows: Counter[str] = Counter()

    def receive(self, delivery: Delivery) -> int:
        """Take it, and add a row."""
        status = super().receive(delivery)
        data = msgspec.json.decode(delivery.body, type=Message).data
        if status == 200 and data.order_status == "AWAITING_SHIPMENT":  # noqa: PLR2004 - HTTP
            self.rows[data.order_id] += 1
        return status


class AddsARowPerWebhook(Careful):
    """Shows one order as two."""

    news = CountsOrders

    def orders(self) -> Sequence[SeenOrder]:
        """Give a row for each that was added."""
        rows = self._news.rows if isinstance(self._news, CountsOrders) else Counter[str]()
        return [order for order in super().orders() for _ in range(max(1, rows[order.order_id]))]
