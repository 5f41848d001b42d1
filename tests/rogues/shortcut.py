"""A short way from the careful and the evented system to the sandbox: the same calls and the same journals, without httpx between.

httpx is most of what a play costs. The many plays of rogues and seeds take this way; the faces are shown by `pytest --rehearse`.
"""

from __future__ import annotations

from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import urlencode

import httpx

from examples.careful import system as careful
from examples.evented import client as evented
from gladi.faces import inprocess
from gladi.faces.door import HOSTS, HUNG_UP
from gladi.faces.inprocess import InProcess
from gladi.record.wire import Crashed, Lost, Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gladi.record.wire import Response

__all__ = ["shortcut"]

_OPEN: list[_Face] = []
_SUCCESS = range(200, 300)


class _Face(InProcess):
    """The face in process, which lets clients past itself."""

    def __init__(self, platform: Any, **where: Any) -> None:
        super().__init__(platform, **where)
        self.now = where["now"]
        self._platform = platform
        self._raised: list[Exception] = []

    @property
    def faults(self) -> list[Exception]:
        return [*super().faults, *self._raised]

    def __enter__(self) -> Any:
        _OPEN.append(self)
        return super().__enter__()

    def __exit__(self, *why: object) -> None:
        _OPEN.remove(self)
        super().__exit__(*why)  # type: ignore[arg-type]  # what it was given

    def answer(self, request: Request) -> Response:
        """Ask the platform; what it raises is a fault of the harness."""
        try:
            response: Response = self._platform(request)
        except Exception as fault:
            self._raised.append(fault)
            raise
        return response


@dataclass(slots=True)
class _Url:
    path: str


@dataclass(slots=True)
class _Request:
    """As much of a request as the careful clients build and look at."""

    method: str
    url: _Url
    host: str
    query: str
    headers: dict[str, str]
    content: bytes


@dataclass(slots=True)
class _Response:
    """As much of a response as the careful clients look at."""

    status_code: int
    headers: dict[str, str]
    content: bytes = field(repr=False)

    @property
    def is_success(self) -> bool:
        return self.status_code in _SUCCESS


class _Client:
    """As much of `httpx.AsyncClient` as the careful clients use."""

    def build_request(  # noqa: PLR0913 - httpx's own
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        files: Any = None,
    ) -> _Request:
        known = {name.lower(): value for name, value in (headers or {}).items()}
        if files is not None:
            form = httpx.Request(method, url, files=files)
            content = form.read()
            known["content-type"] = form.headers["content-type"]
        host, slash, target = url.partition("://")[2].partition("/")
        path, _, query = target.partition("?")
        return _Request(method, _Url(slash + path), host, query or urlencode(params or {}), known, content or b"")

    async def send(self, request: _Request) -> _Response:
        face = _OPEN[-1]
        at = face.now()
        arrived = Request(
            request.method,
            HOSTS[request.host],
            request.url.path,
            at,
            request.query,
            request.headers,
            request.content,
            (at // 1000, int(time())),
        )
        answered = face.answer(arrived)
        if answered.lost is Lost.CRASHED:
            raise Crashed
        if answered.is_silent:
            raise httpx.RemoteProtocolError(HUNG_UP)
        return _Response(answered.status, {name.lower(): value for name, value in answered.headers}, answered.body)

    async def request(self, method: str, url: str, *, auth: tuple[str, str] | None = None, **parts: Any) -> _Response:
        if auth is not None:
            parts["headers"] = {"authorization": f"Basic {b64encode(':'.join(auth).encode()).decode()}"}
        return await self.send(self.build_request(method, url, **parts))

    async def post(self, url: str, *, params: Mapping[str, str], auth: tuple[str, str]) -> _Response:
        return await self.request("POST", url, params=params, auth=auth)

    async def aclose(self) -> None:
        """Nothing is open."""


@contextmanager
def shortcut() -> Iterator[None]:
    """Have every careful and every evented system that is made meanwhile take the short way."""
    short = SimpleNamespace(AsyncClient=_Client, HTTPError=httpx.HTTPError)
    with patch.object(inprocess, "InProcess", _Face), patch.object(careful, "httpx", short), patch.object(evented, "httpx", short):
        yield
