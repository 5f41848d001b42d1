"""The platforms themselves as a platform: one httpx client to their four hosts, and to nobody else.

1. A request goes to a host of `Host`, or to a stand-in of it on this machine; every other one is refused before a socket is opened.
2. A request is repeated only where that is safe: reads and calls for a token, and only in our own calls. `once` never repeats: what
   a system's call came to, the system is told, a lost answer as lost.
3. Time is handed in: `now` is asked, and `wait` is called, so that a stand-in's clock may take the place of the wall's.
"""

from __future__ import annotations

import ipaddress
import re
import threading
import time
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from gladi.record.operations import Does
from gladi.record.routing import router
from gladi.record.wire import Host, Lost, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gladi.record.clock import Instant
    from gladi.record.wire import Request

__all__ = ["ForeignHostError", "Live", "is_here", "wall"]

_TRIES = 3
"""How often a call that is safe to repeat is made; clients of Tokopedia repeat one to three times (tokopedia-api.md 3)."""
_LONGEST_WAIT = 300.0
"""Seconds; what asks for a longer wait is passed on as it came."""
_FIRST_WAIT = 1.0
_CONNECT, _READ = 10.0, 60.0
_TOO_MANY, _OVERLOADED = 429, 503
_AGAIN = frozenset((b"36009002", b"36009003"))
"""Tokopedia & Shop: too many requests; internal error, retry (tiktok-shop-api.md 5)."""
_CODE = re.compile(rb'"code"\s*:\s*(\d+)')
_SAFE = frozenset((Does.AUTHORIZES, Does.READS_SHOPS, Does.READS_PRODUCTS, Does.READS_ORDERS, Does.READS_RETURNS))
_OURS = frozenset(("host", "connection", "content-length", "transfer-encoding", "accept-encoding"))
"""Headers of a request that belong to its connection: the client writes its own."""
_THEIRS = frozenset(("connection", "content-encoding", "content-length", "transfer-encoding", "keep-alive"))
"""Headers of an answer that speak of how it came: its body is handed on whole and decoded."""


class ForeignHostError(Exception):
    """A request or a base URL leads elsewhere than to the platforms; the text is one sentence."""


def wall() -> Instant:
    """Give the time of the wall clock."""
    return round(time.time() * 1000)


class Live:
    """Answers from the platforms; call it for our own calls, and `once` for a system's. It is a context manager."""

    def __init__(
        self,
        base_urls: Mapping[Host, str] | Mapping[str, str] | None = None,
        *,
        now: Callable[[], Instant] = wall,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Lead to the platforms' hosts, or where `base_urls` (by host) says so to a stand-in on this machine.

        `wait` lets seconds pass on the clock that `now` reads.

        Raises:
            ForeignHostError: a base URL is neither of this machine nor the host's own, or they are mixed.
        """
        import httpx  # noqa: PLC0415 - only a run on the platforms pays for it

        self._bases = _bases(base_urls or {})
        self._now = now
        self._wait = wait
        self._not_before: dict[str, Instant] = {}
        self._calling = threading.local()
        # A face patches httpx's own transport; a method of our own, bound before one stands, leads past it, and past any proxy.
        way: Any = type("_Way", (httpx.HTTPTransport,), {"handle_request": httpx.HTTPTransport.handle_request})
        timeout = httpx.Timeout(_READ, connect=_CONNECT)
        self._client = httpx.Client(transport=way(), timeout=timeout, headers={"user-agent": "gladi"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._client.close()

    @property
    def stands_in(self) -> bool:
        """Whether a stand-in on this machine answers, and not the platforms."""
        return any(base.startswith("http://") for base in self._bases.values())

    @property
    def is_calling(self) -> bool:
        """Whether this very thread is at a call of ours: the one that a guard before the platforms' names lets pass."""
        return bool(getattr(self._calling, "now", False))

    def __call__(self, request: Request) -> Response:
        """Answer one of our own requests; what is safe to repeat is repeated until it is answered, three times at most.

        Raises:
            ForeignHostError: it names a host that is none of the platforms'.
        """
        for waits in range(_TRIES - 1):
            response = self.once(request)
            if not _wants_again(response) or not _is_safe(request):
                return response
            pause = max(_FIRST_WAIT * 2**waits, self._held_back(request))
            if pause > _LONGEST_WAIT:
                return response
            self._wait(pause)
        return self.once(request)

    def once(self, request: Request) -> Response:
        """Answer a request that is sent once, as soon as the limit allows it; an answer that was lost is `lost`.

        Raises:
            ForeignHostError: it names a host that is none of the platforms'.
        """
        base = self._bases.get(request.host)  # type: ignore[call-overload]  # a Host is a str
        if base is None:
            raise ForeignHostError(f"{request.host} is no host of the platforms; the live target calls {', '.join(Host)} and no other")
        pause = self._held_back(request)
        if 0 < pause <= _LONGEST_WAIT:
            self._wait(pause)
        response = self._sent(base, request)
        if response.lost is None and (rest := _rest(response)) is not None:
            self._not_before[_key(request)] = self._now() + round(rest * 1000)
        return response

    def _held_back(self, request: Request) -> float:
        """Give the seconds for which a limit that was told keeps a request back."""
        until = self._not_before.get(_key(request))
        return 0.0 if until is None else max(0.0, (until - self._now()) / 1000)

    def _sent(self, base: str, request: Request) -> Response:
        import httpx  # noqa: PLC0415 - as above

        target = f"{request.path}?{request.query}" if request.query else request.path
        headers = [(name, value) for name, value in request.headers.items() if name not in _OURS]
        # The signature covers the path, so that it goes out as it came, byte for byte.
        made = self._client.build_request(
            request.method, base, headers=headers, content=request.body, extensions={"target": target.encode("latin-1")}
        )
        self._calling.now = True
        try:
            answer = self._client.send(made, follow_redirects=False)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return Response(0, (), b"", lost=Lost.REQUEST)
        except httpx.HTTPError:
            return Response(0, (), b"", lost=Lost.ANSWER)
        finally:
            self._calling.now = False
        pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers.raw)
        kept = tuple((name, value) for name, value in pairs if name.lower() not in _THEIRS)
        return Response(answer.status_code, kept, answer.content)


def _bases(given: Mapping[Host, str] | Mapping[str, str]) -> dict[Host, str]:
    for name in given:
        if name not in tuple(Host):
            raise ForeignHostError(f"{name} is no host of the platforms; base URLs are given for {', '.join(Host)}")
    found = {host: _base(host, given.get(host)) for host in Host}
    if len({base.partition(":")[0] for base in found.values()}) > 1:
        raise ForeignHostError("some hosts are the platforms' own and others a stand-in; name a stand-in for all four, or for none")
    return found


def _base(host: Host, given: str | None) -> str:
    if given is None or given.rstrip("/") == f"https://{host}":
        return f"https://{host}"
    parts = urlsplit(given)
    if parts.scheme != "http" or not is_here(parts.hostname or "") or parts.path.strip("/") or parts.query:
        raise ForeignHostError(
            f"a base URL for {host} is neither https://{host} nor a stand-in on this machine; write one such as http://127.0.0.1:8470"
        )
    return given.rstrip("/")


def is_here(host: str) -> bool:
    """Tell whether a host is this machine by its address; a name would have to be resolved, and leave it, to find out."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _key(request: Request) -> str:
    """Give what a limit counts: an operation, or a path of which nobody knows one (tokopedia-api.md 3, tiktok-shop-api.md 2)."""
    found = router().route(request).operation
    return found.name if found is not None else f"{request.host}{request.path}"


def _is_safe(request: Request) -> bool:
    found = router().route(request).operation
    return request.method == "GET" or (found is not None and found.does in _SAFE)


def _wants_again(response: Response) -> bool:
    if response.lost is not None or response.status in (_TOO_MANY, _OVERLOADED):
        return True
    code = _CODE.search(response.body[:200])
    return code is not None and code[1] in _AGAIN


def _rest(response: Response) -> float | None:
    """Give the seconds for which nothing more may be asked: Tokopedia's own headers, or `Retry-After`; None where nothing is said.

    `X-Ratelimit-Reset-After` counts until one request is regained, and is a negative zero while some remain (tokopedia-api.md 3).
    """
    said = {name.lower(): value for name, value in response.headers}
    rest = None
    if said.get("x-ratelimit-remaining", "").strip() == "0":
        rest = _seconds(said.get("x-ratelimit-reset-after"))
    if response.status in (_TOO_MANY, _OVERLOADED):
        rest = max((one for one in (rest, _seconds(said.get("retry-after"))) if one is not None), default=_FIRST_WAIT)
    return rest


def _seconds(text: str | None) -> float | None:
    """Read seconds; a date, which `Retry-After` may be, says nothing here."""
    try:
        found = float(text) if text is not None else None
    except ValueError:
        return None
    return found if found is not None and 0 <= found < float("inf") else None
