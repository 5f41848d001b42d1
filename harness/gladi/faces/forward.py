"""The way through: a platform that stands elsewhere, asked by httpx, so that what is asked of it can be looked at on its way.

1. Path, query and body go on as they came, byte for byte: a signature covers them. Headers that belong to one connection stay behind.
2. Nothing is tried again and no redirect is followed: what the platform answers is what the system gets.
3. Where nobody answers, the system meets a broken connection, as it would without us.
4. Who waits can be released at any moment: httpx waits in a thread of its own, which dies with the process.
"""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Self

import httpx

from gladi.record.wire import Host, Lost, Response

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from gladi.record.wire import Request

__all__ = ["PLATFORMS", "Forward"]

PLATFORMS: dict[str, str] = {str(host): f"https://{host}" for host in Host}
"""The platforms themselves, by host."""

_PATIENCE = httpx.Timeout(60, connect=10)
_STAYS = frozenset(
    (
        "accept-encoding",
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    )
)
"""Headers of one connection, and those that httpx makes anew."""
_UNPACKED = frozenset(("content-encoding", "content-length", "connection", "keep-alive", "transfer-encoding"))


class Forward:
    """Asks a platform that stands elsewhere, while it is entered. `urls` says where each of the four hosts is."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        """Go to `urls`, each without a path."""
        self._urls = {host: httpx.URL(url) for host, url in urls.items()}
        self._client: httpx.Client | None = None
        self._answers: SimpleQueue[httpx.Response | Exception] | None = None
        self._gave_up = False

    def __enter__(self) -> Self:
        """Open the client; connections are kept from call to call."""
        self._client = httpx.Client(timeout=_PATIENCE, follow_redirects=False, trust_env=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def gives_up(self) -> None:
        """Wait for no answer any more: whoever waits now, or asks from now on, meets silence. It may be called from any thread."""
        self._gave_up = True
        if (waited := self._answers) is not None:
            waited.put(httpx.ReadTimeout("given up"))

    def __call__(self, request: Request) -> Response:
        """Pass a request on and give the answer; `Response.lost` where there was none.

        Raises:
            RuntimeError: it was not entered.
        """
        if self._client is None:
            raise RuntimeError("Forward answers while it is entered, and it is not")
        target = f"{request.path}?{request.query}" if request.query else request.path
        passed = {name: value for name, value in request.headers.items() if name not in _STAYS}
        # One after another, as they came: cookies of one call must not go with the next, and httpx would keep them.
        self._client.cookies.clear()
        asked = self._client.build_request(
            request.method,
            self._urls[request.host],
            headers={**passed, "accept-encoding": "identity"},
            content=request.body,
            extensions={"target": target.encode("latin-1")},
        )
        try:
            answer = self._sent(self._client, asked)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return Response(0, (), b"", lost=Lost.REQUEST)
        except httpx.HTTPError:
            return Response(0, (), b"", lost=Lost.ANSWER)
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers.raw)
        return Response(answer.status_code, tuple(pair for pair in headers if pair[0].lower() not in _UNPACKED), answer.content)

    def _sent(self, client: httpx.Client, asked: httpx.Request) -> httpx.Response:
        answers: SimpleQueue[httpx.Response | Exception] = SimpleQueue()

        def waits() -> None:
            try:
                answers.put(client.send(asked))
            except Exception as error:  # noqa: BLE001 - raised again where it is waited for
                answers.put(error)

        self._answers = answers
        if self._gave_up:  # looked at behind the line above, so that either of the two sees the other
            raise httpx.ConnectError("given up")
        Thread(target=waits, name="gladi forward", daemon=True).start()
        answer = answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer
