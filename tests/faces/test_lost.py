"""A lost exchange is a broken connection: every client sees the same on every face, and nothing counts as a fault."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import httpx
import httpx2
import pytest

from gladi.faces.inprocess import InProcess
from gladi.faces.server import Served
from gladi.faces.transport import PlatformTransport, httpx2_transport
from gladi.platforms.journalled import journalled
from gladi.platforms.troubles.aim import NthCall
from gladi.platforms.troubles.loss import LostAnswer, LostRequest
from gladi.platforms.troubles.trouble import Troubles, troubled
from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.wire import Host, Lost, Request, Response
from tests.faces.echo import Echo, now

if TYPE_CHECKING:
    from types import ModuleType

SAID = "Server disconnected without sending a response."
URL = f"https://{Host.TOKOPEDIA_ACCOUNTS}"
TOKEN = frozenset(("tokopedia.get_token",))


class EverySecond:
    """Loses every second answer."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, request: Request) -> Response:
        self.asked += 1
        return Response(200, (), request.body, lost=None if self.asked % 2 else Lost.ANSWER)


def seen(client: Any, url: str) -> list[str]:
    """Tell what a client sees of four calls on one connection."""
    found: list[str] = []
    for number in range(4):
        try:
            found.append(client.post(f"{url}/token", content=str(number)).text)
        except (httpx.TransportError, httpx2.TransportError) as error:
            found.append(f"{type(error).__name__}: {error}")
    return found


EXPECTED = ["0", f"RemoteProtocolError: {SAID}", "2", f"RemoteProtocolError: {SAID}"]


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_client_sees_the_same_on_both_faces(library: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        with Served(EverySecond(), now=now) as served, library.Client() as client:
            over_http = seen(client, served.url)
        with InProcess(EverySecond(), now=now) as face, library.Client() as client:
            in_process = seen(client, URL)

    assert over_http == in_process == EXPECTED
    assert (served.faults, face.faults, caplog.records) == ([], [], [])


def test_the_plain_transports_break_the_connection_too() -> None:
    with httpx.Client(transport=PlatformTransport(EverySecond(), now=now)) as client:
        plain = seen(client, URL)
    with httpx2.Client(transport=httpx2_transport(EverySecond(), now=now)) as other:
        later = seen(other, URL)

    assert plain == later == EXPECTED


@pytest.mark.asyncio
async def test_so_does_an_async_client() -> None:
    with InProcess(EverySecond(), now=now):
        async with httpx.AsyncClient() as client:
            await client.post(f"{URL}/token")
            with pytest.raises(httpx.RemoteProtocolError, match="disconnected") as caught:
                await client.post(f"{URL}/token")

    assert caught.value.request.url.path == "/token"


def journal_of(face: str) -> bytes:
    """Play the same calls, of which one answer and one request are lost, over a face."""
    journal, troubles = Journal(Clock(0)), Troubles()
    troubles.add(LostAnswer(NthCall(TOKEN, 2)))
    troubles.add(LostRequest(NthCall(TOKEN, 4)))
    echo = Echo()
    platform = journalled(troubled(echo, troubles, journal), journal)
    if face == "served":
        with Served(platform, now=now) as served, httpx.Client() as client:
            seen(client, served.url)
    else:
        with InProcess(platform, now=now), httpx.Client() as client:
            seen(client, URL)
    assert len(echo.heard) == 3
    return bytes(journal)


def test_the_journal_of_lost_exchanges_is_the_same_on_both_faces() -> None:
    journal = journal_of("inprocess")

    assert journal == journal_of("served")
    assert (journal.count(b'"lost":"answer"'), journal.count(b'"lost":"request"')) == (1, 1)
