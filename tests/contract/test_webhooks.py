"""A third-party client registers for webhooks, checks the signature of what is sent, and reads each into its own models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tiktok_shop_api import TikTokShop, TikTokShopAuth, Webhooks
from tiktok_shop_api.generated import models

from gladi.faces.server import Served
from gladi.record.words import SHOP
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.world.conversations import Sender
from gladi.sandbox.world.mirroring import Mirroring, mirror
from gladi.sandbox.world.moderation import fail_audit
from gladi.sandbox.world.records import AuditFailure, ListingStatus
from gladi.sandbox.world.storefronts import standing
from gladi.sandbox.world.withdrawals import withdraw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.wire import Outgoing

HERE = "https://system.example.com/webhooks/shop"
EVENTS = (
    "ORDER_STATUS_CHANGE",
    "CANCELLATION_STATUS_CHANGE",
    "NEW_MESSAGE",
    "PRODUCT_INFORMATION_CHANGE",
    "PRODUCT_CATEGORY_CHANGE",
    "UPCOMING_AUTHORIZATION_EXPIRATION",
    "NEW_CONVERSATION",
    "PRODUCT_AUDIT_STATUS_CHANGE",
    "SELLER_DEAUTHORIZATION",
)
MINUTE, DAY = 60_000, 86_400_000


@pytest.fixture
def sandbox() -> Sandbox:
    """Open a fresh sandbox."""
    return Sandbox()


@pytest.fixture
def events(sandbox: Sandbox) -> Iterator[Any]:
    """Serve it to the client of its first seller, and give the client's calls about webhooks."""
    app = sandbox.app
    with Served(sandbox, now=lambda: sandbox.clock.now) as served:
        token = TikTokShopAuth(app.app_key, app.app_secret, base_url=served.url).exchange_code(sandbox.consents[0].auth_code)
        cipher = sandbox.world.shops["shop-1"].cipher
        client = TikTokShop(app.app_key, app.app_secret, token.access_token, cipher, base_url=served.url, transport=httpx.HTTPTransport())
        with client:
            yield client.event
        assert served.faults == []


def registers(events: Any, *names: str) -> None:
    for name in names:
        topic = models.UpdateShopWebhookRequestEventType(name)
        events.update_shop_webhook(body=models.UpdateShopWebhookRequest(address=HERE, event_type=topic))


def things_happen(sandbox: Sandbox) -> list[Outgoing]:
    """Let something of each kind happen, and give what was sent of it."""
    world = sandbox.world
    order = world.place_order("shop-1", on=SHOP)
    world.send(order, SHOP)
    withdraw(world, order.key)
    chat = world.conversations.begin("shop-1", order.buyer, on=SHOP, home=SHOP)
    world.conversations.write(chat.key, "TEXT", '{"content":"hello"}', sender=Sender.BUYER)
    world.edit(next(iter(world.listings.rows("shop", (SHOP, "shop-1")))), title="Written anew", category="600002")
    sold = next(one for one in world.listings.rows("shop", (SHOP, "shop-1")) if standing(one).get(SHOP) is ListingStatus.ACTIVE)
    fail_audit(world, "shop-1", sold.offers[0].sku, AuditFailure(platform=SHOP, reason="blurred", advice="take another picture"))
    mirror(world, "shop-1", Mirroring.MIRRORED)
    sandbox.shop.tokens.grant("shop-1", sandbox.clock.now + 30 * DAY + MINUTE)
    sandbox.shop.webhooks.reminders.begin("shop-1")
    sandbox.clock.leap(sandbox.clock.now + 2 * MINUTE)
    sandbox.shop.tokens.take_back("shop-1")
    sandbox.clock.leap(sandbox.clock.now + MINUTE)
    return list(sandbox.outbox)


def test_the_client_registers_lists_and_deletes(events: Any) -> None:
    registers(events, "ORDER_STATUS_CHANGE", "NEW_MESSAGE")
    topic = models.DeleteWebhookForAnEventRequestEventType("NEW_MESSAGE")
    events.delete_webhook_for_an_event(body=models.DeleteWebhookForAnEventRequest(event_type=topic))

    listed = events.get_shop_webhooks().data

    assert ([(one.event_type, one.address) for one in listed.webhooks], listed.total_count) == ([("ORDER_STATUS_CHANGE", HERE)], 1)


def test_the_client_finds_every_signature_right_and_every_body_whole(sandbox: Sandbox, events: Any) -> None:
    registers(events, *EVENTS)

    sent = things_happen(sandbox)

    proof = {"app_key": sandbox.app.app_key, "app_secret": sandbox.app.app_secret}
    assert {one.event for one in sent} == {*EVENTS, "TOKOPEDIA_MIRROR_STATUS_CHANGE"}
    for one in sent:
        delivery = one.delivery
        read: Any = Webhooks.parse(delivery.body)
        assert Webhooks.verify(**proof, raw_body=delivery.body, signature=delivery.headers["authorization"])
        assert (read.additional_properties, read.data.additional_properties) == ({}, {})
        assert read.tts_notification_id == one.notification
