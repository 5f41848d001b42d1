"""The live target over real sockets, before stand-ins on this machine: what it sends, what it repeats, and how long it waits."""

from __future__ import annotations

import re
import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from gladi.faces.guard import Guard
from gladi.faces.inprocess import InProcess
from gladi.faces.server import Served
from gladi.platforms.live import ForeignHostError, Live
from gladi.record.operation import Does
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Host, Lost, Request, Response

if TYPE_CHECKING:
    from collections.abc import Generator

SHOP_INFO = "/v1/shop/fs/13000/shop-info"
SHIP = "/fulfillment/202309/packages/5769001/ship"
OK = Response(200, (), b'{"data": null}')
LOST = Response(0, (), b"", lost=Lost.ANSWER)


class StandIn:
    """A platform that gives the answers it was given, in their order, the last again and again; its clock moves while one waits."""

    def __init__(self, *answers: Response) -> None:
        """Answer so."""
        self.answers = [*answers]
        self.heard: list[Request] = []
        self.waited: list[float] = []
        self.now = 1_000_000

    def __call__(self, request: Request) -> Response:
        self.heard.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def wait(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.now += round(seconds * 1000)

    @contextmanager
    def called(self) -> Generator[Live]:
        with Served(self, now=lambda: self.now) as served, Live(served.urls, now=lambda: self.now, wait=self.wait) as live:
            yield live


def read(host: Host = Host.TOKOPEDIA_API, path: str = SHOP_INFO, **given: object) -> Request:
    return Request("GET", host, path, 0, **given)  # type: ignore[arg-type]


def ship() -> Request:
    return Request("POST", Host.SHOP_API, SHIP, 0, body=b"{}")


def test_a_request_goes_out_as_it_came_to_the_byte() -> None:
    stand_in = StandIn(OK)
    sent = Request(
        "POST", Host.SHOP_API, "/product/202309/pro%2Fducts", 0, "b=2&a=%7e&&c", {"x-tts-access-token": "T", "host": "x"}, b'{ "a": 1}\n'
    )

    with stand_in.called() as live:
        answered = live(sent)

    heard = stand_in.heard[0]
    assert (heard.method, heard.path, heard.query, heard.body) == (sent.method, sent.path, sent.query, sent.body)
    assert heard.headers["x-tts-access-token"] == "T"
    assert heard.headers["host"].startswith("127.0.0.1:")
    assert (answered.status, answered.body) == (200, OK.body)


def test_a_host_that_is_none_of_the_platforms_is_not_called() -> None:
    stand_in = StandIn(OK)

    with stand_in.called() as live, pytest.raises(ForeignHostError, match=r"^evil\.example\.com is no host of the platforms"):
        live(Request("GET", "evil.example.com", "/", 0))

    assert stand_in.heard == []


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1:1", "http://example.com", "http://localhost.example.com", "http://127.0.0.1:1/prefix", "http://fs.tokopedia.net"],
)
def test_a_stand_in_is_on_this_machine_or_refused(url: str) -> None:
    with pytest.raises(ForeignHostError, match=r"is neither https://fs\.tokopedia\.net nor a stand-in on this machine"):
        Live({Host.TOKOPEDIA_API: url})


def test_the_platforms_own_hosts_are_called_over_tls_unless_told_otherwise() -> None:
    with Live() as live, Live(dict.fromkeys(Host, "http://127.0.0.1:1")) as other:
        stood_in = (live.stands_in, other.stands_in)

    assert stood_in == (False, True)


def test_the_platforms_have_to_prove_who_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def connects(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        asked.append(address)
        return socket.socket()

    def proves(context: ssl.SSLContext, *_: object, server_hostname: str | None = None, **__: object) -> None:
        asked.append((context.verify_mode, context.check_hostname, server_hostname))
        raise ssl.SSLError

    # Nothing leaves this machine: what would be connected is not, and the handshake is looked at and broken off.
    monkeypatch.setattr(socket, "create_connection", connects)
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", proves)

    with Live() as live:
        answered = [live.once(Request("GET", host, "/", 0)).lost for host in Host]

    assert answered == [Lost.REQUEST] * len(Host)
    assert asked == [one for host in Host for one in ((str(host), 443), (ssl.CERT_REQUIRED, True, str(host)))]


def test_a_stand_in_for_some_hosts_and_the_platforms_for_others_is_refused() -> None:
    with pytest.raises(ForeignHostError, match=r"name a stand-in for all four, or for none$"):
        Live({Host.TOKOPEDIA_API: "http://127.0.0.1:1"})


def test_a_base_url_of_a_host_that_is_none_is_refused() -> None:
    with pytest.raises(ForeignHostError, match=r"^evil\.example\.com is no host of the platforms"):
        Live({"evil.example.com": "http://127.0.0.1:1"})


def test_a_read_whose_answer_was_lost_is_made_again() -> None:
    stand_in = StandIn(LOST, LOST, OK)

    with stand_in.called() as live:
        answered = live(read())

    assert (answered.status, len(stand_in.heard), stand_in.waited) == (200, 3, [1, 2])


def test_a_read_that_stays_lost_is_lost_after_three_calls() -> None:
    stand_in = StandIn(LOST)

    with stand_in.called() as live:
        answered = live(read())

    assert (answered.lost, len(stand_in.heard)) == (Lost.ANSWER, 3)


def test_a_ship_whose_answer_was_lost_is_never_made_again() -> None:
    stand_in = StandIn(LOST, OK)

    with stand_in.called() as live:
        answered = live(ship())

    assert (answered.lost, len(stand_in.heard)) == (Lost.ANSWER, 1)


def test_of_all_that_does_something_nothing_is_ever_made_again() -> None:
    stand_in = StandIn(LOST)
    writes = [one for one in OPERATIONS if one.method != "GET" and not one.does.startswith(("reads", "authorizes"))]
    sent = [Request(one.method, one.host, re.sub(r"\{\w+\}", "1", one.path), 0, body=b"{}") for one in writes]
    sent.append(Request("POST", Host.TOKOPEDIA_API, "/an/operation/that/nobody/knows", 0, body=b"{}"))

    with stand_in.called() as live:
        for request in sent:
            live(request)

    assert {one.does for one in writes} >= {Does.LISTS_PRODUCTS, Does.EDITS_PRODUCTS, Does.SETS_PRICES, Does.SETS_STOCK}
    assert [one.path for one in stand_in.heard] == [one.path for one in sent]


def test_a_search_by_post_is_a_read() -> None:
    stand_in = StandIn(LOST, OK)

    with stand_in.called() as live:
        answered = live(Request("POST", Host.SHOP_API, "/order/202309/orders/search", 0, body=b"{}"))

    assert (answered.status, len(stand_in.heard)) == (200, 2)


def test_what_a_systems_own_read_came_to_is_passed_on() -> None:
    stand_in = StandIn(LOST, OK)

    with stand_in.called() as live:
        answered = live.once(read())

    assert (answered.lost, len(stand_in.heard)) == (Lost.ANSWER, 1)


def test_where_nobody_listens_the_request_surely_never_arrived() -> None:
    with Served(StandIn(OK), now=lambda: 0) as gone:
        urls = gone.urls

    with Live(urls, now=lambda: 0, wait=lambda _: None) as live:
        answered = live(ship())

    assert answered.lost is Lost.REQUEST


def limited(status: int, remaining: int, reset: str) -> Response:
    headers = (("X-Ratelimit-Limit", "5 req/s (burst 5)"), ("X-Ratelimit-Remaining", str(remaining)), ("X-Ratelimit-Reset-After", reset))
    return Response(status, headers, b"{}")


def test_tokopedias_headers_say_how_long_the_next_call_waits() -> None:
    stand_in = StandIn(limited(200, 1, "-0.000000"), limited(200, 0, "0.200000"), OK)

    with stand_in.called() as live:
        for _ in range(3):
            live.once(read())

    assert stand_in.waited == [0.2]


def test_the_limit_of_one_operation_holds_back_no_other() -> None:
    stand_in = StandIn(limited(200, 0, "30.000000"), OK)

    with stand_in.called() as live:
        live.once(read())
        live.once(read(path="/v2/order/list"))

    assert stand_in.waited == []


def test_a_read_refused_for_its_rate_is_made_again_when_the_headers_allow_it() -> None:
    stand_in = StandIn(limited(429, 0, "7.500000"), OK)

    with stand_in.called() as live:
        answered = live(read())

    assert (answered.status, stand_in.waited) == (200, [7.5])


@pytest.mark.parametrize(
    ("refused", "waited"),
    [
        (Response(429, (("Retry-After", "12"),), b'{"code":36009002}'), [12]),
        (Response(200, (), b'{"code":36009002,"message":"Too many requests"}'), [1]),
        (Response(200, (), b'{"code":36009003}'), [1]),
        (Response(503, (("retry-after", "Wed, 21 Oct 2025 07:28:00 GMT"),), b""), [1]),
    ],
)
def test_a_limit_of_the_shop_side_is_waited_for(refused: Response, waited: list[float]) -> None:
    stand_in = StandIn(refused, OK)

    with stand_in.called() as live:
        answered = live(read(Host.SHOP_API, "/authorization/202309/shops"))

    assert (answered.status, stand_in.waited) == (200, waited)


def test_a_wait_of_more_than_five_minutes_is_nobodys_to_wait() -> None:
    stand_in = StandIn(Response(429, (("Retry-After", "301"),), b"{}"), OK)

    with stand_in.called() as live:
        answered = live(read(Host.SHOP_API, "/authorization/202309/shops"))

    assert (answered.status, stand_in.waited) == (429, [])


def test_a_redirect_leads_nowhere() -> None:
    stand_in = StandIn(Response(302, (("location", "http://evil.example.com/"),), b""))

    with stand_in.called() as live:
        answered = live(read())

    assert (answered.status, len(stand_in.heard)) == (302, 1)


def test_a_face_that_stands_meanwhile_is_not_asked() -> None:
    face, guard = StandIn(Response(500, (), b"the face")), Guard()

    # The guard refuses to resolve the name, so that nothing leaves this machine.
    with Live() as live, guard, InProcess(face, now=lambda: 0):
        answered = live.once(read())

    assert (answered.lost, guard.hits, face.heard) == (Lost.REQUEST, [Host.TOKOPEDIA_API], [])


def test_a_guard_can_tell_our_own_call_from_a_systems() -> None:
    told: list[bool] = []

    with Live() as live:

        def refuses() -> bool:
            told.append(live.is_calling)
            return False

        with Guard(lets_pass=refuses):
            live.once(read())
        told.append(live.is_calling)

    assert told == [True, False]
