"""The inbox of a live play: webhooks of the platforms come in by HTTP, and the system takes them on the loop of its play."""

from __future__ import annotations

import asyncio
import hmac
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.faces.server import answer, body_of
from gladi.record.wire import Delivery, Outgoing, Response
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gladi.platforms.credentials import Credentials

__all__ = ["Inbox", "told_by"]

_HMAC = "authorization-hmac"


class Inbox:
    """The ASGI app before a play."""

    def __init__(self, loop: asyncio.AbstractEventLoop, takes: Callable[[Delivery], Awaitable[int]]) -> None:
        """Hand each delivery to `takes`, on `loop`, and answer with what it gives."""
        self._loop = loop
        self._takes = takes

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        """Take one delivery."""
        try:
            body = await body_of(receive)
        except ConnectionError:
            return
        if body is None:
            await answer(send, Response(413, (), b""))
            return
        query = scope["query_string"].decode("latin-1")
        path = scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        taken = asyncio.run_coroutine_threadsafe(self._take(Delivery(scope["method"], path, headers, body)), self._loop)
        await answer(send, Response(await asyncio.wrap_future(taken), (), b""))

    async def _take(self, delivery: Delivery) -> int:
        return await self._takes(delivery)


def told_by(  # noqa: PLR0913 - what came, and what it is held against
    delivery: Delivery, credentials: Credentials, *, shop: str, shop_id: int, url: str, answered: Callable[[int | None], None]
) -> tuple[Outgoing, bool]:
    """Read who sent a webhook and what it tells of `shop`, whose id on Tokopedia is `shop_id`, and whether its signature is right.

    An app has one URL for the merge webhooks of all its shops, so one may be about another shop than the one that is played with.

    Tokopedia signs the body under the webhook secret (tokopedia-api.md 7.2), Tokopedia & Shop the app key and the body under the app
    secret (tiktok-shop-api.md 14).
    """
    given = delivery.headers.get(_HMAC)
    if given is not None:
        right = hmac.digest(credentials.webhook_secret.encode(), delivery.body, "sha256").hex()
    else:
        right = hmac.digest(credentials.app_secret.encode(), credentials.app_key.encode() + delivery.body, "sha256").hex()
        given = delivery.headers.get("authorization", "")
    said = _said(delivery.body)
    platform = TOKOPEDIA if _HMAC in delivery.headers else SHOP
    event = str(said.get("status" if platform is TOKOPEDIA else "type", "webhook"))
    is_ours = platform is SHOP or str(said.get("toko_shop_id", shop_id)) == str(shop_id)
    merged = (shop,) if platform is TOKOPEDIA and event == "merge" and is_ours else ()
    outgoing = Outgoing(url, platform, event, delivery, shop=shop if is_ours else None, tells_merged=merged, answered=answered)
    return outgoing, hmac.compare_digest(right.encode(), given.encode())


def _said(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
