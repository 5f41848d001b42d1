"""What befalls webhooks by chance is drawn from the seed, befalls as many as it says, and keeps none of them back for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gladi import SHOP, TOKOPEDIA, Rehearsal, Stage
from gladi.play.faults import RehearsalError
from gladi.play.hazards import Hazards
from gladi.play.post import Mishap, Post, Woe
from gladi.record.journal import Fact, Webhook, What
from gladi.record.wire import Delivery, Outgoing
from gladi.record.words import Platform
from gladi.sandbox.sandbox import Sandbox
from tests.play.stage import Receives, perform

if TYPE_CHECKING:
    from pathlib import Path

MINUTE = 60_000


def outgoing(number: int = 1, platform: Platform = TOKOPEDIA, answers: list[int | None] | None = None) -> Outgoing:
    heard = answers if answers is not None else []
    delivery = Delivery("POST", "/merge", {"authorization-hmac": "right"}, b"%d" % number)
    return Outgoing(url="https://x.example/merge", platform=platform, event="merge", delivery=delivery, answered=heard.append)


def drawn(
    chance: float, *, seed: int = 0, woes: tuple[Woe, ...] = tuple(Woe), platforms: tuple[Platform, ...] = tuple(Platform)
) -> list[Woe]:
    hazards = Hazards(seed=seed, chance=chance, woes=woes, platforms=platforms)
    found = [hazards.befalls(outgoing(number)) for number in range(1000)]
    return [one.woe for one in found if one is not None]


def post_with(woe: Woe, *, once: bool = True) -> tuple[Sandbox, Post]:
    """A post whose first webhook, or each, suffers a woe for ten minutes."""
    sandbox = Sandbox()
    post = Post(sandbox)
    mishap = Mishap(woe, by=timedelta(minutes=10), by_chance=True)
    waiting: list[Mishap | None] = [mishap]
    post.suffers(lambda _: (waiting.pop() if waiting else None) if once else mishap)
    return sandbox, post


def given(post: Post) -> list[tuple[bytes, bool, bool]]:
    return [(one.outgoing.delivery.body, one.genuine, one.lost) for one in iter(post.next, None)]


def troubles_of(sandbox: Sandbox) -> list[str | None]:
    return [one.value for one in sandbox.journal.entries if isinstance(one, Fact) and one.what == What.TROUBLE]


def test_all_woes_come_and_as_often_as_it_says() -> None:
    found = drawn(0.3)

    assert set(found) == set(Woe)
    assert 250 < len(found) < 350


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(0.3, seed=5) == drawn(0.3, seed=5) != drawn(0.3, seed=6)


def test_the_other_platform_is_let_alone() -> None:
    assert drawn(1.0, platforms=(SHOP,)) == []


def test_a_forged_one_comes_first_and_its_answer_is_nobodys_business() -> None:
    answers: list[int | None] = []
    sandbox, post = post_with(Woe.FORGED)
    sandbox.outbox.append(outgoing(answers=answers))

    forged, right = iter(post.next, None)
    forged.outgoing.answered(200)

    assert ((forged.genuine, right.genuine), answers) == ((False, True), [])
    assert forged.outgoing.delivery.body == right.outgoing.delivery.body
    assert forged.outgoing.delivery.headers != right.outgoing.delivery.headers


def test_one_is_overtaken_by_the_next() -> None:
    sandbox, post = post_with(Woe.REORDERED)
    sandbox.outbox.append(outgoing(1))
    first = given(post)
    sandbox.outbox.append(outgoing(2))

    assert (first, given(post)) == ([], [(b"2", True, False), (b"1", True, False)])
    sandbox.clock.leap(sandbox.clock.now + 20 * MINUTE)
    assert given(post) == []


def test_one_that_none_overtakes_comes_all_the_same() -> None:
    sandbox, post = post_with(Woe.REORDERED)
    sandbox.outbox.append(outgoing(1))
    at_first = given(post)
    sandbox.clock.leap(sandbox.clock.now + 10 * MINUTE)

    assert (at_first, given(post)) == ([], [(b"1", True, False)])


def test_a_dead_receiver_comes_back_by_itself() -> None:
    sandbox, post = post_with(Woe.UNHEARD)
    sandbox.outbox.append(outgoing(1))
    given(post)
    died = post.is_heard
    post.meets_nobody()
    sandbox.clock.leap(sandbox.clock.now + 10 * MINUTE)

    assert (died, post.is_heard, post.unmet) == (False, True, ())


def test_that_a_receiver_died_is_told_once() -> None:
    sandbox, post = post_with(Woe.UNHEARD, once=False)
    sandbox.outbox.extend((outgoing(1), outgoing(2)))

    given(post)

    assert troubles_of(sandbox) == [Woe.UNHEARD]


def test_whatever_a_webhook_suffers_by_chance_says_so() -> None:
    hazards = Hazards(seed=0, chance=1.0, woes=tuple(Woe), platforms=tuple(Platform))

    found = [hazards.befalls(outgoing(number)) for number in range(20)]

    assert [one is not None and one.by_chance for one in found] == [True] * 20


def test_nobody_waits_for_a_late_one_that_came_by_chance() -> None:
    sandbox, post = post_with(Woe.LATE)
    sandbox.outbox.append(outgoing(1))
    at_first = given(post)
    unmet = post.unmet
    sandbox.clock.leap(sandbox.clock.now + 10 * MINUTE)

    assert (at_first, unmet, given(post)) == ([], (), [(b"1", True, False)])


def test_a_scenario_may_let_webhooks_suffer_and_stop(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.suffer(Woe.LOST, chance=1.0, platform=TOKOPEDIA)
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=10)
        rehearsal.webhooks.suffer_no_more()

    rehearsal = perform(Receives, tmp_path, body)

    assert [one.lost for one in rehearsal.journal.entries if isinstance(one, Webhook)] == [True]


@pytest.mark.parametrize("chance", [-0.1, 1.1])
def test_what_is_no_chance_is_told(chance: float, tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.suffer(chance=chance)

    with pytest.raises(RehearsalError, match=f"chance={chance} is no chance; write a number from 0 to 1"):
        perform(Receives, tmp_path, body)


def test_a_woe_that_shows_late_is_noted() -> None:
    sandbox, post = post_with(Woe.REORDERED)
    sandbox.outbox.extend((outgoing(1), outgoing(2)))
    given(post)

    assert troubles_of(sandbox) == [Woe.REORDERED]
