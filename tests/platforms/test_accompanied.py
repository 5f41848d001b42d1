"""A platform with a model that goes along: the platform answers, the model notes, and what they disagree about is told."""

from __future__ import annotations

import msgspec
import pytest

from gladi.platforms.accompanied import Accompanied
from gladi.record.wire import Host, Lost, Notes, Request, Response

READ = Request("GET", Host.TOKOPEDIA_API, "/v1/shop/fs/1/shop-info", 0, headers={"authorization": "Bearer T-live"})
SHIP = Request("POST", Host.SHOP_API, "/fulfillment/202309/packages/5/ship", 0, headers={"x-tts-access-token": "A-live"})
NOTES = Notes(shop="shop-1", shows=("INV-001",), tells_merged=("shop-1",))


def said(status: int = 200, **body: object) -> Response:
    return Response(status, (), msgspec.json.encode(body))


class Model:
    """Remembers what it was asked and gives one answer."""

    def __init__(self, answer: Response) -> None:
        """Answer so, always."""
        self.answer = msgspec.structs.replace(answer, notes=NOTES)
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        return self.answer


def asked(platform: Response, model: Model, *requests: Request) -> tuple[list[Response], list[str]]:
    told: list[str] = []
    accompanied = Accompanied(lambda _: platform, model, tokens={"T-live": "T-model", "R-live": "R-model"}, differs=told.append)
    return [accompanied(request) for request in requests], told


def test_the_platform_answers_and_the_model_notes() -> None:
    platform = said(data=[{"shop_id": 1}])

    (answer,), told = asked(platform, Model(said(data=[])), READ)

    assert (answer.body, answer.notes, told) == (platform.body, NOTES, [])


def test_the_model_is_shown_its_own_tokens() -> None:
    model = Model(said(data={}))
    refresh = Request("GET", Host.SHOP_AUTH, "/api/v2/token/refresh", 0, "app_key=k&refresh_token=R-live&grant_type=refresh_token")

    asked(said(data={}), model, READ, refresh)

    assert model.asked[0].headers["authorization"] == "Bearer T-model"
    assert model.asked[1].params["refresh_token"] == "R-model"
    assert READ.headers["authorization"] == "Bearer T-live"


def test_a_token_is_learned_from_the_same_place_of_both_answers() -> None:
    model = Model(said(code=0, data={"access_token": "A-model"}))
    refresh = Request("GET", Host.SHOP_AUTH, "/api/v2/token/refresh", 0, "refresh_token=R-live")

    asked(said(code=0, data={"access_token": "A-live"}), model, refresh, SHIP)

    assert model.asked[1].headers["x-tts-access-token"] == "A-model"


@pytest.mark.parametrize(
    ("refusal", "code"),
    [(said(code=21011053), "21011053"), (said(400, header={"error_code": "ORD_DLV_013"}), "ORD_DLV_013"), (Response(502, (), b"<"), "502")],
)
def test_a_write_that_the_platform_refused_is_not_asked_of_the_model(refusal: Response, code: str) -> None:
    model = Model(said(code=0))

    (answer,), told = asked(refusal, model, SHIP)

    assert (model.asked, answer.notes, told) == ([], Notes(code=code), [])


def test_a_request_that_never_arrived_is_not_asked_of_the_model() -> None:
    model = Model(said(code=0))

    (answer,), _ = asked(Response(0, (), b"", lost=Lost.REQUEST), model, SHIP)

    assert (model.asked, answer.lost) == ([], Lost.REQUEST)


def test_a_lost_answer_shows_nothing_to_anybody() -> None:
    (answer,), _ = asked(Response(0, (), b"", lost=Lost.ANSWER), Model(said(code=0)), SHIP)

    assert (answer.lost, answer.notes.shows, answer.notes.tells_merged, answer.notes.shop) == (Lost.ANSWER, (), (), "shop-1")


def test_where_the_model_refuses_what_the_platform_did_that_is_told() -> None:
    (answer,), told = asked(said(code=0, data={}), Model(said(code=12052332)), SHIP)

    assert answer.notes.code is None
    assert told == ["ship package: the platform answered 200, and the sandbox would have answered 200 with code 12052332"]


def test_where_the_platform_refuses_a_read_its_answer_shows_nothing() -> None:
    (answer,), told = asked(said(401, header={"error_code": "RBAC_MDLW_001"}), Model(said(data=[])), READ)

    assert answer.notes == Notes(code="RBAC_MDLW_001")
    assert told == [
        "get shop info: the platform answered 401 with code RBAC_MDLW_001, and the sandbox would have answered 200",
    ]


def test_what_stands_where_a_code_should_is_not_passed_on() -> None:
    platform, model = said(400, error="Citra Dewi, +6281234567890, was not found"), Model(said(data=[]))
    unknown = Request("GET", Host.TOKOPEDIA_API, "/v9/buyers/citra.dewi@example.test", 0)

    (answer, _), told = asked(platform, model, READ, unknown)

    assert answer.notes.code == "***"
    assert [line for line in told if "itra" in line or "8123" in line] == []
    assert told
