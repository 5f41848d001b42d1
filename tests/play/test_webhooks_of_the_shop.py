"""What a scenario may do to the webhooks of Tokopedia & Shop is done to them alone, and is never forgotten when it could not be done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from gladi import SHOP, Delivery, HearsTheShop, Rehearsal, Stage, Venue
from gladi.play.faults import RehearsalError, SystemFault
from gladi.play.rehearsal import Plan
from gladi.record.journal import Webhook
from gladi.sandbox.app import PartnerCenter
from gladi.sandbox.settings import Settings
from gladi.sandbox.shop.auth import sign
from tests.play.stage import Quiet, adapter_of, perform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

MINUTE = 60_000
ORDERS = "ORDER_STATUS_CHANGE"


class Deaf(Quiet, HearsTheShop):
    """Says that it hears the shop, and registers for nothing."""


class Hears(Deaf):
    """Registers for the orders of the shop, and answers with what a test puts here."""

    answer: Any = 200
    got: list[Delivery]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).got = []
        app = venue.shop
        trade = {"app_key": app.app_key, "app_secret": app.app_secret, "grant_type": "refresh_token"}
        refresh = {**trade, "refresh_token": app.grants[0].refresh_token}
        token = httpx.get(f"{venue.shop_token_url}/api/v2/token/refresh", params=refresh).json()["data"]["access_token"]
        cipher = self.calls(token, "GET", "/authorization/202309/shops")["shops"][0]["cipher"]
        body = b'{"event_type":"%s","address":"%s/shop"}' % (ORDERS.encode(), venue.webhook_url.encode())
        self.calls(token, "PUT", "/event/202309/webhooks", body, shop_cipher=cipher)

    def calls(self, token: str, method: str, path: str, body: bytes = b"", **query: str) -> Any:
        app, kind = self.venue.shop, "application/json"
        asked = {**query, "app_key": app.app_key, "timestamp": str(int(self.venue.now().timestamp()))}
        asked["sign"] = sign(app.app_secret, path, asked.items(), body, kind)
        headers = {"x-tts-access-token": token, "content-type": kind}
        answer = httpx.request(method, f"{self.venue.shop_url}{path}", params=asked, content=body or None, headers=headers).json()
        assert answer["code"] == 0, answer
        return answer["data"]

    def receive(self, delivery: Delivery) -> Any:
        self.got.append(delivery)
        return self.answer


class Refuses(Hears):
    """Answers as one whose check of the signature fails."""

    answer = 401


def heard(rehearsal: Rehearsal) -> list[Webhook]:
    return [entry for entry in rehearsal.journal.entries if isinstance(entry, Webhook)]


async def orders(rehearsal: Rehearsal, *, hours: float = 5) -> None:
    await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(hours=hours)


def test_an_order_is_told_within_seconds_under_the_platforms_id(tmp_path: Path) -> None:
    rehearsal = perform(Hears, tmp_path, orders)

    (webhook,) = heard(rehearsal)
    assert (webhook.platform, webhook.event, webhook.status, webhook.shop) == (SHOP, ORDERS, 200, "shop-1")
    assert str(webhook.notification).encode() in Hears.got[0].body


def test_a_lost_webhook_comes_again_and_is_then_no_repetition(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.lose_the_next(platform=SHOP)
        await orders(rehearsal)

    first, again = heard(perform(Hears, tmp_path, body))

    assert (first.lost, first.status, again.status, again.at - first.at) == (True, None, 200, 2 * MINUTE)
    assert (first.notification, again.again) == (again.notification, False)


def test_a_swallowed_webhook_never_comes_again(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.swallow_the_next(platform=SHOP)
        await orders(rehearsal, hours=20)

    (only,) = heard(perform(Hears, tmp_path, body))

    assert (only.lost, only.status, Hears.got) == (True, None, [])


def test_a_doubled_webhook_is_the_same_again(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.double_the_next(platform=SHOP)
        await orders(rehearsal)

    rehearsal = perform(Hears, tmp_path, body)

    assert [(one.again, one.genuine) for one in heard(rehearsal)] == [(False, True), (True, True)]
    assert Hears.got[0] == Hears.got[1]


def test_a_mishap_of_one_platform_does_not_befall_the_webhooks_of_the_other(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.lose_the_next()
        await orders(rehearsal)

    with pytest.raises(SystemFault) as caught:
        perform(Hears, tmp_path, body)

    assert "'webhook lost', and no webhook can come: the system registered no shop_merge_notification_url" in str(caught.value)
    assert len(Hears.got) == 1


@pytest.mark.parametrize("signed", [True, False])
def test_a_forged_cancellation_is_signed_under_no_key_of_the_app(signed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.webhooks.forges_a_cancellation(order, signed=signed)

    rehearsal = perform(Hears, tmp_path, body)

    forged = next(one for one in heard(rehearsal) if not one.genuine)
    assert (forged.event, forged.status) == (ORDERS, 200)
    assert ("authorization" in Hears.got[0].headers, b'"CANCEL"' in Hears.got[0].body) == (signed, True)
    assert [one.outcome for one in rehearsal.judgements if one.invariant.id == "no_forged_webhook_is_believed"] == ["broken"]


def test_a_wrongly_signed_webhook_that_is_refused_is_not_sent_again(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.sign_wrongly_the_next(platform=SHOP)
        await orders(rehearsal)

    (only,) = heard(perform(Refuses, tmp_path, body))

    assert (only.genuine, only.status) == (False, 401)


def test_mirroring_reaches_a_system_that_registered_nothing(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        shop = await rehearsal.platform.mirrors_the_shop()
        assert shop == rehearsal.world.shops["shop-1"].shop_id
        await rehearsal.passes(minutes=1)
        await rehearsal.platform.rolls_the_mirroring_back()
        await rehearsal.passes(minutes=1)

    rehearsal = perform(Quiet, tmp_path, body)

    assert [(one.event, one.status) for one in heard(rehearsal)] == [("TOKOPEDIA_MIRROR_STATUS_CHANGE", 200)] * 2


async def doubles_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.double_the_next(platform=SHOP)


async def forges_too_early(rehearsal: Rehearsal) -> None:
    await rehearsal.webhooks.forges_a_cancellation(await rehearsal.buyer.orders())


async def grants_no_time(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.grants_access()


async def takes_access_back_twice(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.takes_access_back()
    await rehearsal.seller.takes_access_back()


async def grants_what_was_taken_back(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.takes_access_back()
    await rehearsal.seller.grants_access(days=31)


async def mirrors_what_merges(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.platform.mirrors_the_shop()


async def dies_unseen(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.the_receiver_dies(platform=SHOP)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (doubles_nothing, "'webhook doubled', and no such webhook came before it ended; ask for it before something happens"),
        (dies_unseen, "'receiver dead', and no such webhook came before it ended; ask for it before something happens"),
        (forges_too_early, "is not on Tokopedia & Shop; let it be ordered there"),
        (grants_no_time, "access cannot be granted for 0 days and 0 hours; write grants_access(days=31)"),
        (takes_access_back_twice, "the seller of shop-1 has taken his access back; do whatever needs it before takes_access_back()"),
        (grants_what_was_taken_back, "the seller of shop-1 has taken his access back"),
        (mirrors_what_merges, "only a shop that was never linked is mirrored"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_cannot_be_is_a_fault_of_the_scenario(body: Callable[[Rehearsal], Awaitable[None]], words: str, tmp_path: Path) -> None:
    with pytest.raises(RehearsalError) as caught:
        perform(Hears, tmp_path, body)

    assert words in str(caught.value)


async def forges_one(rehearsal: Rehearsal) -> None:
    await rehearsal.webhooks.forges_a_cancellation(await rehearsal.buyer.orders(on=SHOP))


@pytest.mark.parametrize("body", [doubles_nothing, forges_one, dies_unseen])
def test_a_system_that_says_it_hears_the_shop_and_registers_nothing_is_at_fault_itself(body: Any, tmp_path: Path) -> None:
    with pytest.raises(SystemFault) as caught:
        perform(Deaf, tmp_path, body)

    assert "no webhook can come: the system registered no webhook of Tokopedia & Shop" in str(caught.value)


def test_a_scenario_that_forgot_to_need_it_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError) as caught:
        perform(Quiet, tmp_path, doubles_nothing)

    assert "this needs HearsTheShop, which the system does not declare" in str(caught.value)


def test_mirroring_of_which_nobody_would_be_told_is_no_scenario(tmp_path: Path) -> None:
    plan = Plan(adapter_of(Quiet), Settings(partner_center=PartnerCenter.NOTHING), tmp_path)
    rehearsal = Rehearsal(plan)

    async def body() -> None:
        await rehearsal.platform.mirrors_the_shop()

    with asyncio.Runner() as runner, pytest.raises(RehearsalError, match="nobody is told of mirroring under partner_center=nothing"):
        runner.run(rehearsal.perform(body))
