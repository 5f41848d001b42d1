"""Webhooks: what the app registered, which replaces whatever it had registered before, and the one that announces a merge."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from gladi.record.journal import What
from gladi.record.wire import Delivery, Outgoing
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.app import SYSTEM_URL
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.reading import Whole, body

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.sandbox.app import App
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Shop

__all__ = ["Registration", "list_webhooks", "merge_webhook", "register_webhooks", "registered_before"]

_LONGEST = 2048


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """Every URL that can be registered, under the platform's own names; one that is left out becomes empty, and so does the secret."""

    fs_id: Whole
    order_notification_url: str = ""
    order_cancellation_url: str = ""
    order_status_url: str = ""
    order_request_cancellation_url: str = ""
    order_partial_fulfillment_url: str = ""
    order_actions_url: str = ""
    order_confirm_delivery_notification_url: str = ""
    chat_notification_url: str = ""
    product_creation_url: str = ""
    product_edit_url: str = ""
    product_changes_url: str = ""
    product_discussion_url: str = ""
    campaign_notification_url: str = ""
    shop_merge_notification_url: str = ""
    webhook_secret: str = ""


def registered_before(app: App) -> Registration:
    """Give what an app that has served shops for years has registered: its order webhooks, and nothing about a merge."""
    return Registration(
        fs_id=app.fs_id,
        order_notification_url=f"{SYSTEM_URL}/tokopedia/order",
        order_cancellation_url=f"{SYSTEM_URL}/tokopedia/order-cancellation",
        order_status_url=f"{SYSTEM_URL}/tokopedia/order-status",
        webhook_secret=app.webhook_secret,
    )


_registration = msgspec.json.Decoder(Registration)
_encoder = msgspec.json.Encoder()


def register_webhooks(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /v1/fs/:fs_id/register`. With `upload=1` the same path takes a public key, which is not imitated and refused."""
    if "upload" in arrival.request.params:
        raise Refused(refusals.BAD_INPUT_DATA)
    registration = body(arrival.request.body, _registration, refusals.BAD_INPUT_DATA)
    texts: dict[str, Any] = msgspec.structs.asdict(registration)
    lawful = all(_is_url(value) for name, value in texts.items() if name.endswith("_url") and value)
    if registration.fs_id != desk.app.fs_id or not lawful or len(registration.webhook_secret) > _LONGEST:
        raise Refused(refusals.BAD_INPUT_DATA)

    def registers() -> bytes:
        before: dict[str, Any] = msgspec.structs.asdict(desk.hooks)
        held = [name for name, value in before.items() if name.endswith("_url") and value]
        wiped = ", ".join(name for name in held if not texts[name])
        assumes = desk.world.settings.assumption("registered_before") if wiped else ()
        desk.hooks = registration
        desk.world.journal.fact(What.WEBHOOKS_REGISTERED, platform=TOKOPEDIA, value=wiped if held else None, assumes=assumes)
        return envelope.legacy("success")

    return registers


def list_webhooks(desk: Desk, arrival: Arrival) -> Deed:  # noqa: ARG001 - every handler takes both
    """Answer `GET /v1/fs/:fs_id`; the secret comes back in clear."""
    return lambda: envelope.legacy(msgspec.structs.asdict(desk.hooks))


def merge_webhook(shop: Shop, hooks: Registration, answered: Callable[[int | None], None]) -> Outgoing | None:
    """Make the webhook that tells of a merge; None when no URL is registered for it or the shop has not merged."""
    if not hooks.shop_merge_notification_url or shop.merged_at is None:
        return None
    raw = _encoder.encode(
        {
            "status": "merge",
            "tts_seller_id": shop.seller_id,
            "toko_shop_id": str(shop.tokopedia_id),
            "timestamp": shop.merged_at // 1000,
        }
    )
    parts = urlsplit(hooks.shop_merge_notification_url)
    signature = hmac.new(hooks.webhook_secret.encode(), raw, sha256).hexdigest()
    return Outgoing(
        url=hooks.shop_merge_notification_url,
        platform=TOKOPEDIA,
        event="merge",
        delivery=Delivery(
            method="POST",
            path=f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}",
            headers={"content-type": "application/json", "authorization-hmac": signature},
            body=raw,
        ),
        shop=shop.key,
        tells_merged=(shop.key,),
        answered=answered,
    )


def _is_url(text: str) -> bool:
    if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
