"""Which cell of the in-flight matrix a recording shows: where orders were seen and acted on that the merge caught on Tokopedia."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.platforms.parity.values import read
from gladi.platforms.recording.codes import refuses
from gladi.record.operation import Does
from gladi.record.routing import router
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gladi.record.clock import Instant
    from gladi.record.wire import Request, Response

__all__ = ["shown"]

_SHIPPED = 500
"""From here on an order of Tokopedia is on its way or has ended (tokopedia-api.md 6)."""


def shown(exchanges: Sequence[tuple[Request, Response]], merged_at: Instant) -> str | None:
    """Give the cell, such as `both/shop`, with `?` for what was not seen; None where no order in flight was looked for after the merge.

    A copy on Tokopedia & Shop is an order that was never seen there before and was made before the merge.
    """
    before = [one for one in exchanges if one[0].at < merged_at]
    after = [one for one in exchanges if one[0].at >= merged_at]
    last = dict(_orders(before))
    caught = {number for number, status in last.items() if status < _SHIPPED}
    here = caught & {number for number, _ in _orders(after)}
    known = {number for number, _ in _copies(before)}
    copies = {number for number, made in _copies(after) if made < merged_at // 1000} - known
    asked = {platform for request, _ in after for platform in (TOKOPEDIA, SHOP) if _reads(request, platform)}
    if not caught or asked != {TOKOPEDIA, SHOP}:
        return None
    visible = ("both" if copies else "origin") if here else "?" if copies else "neither"
    named = {TOKOPEDIA: caught, SHOP: copies | set(_packages(exchanges, copies))}
    acted = {platform for platform, ids in named.items() if any(_fulfils(one, platform, ids) for one in after)}
    actionable = {frozenset((TOKOPEDIA,)): "origin", frozenset((SHOP,)): "shop", frozenset((TOKOPEDIA, SHOP)): "both"}
    return f"{visible}/{actionable.get(frozenset(acted), '?')}"


def _orders(exchanges: Sequence[tuple[Request, Response]]) -> Iterator[tuple[str, int]]:
    for request, response in exchanges:
        if _reads(request, TOKOPEDIA):
            for row in _objects(read(response.body)):
                number, status = row.get("order_id"), row.get("order_status")
                if number is not None and isinstance(status, int):
                    yield str(number), status


def _copies(exchanges: Sequence[tuple[Request, Response]]) -> Iterator[tuple[str, int]]:
    for request, response in exchanges:
        if _reads(request, SHOP):
            for row in _objects(read(response.body)):
                number, made = row.get("id"), row.get("create_time")
                if isinstance(number, str) and isinstance(made, int):
                    yield number, made


def _reads(request: Request, platform: object) -> bool:
    operation = router().route(request).operation
    return operation is not None and operation.platform is platform and operation.does is Does.READS_ORDERS


def _packages(exchanges: Sequence[tuple[Request, Response]], orders: set[str]) -> Iterator[str]:
    """Give the packages of orders: the shop side ships by these ids alone (tiktok-shop-api.md 9.1, 9.2)."""
    for request, response in exchanges:
        if _reads(request, SHOP):
            for row in _objects(read(response.body)):
                if row.get("id") in orders:
                    yield from (str(one.get("id")) for one in _objects(row.get("packages")))


def _fulfils(exchange: tuple[Request, Response], platform: object, ids: set[str]) -> bool:
    """Tell whether an order or a package was acted on with success, by its id in path or body."""
    request, response = exchange
    operation = router().route(request).operation
    if operation is None or operation.platform is not platform or operation.does is not Does.FULFILS_ORDERS or refuses(response):
        return False
    answer = read(response.body)
    # A batch succeeds as a whole; a package that did not leave stands in `errors` (tiktok-shop-api.md 9.2).
    refused = {str(row.get("package_id")) for one in _objects(answer) for row in _objects(one.get("errors"))}
    in_bodies = {str(row.get(name)) for row in (*_objects(read(request.body)), *_objects(answer)) for name in ("order_id", "id")}
    return bool((ids - refused) & {*request.path.split("/"), *in_bodies})


def _objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Give every object in a value, at any depth."""
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from _objects(below)
    elif isinstance(value, list):
        for below in value:
            yield from _objects(below)
