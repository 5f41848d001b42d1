"""The face in process: who is answered, what the platform is given, and that nothing stays behind."""

from __future__ import annotations

import http.server
import time
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import httpx
import httpx2
import pytest
import respx

from gladi.faces.inprocess import InProcess
from tests.faces.echo import BEGINS, Echo, now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from types import ModuleType

    from gladi.record.wire import Request, Response

SHOP = "https://open-api.tiktokglobalshop.com"
TOKOPEDIA = "https://fs.tokopedia.net"
RAW = "/order/202309/orders/a%2Fb%20c?ids=1&ids=2&page_token=&sign=ab%2Bc%3D&empty&q=%E2%82%AC+x"

METHODS = [
    (library, transport, method)
    for library in (httpx, httpx2)
    for transport, method in ((library.HTTPTransport, "handle_request"), (library.AsyncHTTPTransport, "handle_async_request"))
]


def patched() -> list[bool]:
    return [hasattr(getattr(transport, method), "__wrapped__") for _, transport, method in METHODS]


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A server of somebody else on loopback; gives its URL."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-length", "9")
            self.end_headers()
            self.wfile.write(b"elsewhere")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])
def test_a_sync_client_is_answered(library: ModuleType) -> None:
    echo = Echo()

    with InProcess(echo, now=now), library.Client() as client:
        answer = client.post(f"{SHOP}{RAW}", content=b'{"a": 1}', headers={"X-Tts-Access-Token": "t", "content-type": "application/json"})

    assert answer.status_code == 200
    assert answer.json()["name"] == "echo"
    assert answer.headers["x-rate"] == "5"
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert isinstance(answer, library.Response)


@pytest.mark.asyncio
@pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])
async def test_an_async_client_is_answered(library: ModuleType) -> None:
    echo = Echo()

    with InProcess(echo, now=now):
        async with library.AsyncClient() as client:
            answer = await client.get(f"{TOKOPEDIA}/v2/order/list?fs_id=13000")

    assert answer.json()["host"] == "fs.tokopedia.net"
    assert echo.last.query == "fs_id=13000"


def test_the_platform_is_given_the_request_as_it_was_sent() -> None:
    echo = Echo()
    before = int(time.time())

    with InProcess(echo, now=now), httpx.Client() as client:
        client.post(f"{SHOP}{RAW}", content=b"\x00\xff", headers=[("X-Twice", "1"), ("X-Twice", "2"), ("X-Tts-Access-Token", "t")])

    request = echo.last
    assert (request.method, request.host) == ("POST", "open-api.tiktokglobalshop.com")
    assert f"{request.path}?{request.query}" == RAW
    assert request.body == b"\x00\xff"
    assert request.headers["x-tts-access-token"] == "t"
    assert request.headers["x-twice"] == "1, 2"
    assert request.headers["host"] == "open-api.tiktokglobalshop.com"
    assert request.at == BEGINS
    assert request.clocks[0] == BEGINS // 1000
    assert before <= request.clocks[1] <= int(time.time())


def test_a_body_that_is_streamed_is_read() -> None:
    echo = Echo()

    def parts() -> Iterator[bytes]:
        yield b"one "
        yield b"two"

    with InProcess(echo, now=now), httpx.Client() as client:
        client.post(f"{SHOP}/product/202309/products/search", content=parts())

    assert echo.last.body == b"one two"


@pytest.mark.asyncio
async def test_a_body_that_is_streamed_by_an_async_client_is_read() -> None:
    echo = Echo()

    async def parts() -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two"

    with InProcess(echo, now=now):
        async with httpx.AsyncClient() as client:
            await client.post(f"{SHOP}/product/202309/products/search", content=parts())

    assert echo.last.body == b"one two"


def test_a_generator_cannot_be_sent_twice_as_in_life() -> None:
    with InProcess(Echo(), now=now), httpx.Client() as client:
        request = client.build_request("POST", f"{SHOP}/product/202309/products/search", content=(part for part in (b"a", b"b")))
        client.send(request)

        with pytest.raises(httpx.StreamConsumed):
            client.send(request)


def test_a_client_s_own_retrying_transport_still_runs() -> None:
    class Retrying(httpx.BaseTransport):
        tries = 0

        def __init__(self) -> None:
            self.inner = httpx.HTTPTransport()

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            self.tries += 1
            self.inner.handle_request(request)
            self.tries += 1
            return self.inner.handle_request(request)

    echo, transport = Echo(), Retrying()

    with InProcess(echo, now=now), httpx.Client(transport=transport) as client:
        client.post(f"{SHOP}/fulfillment/202309/packages/1/ship", content=b"{}")

    assert transport.tries == 2
    assert len(echo.heard) == 2


def test_another_host_is_untouched(elsewhere: str) -> None:
    echo = Echo()

    with InProcess(echo, now=now), httpx.Client(trust_env=False) as client:
        answer = client.get(elsewhere)

    assert answer.text == "elsewhere"
    assert echo.heard == []


@pytest.mark.asyncio
async def test_another_host_is_untouched_for_an_async_client(elsewhere: str) -> None:
    with InProcess(Echo(), now=now):
        async with httpx2.AsyncClient(trust_env=False) as client:
            answer = await client.get(elsewhere)

    assert answer.text == "elsewhere"


def test_a_system_s_own_respx_routes_for_others_still_work() -> None:
    with InProcess(Echo(), now=now), respx.mock() as mock, httpx.Client() as client:
        mock.get("https://courier.example/rates").respond(json={"rate": 9000})

        assert client.get("https://courier.example/rates").json() == {"rate": 9000}
        assert client.get(f"{SHOP}/authorization/202309/shops").json()["name"] == "echo"


def test_an_answer_to_head_has_no_body() -> None:
    with InProcess(Echo(), now=now), httpx.Client() as client:
        answer = client.head(f"{SHOP}/authorization/202309/shops")

    assert answer.content == b""


def test_the_patches_are_undone() -> None:
    originals = [vars(transport)[method] for _, transport, method in METHODS]

    with InProcess(Echo(), now=now):
        during = patched()

    assert during == [True] * 4
    assert [vars(transport)[method] for _, transport, method in METHODS] == originals


def test_the_patches_are_undone_after_an_exception() -> None:
    with pytest.raises(KeyError), InProcess(Echo(), now=now):
        raise KeyError

    assert patched() == [False] * 4


def test_of_two_nested_faces_the_inner_one_answers_until_it_is_left() -> None:
    url = f"{SHOP}/authorization/202309/shops"

    with InProcess(Echo("outer"), now=now), httpx.Client() as client:
        with InProcess(Echo("inner"), now=now):
            inner = client.get(url).json()["name"]
        outer = client.get(url).json()["name"]

    assert (inner, outer) == ("inner", "outer")
    assert patched() == [False] * 4


def test_one_face_can_be_entered_again_and_within_itself() -> None:
    face = InProcess(Echo(), now=now)

    with face, face:
        pass
    with face, httpx.Client() as client:
        answer = client.get(f"{SHOP}/authorization/202309/shops")

    assert answer.json()["name"] == "echo"
    assert patched() == [False] * 4


def test_an_error_of_the_platform_is_kept_though_the_system_swallowed_it() -> None:
    def broken(_: Request) -> Response:
        raise ZeroDivisionError

    face = InProcess(broken, now=now)

    with face, httpx.Client() as client, suppress(Exception):  # what a careless system does
        client.get(f"{SHOP}/authorization/202309/shops")

    assert [type(fault) for fault in face.faults] == [ZeroDivisionError]


def test_the_lock_is_held_around_the_clock_and_the_platform() -> None:
    lock = Lock()
    held: list[bool] = []

    def clock() -> int:
        held.append(lock.locked())
        return BEGINS

    class Watching(Echo):
        def __call__(self, request: Request) -> Response:
            held.append(lock.locked())
            return super().__call__(request)

    with InProcess(Watching(), now=clock, lock=lock), httpx.Client() as client:
        client.get(f"{SHOP}/authorization/202309/shops")

    assert held == [True, True]
    assert not lock.locked()


def test_no_call_is_kept_by_respx() -> None:
    face: Any = InProcess(Echo(), now=now)

    with face, httpx.Client() as client:
        client.get(f"{SHOP}/authorization/202309/shops")
        routers = respx.mocks.Mocker.registry["gladi-httpx"].routers

        assert [len(router.calls) for router in routers] == [0]
