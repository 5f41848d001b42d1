"""What Tokopedia & Shop tells unasked: each webhook is a rumour that brings a question forward, and never an answer."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from examples.careful.shop_answers import standing_of
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from examples.careful.book import Book, Storefront
    from examples.careful.shop import ShopClient
    from examples.careful.trouble import Patience
    from gladi.play.system import Delivery, Venue

__all__ = ["PATH", "ShopNews"]

PATH = "/shop"
"""Where they come to; what no call can register is switched on in Partner Center under the same address."""

_ORDER, _ADDRESS, _DEAUTHORIZATION, _EXPIRY, _CANCELLATION, _MESSAGE, _MIRRORING = 1, 3, 6, 7, 11, 14, 35
_EVENTS = (
    "ORDER_STATUS_CHANGE",
    "RECIPIENT_ADDRESS_UPDATE",
    "CANCELLATION_STATUS_CHANGE",
    "NEW_MESSAGE",
    "UPCOMING_AUTHORIZATION_EXPIRATION",
    "SELLER_DEAUTHORIZATION",
)
_OK, _BAD_REQUEST, _UNAUTHORIZED = 200, 400, 401


class Data(msgspec.Struct):
    """What we read of what is told, whatever it is about."""

    order_id: str = ""
    order_status: str = ""
    expiration_time: str = ""
    tts_shop_id: str = ""
    mirror_status: str = ""


class Message(msgspec.Struct):
    """A webhook; the one about mirroring names the seller where the others name the shop."""

    type: int
    data: Data
    tts_notification_id: str = ""
    shop_id: str = ""


class ShopNews:
    """Registers for the webhooks of Tokopedia & Shop, and has asked about what they tell."""

    def __init__(self, venue: Venue, book: Book, shop: ShopClient, patience: Patience) -> None:
        """Listen for the shops in `book`."""
        self._venue = venue
        self._book = book
        self._shop = shop
        self._patience = patience

    async def work(self) -> None:
        """Register for what is not registered yet, shop by shop; one event registered leaves the others as they are."""
        for front in self._book.storefronts:
            for event in _EVENTS:
                if self._book.registered.get(f"{front.id} {event}") is None:
                    with self._patience.spared(f"registering {event} of shop {front.id}"):
                        await self._registers(front, event)

    async def _registers(self, front: Storefront, event: str) -> None:
        body = {"event_type": event, "address": self._venue.webhook_url + PATH}
        await self._shop.call(msgspec.Raw, front, "PUT", "/event/202309/webhooks", body=body)
        self._book.registered.put(f"{front.id} {event}", self._patience.now())

    # -- hearing -------------------------------------------------------------------------------------------------------

    def receive(self, delivery: Delivery) -> int:
        """Take a webhook; anything but 200 would bring it again."""
        if not self._is_genuine(delivery):
            return _UNAUTHORIZED
        try:
            message = msgspec.json.decode(delivery.body, type=Message)
        except msgspec.MsgspecError:
            return _BAD_REQUEST
        # It is sent again until it is answered, so the same one may come hours later. Those about an address have no id of their own.
        which = message.tts_notification_id or hashlib.sha256(delivery.body).hexdigest()
        if self._book.webhooks.get(which) is None:
            self._hears(message)
            self._book.webhooks.put(which, self._patience.now())
        return _OK

    def _is_genuine(self, delivery: Delivery) -> bool:
        app = self._venue.shop
        right = hmac.new(app.app_secret.encode(), app.app_key.encode() + delivery.body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(right.encode(), delivery.headers.get("authorization", "").encode())

    def _hears(self, message: Message) -> None:
        data = message.data
        if message.type == _MIRRORING:
            self._hears_of_mirroring(data.tts_shop_id, data.mirror_status)
        elif self._book.storefronts.get(message.shop_id) is None:
            return
        elif message.type == _EXPIRY:
            self._hears_of_expiry(message.shop_id, data.expiration_time)
        elif message.type == _MESSAGE:
            self._book.is_due_now(f"conversations of shop {message.shop_id}")
        elif message.type in (_ADDRESS, _CANCELLATION, _DEAUTHORIZATION) or (message.type == _ORDER and self._is_news(data)):
            self._book.is_due_now(f"orders of shop {message.shop_id}")

    def _is_news(self, data: Data) -> bool:
        known = self._book.sightings.get(f"{SHOP} {data.order_id}")
        # The webhook has a word of its own for an order that was cancelled.
        return known is None or known.standing is not standing_of("CANCELLED" if data.order_status == "CANCEL" else data.order_status)

    def _hears_of_expiry(self, shop_id: str, ends: str) -> None:
        until = f" on {datetime.fromtimestamp(int(ends), tz=UTC):%d %B %Y}" if ends.isdecimal() else ""
        self._book.tell(shop_id, f"Your authorization for shop {shop_id} on Tokopedia & Shop ends{until}; please authorize us again.")

    def _hears_of_mirroring(self, shop_id: str, status: str) -> None:
        # A mirrored shop has merged with nothing: its orders come from where they came from before.
        self._book.mirrored.put(shop_id, status)
        self._book.tell(shop_id, f"The mirroring of shop {shop_id} on the Tokopedia storefront is now {status}.")
