"""Trouble around a platform strikes the call it is aimed at, says what it let happen, and leaves all others alone."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from gladi.platforms.journalled import journalled
from gladi.platforms.troubles.aim import Aim, Chance, NthCall, Window
from gladi.platforms.troubles.crash import Crash, mortal
from gladi.platforms.troubles.garbling import CutAnswer, MalformedAnswer
from gladi.platforms.troubles.loss import LateAnswer, LostAnswer, LostRequest, unheard
from gladi.platforms.troubles.refusal import ServerFault, TooManyRequests
from gladi.platforms.troubles.tokens import EndedToken
from gladi.platforms.troubles.trouble import Trouble, Troubles, troubled
from gladi.record.clock import Clock
from gladi.record.journal import Call, Fact, Journal, What
from gladi.record.wire import Host, Lost, Notes, Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable

SHIP = frozenset(("shop.ship_package",))
READ = "/order/202309/orders"
PATH = "/fulfillment/202309/packages/5769001/ship"


class Stage:
    """A platform that counts, behind trouble and a journal."""

    def __init__(self, *troubles: Trouble) -> None:
        self.clock = Clock(0)
        self.journal = Journal(self.clock)
        self.asked: list[str] = []
        self.troubles = Troubles()
        for trouble in troubles:
            self.troubles.add(trouble)
        self.answers = journalled(troubled(self.platform, self.troubles, self.journal), self.journal)

    def platform(self, request: Request) -> Response:
        self.asked.append(request.path)
        return Response(
            200,
            (("content-type", "application/json"),),
            b"done",
            Notes(shop="shop-1", touches="INV-001", shows=("INV-001",), tells_merged=("shop-1",)),
        )

    def calls(self, path: str = PATH, method: str = "POST") -> Response:
        return self.answers(Request(method, Host.SHOP_API, path, self.clock.now))

    @property
    def lost(self) -> list[Lost | None]:
        return [entry.lost for entry in self.journal.entries if isinstance(entry, Call)]


def test_an_answer_is_lost_after_its_effect_and_nobody_was_told() -> None:
    stage = Stage(LostAnswer(NthCall(SHIP)))

    response = stage.calls()

    assert (stage.asked, response.lost, response.body) == ([PATH], Lost.ANSWER, b"done")
    fact, call = stage.journal.entries
    assert isinstance(fact, Fact)
    assert isinstance(call, Call)
    assert (fact.what, fact.value, fact.shop) == (What.TROUBLE, "answer lost", "shop-1")
    assert (call.lost, call.touches, call.shows, call.tells_merged) == (Lost.ANSWER, "INV-001", (), ())


def test_a_request_is_lost_before_it_does_anything() -> None:
    stage = Stage(LostRequest(NthCall(SHIP)))

    response = stage.calls()

    assert (stage.asked, response.lost, response.status) == ([], Lost.REQUEST, 0)


def test_a_token_ends_just_before_the_call() -> None:
    order: list[str] = []
    stage = Stage(EndedToken(NthCall(SHIP), lambda: order.append("ended")))
    stage.asked = order

    response = stage.calls()

    assert (order, response.lost) == (["ended", PATH], None)


@pytest.mark.parametrize(("nth", "lost"), [(1, [Lost.ANSWER, None, None]), (2, [None, Lost.ANSWER, None]), (4, [None, None, None])])
def test_the_nth_call_is_counted_from_one_and_struck_once(nth: int, lost: list[Lost | None]) -> None:
    stage = Stage(LostAnswer(NthCall(SHIP, nth)))

    for _ in range(3):
        stage.calls()
        stage.calls(READ, "GET")

    assert stage.lost[::2] == lost
    assert stage.lost[1::2] == [None, None, None]


@pytest.mark.parametrize(("at", "lost"), [(9, None), (10, Lost.REQUEST), (19, Lost.REQUEST), (20, None)])
def test_a_window_holds_its_beginning_and_not_its_end(at: int, lost: Lost | None) -> None:
    stage = Stage(LostRequest(Window(SHIP, 10, 20)))
    stage.clock.leap(at)

    response = stage.calls()

    assert response.lost is lost


@pytest.mark.parametrize(("aim", "unmet"), [(NthCall(SHIP, 1), 0), (NthCall(SHIP, 2), 1), (Window(SHIP, 5, 9), 1)])
def test_a_trouble_that_no_call_met_is_named(aim: Aim, unmet: int) -> None:
    stage = Stage(LostAnswer(aim))

    stage.calls()

    assert len(stage.troubles.unmet) == unmet


def test_two_troubles_meet_in_one_call() -> None:
    ended: list[str] = []
    stage = Stage(EndedToken(NthCall(SHIP), lambda: ended.append("ended")), LostAnswer(NthCall(SHIP)))

    response = stage.calls()

    assert (ended, response.lost) == (["ended"], Lost.ANSWER)
    assert [entry.value for entry in stage.journal.entries if isinstance(entry, Fact)] == ["token ended early", "answer lost"]


def test_a_call_that_nobody_knows_meets_no_trouble() -> None:
    stage = Stage(LostAnswer(NthCall(SHIP)))

    response = stage.calls("/nowhere")

    assert response.lost is None


AIM = NthCall(SHIP)


@pytest.mark.parametrize(
    ("trouble", "definite"),
    [
        (LostRequest(AIM), True),
        (LostAnswer(AIM), False),
        (LateAnswer(AIM), False),
        (TooManyRequests(AIM), True),
        (ServerFault(AIM), True),
        (ServerFault(AIM, happened=True), False),
        (CutAnswer(AIM), False),
        (MalformedAnswer(AIM), False),
        (EndedToken(AIM, lambda: None), True),
        (Crash(AIM, lambda: None), False),
        (Crash(AIM, lambda: None, before=True), True),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_each_trouble_does_what_it_says_of_itself(trouble: Trouble, definite: bool) -> None:  # noqa: FBT001 - a parameter
    stage = Stage(trouble)

    stage.calls()

    assert trouble.definite is definite
    assert stage.asked == ([] if definite and trouble.name != "token ended early" else [PATH])


@pytest.mark.parametrize("lost", Lost)
def test_a_refusal_that_nobody_heard_told_nobody_that_a_token_had_expired(lost: Lost) -> None:
    refused = Response(401, (), b"{}", Notes(shop="shop-1", refusal="access_token_expired", expired=True))

    told = unheard(refused, lost)

    assert (told.lost, told.status) == (lost, 401)
    assert told.notes == Notes(shop="shop-1", refusal="access_token_expired")


@pytest.mark.parametrize("spoils", [CutAnswer, MalformedAnswer])
@pytest.mark.parametrize(
    ("status", "kind", "is_spoiled"), [(200, "application/json", True), (401, "application/json", False), (200, "text/html", False)]
)
def test_a_body_is_spoiled_where_it_is_a_success_in_json(
    spoils: Callable[[Aim], Trouble],
    status: int,
    kind: str,
    is_spoiled: bool,  # noqa: FBT001 - a parameter
) -> None:
    said = Response(status, (("content-type", kind),), b'{"code":0}', Notes(refusal="no" if status == 401 else None))

    heard = spoils(AIM).befalls(lambda request: said, Request("POST", Host.SHOP_API, PATH, 0))  # noqa: ARG005 - whatever is asked

    assert (heard == said) is not is_spoiled
    assert heard.lost is (Lost.UNREADABLE if is_spoiled else None)


@pytest.mark.parametrize(("gone_at_first", "asked"), [(True, 0), (False, 1)])
def test_a_process_that_is_gone_or_goes_meanwhile_gets_no_answer(gone_at_first: bool, asked: int) -> None:  # noqa: FBT001 - a parameter
    calls: list[str] = []

    def platform(request: Request) -> Response:
        calls.append(request.path)
        return Response(200, (), b"done")

    answer = mortal(platform, lambda: gone_at_first or bool(calls))(Request("POST", Host.SHOP_API, PATH, 0))

    assert (answer.lost, len(calls)) == (Lost.CRASHED, asked)


def test_what_comes_by_chance_spares_the_call_that_is_made_again() -> None:
    stage = Stage(LostAnswer(Chance(SHIP, 1.0, Random(7))))

    for _ in range(4):
        stage.calls()

    assert stage.lost == [Lost.ANSWER, None, Lost.ANSWER, None]


def test_what_comes_by_chance_comes_as_often_as_it_says_and_the_same_again() -> None:
    draws = []
    for _ in range(2):
        aim = Chance(SHIP, 0.2, Random(7))
        calls = [Request("POST", Host.SHOP_API, f"{PATH}/{number}", 0) for number in range(1000)]
        draws.append([aim.hits(1, call) for call in calls])

    assert draws[0] == draws[1]
    assert 150 < sum(draws[0]) < 250


def test_nobody_waits_for_what_comes_by_chance() -> None:
    stage = Stage(LostAnswer(Chance(SHIP, 0.0, Random(7))))

    stage.calls()

    assert stage.troubles.unmet == ()
