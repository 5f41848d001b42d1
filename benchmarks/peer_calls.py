"""One peer beside the floor, in the peers' own environment: `python -m benchmarks.peer_calls FastAPI 21` prints ratios as JSON.

Nothing of Gladi is imported here, because nothing of it is installed there.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx

from benchmarks.paired import Contender, Pace, Run, paired

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__: list[str] = []

_URL = "https://open-api.tiktokglobalshop.com/order/202309/orders"
_QUERY = "?app_key=0123456789ab&timestamp=1740967200&shop_cipher=ROW_3100000000000000001&ids=5760000000000000001&sign=" + "0" * 64
_HEADERS = {"x-tts-access-token": "ROW_0", "content-type": "application/json"}
_ANSWER = {"code": 0, "message": "Success", "data": {}}


def _sync(client: httpx.Client) -> Run:
    def run(count: int) -> None:
        for _ in range(count):
            client.request("GET", _URL + _QUERY, headers=_HEADERS)

    return run


@contextmanager
def _async(transport: httpx.AsyncBaseTransport) -> Iterator[Run]:
    with asyncio.Runner() as runner:
        client = httpx.AsyncClient(transport=transport)

        async def many(count: int) -> None:
            for _ in range(count):
                await client.request("GET", _URL + _QUERY, headers=_HEADERS)

        yield lambda count: runner.run(many(count))
        runner.run(client.aclose())


@contextmanager
def _sync_floor() -> Iterator[Run]:
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        yield _sync(client)


@contextmanager
def _async_floor() -> Iterator[Run]:
    with _async(httpx.MockTransport(lambda _: httpx.Response(200))) as run:
        yield run


@contextmanager
def _pytest_httpx() -> Iterator[Run]:
    """A static route, matched by its URL without regard to what changes in it; patched as its fixture patches."""
    import pytest  # noqa: PLC0415 - as each peer, when it is asked for

    peer = import_module("pytest_httpx")
    mock = peer.HTTPXMock(import_module("pytest_httpx._options")._HTTPXMockOptions(can_send_already_matched_responses=True))  # noqa: SLF001
    mock.add_response(method="GET", url=re.compile(re.escape(_URL)), json=_ANSWER)

    def handle_request(transport: httpx.HTTPTransport, request: httpx.Request) -> Any:  # noqa: ANN401 - the peer's
        return mock._handle_request(transport, request)  # noqa: SLF001

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.HTTPTransport, "handle_request", handle_request)
        with httpx.Client(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)) as client:
            yield _sync(client)


@contextmanager
def _fastapi() -> Iterator[Run]:
    """A static endpoint, in process through httpx's ASGI transport."""
    app = import_module("fastapi").FastAPI()

    async def orders(ids: str) -> dict[str, Any]:
        return _ANSWER | {"data": {"ids": ids}}

    app.get("/order/202309/orders")(orders)
    with _async(httpx.ASGITransport(app)) as run:
        yield run


@contextmanager
def _moto() -> Iterator[Run]:
    """The cheapest stateful call that moto has for boto3, which brings a client of its own."""
    with import_module("moto").mock_aws():
        queues = import_module("boto3").client("sqs", region_name="eu-west-1", aws_access_key_id="none", aws_secret_access_key="none")  # noqa: S106
        url = queues.create_queue(QueueName="orders")["QueueUrl"]

        def run(count: int) -> None:
            for _ in range(count):
                queues.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])

        yield run


_PEERS: dict[str, tuple[Contender, Contender]] = {
    "pytest-httpx": (_pytest_httpx, _sync_floor),
    "FastAPI": (_fastapi, _async_floor),
    "moto": (_moto, _sync_floor),
}


def _main(name: str, rounds: int) -> None:
    peer, floor = _PEERS[name]
    found = paired({"floor": floor, "peer": peer}, Pace(rounds, 100))
    print(json.dumps([one / other for one, other in zip(found.seconds["peer"], found.seconds["floor"], strict=True)]))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
