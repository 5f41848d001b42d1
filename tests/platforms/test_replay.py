"""A recording replayed: what it answers, in which order, what it misses, and what it says of the model that goes along."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gladi.platforms.recording.codes import code_of, refuses, said
from gladi.platforms.recording.recording import Recording
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import Replay
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.clock import Clock
from gladi.record.journal import Finding, Journal
from gladi.record.wire import Host, Lost, Notes, Request, Response
from gladi.sandbox.seed import BEGINNING

if TYPE_CHECKING:
    from gladi.record.wire import Answers

MINUTE, SALT = 60_000, "salt"
ORDERS = "/order/202309/orders"
SHIP = "/fulfillment/202309/packages/5769001/ship"
PRICES = "/product/202309/products/17292001/prices/update"
JSON = (("content-type", "application/json"),)


def call(  # noqa: PLR0913 - a request is what it is made of
    path: str = ORDERS, query: str = "", *, method: str = "GET", body: bytes = b"", at: int = 0, host: Host = Host.SHOP_API
) -> Request:
    """Make a request of so many minutes after the beginning."""
    return Request(method, host, path, BEGINNING + at * MINUTE, query, {}, body)


def done(body: bytes = b'{"code":0}', status: int = 200, *, notes: Notes | None = None, lost: Lost | None = None) -> Response:
    return Response(status, JSON, body, notes or Notes(), lost)


def recording(*exchanges: tuple[Request, Response], target: str = "sandbox") -> Recording:
    """Record exchanges as they are recorded: redacted."""
    about, redaction = Sidecar(gladi="1", target=target, recorded_at="2025-03-03T02:00:00Z", salt=SALT), Redaction(SALT)
    return Recording(about, tuple(redaction.exchange(*one) for one in exchanges))


class Stage:
    """A replay before a model that answers what a test lets it answer."""

    def __init__(self, *exchanges: tuple[Request, Response], target: str = "sandbox") -> None:
        self.journal = Journal(Clock(BEGINNING))
        self.replay = Replay(recording(*exchanges, target=target), Redaction(SALT))
        self.model = done()
        self.platform: Answers = self.replay.over(lambda request: self.model, self.journal)  # noqa: ARG005 - whatever is asked

    def asks(self, request: Request) -> bytes:
        return self.platform(request).body

    @property
    def findings(self) -> list[str]:
        return [entry.text for entry in self.journal.entries if isinstance(entry, Finding)]

    @property
    def why(self) -> list[str]:
        return [str(one) for one in self.replay.misses]


def test_what_was_recorded_is_answered_whatever_is_never_the_same() -> None:
    stage = Stage((call(query="ids=7&timestamp=1&sign=ab&shop_cipher=c"), done(b'{"code":0,"data":7}')))

    answer = stage.asks(call(query="shop_cipher=c&timestamp=2&sign=cd&ids=7"))

    assert answer == b'{"code":0,"data":7}'
    assert stage.replay.missed == 0


def test_json_is_compared_as_a_value() -> None:
    stage = Stage((call(PRICES, method="POST", body=b'{"a":1,"b":[2]}'), done(b'{"code":0,"data":7}')))

    answer = stage.asks(call(PRICES, method="POST", body=b'{ "b": [2], "a": 1 }'))

    assert answer == b'{"code":0,"data":7}'


def test_a_form_of_several_parts_is_found_under_another_boundary() -> None:
    def uploads(boundary: bytes) -> Request:
        form = {"content-type": f"multipart/form-data; boundary={boundary.decode()}"}
        body = b"--%b\r\nname\r\n\r\npicture\r\n--%b--\r\n" % (boundary, boundary)
        return replace(call("/customer_service/202309/images/upload", method="POST", body=body), headers=form)

    stage = Stage((uploads(b"abc"), done(b'{"code":0,"data":7}')))

    assert stage.asks(uploads(b"xyz1")) == b'{"code":0,"data":7}'
    assert stage.replay.missed == 0


def test_what_was_taken_out_of_a_request_is_taken_out_before_it_is_compared() -> None:
    stage = Stage((call(query="shop_cipher=ROW_secret"), done(b'{"code":0,"data":1}')))

    stage.asks(call(query="shop_cipher=ROW_another"))

    assert stage.asks(call(query="shop_cipher=ROW_secret")) == b'{"code":0,"data":1}'
    assert stage.replay.missed == 1


def test_what_was_taken_out_of_an_answer_is_put_back_from_the_model() -> None:
    recorded = b'{"code":0,"data":[{"id":"1","name":"Ayu","stock":4},{"id":"2","name":"Eka"}]}'
    stage = Stage((call(), done(recorded)))
    stage.model = done(b'{"code":0,"data":[{"id":"9","name":"Budi","stock":5}]}')

    first, second = json.loads(stage.asks(call()))["data"]

    assert first == {"id": "1", "name": "Budi", "stock": 4}
    assert (second["id"], second["name"]) == ("2", Redaction(SALT).pseudonyms.of("Eka"))


def test_an_answer_of_which_the_model_gives_the_same_is_the_models() -> None:
    stage = Stage((call(), done(b'{"data":{"name":"Ayu"},"code":0}')))
    stage.model = done(b'{"code": 0, "data": {"name": "Ayu"}}')

    assert stage.asks(call()) == stage.model.body


def test_a_picture_that_was_withheld_is_the_models() -> None:
    stage = Stage((call(), done(b"\x89PNG one")))
    stage.model = done(b"\x89PNG another")

    assert stage.asks(call()) == b"\x89PNG another"


def test_a_value_that_was_put_back_is_found_in_a_later_request() -> None:
    stage = Stage(
        (call(), done(b'{"code":0,"data":{"shop_cipher":"ROW_of_then"}}')),
        (call(query="shop_cipher=ROW_of_then"), done(b'{"code":0,"data":7}')),
    )
    stage.model = done(b'{"code":0,"data":{"shop_cipher":"ROW_of_now"}}')

    told = json.loads(stage.asks(call()))["data"]["shop_cipher"]

    assert told == "ROW_of_now"
    assert stage.asks(call(query=f"shop_cipher={told}")) == b'{"code":0,"data":7}'


def test_what_the_harness_knows_of_an_answer_comes_from_the_model() -> None:
    stage = Stage((call(), done(b'{"code":0,"data":1}')))
    stage.model = done(notes=Notes(shop="shop-1", shows=("INV-001",)))

    answer = stage.platform(call())

    assert answer.notes == Notes(shop="shop-1", shows=("INV-001",))


def test_a_poll_may_come_more_often_than_it_was_recorded() -> None:
    stage = Stage((call(at=0), done(b"1")), (call(at=5), done(b"2")))

    answers = [stage.asks(call(at=at)) for at in (0, 3, 5, 6, 90)]

    assert answers == [b"1", b"1", b"2", b"2", b"2"]
    assert stage.replay.missed == 0


@pytest.mark.parametrize(
    "path", ["/order/202309/orders/search", "/fulfillment/202309/packages/search", "/return_refund/202309/returns/search"]
)
def test_a_search_is_a_poll_though_it_is_posted(path: str) -> None:
    stage = Stage((call(path, method="POST", body=b"{}"), done(b"1")))

    assert [stage.asks(call(path, method="POST", body=b"{}", at=at)) for at in (0, 5)] == [b"1", b"1"]


def test_a_poll_that_was_left_out_is_passed_over() -> None:
    stage = Stage(*((call(at=at), done(b"%d" % at)) for at in (0, 5, 10, 15)))

    answers = [stage.asks(call(at=at)) for at in (0, 12, 15)]

    assert answers == [b"0", b"10", b"15"]


def test_equal_requests_of_one_moment_are_answered_in_their_order() -> None:
    stage = Stage((call(), done(b"1")), (call(), done(b"2")))

    assert [stage.asks(call()) for _ in range(3)] == [b"1", b"2", b"2"]


def test_a_read_behind_a_write_is_told_what_was_told_behind_it() -> None:
    write = call(SHIP, method="POST")
    stage = Stage((call(), done(b"1")), (write, done()), (call(), done(b"2")))

    answers = [stage.asks(call()), stage.asks(call()), stage.asks(write), stage.asks(call())]

    assert answers == [b"1", b"1", b'{"code":0}', b"2"]


def test_a_read_that_comes_before_anything_was_recorded_is_told_the_first() -> None:
    stage = Stage((call(at=10), done(b"1")), (call(at=20), done(b"2")))

    assert [stage.asks(call(at=at)) for at in (0, 10, 20)] == [b"1", b"1", b"2"]


def test_where_time_is_not_the_rehearsals_own_the_order_alone_counts() -> None:
    stage = Stage((call(at=900), done(b"1")), (call(at=901), done(b"2")), target="live")

    assert [stage.asks(call(at=0)) for _ in range(3)] == [b"1", b"2", b"2"]


def test_a_write_is_answered_as_often_as_it_was_recorded() -> None:
    stage = Stage((call(SHIP, method="POST"), done(b'{"code":0,"data":1}')))

    answers = [stage.asks(call(SHIP, method="POST", at=at)) for at in (0, 1)]

    assert answers == [b'{"code":0,"data":1}', b'{"code":0}']
    told = f"nearest is POST {SHIP} of 09:00: it was recorded once, and this is once more"
    assert stage.why == [f"POST open-api.tiktokglobalshop.com{SHIP} at 09:01 was not recorded; {told}; nobody had done anything yet"]


def test_the_writes_to_one_path_keep_their_sequence() -> None:
    first, second = (call(PRICES, method="POST", body=b'{"price":%d}' % price, at=price) for price in (1, 2))
    stage = Stage((first, done()), (second, done()))

    stage.asks(second)

    told = f"nearest is POST {PRICES} of 09:01: body.price is 2 and was 1, and this was recorded only behind it"
    assert stage.why == [f"POST open-api.tiktokglobalshop.com{PRICES} at 09:02 was not recorded; {told}; nobody had done anything yet"]


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (call(query="ids=8"), f'; nearest is GET {ORDERS} of 09:00: the parameter ids is "8" and was "7"'),
        (call(query="ids=7&page=2"), f'; nearest is GET {ORDERS} of 09:00: the parameter page is "2" and was not there'),
        (call(), f'; nearest is GET {ORDERS} of 09:00: the parameter ids is not there and was "7"'),
        (
            call(PRICES, method="POST", body=b'{"skus":[{"price":2}]}'),
            f"; nearest is POST {PRICES} of 09:00: body.skus[0].price is 2 and was 1",
        ),
        (
            call(PRICES.replace("001", "002"), method="POST", body=b'{"skus":[{"price":1}]}'),
            f"; nearest is POST {PRICES} of 09:00: the path is {PRICES.replace('001', '002')} and was {PRICES}",
        ),
        (call(SHIP, method="POST"), ", nor anything like it"),
    ],
)
def test_a_miss_names_the_nearest_exchange_and_the_first_difference(request_: Request, told: str) -> None:
    stage = Stage(
        (call(query="ids=7"), done()),
        (call(PRICES, method="POST", body=b'{"skus":[{"price":1}]}'), done()),
        (call(PRICES, method="POST", body=b'{"skus":[{"price":1},{"price":9}]}'), done()),
    )

    stage.asks(request_)

    place = f"{request_.method} open-api.tiktokglobalshop.com{request_.path}"
    assert stage.why == [f"{place} at 09:00 was not recorded{told}; nobody had done anything yet"]


def test_a_miss_names_the_step_of_the_scenario() -> None:
    stage = Stage()
    stage.journal.deed("the seller", "linked the shops")
    stage.journal.deed("the buyer", "placed order INV-001")

    stage.asks(call(at=4))

    assert stage.why[0].endswith(", nor anything like it; it came after the buyer placed order INV-001 at 09:00")


def test_a_miss_names_the_success_that_the_model_refused_before_it() -> None:
    shops = "/authorization/202309/shops"
    stage = Stage(
        (call(shops), done(b'{"code":0,"data":{"shops":[{"cipher":"ROW_secret"}]}}')),
        (call(query="app_key=k&shop_cipher=ROW_secret"), done()),
    )
    stage.model = done(b'{"code":36009004,"message":"Invalid timestamp"}', 400)
    cipher = json.loads(stage.asks(call(shops)))["data"]["shops"][0]["cipher"]

    stage.asks(call(query=f"app_key=k&shop_cipher={cipher}"))

    (why,) = stage.why
    assert why.endswith(
        "; before it shop.get_authorized_shops was answered 200 when it was recorded, and the sandbox answers 400 with code 36009004, "
        "so what was taken out of that answer could not be put back"
    )


def test_a_miss_shows_nothing_that_was_taken_out() -> None:
    stage = Stage((call(query="shop_cipher=ROW_secret"), done()))

    stage.asks(call(query="shop_cipher=ROW_another"))

    assert "the parameter shop_cipher is" in stage.why[0]
    assert "ROW_secret" not in stage.why[0]
    assert "ROW_another" not in stage.why[0]


def test_of_many_misses_all_are_counted_and_the_first_are_explained() -> None:
    stage = Stage()

    for at in range(5):
        stage.asks(call(at=at))

    assert (stage.replay.missed, len(stage.replay.misses)) == (5, 3)


def test_what_never_came_to_the_platform_is_no_answer() -> None:
    stage = Stage((call(SHIP, method="POST"), done(b"", 0, lost=Lost.REQUEST)), (call(SHIP, method="POST"), done(b"7")))

    assert stage.asks(call(SHIP, method="POST")) == b"7"


def test_an_answer_that_was_lost_then_is_there_for_a_trouble_to_lose_again() -> None:
    stage = Stage((call(SHIP, method="POST"), done(b"7", lost=Lost.ANSWER)))

    answer = stage.platform(call(SHIP, method="POST"))

    assert (answer.body, answer.lost) == (b"7", None)


def test_what_was_recorded_and_never_asked_for_is_a_finding() -> None:
    stage = Stage((call(), done()), (call(SHIP, method="POST"), done()), (call(query="ids=7"), done()))
    stage.asks(call())

    stage.replay.settle(stage.journal)

    host = "open-api.tiktokglobalshop.com"
    assert stage.findings == [f"2 of 3 recorded exchanges were never asked for: POST {host}{SHIP}, GET {host}{ORDERS}"]


def test_nothing_is_said_of_a_recording_that_was_asked_for_whole() -> None:
    stage = Stage((call(), done()))
    stage.asks(call())

    stage.replay.settle(stage.journal)

    assert stage.findings == []


def test_a_refusal_that_the_model_does_not_know_is_a_finding_and_is_believed() -> None:
    refusal = b'{"code":36009004,"message":"x"}'
    stage = Stage((call(), done(refusal, 400)))
    stage.model = done(notes=Notes(shop="shop-1", shows=("INV-001",), polls=("shop-1",), tells_merged=("shop-1",)))

    answers = [stage.platform(call()) for _ in range(2)]

    assert [one.body for one in answers] == [refusal, refusal]
    assert answers[0].notes == Notes(shop="shop-1", code="36009004", refusal="recorded")
    assert stage.findings == [
        "shop.get_orders was answered 400 with code 36009004 when it was recorded, and the sandbox answers 200",
    ]


def test_a_refusal_that_came_with_status_200_is_a_finding_and_is_believed() -> None:
    refusal = b'{"code":36009004,"message":"x"}'
    stage = Stage((call(), done(refusal)))
    stage.model = done(notes=Notes(shop="shop-1", shows=("INV-001",), polls=("shop-1",), tells_merged=("shop-1",)))

    answer = stage.platform(call())

    assert (answer.body, answer.notes) == (refusal, Notes(shop="shop-1", code="36009004", refusal="recorded"))
    assert stage.findings == [
        "shop.get_orders was answered 200 with code 36009004 when it was recorded, and the sandbox answers 200",
    ]


def test_a_success_that_the_model_refuses_with_status_200_is_a_finding_and_is_believed() -> None:
    stage = Stage((call(), done(b'{"code":0,"data":1}')))
    stage.model = done(b'{"code":36009004,"message":"x"}', notes=Notes(shop="shop-1", code="36009004", refusal="locked"))

    answer = stage.platform(call())

    assert answer.notes == Notes(shop="shop-1")
    assert stage.findings == [
        "shop.get_orders was answered 200 when it was recorded, and the sandbox answers 200 with code 36009004",
    ]


def test_a_path_that_nobody_knows_is_masked_in_a_finding() -> None:
    stage = Stage((call("/nobody/6281234567890"), done(b"{}", 404)))

    stage.platform(call("/nobody/6281234567890"))

    assert stage.findings == ["GET /nobody/*** was answered 404 when it was recorded, and the sandbox answers 200"]


@pytest.mark.parametrize(
    ("wrote", "code"),
    [
        ("ORD_DLV_008", "ORD_DLV_008"),
        ("invalid_client", "invalid_client"),
        (36009004, "36009004"),
        (-1, "-1"),
        ("no siti@surat.example.org", "***"),
        ("siti@surat.example.org", "***"),
        ("6281234567890", "***"),
        ("siti rahayu", "***"),
    ],
)
def test_what_a_platform_writes_instead_of_a_code_is_a_refusal_and_is_not_shown(wrote: str | int, code: str) -> None:
    answered = done(json.dumps({"error" if isinstance(wrote, str) else "code": wrote}).encode())

    assert (code_of(answered), refuses(answered), said(answered)) == (code, True, f"200 with code {code}")


def test_a_success_that_the_model_refuses_is_a_finding_and_is_believed() -> None:
    stage = Stage((call(), done(b'{"code":0,"data":1}')))
    stage.model = done(b'{"header":{"error_code":"ORD_DLV_008"}}', 400, notes=Notes(code="ORD_DLV_008", refusal="locked", expired=True))

    answer = stage.platform(call())

    assert answer.notes == Notes()
    assert stage.findings == [
        "shop.get_orders was answered 200 when it was recorded, and the sandbox answers 400 with code ORD_DLV_008",
    ]


@pytest.mark.parametrize("body", [b"", b"7", b"[]", b'{"code":"0"}', b'{"header":{"error_code":0}}'])
def test_an_answer_without_a_code_agrees_with_a_plain_success(body: bytes) -> None:
    stage = Stage((call(), done(body)))

    answer = stage.asks(call())

    assert answer == body
    assert stage.findings == []
