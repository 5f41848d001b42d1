"""Writes the status of a webhook of Tokopedia & Shop over all that it knows of an order, however old the news is."""

from __future__ import annotations

from msgspec.structs import replace

from examples.careful.shop_answers import standing_of
from examples.careful.shop_news import Message, ShopNews
from examples.careful.system import Careful

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_late_webhook_of_the_shop_reopens_no_order", "a_webhook_that_is_sent_again_reopens_no_order"}


class TakesTheLastWord(ShopNews):
    """Believes whatever came last."""

    def _hears(self, message: Message) -> None:
        known = self._book.sightings.get(f"shop {message.data.order_id}")
        if known is not None and message.data.order_status not in ("", "CANCEL"):
            self._book.sightings.put(known.key, replace(known, standing=standing_of(message.data.order_status)))
            self._book.shipments.drop(known.key)
        else:
            super()._hears(message)


class ReopensAtALateWebhook(Careful):
    """Offers for shipment what the courier has already."""

    news = TakesTheLastWord
