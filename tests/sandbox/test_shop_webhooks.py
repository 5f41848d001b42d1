"""Webhooks of Tokopedia & Shop: registered shop by shop, signed, told from the state of the world, and again until they are answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.app import PartnerCenter
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.shop.webhooks import signature
from gladi.sandbox.world.conversations import Sender
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.mirroring import Mirroring, mirror
from gladi.sandbox.world.moderation import answered, fail_audit
from gladi.sandbox.world.moving import move
from gladi.sandbox.world.records import AuditFailure, ListingStatus, OrderStatus
from gladi.sandbox.world.storefronts import stand, standing
from gladi.sandbox.world.withdrawals import withdraw
from tests.sandbox.shop import Caller, view_of

if TYPE_CHECKING:
    from gladi.record.wire import Outgoing
    from gladi.record.words import Platform
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.world import Seeded

PATH = "/event/202309/webhooks"
HERE = "https://system.example.com/webhooks/shop"
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
ORDERS, CANCELLATIONS, MESSAGES = "ORDER_STATUS_CHANGE", "CANCELLATION_STATUS_CHANGE", "NEW_MESSAGE"


class Listener(Caller):
    """A caller that keeps what the platform sends him, and leaves it unanswered."""

    def __init__(self, *, settings: Settings = DEFAULTS, seeded: Seeded | None = None) -> None:
        super().__init__(settings=settings, seeded=seeded)
        self.got: list[Outgoing] = []
        self.api.webhooks.sends = self.got.append

    def asks(self, method: str, **body: str) -> Any:
        return self.json(self.sends(self.signed(method, PATH, (), msgspec.json.encode(body) if body else b"")))

    def registers(self, *events: str, address: str = HERE) -> Any:
        return [self.asks("PUT", event_type=event, address=address) for event in events][-1]

    def waits(self, milliseconds: int = MINUTE) -> None:
        self.clock.leap(self.clock.now + milliseconds)

    def heard(self) -> list[tuple[str, dict[str, Any]]]:
        return [(one.event, msgspec.json.decode(one.delivery.body)["data"]) for one in self.got]


@pytest.mark.parametrize(
    ("key", "secret", "body", "signed"),
    [
        (
            "abcdef",
            "123",
            (
                b'{"type":1,"tts_notification_id":"7380066284010030890","shop_id":"7495540735365777507","timestamp":1718305585,'
                b'"data":{"is_on_hold_order":true,"order_id":"576653688135258178","order_status":"UNPAID","update_time":1718305585}}'
            ),
            "5dec0f11ec2f6783b8deee53c9ffbf8d024302f7c7e7fa55a35d17629031ac05",
        ),
        (
            "29a39d",
            "e59af819cc",
            (
                b'{"type":35,"tts_notification_id":"7327112393057371910","seller_open_id":"open-1","timestamp":1736499600,'
                b'"data":{"tts_shop_id":"7494049642642441621","mirror_status":"MIRRORED","update_time":1736499600}}'
            ),
            "7daf2108aa704d2a1aff5d190367d5fb408ba24063e4c037fd9391a7fad7c0f6",
        ),
    ],
    ids=["W1", "W2"],
)
def test_a_webhook_is_signed_as_the_vectors_are(key: str, secret: str, body: bytes, signed: str) -> None:
    assert signature(key, secret, body) == signed


def test_what_is_registered_is_listed_and_what_is_deleted_is_not() -> None:
    caller = Listener()
    caller.registers(MESSAGES, ORDERS)
    caller.waits()
    caller.registers(ORDERS, address=f"{HERE}/orders")

    listed = caller.asks("GET")["data"]
    caller.asks("DELETE", event_type=ORDERS)
    left = caller.asks("GET")["data"]

    began = caller.clock.now // 1000 - 60
    assert listed == {
        "webhooks": [
            {"event_type": ORDERS, "address": f"{HERE}/orders", "create_time": began, "update_time": began + 60},
            {"event_type": MESSAGES, "address": HERE, "create_time": began, "update_time": began},
        ],
        "total_count": 2,
    }
    assert ([one["event_type"] for one in left["webhooks"]], left["total_count"]) == ([MESSAGES], 1)


@pytest.mark.parametrize(
    ("event", "address"),
    [
        ("ORDER_STATUS_CHANGED", HERE),
        ("TOKOPEDIA_MIRROR_STATUS_CHANGE", HERE),
        (ORDERS, ""),
        (ORDERS, "system.example.com"),
        (ORDERS, "ftp://system.example.com"),
        (ORDERS, "https://system.example.com:x/"),
        (ORDERS, f"{HERE}/{'a' * 255}"),
        (ORDERS, f"{HERE}/ a"),
    ],
)
def test_an_unknown_event_or_an_address_that_is_none_is_refused_and_registers_nothing(event: str, address: str) -> None:
    caller = Listener()

    answer = caller.registers(event, address=address)

    assert answer["code"] == 36009004
    assert caller.asks("GET")["data"]["total_count"] == 0


@pytest.mark.parametrize(
    "address", ["http://system.example.com/", "https://127.0.0.1/", "https://system.example.com:8443/", "https://localhost/"]
)
def test_an_address_on_ones_own_machine_is_a_leniency_and_refused_where_all_is_strict(address: str) -> None:
    lenient, strict = Listener(), Listener(settings=replace(DEFAULTS, strict=True))
    body = msgspec.json.encode({"event_type": ORDERS, "address": address})

    taken = lenient.sends(lenient.signed("PUT", PATH, (), body))

    assert [use.leniency for use in taken.notes.leniencies] == ["local_webhook_address"]
    assert strict.registers(ORDERS, address=address)["code"] == 36009004
    assert strict.registers(ORDERS)["code"] == 0


def test_nothing_is_told_to_a_seller_who_registered_nothing_or_something_else() -> None:
    silent, other = Listener(), Listener()
    other.registers(MESSAGES)

    for caller in (silent, other):
        caller.world.place_order("shop-1", on=SHOP)
        caller.waits(DAY)

    assert silent.got == other.got == []


def test_an_order_is_told_when_it_comes_and_at_each_new_status_and_one_of_tokopedia_is_not() -> None:
    caller = Listener()
    caller.registers(ORDERS)
    caller.world.place_order("shop-1", on=TOKOPEDIA)
    order = caller.world.place_order("shop-1", on=SHOP)

    caller.world.send(order, SHOP)
    caller.waits(4 * DAY)

    told = [(name, data["order_id"], data["order_status"]) for name, data in caller.heard()]
    view = order.shop_view
    assert view is not None
    first_attempts = list(dict.fromkeys(told))
    assert first_attempts == [
        (ORDERS, view.id, status) for status in ("AWAITING_SHIPMENT", "AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED")
    ]


def test_a_webhook_names_its_shop_and_bears_an_id_and_the_signature_of_its_bytes() -> None:
    caller = Listener()
    caller.registers(ORDERS)
    caller.world.place_order("shop-1", on=SHOP)
    caller.waits(5000)

    (sent,) = caller.got
    message = msgspec.json.decode(sent.delivery.body)
    assert (message["type"], message["shop_id"], message["tts_notification_id"]) == (1, caller.shop.shop_id, sent.notification)
    assert sent.delivery.headers["authorization"] == signature(caller.app.app_key, caller.app.app_secret, sent.delivery.body)
    assert (sent.url, sent.delivery.path, len(str(sent.notification))) == (HERE, "/webhooks/shop", 19)


def test_an_unanswered_webhook_comes_five_times_with_the_same_bytes_and_never_again() -> None:
    caller = Listener()
    caller.registers(ORDERS)
    at: list[int] = []

    def answers(outgoing: Outgoing) -> None:
        at.append(caller.clock.now)
        caller.got.append(outgoing)
        outgoing.answered(None if len(at) % 2 else 500)

    caller.api.webhooks.sends = answers
    caller.world.place_order("shop-1", on=SHOP)
    caller.waits(5 * DAY)

    assert [later - earlier for earlier, later in pairwise(at)] == [2 * MINUTE, 30 * MINUTE, 3 * HOUR, 12 * HOUR]
    assert len({one.delivery.body for one in caller.got}) == 1


@pytest.mark.parametrize(("status", "times"), [(200, 1), (401, 1), (204, 5), (302, 5), (None, 5)])
def test_only_two_answers_end_it(status: int | None, times: int) -> None:
    caller = Listener()
    caller.registers(ORDERS)

    def answers(outgoing: Outgoing) -> None:
        caller.got.append(outgoing)
        outgoing.answered(status)

    caller.api.webhooks.sends = answers
    caller.world.place_order("shop-1", on=SHOP)
    caller.waits(DAY)

    assert len(caller.got) == times


def test_an_order_that_its_buyer_cancels_is_told_with_the_webhooks_own_word_and_as_a_cancellation() -> None:
    caller = Listener()
    caller.registers(ORDERS, CANCELLATIONS)
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.world.send(order, SHOP)
    caller.waits()
    caller.got.clear()

    withdraw(caller.world, order.key)
    caller.waits(5000)

    heard = caller.heard()
    assert [data["order_status"] for name, data in heard if name == ORDERS] == ["CANCEL"]
    last = next(data for name, data in reversed(heard) if name == CANCELLATIONS)
    assert (last["cancel_status"], last["cancellations_role"]) == ("CANCELLATION_REQUEST_COMPLETE", "BUYER")


def test_an_order_that_its_buyer_has_sent_elsewhere_is_told_without_an_id_of_the_webhooks_own() -> None:
    caller = Listener()
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.registers(ORDERS, "RECIPIENT_ADDRESS_UPDATE")
    caller.waits()

    move(caller.world, order.key)
    caller.waits(5000)

    (sent,) = caller.got
    message = msgspec.json.decode(sent.delivery.body)
    at = caller.clock.now // 1000 - 5
    assert (message["type"], "tts_notification_id" in message) == (3, False)
    assert message["data"] == {"order_id": view_of(order).id, "update_time": at}
    assert sent.notification


def test_a_status_for_which_the_webhook_has_no_word_is_not_told() -> None:
    caller = Listener()
    caller.registers(ORDERS)
    order = caller.order_that_is(OrderStatus.PAID)

    caller.world.hold(order, SHOP, OrderStatus.PARTLY_ARRANGED)
    caller.waits(5000)

    assert caller.got == []


def test_each_message_is_told_whoever_wrote_it_and_reading_is_none() -> None:
    caller = Listener()
    caller.registers(MESSAGES)
    world = caller.world
    chat = world.conversations.begin("shop-1", world.conversations.stranger(), on=SHOP, home=SHOP)
    for sender in (Sender.BUYER, Sender.SELLER):
        world.conversations.write(chat.key, "TEXT", '{"content":"hello"}', sender=sender)

    world.conversations.read(chat.key)
    caller.waits(5000)

    assert [(data["conversation_id"], data["sender"]["role"]) for _, data in caller.heard()] == [(chat.id, "BUYER"), (chat.id, "SHOP")]


@pytest.mark.parametrize(("kind", "told"), [("ALLOCATED_SERVICE", 2), ("TEXT", 1)])
def test_a_conversation_is_told_when_it_begins_and_when_staff_join_or_leave(kind: str, told: int) -> None:
    caller = Listener()
    caller.registers("NEW_CONVERSATION")
    world = caller.world
    chat = world.conversations.begin("shop-1", world.conversations.stranger(), on=SHOP, home=SHOP)
    world.conversations.begin("shop-1", world.conversations.stranger(), on=TOKOPEDIA, home=TOKOPEDIA)

    world.conversations.write(chat.key, kind, '{"content":"hello"}', sender=Sender.PLATFORM)
    caller.waits(5000)

    assert [data for _, data in caller.heard()] == [{"conversation_id": chat.id, "create_time": chat.began_at // 1000}] * told


@pytest.mark.parametrize(
    ("platform", "here", "there"), [(SHOP, "FAILED", "NONE"), (TOKOPEDIA, "APPROVED", "FAILED")], ids=["on the shop", "on Tokopedia"]
)
def test_an_audit_is_told_with_one_status_for_each_app_when_it_fails_and_when_an_edit_answers_it(
    platform: Platform, here: str, there: str
) -> None:
    caller = Listener()
    caller.registers("PRODUCT_AUDIT_STATUS_CHANGE")
    listing = caller.listing()
    if platform is TOKOPEDIA:
        listing = stand(caller.world, listing, dict.fromkeys((SHOP, TOKOPEDIA), ListingStatus.ACTIVE))
    failure = AuditFailure(platform=platform, reason="blurred", advice="take another picture")
    fail_audit(caller.world, "shop-1", listing.offers[0].sku, failure)

    failed = caller.world.listings[listing.key]
    stand(caller.world, answered(failed, (platform,)), dict.fromkeys(standing(failed), ListingStatus.ACTIVE))
    caller.waits(5000)

    before, *_, during, after = [("NONE", "NONE"), *(_audit_of(data, listing.id) for _, data in caller.heard())]
    assert (before, during) == (("NONE", "NONE"), (here, there))
    assert after == ("APPROVED", "NONE" if platform is SHOP else "APPROVED")


def _audit_of(data: dict[str, Any], listing: str) -> tuple[str, str]:
    there = data["integrated_platform_statuses"]
    assert (data["product_id"], data["audit"]["pre_approved_reasons"], there["platform"]) == (int(listing), [], "TOKOPEDIA")
    return data["audit"]["status"], there["status"]


def test_an_edit_that_changes_no_audit_tells_of_none() -> None:
    caller = Listener()
    caller.registers("PRODUCT_AUDIT_STATUS_CHANGE")

    caller.world.edit(caller.listing(), title="Batik Scarf Mega Mendung, dyed by hand")
    caller.waits(5000)

    assert caller.got == []


def test_a_seller_who_takes_his_access_back_is_the_last_that_is_told_of_his_shop() -> None:
    caller = Listener()
    caller.registers("SELLER_DEAUTHORIZATION", ORDERS, "UPCOMING_AUTHORIZATION_EXPIRATION")

    caller.api.tokens.take_back("shop-1")
    caller.world.place_order("shop-1", on=SHOP)
    caller.waits(DAY)

    (sent,) = {one.notification: one for one in caller.got}.values()
    message = msgspec.json.decode(sent.delivery.body)
    assert (message["type"], message["shop_id"], list(message["data"])) == (6, caller.shop.shop_id, ["message"])


@pytest.mark.parametrize(("expires", "code"), [(True, 105002), (False, 36009004)])
def test_what_the_seller_took_back_opens_nothing_and_no_consent_of_before_brings_it_again(expires: bool, code: int) -> None:  # noqa: FBT001
    caller = Listener(settings=replace(DEFAULTS, revoked_token_expires=expires))

    caller.api.tokens.take_back("shop-1")

    answer = caller.sends(caller.signed("GET", PATH))
    assert caller.json(answer)["code"] == code
    assert "setting.revoked_token_expires" in answer.notes.assumes
    assert [caller.json(one)["code"] for one in (caller.refreshes(), caller.exchanges())] == [36004005, 36004004]


def test_a_seller_who_takes_his_access_back_takes_it_from_nobody_else() -> None:
    caller = Listener(seeded=seller(0, sellers=2))

    caller.api.tokens.take_back("shop-2")

    assert caller.asks("GET")["code"] == 0


def test_a_product_is_told_by_a_number_or_by_text_as_its_event_has_it() -> None:
    caller = Listener()
    caller.registers("PRODUCT_INFORMATION_CHANGE", "PRODUCT_STATUS_CHANGE", "PRODUCT_CATEGORY_CHANGE")
    listing = caller.listing()

    caller.world.edit(listing, title="Batik Scarf Mega Mendung, dyed by hand", category="600002")
    caller.waits(5000)

    heard = dict(caller.heard())
    page, category = heard["PRODUCT_INFORMATION_CHANGE"], heard["PRODUCT_CATEGORY_CHANGE"]
    assert (page["product_id"], page["changed_fields"]) == (listing.id, ["title"])
    assert (category["product_id"], category["current_category_id"]) == (int(listing.id), 600002)
    assert "PRODUCT_STATUS_CHANGE" not in heard


def test_mirroring_is_told_of_the_seller_through_partner_center_and_is_no_merge() -> None:
    caller = Listener()

    mirror(caller.world, "shop-1", Mirroring.MIRRORED)
    caller.waits(5000)

    (sent,) = caller.got
    message = msgspec.json.decode(sent.delivery.body)
    assert (message["type"], message["seller_open_id"], "shop_id" in message) == (35, caller.shop.open_id, False)
    assert (message["data"]["tts_shop_id"], message["data"]["mirror_status"]) == (caller.shop.shop_id, "MIRRORED")
    assert (sent.tells_merged, caller.shop.merged_at) == ((), None)


def test_a_shop_is_mirrored_once_and_not_after_it_was_linked() -> None:
    caller = Listener()
    mirror(caller.world, "shop-1", Mirroring.MIRRORED)

    with pytest.raises(WorldError, match="is MIRRORED already"):
        mirror(caller.world, "shop-1", Mirroring.MIRRORED)
    caller.world.link("shop-1")
    with pytest.raises(WorldError, match="only a shop that was never linked is mirrored"):
        mirror(caller.world, "shop-1", Mirroring.ROLLED_BACK)


@pytest.mark.parametrize(("switched_on", "told"), [(PartnerCenter.NOTHING, 0), (PartnerCenter.MIRRORING, 1), (PartnerCenter.EVERYTHING, 2)])
def test_partner_center_switches_on_nothing_mirroring_or_everything(switched_on: PartnerCenter, told: int) -> None:
    caller = Listener(settings=replace(DEFAULTS, partner_center=switched_on))

    mirror(caller.world, "shop-1", Mirroring.MIRRORED)
    caller.world.place_order("shop-1", on=SHOP)
    caller.waits(5000)

    assert len(caller.got) == told


def test_the_end_of_an_authorization_is_told_thirty_days_ahead_and_every_midnight_after() -> None:
    caller = Listener()
    caller.registers("UPCOMING_AUTHORIZATION_EXPIRATION")
    began = caller.clock.now
    until = began + 31 * DAY
    caller.api.tokens.grant("shop-1", until)
    caller.api.webhooks.reminders.begin("shop-1")

    caller.waits(4 * DAY)

    sent = [msgspec.json.decode(one.delivery.body) for one in caller.got]
    seconds = [(message["timestamp"] * 1000 - began) / HOUR for message in sent]
    midnight = 24 - began % DAY / HOUR
    assert seconds == [24, 24 + midnight, 48 + midnight, 72 + midnight][: len(seconds)]
    assert len(sent) == 4
    assert {message["data"]["expiration_time"] for message in sent} == {str(until // 1000)}


def test_a_grant_of_a_year_reminds_nobody_soon_and_one_that_has_ended_refreshes_nothing() -> None:
    caller = Listener()
    caller.registers("UPCOMING_AUTHORIZATION_EXPIRATION")
    caller.waits(30 * DAY)
    caller.api.tokens.grant("shop-1", caller.clock.now + HOUR)
    caller.waits(HOUR)

    answer = caller.json(caller.refreshes())

    assert caller.got == []
    assert answer["code"] == 36004001


def test_the_delay_is_a_setting() -> None:
    caller = Listener(settings=replace(DEFAULTS, shop_webhook_delay=timedelta(minutes=3)))
    caller.registers(ORDERS)
    caller.world.place_order("shop-1", on=SHOP)

    caller.waits(3 * MINUTE - 1)
    early = len(caller.got)
    caller.waits(1)

    assert (early, len(caller.got)) == (0, 1)
