"""Trouble around a platform strikes the call it is aimed at, says what it let happen, and leaves all others alone."""

from __future__ import annotations

import pytest

from gladi.platforms.journalled import journalled
from gladi.platforms.trouble import Aim, EndedToken, LostAnswer, LostRequest, NthCall, Trouble, Troubles, Window, troubled
from gladi.record.clock import Clock
from gladi.record.journal import Call, Fact, Journal, What
from gladi.record.wire import Host, Lost, Notes, Request, Response

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
        return Response(200, (), b"done", Notes(shop="shop-1", touches="INV-001", shows=("INV-001",), tells_merged=("shop-1",)))

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


@pytest.mark.parametrize(("kind", "definite"), [(LostRequest, True), (LostAnswer, False), (EndedToken, True)])
def test_each_trouble_says_whether_it_is_definite(kind: type[Trouble], definite: bool) -> None:  # noqa: FBT001 - a parameter
    assert kind.definite is definite
