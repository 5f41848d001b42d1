"""The webhooks of Tokopedia & Shop: what has happened in the world, told to whoever registered for it, again and again until he answers.

Theory of operation. Nothing is listened to until something is registered, so that a seller of whom nobody wants to hear costs nothing.
Each event gets its id when it happens and is sent after the platform's delay. An answer of 200, or of 401 for a signature that the
receiver refused, ends it; any other, or none, brings the same bytes again 2 minutes, 30 minutes, 3 hours and 12 hours after the last
attempt, and then never more (tiktok-shop-api.md 14).
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from gladi.record.wire import Delivery, Outgoing
from gladi.record.words import SHOP
from gladi.sandbox.app import PartnerCenter
from gladi.sandbox.shop.events import (
    Event,
    Topic,
    of_conversation,
    of_deauthorization,
    of_listing,
    of_mirroring,
    of_order,
    of_return,
    of_withdrawal,
)
from gladi.sandbox.shop.registrations import Registrations
from gladi.sandbox.shop.reminders import Reminders
from gladi.sandbox.world.ids import shop_side_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gladi.sandbox.app import App
    from gladi.sandbox.shop.auth import Tokens
    from gladi.sandbox.world.mirroring import Mirroring
    from gladi.sandbox.world.world import World

__all__ = ["Webhooks", "signature"]

_encode = msgspec.json.Encoder().encode
_TAKEN = frozenset((200, 401))
_NAMELESS = frozenset((Topic.RECIPIENT_ADDRESS_UPDATE,))
"""What bears no id of its own in the platform's sample (tiktok-shop-api.md 14), so that two can be told apart by their bodies alone."""


def signature(app_key: str, app_secret: str, body: bytes) -> str:
    """Sign a webhook: HMAC-SHA256 under the app's secret over its key and the raw body, in lower-case hex."""
    return hmac.digest(app_secret.encode(), app_key.encode() + body, "sha256").hex()


class Webhooks:
    """Listens to a world, and writes what it hears to those who registered."""

    def __init__(self, world: World, app: App, tokens: Tokens) -> None:
        """Hear of nothing yet, unless Partner Center has everything switched on."""
        self._world = world
        self._app = app
        self._tokens = tokens
        self._listens = False
        self._told = 0
        self.sends: Callable[[Outgoing], None] = lambda outgoing: None  # noqa: ARG005 - the sandbox hangs its outbox here
        self.registrations = Registrations(world, self._begins)
        self.reminders = Reminders(world, tokens, self._wants_reminders, self.tells)
        world.when_mirrored = self._mirrored
        tokens.when_taken_back = self._taken_back
        if world.settings.partner_center is PartnerCenter.EVERYTHING:
            self._listen()
            for shop in world.all_shops():
                self.reminders.begin(shop.key)

    def letter(self, event: Event) -> Outgoing | None:
        """Write an event as it would be sent now; None where nobody wants to hear of it."""
        address = self.registrations.address(event.shop, event.topic)
        if address is None or (self._tokens.is_taken_back(event.shop) and event.topic is not Topic.SELLER_DEAUTHORIZATION):
            return None
        shop = self._world.shops[event.shop]
        self._told += 1
        notification = shop_side_id(f"{self._world.seed} webhook {self._told}", "7380")
        whose = {"shop_id": shop.shop_id} if event.topic.is_registrable else {"seller_open_id": shop.open_id}
        named = {} if event.topic in _NAMELESS else {"tts_notification_id": notification}
        about = {"type": int(event.topic), **named, **whose}
        body = _encode({**about, "timestamp": self._world.clock.now // 1000, "data": event.data})
        parts = urlsplit(address)
        delivery = Delivery(
            method="POST",
            path=f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}",
            headers={"content-type": "application/json", "authorization": signature(self._app.app_key, self._app.app_secret, body)},
            body=body,
        )
        return Outgoing(url=address, platform=SHOP, event=event.topic.name, delivery=delivery, shop=event.shop, notification=notification)

    def tells(self, event: Event) -> None:
        """Send an event, after the platform's delay, to whoever wants to hear of it."""
        outgoing = self.letter(event)
        if outgoing is None:
            return
        name = f"webhook {outgoing.event!r} of {event.shop}"
        self._world.clock.after(self._world.settings.shop_webhook_delay, lambda: self._send(outgoing, 0), name=name)

    # -- hearing -------------------------------------------------------------------------------------------------------

    def _begins(self, shop: str, topic: Topic) -> None:
        self._listen()
        if topic is Topic.UPCOMING_AUTHORIZATION_EXPIRATION:
            self.reminders.begin(shop)

    def _listen(self) -> None:
        if self._listens:
            return
        self._listens = True
        world = self._world
        world.orders.watch(lambda before, order: self._tell_each(of_order(before, order)))
        world.listings.watch(lambda before, listing: self._tell_each(of_listing(before, listing)))
        world.conversations.watch(lambda before, conversation: self._tell_each(of_conversation(world, before, conversation)))
        world.returns.watch(lambda before, one: self._tell_each(of_return(world, before, one)))
        world.when_withdrawn = lambda withdrawal: self._tell_each(of_withdrawal(world, withdrawal))

    def _mirrored(self, shop: str, status: Mirroring) -> None:
        self.tells(of_mirroring(self._world.shops[shop], status, self._world.clock.now))

    def _taken_back(self, shop: str) -> None:
        self.reminders.begin(shop)
        self.tells(of_deauthorization(shop))

    def _wants_reminders(self, shop: str) -> bool:
        return self.registrations.address(shop, Topic.UPCOMING_AUTHORIZATION_EXPIRATION) is not None

    def _tell_each(self, events: Iterable[Event]) -> None:
        for event in events:
            self.tells(event)

    # -- sending -------------------------------------------------------------------------------------------------------

    def _send(self, outgoing: Outgoing, attempt: int) -> None:
        self.sends(replace(outgoing, answered=lambda status: self._answered(outgoing, attempt, status)))

    def _answered(self, outgoing: Outgoing, attempt: int, status: int | None) -> None:
        retries = self._world.settings.shop_webhook_retries
        if status in _TAKEN or attempt >= len(retries):
            return
        name = f"webhook {outgoing.event!r} of {outgoing.shop}, again"
        self._world.clock.after(retries[attempt], lambda: self._send(outgoing, attempt + 1), name=name)
