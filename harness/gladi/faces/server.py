"""The served face: a platform over real HTTP, for systems in any language.

1. One port serves all four hosts, routed by path, because their paths are disjoint; a port per host on request. There is
   no path prefix: the signature covers the path.
2. Path, query and body reach the platform as they were sent, byte for byte.
3. Over HTTP a timestamp is checked against the wall clock: `Request.clocks` holds nothing else.
4. A lost exchange is a broken connection: it is closed and nothing is sent. Where the answer comes too late it is held for a moment first:
   virtual time has passed, and nobody should wait as long in real time.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any, Literal, Self

from gladi.faces.headers import framed, lower
from gladi.faces.listener import HANGS_UP, Listener
from gladi.record.routing import host_of_path
from gladi.record.wire import Host, Lost, Request, Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager
    from types import TracebackType

    from gladi.record.clock import Instant
    from gladi.record.wire import Answers

__all__ = ["HELD", "LARGEST_BODY", "Asgi", "Served", "body_of"]

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes; a larger body is read, dropped and answered 413, so that no client is left with a broken pipe."""

HELD = 0.05
"""Seconds of real time for which an answer that comes too late is held."""

_TEXT = (("content-type", "text/plain; charset=utf-8"),)
_TOO_LARGE = Response(413, _TEXT, b"the body is larger than 8 MiB, the most that Gladi takes\n")


async def body_of(receive: Callable[[], Awaitable[Any]]) -> bytes | None:
    """Read a request's body to its end; None when it is larger than `LARGEST_BODY`.

    Raises:
        ConnectionError: the client went away in the middle.
    """
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError("the client went away before its request was whole")
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            parts.clear()
        else:
            parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts) if size <= LARGEST_BODY else None


async def answer(send: Callable[[Any], Awaitable[None]], response: Response) -> None:
    """Send a response, its body in one piece."""
    await send({"type": "http.response.start", "status": response.status, "headers": framed(response)})
    await send({"type": "http.response.body", "body": response.body})


async def hang_up(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]]) -> None:
    """Close the connection without a word, as `listener` lets an app do, and wait until it is closed: only then is no answer no fault."""
    scope["state"][HANGS_UP]()
    while (await receive())["type"] != "http.disconnect":
        pass


class Asgi:
    """A bare ASGI app before a platform; `platform` may be exchanged at any time. `lock` is held around the clock and the platform."""

    def __init__(
        self,
        platform: Answers,
        *,
        now: Callable[[], Instant],
        lock: AbstractContextManager[Any],
        hosts: dict[int, Host] | None = None,
    ) -> None:
        """Stand before `platform`; `hosts` names the host that a port belongs to, all others are routed by path."""
        self.platform = platform
        self.now = now
        self.hosts = hosts or {}
        self.faults: list[Exception] = []
        self._lock = lock

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        """Answer one request."""
        try:
            body = await body_of(receive)
        except ConnectionError:
            return
        response = self._answer(scope, body) if body is not None else _TOO_LARGE
        if response.lost is Lost.LATE:
            with suppress(TimeoutError):
                await asyncio.wait_for(receive(), HELD)
        if response.is_silent:
            await hang_up(scope, receive)
        else:
            await answer(send, response)

    def _answer(self, scope: dict[str, Any], body: bytes) -> Response:
        path = scope["raw_path"].decode("latin-1")
        host = self.hosts.get(scope["server"][1]) or host_of_path(path)
        query = scope["query_string"].decode("latin-1")
        headers = lower(scope["headers"])
        try:
            with self._lock:
                return self.platform(Request(scope["method"], host, path, self.now(), query, headers, body, (int(time()),)))
        except Exception as fault:  # noqa: BLE001 - a fault of the harness: answered, kept, and reported by whoever serves
            self.faults.append(fault)
            return Response(500, _TEXT, f"the platform behind Gladi raised {type(fault).__name__}; this is a fault of Gladi\n".encode())


class Served:
    """Serves a platform on loopback while it is entered: one server a session, whose `platform` is exchanged between scenarios."""

    def __init__(  # noqa: PLR0913 - where, and before what
        self,
        platform: Answers,
        *,
        now: Callable[[], Instant],
        lock: AbstractContextManager[Any] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        ports: Literal["one", "each"] = "one",
    ) -> None:
        """Stand before `platform`, whose virtual clock is `now`.

        With `ports="each"` the four hosts get a port each, `port` and the three after it (or free ones, for 0).
        """
        self.lock = lock if lock is not None else Lock()
        self._asgi = Asgi(platform, now=now, lock=self.lock)
        self._each = ports == "each"
        wanted = [port + offset if port else 0 for offset in range(len(Host) if self._each else 1)]
        self._listener = Listener(self._asgi, host=host, ports=wanted)

    @property
    def platform(self) -> Answers:
        """What answers."""
        return self._asgi.platform

    @platform.setter
    def platform(self, platform: Answers) -> None:
        self._asgi.platform = platform

    @property
    def now(self) -> Callable[[], Instant]:
        """The virtual clock of what answers; exchange it with the platform."""
        return self._asgi.now

    @now.setter
    def now(self, now: Callable[[], Instant]) -> None:
        self._asgi.now = now

    @property
    def faults(self) -> list[Exception]:
        """Errors that the platform raised: faults of the harness, answered 500."""
        return self._asgi.faults

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash; with a port per host, that of the Tokopedia API."""
        return self.urls[Host.TOKOPEDIA_API]

    @property
    def urls(self) -> dict[Host, str]:
        """The base URL of each host."""
        name = f"[{self._listener.host}]" if ":" in self._listener.host else self._listener.host
        ports = self._listener.ports if self._each else self._listener.ports * len(Host)
        return {host: f"http://{name}:{port}" for host, port in zip(Host, ports, strict=True)}

    def __enter__(self) -> Self:
        """Start; requests are answered from now on.

        Raises:
            OSError: a port is in use.
        """
        self._listener.__enter__()
        if self._each:
            self._asgi.hosts = dict(zip(self._listener.ports, Host, strict=True))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._listener.__exit__(kind, error, trace)
