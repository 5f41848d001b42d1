"""The plain transport: the same platform without any patching."""

from __future__ import annotations

import httpx
import httpx2
import pytest

from gladi.faces.transport import PlatformTransport, httpx2_transport
from tests.faces.echo import Echo, now

URL = "https://open-api.tiktokglobalshop.com/order/202309/orders?ids=1&ids=2&x="


def test_a_sync_client_is_answered() -> None:
    echo = Echo()

    with httpx.Client(transport=PlatformTransport(echo, now=now)) as client:
        answer = client.post(URL, content=b"{}")

    assert answer.json()["query"] == "ids=1&ids=2&x="
    assert echo.last.body == b"{}"


@pytest.mark.asyncio
async def test_an_async_client_is_answered() -> None:
    async with httpx.AsyncClient(transport=PlatformTransport(Echo(), now=now)) as client:
        answer = await client.post(URL, content=b"{}")

    assert answer.json()["body"] == "{}"


@pytest.mark.asyncio
async def test_so_are_the_clients_of_httpx2() -> None:
    transport = httpx2_transport(Echo(), now=now)

    with httpx2.Client(transport=transport) as client:
        sync = client.get(URL)
    async with httpx2.AsyncClient(transport=transport) as other:
        later = await other.get(URL)

    assert sync.json() == later.json()
    assert isinstance(sync, httpx2.Response)


def test_another_host_is_refused_with_the_names_of_those_that_are_reached() -> None:
    with httpx.Client(transport=PlatformTransport(Echo(), now=now)) as client, pytest.raises(httpx.ConnectError) as caught:
        client.get("https://example.com/")

    assert str(caught.value) == (
        "example.com is no host of the platforms; this transport reaches fs.tokopedia.net, accounts.tokopedia.com, "
        "open-api.tiktokglobalshop.com, auth.tiktok-shops.com and nothing else"
    )
