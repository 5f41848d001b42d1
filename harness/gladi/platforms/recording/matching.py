"""When two requests are one: what of a request counts when a recording is searched for it, and in what two of them differ.

1. Method, host, path, query and body count; headers do not. Of the query, what is never the same twice is left out, and the order.
2. JSON is compared as a value, everything else to the byte.
3. What was redacted is compared with what was redacted, so that a difference can be shown to anyone. It has its canonical form by
   then (sorted keys, no boundary of a client's own); only a request as it comes has to be brought into it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

import msgspec

from gladi.record.names import NEVER_THE_SAME
from gladi.record.routing import router
from gladi.record.wire import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.operations import Operation

__all__ = ["Asked", "asked", "difference", "likeness", "operation_of", "writes"]

_SHOWN = 60
"""Characters of a value that are shown; enough to recognise it."""
_NOTHING = object()

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder(order="sorted").encode


class Asked(NamedTuple):
    """What counts of a request. It is the key under which a recording is searched."""

    method: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: bytes


def asked(request: Request, *, redacted: bool = True) -> Asked:
    """Give what counts of a request, which was `redacted` or is as it came."""
    if redacted:
        return Asked(request.method, request.host, request.path, _query(request.query), request.body)
    query = tuple(sorted([pair for pair in request.pairs if pair[0] not in NEVER_THE_SAME]))
    return Asked(request.method, request.host, request.path, query, _canonical(request.body))


@lru_cache(maxsize=1024)
def _query(query: str) -> tuple[tuple[str, str], ...]:
    """Give the decoded query of a redacted request, sorted. A poll asks the same again and again."""
    return tuple(sorted(parse_qsl(query, keep_blank_values=True)))


def operation_of(one: Asked) -> Operation | None:
    """Give the operation that a request names; its path is then a template and what was put into it."""
    return router().route(Request(one.method, one.host, one.path, 0)).operation


def writes(one: Asked) -> bool:
    """Tell whether a request changes something: such a one is answered as often as it was recorded, a read as often as it comes."""
    if one.method in ("GET", "HEAD"):
        return False
    operation = operation_of(one)
    return operation is None or not operation.does.changes_nothing


def likeness(one: Asked, other: Asked) -> tuple[int, int]:
    """Tell how alike two requests of one operation are: first by their paths, then by how much of query and body they share."""
    segments = sum(a == b for a, b in zip(one.path.split("/"), other.path.split("/"), strict=False))
    said, known = set(_said(one)), set(_said(other))
    return segments, len(said & known) - len(said ^ known)


def difference(one: Asked, recorded: Asked) -> str:
    """Say in what a request first differs from a recorded one: path, then query, then body; empty where it does not."""
    if one.path != recorded.path:
        return f"the path is {one.path} and was {recorded.path}"
    mine, theirs = dict(one.query), dict(recorded.query)
    for name in sorted(mine.keys() | theirs.keys()):
        if told := _differ(f"the parameter {name}", mine.get(name, _NOTHING), theirs.get(name, _NOTHING)):
            return told
    if one.query != recorded.query:
        return "a parameter that is there several times has other values"
    if one.body == recorded.body:
        return ""
    now, then = _values(one.body), _values(recorded.body)
    for place in sorted(now.keys() | then.keys()):
        if told := _differ(place, now.get(place, _NOTHING), then.get(place, _NOTHING)):
            return told
    return f"the body is other than it was ({len(one.body)} bytes, and were {len(recorded.body)})"


def _differ(what: str, now: object, then: object) -> str:
    if now == then:
        return ""
    if then is _NOTHING:
        return f"{what} is {_show(now)} and was not there"
    if now is _NOTHING:
        return f"{what} is not there and was {_show(then)}"
    return f"{what} is {_show(now)} and was {_show(then)}"


def _show(value: object) -> str:
    text = _encode(value).decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _canonical(body: bytes) -> bytes:
    if body[:1] in (b"{", b"["):
        try:
            return _encode(_decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return body
    return body


def _said(one: Asked) -> Iterator[tuple[str, object]]:
    yield from one.query
    for place, value in _values(one.body).items():
        yield place, _encode(value)


def _values(body: bytes) -> dict[str, object]:
    """Give every value of a JSON body by its place in it, such as `body.skus[0].price`; nothing for one that is no JSON."""
    if body[:1] not in (b"{", b"["):
        return {}
    try:
        return dict(_leaves(_decode(body), "body"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


def _leaves(value: Any, place: str) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - JSON
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from _leaves(item, f"{place}.{name}")
    elif isinstance(value, list) and value:
        for number, item in enumerate(value):
            yield from _leaves(item, f"{place}[{number}]")
    else:
        yield place, value
