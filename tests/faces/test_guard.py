"""The guard: a platform's host that no face answers is refused with one sentence, and the run knows of it."""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
import urllib.error
import urllib.request
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx
import pytest

from gladi.faces.guard import Guard
from gladi.faces.inprocess import InProcess
from tests.faces.echo import Echo, now

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "fs.tokopedia.net"
SENTENCE = (
    "fs.tokopedia.net was called by a client that Gladi does not intercept; point that client at the served face: "
    "pytest --rehearse --rehearse-face served, and take the base URLs from the Venue"
)
RESOLVERS = [(socket, "getaddrinfo"), (socket, "gethostbyname"), (socket.socket, "connect")]


def through_http_client() -> None:
    http.client.HTTPSConnection(HOST).request("GET", "/")


def through_socket() -> None:
    socket.create_connection((HOST, 443))


def through_a_bare_socket() -> None:
    with socket.socket() as bare:
        bare.connect((HOST, 443))


def through_asyncio() -> None:
    asyncio.run(asyncio.open_connection(HOST, 443))


def by_another_spelling() -> None:
    socket.getaddrinfo(host=b"FS.Tokopedia.net.", port=443)


def by_an_old_name() -> None:
    socket.gethostbyname(HOST)


CALLERS = [through_http_client, through_socket, through_a_bare_socket, through_asyncio, by_another_spelling, by_an_old_name]


@pytest.mark.parametrize("call", CALLERS, ids=[call.__name__ for call in CALLERS])
def test_a_client_that_is_not_intercepted_is_refused_in_one_sentence(call: Callable[[], None]) -> None:
    guard = Guard()

    with guard, pytest.raises(socket.gaierror) as caught:
        call()

    assert caught.value.strerror == SENTENCE
    assert guard.hits == [HOST]


def test_urllib_shows_the_sentence() -> None:
    with Guard(), pytest.raises(urllib.error.URLError) as caught:
        urllib.request.urlopen(f"https://{HOST}/v1/fs/1")

    assert isinstance(caught.value.reason, socket.gaierror)
    assert caught.value.reason.strerror == SENTENCE


def test_a_custom_transport_of_httpx_is_refused_too() -> None:
    class Own(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            socket.create_connection((request.url.host, 443))
            raise NotImplementedError

    guard = Guard()

    with guard, InProcess(Echo(), now=now), httpx.Client(transport=Own()) as client, pytest.raises(socket.gaierror):
        client.get(f"https://{HOST}/v1/fs/1")

    assert guard.hits == [HOST]


def test_a_hit_is_kept_though_the_system_swallowed_the_error() -> None:
    guard = Guard()

    with guard:
        for host in (HOST, "auth.tiktok-shops.com"):
            with suppress(Exception):  # what a careless system does
                socket.create_connection((host, 443))

    assert guard.hits == [HOST, "auth.tiktok-shops.com"]


def test_any_other_name_is_resolved_as_ever() -> None:
    guard = Guard()

    with guard:
        found = socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)
        listening = socket.create_server(("127.0.0.1", 0))
        socket.create_connection(listening.getsockname()).close()
        listening.close()

    assert found
    assert guard.hits == []


def test_the_resolvers_are_put_back_after_an_exception() -> None:
    before = [vars(owner).get(name) for owner, name in RESOLVERS]

    with pytest.raises(KeyError), Guard(), Guard():
        raise KeyError

    assert [vars(owner).get(name) for owner, name in RESOLVERS] == before


def test_a_proxy_of_the_environment_is_not_asked_for_a_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", "internal.example")
    guard = Guard()

    with guard, pytest.raises(urllib.error.URLError) as caught:
        urllib.request.urlopen(f"https://{HOST}/v1/fs/1")

    assert caught.value.reason.strerror == SENTENCE  # type: ignore[union-attr]  # a refused proxy would be ECONNREFUSED
    assert guard.hits == [HOST]
    assert os.environ["NO_PROXY"] == "internal.example"
    assert "no_proxy" not in os.environ


def test_what_bypassed_the_proxy_before_still_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", "internal.example")

    with Guard():
        inside = [bool(urllib.request.proxy_bypass(host)) for host in ("internal.example", HOST, "example.com")]

    assert inside == [True, True, False]


def test_a_wildcard_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")

    with Guard():
        assert os.environ["no_proxy"] == "*"


def test_httpx_behind_a_proxy_is_answered_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    guard = Guard()

    with guard, InProcess(Echo(), now=now), httpx.Client() as client:
        answer = client.get(f"https://{HOST}/v1/fs/1")

    assert answer.json()["name"] == "echo"
    assert guard.hits == []


def test_a_call_of_ours_is_let_pass() -> None:
    guard = Guard(lets_pass=lambda: True)

    with guard, pytest.raises(TypeError, match="integer"):  # what the resolver itself says, which asks nobody for that
        socket.getaddrinfo(HOST, 443, "no family")  # type: ignore[arg-type]

    assert guard.hits == []
