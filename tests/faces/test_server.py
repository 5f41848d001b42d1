"""The served face: a platform over real HTTP, byte for byte, on one port or four."""

from __future__ import annotations

import http.client
import logging
import socket
import time
from threading import Barrier, Lock, Thread
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from gladi.faces.inprocess import InProcess
from gladi.faces.server import LARGEST_BODY, Served
from gladi.record.wire import Host
from tests.faces.echo import BEGINS, Echo, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.wire import Request, Response


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with Served(Echo(), now=now) as served:
        yield served


@pytest.fixture
def echo(server: Served) -> Echo:
    fresh = Echo()
    server.platform = fresh
    return fresh


def ask(served: Served, method: str, target: str, *, body: bytes = b"", headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    """Send a request whose target is on the wire exactly as written here; httpx would quote it."""
    connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=10)
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]  # read before the connection goes
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("/token", Host.TOKOPEDIA_ACCOUNTS),
        ("/inventory/v1/fs/13000/product/info", Host.TOKOPEDIA_API),
        ("/api/v2/token/get", Host.SHOP_AUTH),
        ("/order/202309/orders", Host.SHOP_API),
        ("/nowhere", Host.SHOP_API),
    ],
)
def test_one_port_is_routed_by_path(server: Served, echo: Echo, path: str, host: Host) -> None:
    answer = ask(server, "GET", path)

    assert answer.status == 200
    assert echo.last.host == host


@pytest.mark.parametrize(
    "target",
    [
        "/order/202309/orders?ids=2&ids=1&ids=2",
        "/order/202309/orders?blank=&bare&x=",
        "/order/202309/orders?a=%2F%2f+%20&b=%E2%82%AC",
        "/product/202309/products/a%2Fb%20c;v=1/prices/update",
        "/product//202309/../products?q=a?b=c&d==",
        "/order/202309/orders?",
    ],
)
def test_path_and_query_reach_the_platform_byte_for_byte(server: Served, echo: Echo, target: str) -> None:
    ask(server, "GET", target)

    path, _, query = target.partition("?")
    assert (echo.last.path, echo.last.query) == (path, query)


def test_the_body_reaches_the_platform_byte_for_byte(server: Served, echo: Echo) -> None:
    body = bytes(range(256)) * 4096

    ask(server, "POST", "/order/202309/orders/search", body=body, headers={"Content-Type": "text/odd", "X-Tts-Access-Token": "t"})

    assert echo.last.body == body
    assert echo.last.headers["x-tts-access-token"] == "t"
    assert echo.last.headers["content-type"] == "text/odd"


def test_a_chunked_body_is_put_together(server: Served, echo: Echo) -> None:
    with httpx.Client(trust_env=False) as client:
        client.post(f"{server.url}/order/202309/orders/search", content=(part for part in (b"one ", b"two")))

    assert echo.last.body == b"one two"


def test_a_timestamp_is_checked_against_the_wall_clock_alone(server: Served, echo: Echo) -> None:
    before = int(time.time())

    ask(server, "GET", "/token")

    (clock,) = echo.last.clocks
    assert before <= clock <= int(time.time())
    assert echo.last.at == BEGINS


def test_the_answer_is_the_platform_s(server: Served) -> None:
    def refuses(_: Request) -> Response:
        answer = Echo()(_)
        return type(answer)(404, (("Content-Type", "application/json"), ("Content-Length", "999"), ("X-Limit", "5")), b'{"code": 404}')

    server.platform = refuses

    answer = ask(server, "DELETE", "/nowhere")

    assert answer.status == 404
    assert answer.body == b'{"code": 404}'  # type: ignore[attr-defined]
    assert answer.getheader("content-length") == "13"
    assert answer.getheader("x-limit") == "5"
    assert answer.getheader("server") == "gladi"
    assert answer.getheader("date")


def test_the_largest_body_is_taken_and_a_larger_one_is_not(server: Served, echo: Echo) -> None:
    taken = ask(server, "POST", "/order/202309/orders/search", body=b"x" * LARGEST_BODY)
    refused = ask(server, "POST", "/order/202309/orders/search", body=b"x" * (LARGEST_BODY + 1))

    assert (taken.status, refused.status) == (200, 413)
    assert [len(request.body) for request in echo.heard] == [LARGEST_BODY]


def test_a_malformed_request_does_not_end_the_server(server: Served, echo: Echo) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as raw:
        raw.sendall(b"NONSENSE\r\n\r\n")
        said = raw.recv(100)

    assert said.startswith(b"HTTP/1.1 400")
    assert ask(server, "GET", "/token").status == 200
    assert len(echo.heard) == 1


def test_an_error_of_the_platform_is_answered_500_and_kept() -> None:
    def broken(_: Request) -> Response:
        raise ZeroDivisionError

    with Served(broken, now=now) as served:
        answer = ask(served, "GET", "/token")

    assert answer.status == 500
    assert answer.body == b"the platform behind Gladi raised ZeroDivisionError; this is a fault of Gladi\n"  # type: ignore[attr-defined]
    assert [type(fault) for fault in served.faults] == [ZeroDivisionError]


def test_the_platform_is_asked_by_one_connection_at_a_time() -> None:
    lock, barrier = Lock(), Barrier(8)
    held: list[bool] = []

    class Watching(Echo):
        def __call__(self, request: Request) -> Response:
            held.append(lock.locked())
            return super().__call__(request)

    with Served(Watching(), now=now, lock=lock) as served:

        def caller() -> None:
            barrier.wait()
            ask(served, "GET", "/token")

        threads = [Thread(target=caller) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert held == [True] * 8


def test_a_port_for_each_host() -> None:
    echo = Echo()

    with Served(echo, now=now, ports="each") as served, httpx.Client(trust_env=False) as client:
        for url in served.urls.values():
            client.get(f"{url}/the/same/path")

    assert len(set(served.urls.values())) == 4
    assert [request.host for request in echo.heard] == list(Host)


def test_a_port_in_use_is_an_error_for_the_caller(server: Served) -> None:
    port = int(server.url.rpartition(":")[2])

    with pytest.raises(OSError, match="in use"), Served(Echo(), now=now, port=port):
        pass


def test_the_server_ends_with_its_block() -> None:
    with Served(Echo(), now=now) as served:
        ask(served, "GET", "/token")

    with pytest.raises(ConnectionRefusedError):
        ask(served, "GET", "/token")


def test_no_logger_of_the_process_is_changed_and_no_url_is_logged(server: Served, echo: Echo, caplog: pytest.LogCaptureFixture) -> None:
    access = logging.getLogger("uvicorn.access")

    with caplog.at_level(logging.INFO):
        ask(server, "GET", "/order/202309/orders?sign=secret")

    assert (access.propagate, access.level) == (True, logging.NOTSET)
    assert "secret" not in caplog.text
    assert echo.heard


def test_both_faces_stand_before_one_platform_at_once(server: Served, echo: Echo) -> None:
    with InProcess(echo, now=now, lock=server.lock), httpx.Client() as client:
        inside = client.get("https://fs.tokopedia.net/v2/order/list").json()
        outside = client.get(f"{server.url}/v2/order/list").json()

    assert inside == outside
    assert len(echo.heard) == 2


def test_the_same_play_over_either_face_gives_the_same_requests(server: Served, echo: Echo) -> None:
    def play(urls: dict[Host, str]) -> list[dict[str, Any]]:
        echo.heard.clear()
        with httpx.Client() as client:
            client.post(f"{urls[Host.TOKOPEDIA_ACCOUNTS]}/token?grant_type=client_credentials")
            client.get(f"{urls[Host.SHOP_AUTH]}/api/v2/token/get", params={"auth_code": "ROW_a/b+c"})
            client.patch(f"{urls[Host.TOKOPEDIA_API]}/v3/products/fs/1/edit?shop_id=1&shop_id=2&x=", content=b'{"n": 1}')
            client.post(f"{urls[Host.SHOP_API]}/product/202309/products/search?page_size=10&page_token=%2B%2F%3D", json={"a": "é"})
        return [
            {name: getattr(request, name) for name in ("method", "host", "path", "query", "body", "at")} | {"pairs": request.pairs}
            for request in echo.heard
        ]

    with InProcess(echo, now=now):
        inside = play({host: f"https://{host}" for host in Host})
    outside = play(server.urls)

    assert inside == outside
    assert len(inside) == 4
