"""Takes any webhook of Tokopedia & Shop for the platform's word, because Tokopedia's are the ones that are signed, it thought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Standing
from examples.careful.shop_news import Message, ShopNews
from examples.careful.system import Careful

if TYPE_CHECKING:
    from gladi.play.system import Delivery

BREAKS = {"no_forged_webhook_is_believed": {"webhook ORDER_STATUS_CHANGE"}}
FAILS = {"a_forged_cancellation_stops_no_order"}


class ChecksNoSignature(ShopNews):
    """Closes an order at once when somebody says that it was cancelled."""

    def _is_genuine(self, delivery: Delivery) -> bool:
        return bool(delivery.body)

    def _hears(self, message: Message) -> None:
        known = self._book.sightings.get(f"shop {message.data.order_id}")
        if known is not None and message.data.order_status == "CANCEL":
            self._book.sightings.put(known.key, replace(known, standing=Standing.CLOSED))
        else:
            super()._hears(message)


class BelievesAnyCancellation(Careful):
    """Leaves an order unshipped because somebody said so."""

    news = ChecksNoSignature
