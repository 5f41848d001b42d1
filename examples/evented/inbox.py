"""The inbox: a webhook is checked, written down as an event and answered; what it leads to happens when the system wakes."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from examples.evented import events
from examples.evented.client import Digits, read
from examples.evented.faults import Unclear

if TYPE_CHECKING:
    from examples.evented.roster import Roster
    from examples.evented.store import Store
    from gladi.play.system import Delivery, Venue

__all__ = ["MERGE_PATH", "NEWS", "NEWS_PATH", "Inbox"]

MERGE_PATH, NEWS_PATH = "/merges", "/shop"
"""Where webhooks come to. What no call can register is switched on in Partner Center under the second."""
NEWS = ("ORDER_STATUS_CHANGE", "CANCELLATION_STATUS_CHANGE", "SELLER_DEAUTHORIZATION", "UPCOMING_AUTHORIZATION_EXPIRATION")
"""The events that a shop is registered for."""
_ORDER, _ACCESS_TAKEN_BACK, _ACCESS_ENDS, _CANCELLATION, _MIRRORING = 1, 6, 7, 11, 35
_OK, _BAD_REQUEST, _UNAUTHORIZED = 200, 400, 401


class _Merge(msgspec.Struct):
    status: str
    toko_shop_id: Digits
    tts_seller_id: Digits


class _Data(msgspec.Struct):
    expiration_time: str | int = ""
    tts_shop_id: Digits | None = None
    mirror_status: str = ""


class _News(msgspec.Struct):
    type: int
    data: _Data
    tts_notification_id: str | int = ""
    # The news about mirroring names the shop inside.
    shop_id: Digits | None = None


class Inbox:
    """Takes the webhooks of both platforms."""

    def __init__(self, venue: Venue, store: Store, roster: Roster) -> None:
        """Check against the secrets of `venue`, and write into `store`."""
        self._venue = venue
        self._store = store
        self._roster = roster

    def takes(self, delivery: Delivery) -> int:
        """Take a webhook, and give the status that it is answered with: anything but 200 may bring it again."""
        app, body = self._venue.shop, delivery.body
        # A signature covers the bytes as they came; parsed and printed again they would be other bytes.
        if is_news := delivery.path.endswith(NEWS_PATH):
            right = _signature(app.app_secret, app.app_key.encode() + body)
        else:
            right = _signature(self._venue.tokopedia.webhook_secret, body)
        given = delivery.headers.get("authorization" if is_news else "authorization-hmac", "")
        if not hmac.compare_digest(right.encode(), given.encode()):
            return _UNAUTHORIZED
        try:
            if is_news:
                self._hears_news(read(_News, body), right)
            else:
                self._hears_of_merge(read(_Merge, body), right)
        except Unclear:
            return _BAD_REQUEST
        return _OK

    def _hears_of_merge(self, merge: _Merge, mark: str) -> None:
        shop = str(merge.toko_shop_id)
        if mark in self._roster.heard:
            return
        if shop not in self._roster.shops:
            self._store.tells(shop, f"Tokopedia sent news of shop {shop}, which is not served here.")
        elif merge.status == "merge":
            self._store.records(events.MergeHeard(mark=mark, shop=shop, seller=str(merge.tts_seller_id)))
        elif merge.status == "unmerge":
            with self._store.at_once():
                self._store.records(events.SeparationHeard(mark=mark, shop=shop))
                # A merge cannot be undone, so nothing is switched before a person has looked.
                self._store.tells(shop, f"Tokopedia says that shop {shop} was separated again; please check in Seller Center.")

    def _hears_news(self, news: _News, signature: str) -> None:
        front = str(news.data.tts_shop_id if news.type == _MIRRORING else news.shop_id)
        mark = str(news.tts_notification_id) or signature
        if mark in self._roster.heard:
            return
        with self._store.at_once():
            if news.type == _MIRRORING:
                status = news.data.mirror_status
                # A mirrored shop has merged with nothing: its orders come from where they came from before.
                self._store.records(events.MirroringHeard(mark=mark, front=front, status=status))
                self._store.tells(front, f"The mirroring of shop {front} on the Tokopedia storefront is now {status}.")
            elif news.type in (_ORDER, _CANCELLATION, _ACCESS_TAKEN_BACK, _ACCESS_ENDS):
                self._store.records(events.NewsHeard(mark=mark, front=front))
            if news.type == _ACCESS_ENDS:
                ends = str(news.data.expiration_time)
                until = f" on {datetime.fromtimestamp(int(ends), tz=UTC):%d %B %Y}" if ends.isdecimal() else ""
                self._store.tells(front, f"Your authorization for shop {front} ends{until}; please authorize us again.")


def _signature(key: str, words: bytes) -> str:
    return hmac.new(key.encode(), words, hashlib.sha256).hexdigest()
