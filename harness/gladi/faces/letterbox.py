"""The letterbox: an ASGI app that takes webhooks for whoever keeps them, and answers each only when that is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.faces.headers import lower
from gladi.faces.server import answer, body_of
from gladi.record.wire import Delivery, Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["Letterbox"]

_TEXT = (("content-type", "text/plain; charset=utf-8"),)
_SAYS = {
    200: b"ok\n",
    404: b"webhooks do not come here\n",
    405: b"webhooks are posted here\n",
    413: b"the body is larger than 8 MiB, the most that Gladi takes\n",
    503: b"it could not be kept; send it again\n",
}


class Letterbox:
    """Hands each POST, raw, to `takes`, whose status is the answer. With a `path` it has one slot there and nowhere else."""

    def __init__(self, takes: Callable[[Delivery], Awaitable[int]], *, path: str = "") -> None:
        """Hand deliveries to `takes`."""
        self._takes = takes
        self._path = path

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        """Take one delivery."""
        try:
            body = await body_of(receive)
        except ConnectionError:
            return
        status = await self._status(scope, body)
        await answer(send, Response(status, _TEXT, _SAYS.get(status, b"")))

    async def _status(self, scope: dict[str, Any], body: bytes | None) -> int:
        path = scope["raw_path"].decode("latin-1")
        if self._path and path != self._path:
            return 404
        if scope["method"] != "POST":
            return 405
        if body is None:
            return 413
        query = scope["query_string"].decode("latin-1")
        return await self._takes(Delivery("POST", f"{path}?{query}" if query else path, lower(scope["headers"]), body))
