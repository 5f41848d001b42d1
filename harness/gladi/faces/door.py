"""A platform behind one client library: its request becomes ours, our response becomes its own, and nothing else stands between.

1. The body is read from the request's stream and not kept in the request: a generator that was sent once cannot be sent
   again, in a rehearsal as in life.
2. An error of the platform is an error of the harness. It is raised into the client and kept in `faults`, because a
   system may swallow it.
3. A lost exchange is a broken connection: the client raises what it raises when a server hangs up without a word, or, where the answer
   comes too late, what it raises when it has waited long enough. No time passes here for that.
4. A client whose process is gone raises what no `except Exception` catches.
"""

from __future__ import annotations

from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any

from gladi.faces.headers import framed, lower
from gladi.record.wire import Crashed, Host, Lost, Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from types import ModuleType

    from gladi.record.clock import Instant
    from gladi.record.wire import Answers, Response

__all__ = ["HOSTS", "HUNG_UP", "TOO_LATE", "Door"]

HOSTS: dict[str, Host] = {str(host): host for host in Host}
"""The platforms' hosts by their plain names."""

HUNG_UP = "Server disconnected without sending a response."
"""What httpx and httpx2 say when a server hangs up before it has answered."""
TOO_LATE = "The read operation timed out"
"""What they say when they have waited long enough."""


class Door:
    """Answers the requests of one client library. `lock` is held around the clock and the platform."""

    __slots__ = ("_broken", "_lock", "_now", "_platform", "_response", "_stream", "_too_late", "faults")

    def __init__(
        self, library: ModuleType, platform: Answers, *, now: Callable[[], Instant], lock: AbstractContextManager[Any] | None = None
    ) -> None:
        """Stand before `platform` for the clients of `library`, httpx or httpx2."""
        self._platform = platform
        self._now = now
        self._lock = lock if lock is not None else Lock()
        self._response = library.Response
        self._broken = library.RemoteProtocolError
        self._too_late = library.ReadTimeout
        self._stream = library.ByteStream
        self.faults: list[Exception] = []

    def answer(self, request: Any) -> Any:  # noqa: ANN401 - httpx's or httpx2's own, which share no type
        """Answer a request of a sync client."""
        return self._answer(request, b"".join(request.stream))

    async def answer_async(self, request: Any) -> Any:  # noqa: ANN401 - as `answer`
        """Answer a request of an async client."""
        stream = request.stream
        # A body that lies ready needs no loop of the event loop's kind, and most bodies do.
        body = b"".join(stream) if isinstance(stream, self._stream) else b"".join([part async for part in stream])
        return self._answer(request, body)

    def _answer(self, request: Any, body: bytes) -> Any:  # noqa: ANN401 - as `answer`
        url = request.url
        path, _, query = url.raw_path.decode("ascii").partition("?")
        headers = lower(request.headers.raw)
        try:
            with self._lock:
                at = self._now()
                clocks = (at // 1000, int(time()))
                patience = request.extensions.get("timeout", {}).get("read")
                response = self._platform(Request(request.method, HOSTS[url.host], path, at, query, headers, body, clocks, patience))
        except Exception as fault:
            self.faults.append(fault)
            raise
        if response.lost is not None:
            self._breaks_off(request, response)
        shown = b"" if request.method == "HEAD" else response.body
        return self._response(response.status, headers=framed(response), stream=self._stream(shown), request=request)

    def _breaks_off(self, request: Any, response: Response) -> None:  # noqa: ANN401 - as `answer`
        if response.lost is Lost.CRASHED:
            raise Crashed
        if response.lost is Lost.LATE:
            raise self._too_late(TOO_LATE, request=request)
        if response.is_silent:
            raise self._broken(HUNG_UP, request=request)
