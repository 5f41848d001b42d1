"""The HTTP exchanges of a rehearsal as a report may hold them: redacted here, before anything else sees them.

1. Headers pass by an allow-list, queries by that of `redact`, bodies by field name; what is masked reads `__ALLURE_REDACTED__`.
2. What is long is cut after it was redacted, never before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from gladi.record.clock import WIB, moment
from gladi.record.journal import Call
from gladi.record.redact import MASK, clean_body, clean_headers, clean_path, clean_query
from gladi.reports.again import curl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gladi.record.journal import Exchange, Journal
    from gladi.record.wire import Request

__all__ = ["EXCHANGE_TYPE", "REDACTED", "called", "every", "one"]

REDACTED = "__ALLURE_REDACTED__"
"""What Allure's viewers show as a masked value."""

EXCHANGE_TYPE = "application/vnd.allure.http+json"

_CLIENTS_OWN = frozenset(("accept", "accept-encoding", "connection", "host", "user-agent"))
"""What the client's library sends of itself; it differs from machine to machine and says nothing of the system."""

_AT_MOST = 4096
_BRIEFLY = 1024
_SHORT = 100
_BEHIND = 2
"""How far behind the fact of a parcel the call that sent it can stand."""

_NUMBERED = re.compile(rb'"request_id":"[^"]*"')

_encode = msgspec.json.Encoder(order="sorted").encode


def every(journal: Journal, *, brief: bool = False) -> bytes:
    """Give all exchanges as JSON lines, in order; empty where there was none.

    What came before is named by that line's number: an answer (its number of the request and the rate limit aside), or a body. A
    line that is written out ends with the curl line that makes the call again. `brief`, for a play that nobody will look into, leaves
    out the lines that would only name an answer which came before, and cuts bodies earlier.
    """
    # A day of polling has the same few exchanges over and over: written out each time they are thirty times the size.
    first: dict[bytes, int] = {}
    told: dict[tuple[str, str, int, bytes], int] = {}

    def body_of(body: bytes, n: int) -> Any:  # noqa: ANN401 - JSON, or the beginning of its text
        if len(body) > _SHORT and first.setdefault(body, n) != n:
            return {"the same as in": first[body]}
        text, cut = _cleaned(body, at_most=_BRIEFLY if brief else _AT_MOST)
        return text if cut else msgspec.Raw(text.encode())

    lines: list[bytes] = []
    for entry in journal.entries:
        exchange = journal.exchange(entry.n)
        if exchange is None:
            continue
        request, response = exchange
        at, url = f"{moment(entry.at) + WIB:%Y-%m-%d %H:%M:%S} WIB", _url(request)
        before = told.setdefault((request.method, request.path, response.status, _NUMBERED.sub(b"", response.body)), entry.n)
        if before != entry.n and brief:
            continue
        if before != entry.n:
            again = {"url": url, "body": body_of(request.body, entry.n)} if request.body else {"url": url}
            lines.append(_encode({"n": entry.n, "at": at, "request": again, "answered as in": before}))
            continue
        sent, got = _headers(request.headers.items()), _headers(response.headers)
        asked = {"method": request.method, "url": url, "headers": sent, "body": body_of(request.body, entry.n)}
        answered = {"status": response.status, "headers": got, "body": body_of(response.body, entry.n)}
        lines.append(_encode({"n": entry.n, "at": at, "request": asked, "response": answered, "curl": curl(request)}))
    return _marked(b"".join(line + b"\n" for line in lines))


def one(exchange: Exchange) -> bytes:
    """Give one exchange in the form that Allure's viewers draw, version 1."""
    request, response = exchange
    asked = {
        "method": request.method,
        "url": _url(request),
        "query": [{"name": name, "value": value} for name, value in clean_query(request.pairs)],
    }
    return _marked(
        _encode(
            {
                "schemaVersion": 1,
                "start": request.at,
                "stop": request.at,
                "request": asked | _drawn(request.headers.items(), request.body),
                "response": {"status": response.status} | _drawn(response.headers, response.body),
            }
        )
    )


def called(journal: Journal, evidence: Sequence[int], *, last: int) -> list[Call]:
    """Find the calls to look at when a scenario failed: those that prove it or stand right behind what proves it, else the last."""
    entries = journal.entries
    behind = (next((entry for entry in entries[n - 1 : n + _BEHIND] if isinstance(entry, Call)), None) for n in evidence)
    calls = list({call.n: call for call in behind if call is not None}.values())
    return (calls or [entry for entry in entries if isinstance(entry, Call)])[-last:]


def _url(request: Request) -> str:
    query = urlencode(clean_query(request.pairs), safe=f"{MASK},/")
    return f"https://{request.host}{clean_path(request.path)}{'?' if query else ''}{query}"


def _headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return dict(clean_headers(pair for pair in headers if pair[0].lower() not in _CLIENTS_OWN))


def _cleaned(body: bytes, *, at_most: int = _AT_MOST) -> tuple[str, bool]:
    """Give a body as clean JSON text, and whether it had to be cut."""
    text = _encode(clean_body(body)).decode()
    return (f"{text[:at_most]} … of {len(body)} bytes", True) if len(text) > at_most else (text, False)


def _drawn(headers: Iterable[tuple[str, str]], body: bytes) -> dict[str, Any]:
    shown = _headers(headers)
    text, cut = _cleaned(body)
    drawn: dict[str, Any] = {"httpVersion": "HTTP/1.1", "headers": [{"name": name, "value": value} for name, value in shown.items()]}
    if body:
        kind = shown.get("content-type", "application/json")
        drawn["body"] = {"contentType": kind, "encoding": "utf8", "value": text, "size": len(body), "truncated": cut}
    return drawn


def _marked(text: bytes) -> bytes:
    return text.replace(MASK.encode(), REDACTED.encode())
