"""A platform with too many requests, or a fault of its own, says so in its own form; the journal knows what happened all the same."""

from __future__ import annotations

import json

import pytest

from gladi.platforms.journalled import journalled
from gladi.platforms.troubles.aim import NthCall
from gladi.platforms.troubles.garbling import CutAnswer, MalformedAnswer
from gladi.platforms.troubles.loss import LateAnswer, patient
from gladi.platforms.troubles.refusal import ASSUMPTIONS, ServerFault, TooManyRequests
from gladi.platforms.troubles.trouble import Trouble, Troubles, troubled
from gladi.record.clock import Clock
from gladi.record.journal import Call, Journal
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Host, Lost, Notes, Request, Response

ANY = NthCall(frozenset(one.name for one in OPERATIONS))
PICK_UP = ("POST", Host.TOKOPEDIA_API, "/inventory/v1/fs/13000/pick-up")
SHOP_INFO = ("GET", Host.TOKOPEDIA_API, "/v1/shop/fs/13000/shop-info")
SHIP = ("POST", Host.SHOP_API, "/fulfillment/202309/packages/5769001/ship")
TOKEN = ("POST", Host.TOKOPEDIA_ACCOUNTS, "/token")
SAID = b'{"code": 0, "message": "Success", "data": {}}'


def answered(trouble: Trouble, call: tuple[str, Host, str], *, patience: float | None = None) -> tuple[Response, Call, int]:
    """Give the answer to a call that a trouble befell, what the journal holds of it, and the seconds that passed."""
    clock = Clock(0)
    journal, troubles = Journal(clock), Troubles()
    troubles.add(trouble)

    def platform(request: Request) -> Response:
        del request
        return Response(200, (("content-type", "application/json"),), SAID, Notes(shop="shop-1", touches="INV-001", shows=("INV-001",)))

    asks = patient(journalled(troubled(platform, troubles, journal), journal), lambda wait: clock.leap(clock.now + wait))
    response = asks(Request(*call, 0, patience=patience))
    entry = journal.entries[-1]
    assert isinstance(entry, Call)
    return response, entry, clock.now // 1000


def test_tokopedia_refuses_with_its_four_headers() -> None:
    response, call, _ = answered(TooManyRequests(ANY), SHOP_INFO)

    assert (response.status, json.loads(response.body)["header"]["messages"]) == (429, "Too Many Requests")
    assert [name for name, _ in response.headers if name.startswith("X-")] == [
        "X-Ratelimit-Limit",
        "X-Ratelimit-Remaining",
        "X-Ratelimit-Reset-After",
        "X-Ratelimit-Full-Reset-After",
    ]
    assert (call.refused, call.refusal, call.lost, call.polls) == (True, "too_many_requests", None, ())


def test_the_shop_refuses_with_its_code() -> None:
    response, call, _ = answered(TooManyRequests(ANY), SHIP)

    assert (response.status, json.loads(response.body)["code"]) == (429, 36009002)
    assert (call.refused, call.touches, call.assumes) == (True, None, ("trouble.too_many_requests",))


@pytest.mark.parametrize(
    ("call", "happened", "status", "code"),
    [
        (PICK_UP, False, 500, "LGS_USC_007"),
        (PICK_UP, True, 500, "LGS_USC_007"),
        (SHOP_INFO, False, 500, ""),
        (SHIP, False, 503, 36009003),
        (SHIP, True, 500, 36009003),
    ],
)
def test_a_fault_has_the_form_of_its_platform(call: tuple[str, Host, str], happened: bool, status: int, code: str | int) -> None:  # noqa: FBT001
    response, _, _ = answered(ServerFault(ANY, happened), call)

    said = json.loads(response.body)
    assert (response.status, said["data"]) == (status, None)
    assert (said["code"] if "code" in said else said["header"]["error_code"]) == code


def test_a_fault_before_the_effect_is_a_refusal() -> None:
    _, call, _ = answered(ServerFault(ANY), PICK_UP)

    assert (call.refused, call.refusal, call.lost, call.touches) == (True, "server_fault", None, None)


@pytest.mark.parametrize("trouble", [ServerFault(ANY, happened=True), CutAnswer(ANY), MalformedAnswer(ANY)])
def test_what_happened_behind_an_unreadable_answer_is_no_refusal(trouble: Trouble) -> None:
    response, call, _ = answered(trouble, PICK_UP)

    assert (call.refused, call.lost, call.touches, call.shows) == (False, Lost.UNREADABLE, "INV-001", ())
    assert not response.is_silent


@pytest.mark.parametrize("trouble", [CutAnswer(ANY), MalformedAnswer(ANY)])
def test_what_is_spoilt_is_no_json(trouble: Trouble) -> None:
    response, _, _ = answered(trouble, PICK_UP)

    with pytest.raises(json.JSONDecodeError):
        json.loads(response.body)


@pytest.mark.parametrize("trouble", [TooManyRequests(ANY), ServerFault(ANY)])
def test_a_host_of_tokens_answers_as_ever(trouble: Trouble) -> None:
    response, _, _ = answered(trouble, TOKEN)

    assert (response.status, response.body) == (200, SAID)


@pytest.mark.parametrize(("patience", "passed"), [(None, 30), (5.0, 5), (0.5, 0)])
def test_a_client_waits_as_long_as_it_says(patience: float | None, passed: int) -> None:
    response, call, seconds = answered(LateAnswer(ANY), PICK_UP, patience=patience)

    assert (response.lost, response.is_silent, call.at, seconds) == (Lost.LATE, True, 0, passed)


def test_what_is_assumed_says_why() -> None:
    assert all(one.is_assumed and one.switch == "--rehearse-trouble" for one in ASSUMPTIONS.values())
    assert set(ASSUMPTIONS) == {"trouble.too_many_requests", "trouble.server_fault"}
