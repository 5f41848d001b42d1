"""The platform as a plain transport, for systems that take their httpx client from outside: nothing is patched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from gladi.faces.door import HOSTS, Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from gladi.record.clock import Instant
    from gladi.record.wire import Answers

__all__ = ["PlatformTransport", "httpx2_transport"]


def _unreachable(host: str) -> str:
    return f"{host} is no host of the platforms; this transport reaches {', '.join(HOSTS)} and nothing else"


class PlatformTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Give it to `httpx.Client` or `httpx.AsyncClient` as `transport`; only the platforms' four hosts are reachable through it."""

    def __init__(self, platform: Answers, *, now: Callable[[], Instant], lock: AbstractContextManager[Any] | None = None) -> None:
        """Stand before `platform`, whose virtual clock is `now`."""
        self._door = Door(httpx, platform, now=now, lock=lock)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a sync client."""
        if request.url.host not in HOSTS:
            raise httpx.ConnectError(_unreachable(request.url.host), request=request)
        response: httpx.Response = self._door.answer(request)
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer an async client."""
        if request.url.host not in HOSTS:
            raise httpx.ConnectError(_unreachable(request.url.host), request=request)
        response: httpx.Response = await self._door.answer_async(request)
        return response


def httpx2_transport(platform: Answers, *, now: Callable[[], Instant], lock: AbstractContextManager[Any] | None = None) -> Any:  # noqa: ANN401 - httpx2 may be absent, and so may its types
    """Give the same transport for the clients of httpx2.

    Raises:
        ImportError: httpx2 is not installed.
    """
    import httpx2  # noqa: PLC0415 - an optional library

    door = Door(httpx2, platform, now=now, lock=lock)

    class Transport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
        """As `PlatformTransport`."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            """Answer a sync client."""
            if request.url.host not in HOSTS:
                raise httpx2.ConnectError(_unreachable(request.url.host), request=request)
            response: httpx2.Response = door.answer(request)
            return response

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            """Answer an async client."""
            if request.url.host not in HOSTS:
                raise httpx2.ConnectError(_unreachable(request.url.host), request=request)
            response: httpx2.Response = await door.answer_async(request)
            return response

    return Transport()
