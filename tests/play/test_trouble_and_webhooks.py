"""What a scenario may do to calls and webhooks is done, seen in the journal, and never forgotten when it could not be done."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from gladi import SHOP, TOKOPEDIA, Rehearsal, Stage
from gladi.play.faults import RehearsalError, SystemFault
from gladi.play.post import Mishap, Post, Woe
from gladi.record.journal import Call, Fact, Webhook, What
from gladi.record.wire import Delivery, Lost, Outgoing
from gladi.sandbox.sandbox import Sandbox
from tests.play.stage import Quiet, Receives, perform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

HOUR = 3_600_000


async def merges(rehearsal: Rehearsal, *, hours: float = 0.1) -> None:
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(hours=hours)


def webhooks(rehearsal: Rehearsal) -> list[Webhook]:
    return [entry for entry in rehearsal.journal.entries if isinstance(entry, Webhook)]


def asks_for_a_token(rehearsal: Rehearsal) -> str:
    keys = rehearsal.system.venue.tokopedia  # type: ignore[attr-defined]  # a small system of this stage
    try:
        url = "https://accounts.tokopedia.com/token?grant_type=client_credentials"
        return str(httpx.post(url, auth=(keys.client_id, keys.client_secret)).status_code)
    except httpx.RemoteProtocolError as error:
        return str(error)


def lists_its_webhooks(rehearsal: Rehearsal) -> None:
    keys = rehearsal.system.venue.tokopedia  # type: ignore[attr-defined]  # a small system of this stage
    url = "https://accounts.tokopedia.com/token?grant_type=client_credentials"
    token = httpx.post(url, auth=(keys.client_id, keys.client_secret)).json()["access_token"]
    httpx.get(f"https://fs.tokopedia.net/v1/fs/{keys.fs_id}", headers={"authorization": f"Bearer {token}"})


def merged_at(rehearsal: Rehearsal) -> int:
    return next(one.at for one in rehearsal.journal.entries if isinstance(one, Fact) and one.stage is Stage.MERGED)


def test_a_late_webhook_arrives_when_it_was_said(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.delay_the_next(hours=3)
        await merges(rehearsal, hours=4)

    rehearsal = perform(Receives, tmp_path, body)

    assert [round((one.at - merged_at(rehearsal)) / HOUR, 1) for one in webhooks(rehearsal)] == [3.0]


def test_webhooks_are_held_and_handed_out_in_the_opposite_order() -> None:
    sandbox = Sandbox()
    post = Post(sandbox)
    post.expects(Mishap(Woe.REORDERED, count=3))
    for number in range(1, 5):
        delivery = Delivery("POST", "/merge", {}, b"%d" % number)
        sandbox.outbox.append(Outgoing(url="https://x.example/merge", platform="tokopedia", event="merge", delivery=delivery))

    handed_out = [letter.outgoing.delivery.body for letter in iter(post.next, None)]

    assert handed_out == [b"3", b"2", b"1", b"4"]


def test_a_doubled_webhook_is_the_same_again(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.double_the_next()
        await merges(rehearsal)

    rehearsal = perform(Receives, tmp_path, body)

    assert [(one.again, one.status, one.genuine) for one in webhooks(rehearsal)] == [(False, 200, True), (True, 200, True)]
    assert Receives.got[0] == Receives.got[1]


def test_a_wrongly_signed_webhook_tells_nothing(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.sign_wrongly_the_next()
        await merges(rehearsal)

    rehearsal = perform(Receives, tmp_path, body)

    assert [(one.genuine, one.tells_merged) for one in webhooks(rehearsal)] == [(False, ())]
    assert [one.outcome for one in rehearsal.judgements if one.invariant.id == "no_forged_webhook_is_believed"] == ["broken"]


@pytest.mark.parametrize("signed", [True, False])
def test_a_forged_webhook_names_an_unmerged_shop_under_no_key_of_the_app(signed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.webhooks.forges(signed=signed)

    rehearsal = perform(Receives, tmp_path, body)

    assert [(one.genuine, one.shop) for one in webhooks(rehearsal)] == [(False, "shop-1")]
    assert ("authorization-hmac" in Receives.got[0].headers) is signed
    assert Receives.got[0].path == "/webhooks/merge"
    told = json.loads(Receives.got[0].body)
    assert (len(told["tts_seller_id"]), rehearsal.world.shop_where("seller_id", told["tts_seller_id"])) == (19, None)
    assert told["toko_shop_id"] == str(rehearsal.world.shops["shop-1"].tokopedia_id)


def test_a_dead_receiver_answers_nothing_until_it_is_back(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.the_receiver_dies()
        await merges(rehearsal)
        rehearsal.webhooks.the_receiver_comes_back()

    rehearsal = perform(Receives, tmp_path, body)

    assert [(one.status, one.lost) for one in webhooks(rehearsal)] == [(None, False)]
    assert Receives.got == []


def test_the_other_webhooks_stay_registered(tmp_path: Path) -> None:
    rehearsal = perform(Receives, tmp_path)

    assert (rehearsal.webhooks.are_registered, rehearsal.webhooks.wiped) == (True, [])


def test_a_lost_answer_is_met_by_the_call_it_is_aimed_at(tmp_path: Path) -> None:
    said: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.loses_the_answer(to="tokopedia.get_token", nth=2)
        said.extend(asks_for_a_token(rehearsal) for _ in range(3))

    rehearsal = perform(Quiet, tmp_path, body)

    assert said == ["200", "Server disconnected without sending a response.", "200"]
    assert [one.lost for one in rehearsal.journal.entries if isinstance(one, Call)] == [None, Lost.ANSWER, None]
    assert [one.value for one in rehearsal.journal.entries if isinstance(one, Fact) and one.what == What.TROUBLE] == ["answer lost"]


def test_a_lost_request_may_last_for_minutes(tmp_path: Path) -> None:
    said: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.loses_the_request(to=("tokopedia.get_token", "shop.get_token"), minutes=10)
        said.append(asks_for_a_token(rehearsal))
        await rehearsal.passes(minutes=10)
        said.append(asks_for_a_token(rehearsal))

    perform(Quiet, tmp_path, body)

    assert said == ["Server disconnected without sending a response.", "200"]


class AsksToo(Receives):
    """Hears of a merge without any webhook, so that nothing is broken when none comes: a breach would be told first."""

    def tick(self, now: datetime) -> datetime:
        app = self.venue.tokopedia
        url = f"{self.venue.tokopedia_token_url}/token?grant_type=client_credentials"
        token = httpx.post(url, auth=(app.client_id, app.client_secret)).json()["access_token"]
        httpx.get(f"{self.venue.tokopedia_url}/v1/shop/fs/{app.fs_id}/shop-info", headers={"authorization": f"Bearer {token}"})
        return now + timedelta(minutes=30)


async def loses_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.trouble.loses_the_answer(to="shop.ship_package")


async def misspells(rehearsal: Rehearsal) -> None:
    rehearsal.trouble.loses_the_answer(to="shop.ship_packages")


async def counts_from_nought(rehearsal: Rehearsal) -> None:
    rehearsal.trouble.loses_the_request(to="shop.ship_package", nth=0)


async def ends_the_tokens_of_nobody(rehearsal: Rehearsal) -> None:
    rehearsal.trouble.ends_the_tokens(on=SHOP)


async def ends_the_tokens_of_a_text(rehearsal: Rehearsal) -> None:
    rehearsal.trouble.ends_the_tokens(on="shop")  # type: ignore[arg-type]  # what a person may write


async def waits_for_no_webhook(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.double_the_next()


async def ends_before_it_came(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.delay_the_next(hours=30)
    await merges(rehearsal)


async def turns_one_webhook_round(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.reorder_the_next(1)


async def waits_for_the_second(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.reorder_the_next(2)
    await merges(rehearsal)


async def dies_unseen(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.the_receiver_dies()
    rehearsal.webhooks.the_receiver_comes_back()


async def is_late_by_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.delay_the_next()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (loses_nothing, "asked for 'answer lost' in a call of shop.ship_package, and the system made no such call"),
        (misspells, "'shop.ship_packages' is no operation; did you mean shop.ship_package"),
        (counts_from_nought, "that is no call; name its operations, and then either nth=1 or more"),
        (ends_the_tokens_of_nobody, "asked for 'token ended early' in a call of shop.*, and the system made no such call"),
        (ends_the_tokens_of_a_text, "'shop' is no platform; write TOKOPEDIA or SHOP"),
        (waits_for_no_webhook, "asked for 'webhook doubled', and no such webhook came before it ended"),
        (ends_before_it_came, "asked for 'webhook late', and no such webhook came before it ended"),
        (turns_one_webhook_round, "1 webhooks have no other order; write reorder_the_next(2) or more"),
        (waits_for_the_second, "asked for 'webhooks in another order', and no such webhook came"),
        (dies_unseen, "asked for 'receiver dead', and no such webhook came"),
        (is_late_by_nothing, "a webhook cannot be late by 0 seconds; write delay_the_next(hours=3)"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_trouble_that_cannot_strike_is_a_fault_of_the_scenario(
    body: Callable[[Rehearsal], Awaitable[None]], words: str, tmp_path: Path
) -> None:
    with pytest.raises(RehearsalError) as caught:
        perform(AsksToo, tmp_path, body)

    assert words in str(caught.value)


async def loses_the_webhook(rehearsal: Rehearsal) -> None:
    rehearsal.webhooks.lose_the_next()
    await merges(rehearsal)


async def forges_one(rehearsal: Rehearsal) -> None:
    await rehearsal.webhooks.forges()


@pytest.mark.parametrize("body", [loses_the_webhook, forges_one])
def test_a_system_that_listens_to_no_webhook_is_at_fault_itself(body: Any, tmp_path: Path) -> None:
    with pytest.raises(SystemFault) as caught:
        perform(Quiet, tmp_path, body)

    assert "no webhook can come: the system registered no shop_merge_notification_url" in str(caught.value)


def test_the_token_of_tokopedia_ends_before_the_next_call_under_it(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.ends_the_tokens(on=TOKOPEDIA)
        lists_its_webhooks(rehearsal)

    rehearsal = perform(Quiet, tmp_path, body)

    calls = [(one.operation, one.expired) for one in rehearsal.journal.entries if isinstance(one, Call)]
    assert calls == [("tokopedia.get_token", False), ("tokopedia.list_webhooks", True)]
