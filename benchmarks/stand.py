"""A server in a process of its own: `python -m benchmarks.stand gladi 1000` serves the sandbox with 1,000 packages to ship.

`python -m benchmarks.stand echo` serves a bare ASGI app. Either prints one line of JSON once it answers, and one more
for every line it reads: what it has cost so far.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from gladi.faces.listener import Listener

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__: list[str] = []

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


async def _echo(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer with the body that came, or with the path."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    told = body or scope["raw_path"]
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(told))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": told})


def _says(about: dict[str, Any]) -> None:
    print(json.dumps(about), flush=True)


def _cost() -> dict[str, Any]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)}


def _waits(server: AbstractContextManager[object], about: Callable[[], dict[str, Any]], more: Callable[[], dict[str, Any]]) -> None:
    with server:
        _says(about())
        for _ in sys.stdin:
            _says(_cost() | more())


def _serves_gladi(packages: int) -> None:
    from gladi.faces.server import Served  # noqa: PLC0415 - the echo shall not pay for it
    from gladi.platforms.journalled import journalled  # noqa: PLC0415
    from gladi.record.journal import Call  # noqa: PLC0415
    from gladi.record.words import SHOP  # noqa: PLC0415
    from gladi.sandbox.sandbox import Sandbox  # noqa: PLC0415

    sandbox = Sandbox()
    world = sandbox.world
    listing = next(one for one in world.listings.rows("shop", (SHOP, "shop-1")) if one.status == "active")
    offer = listing.offers[0]
    if packages:
        world.set_stock(listing, offer, offer.stock[0][0], packages)
    views = [world.place_order("shop-1", on=SHOP, sku=offer.sku).shop_view for _ in range(packages)]
    served = Served(journalled(sandbox, sandbox.journal), now=lambda: sandbox.clock.now)

    def more() -> dict[str, Any]:
        calls = [entry for entry in sandbox.journal.entries if isinstance(entry, Call)]
        return {"calls": len(calls), "refused": sum(entry.refused for entry in calls), "faults": len(served.faults)}

    order = next(view.id for one in world.orders.rows("shop.created", "shop-1") if (view := one.shop_view) is not None)
    sku = {"product": listing.id, "sku": offer.id}
    _waits(served, lambda: {"url": served.url, "packages": [view.package for view in views if view], "order": order, **sku}, more)


def _main(what: str, packages: int) -> None:
    if what == "gladi":
        _serves_gladi(packages)
        return
    listener = Listener(_echo)
    _waits(listener, lambda: {"url": f"http://127.0.0.1:{listener.ports[0]}"}, dict)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
