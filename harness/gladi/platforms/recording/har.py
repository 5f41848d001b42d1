"""The codec of HAR 1.2, the form in which browsers and proxies keep exchanges: requests and answers to bytes and back.

1. What HAR has no word for stands in fields that begin with an underscore, as HAR 1.2 allows: `_lost` at an entry whose answer the
   system never saw, `_encoding` at a request body that is no text, `_as` at an answer whose text is that of an earlier entry, its number.
2. The same exchanges give the same bytes. Each entry has a line of its own, so that two recordings can be compared by eye.
3. Who reads meets files of others: fields that are missing, extra or of HTTP/2 do no harm; what is no HAR is one sentence.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec.structs import replace

from gladi.record.clock import moment
from gladi.record.wire import Lost, Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.record.clock import Instant

__all__ = ["Exchanged", "HarError", "one", "one_read", "parts_of", "read", "written"]


class HarError(ValueError):
    """A file is no HAR 1.2 that can be read; the text is one sentence without the file's name."""


class Exchanged(NamedTuple):
    """A request and its answer. What the harness knows of an answer (`Response.notes`) is not kept in a HAR."""

    request: Request
    response: Response


class _Pair(msgspec.Struct):
    name: str
    value: str = ""


class _PostData(msgspec.Struct, omit_defaults=True, rename={"mime": "mimeType", "encoding": "_encoding"}):
    mime: str = ""
    text: str = ""
    encoding: str = ""
    params: list[_Pair] = []


class _Asked(msgspec.Struct, rename={"post": "postData"}):
    method: str
    url: str
    headers: list[_Pair] = []
    post: _PostData | None = None


class _Content(msgspec.Struct, omit_defaults=True, rename={"same": "_as"}):
    text: str | None = None
    encoding: str = ""
    same: int = 0


class _Answered(msgspec.Struct):
    status: int
    headers: list[_Pair] = []
    content: _Content = msgspec.field(default_factory=_Content)


class _Entry(msgspec.Struct, rename={"began": "startedDateTime", "lost": "_lost"}):
    request: _Asked
    response: _Answered
    began: str = ""
    lost: Lost | None = None


class _Log(msgspec.Struct):
    entries: list[_Entry]
    version: str = ""


class _Har(msgspec.Struct):
    log: _Log


_VERSION = "1.2"
_SHORT = 64
"""Bytes: a shorter body is written each time, which is as short as to say where it stands."""

_decode = msgspec.json.Decoder(_Har).decode
_decode_one = msgspec.json.Decoder(_Entry).decode
_encode = msgspec.json.Encoder().encode


class _Body(NamedTuple):
    """A body as HAR has it: as text where it is text, else base64."""

    text: str
    encoding: str

    @classmethod
    def of(cls, body: bytes) -> Self:
        try:
            return cls(body.decode(), "")
        except UnicodeDecodeError:
            return cls(b64encode(body).decode(), "base64")


def written(exchanges: Iterable[tuple[Request, Response]], *, version: str, once: bool = False) -> bytes:
    """Give the HAR of some exchanges, in their order; `version` is that of Gladi. They are written as they are: redact them first.

    With `once` a body that was answered before is not written again: its entry has the number of the first in `_as`.
    """
    head = _encode({"version": "1.2", "creator": {"name": "gladi", "version": version}})
    first: dict[bytes, int] = {}
    lines: list[bytes] = []
    for number, (request, response) in enumerate(exchanges, 1):
        earlier = first.setdefault(response.body, number) if once and len(response.body) > _SHORT else number
        lines.append(_encode(_entry(request, response, same=earlier if earlier < number else 0)))
    return b'{"log":%b,"entries":[\n%b\n]}}\n' % (head[:-1], b",\n".join(lines))


def one(request: Request, response: Response) -> bytes:
    """Give the entry of one exchange, in one line."""
    return _encode(_entry(request, response))


def _entry(request: Request, response: Response, *, same: int = 0) -> dict[str, object]:
    query = f"?{request.query}" if request.query else ""
    asked: dict[str, object] = {
        "method": request.method,
        "url": f"https://{request.host}{request.path}{query}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": name, "value": value} for name, value in request.headers.items()],
        "queryString": [{"name": name, "value": value} for name, value in request.pairs],
        "headersSize": -1,
        "bodySize": len(request.body),
    }
    if request.body:
        sent = _Body.of(request.body)
        encoding = {"_encoding": sent.encoding} if sent.encoding else {}
        asked["postData"] = {"mimeType": request.headers.get("content-type", ""), "text": sent.text} | encoding
    content: dict[str, object] = {"size": len(response.body), "mimeType": _type(response)}
    if same:
        content["_as"] = same
    else:
        got = _Body.of(response.body)
        content |= {"text": got.text} | ({"encoding": got.encoding} if got.encoding else {})
    entry: dict[str, object] = {
        "startedDateTime": _told(request.at),
        "time": 0,
        "request": asked,
        "response": {
            "status": response.status,
            "statusText": HTTPStatus(response.status).phrase if response.status in tuple(HTTPStatus) else "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [{"name": name, "value": value} for name, value in response.headers],
            "content": content,
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": len(response.body),
        },
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    }
    return entry if response.lost is None else entry | {"_lost": response.lost}


def _type(response: Response) -> str:
    return next((value for name, value in response.headers if name.lower() == "content-type"), "")


def _told(at: Instant) -> str:
    return f"{moment(at):%Y-%m-%dT%H:%M:%S}.{at % 1000:03d}Z"


def read(content: bytes) -> list[Exchanged]:
    """Give the exchanges of a HAR in its order, headers by lower-case name, bodies decoded, paths and queries as they were sent.

    Raises:
        HarError: it is no JSON, no HAR, or of another version than 1.2; a file that names none is taken for it.
    """
    try:
        log = _decode(content).log
    except msgspec.ValidationError as error:
        raise HarError(f"is no HAR 1.2 ({error})") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise HarError("is no HAR 1.2: it is no JSON, or was cut off") from None
    if log.version not in ("", _VERSION):
        raise HarError(f"is a HAR of version {log.version}, and only 1.2 is read")
    found: list[Exchanged] = []
    for number, entry in enumerate(log.entries, 1):
        exchange, same = _exchanged(entry, number), entry.response.content.same
        if same:
            if not 0 < same < number:
                raise HarError(f"is no HAR 1.2: entry {number} is answered as entry {same}, which is not before it")
            exchange = Exchanged(exchange.request, replace(exchange.response, body=found[same - 1].response.body))
        found.append(exchange)
    return found


def one_read(content: bytes) -> Exchanged:
    """Give the exchange of one entry.

    Raises:
        HarError: it is no entry of a HAR.
    """
    try:
        return _exchanged(_decode_one(content), 1)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise HarError(f"is no entry of a HAR ({error})") from None


def _exchanged(entry: _Entry, number: int) -> Exchanged:
    asked, answered = entry.request, entry.response
    try:
        host, path, query = parts_of(asked.url)
        at = _instant(entry.began)
        post = asked.post
        sent = b"" if post is None else _bytes(post.text or _form(post.params), post.encoding)
        got = _bytes(answered.content.text or "", answered.content.encoding)
    except ValueError as error:
        raise HarError(f"is no HAR 1.2: entry {number} has {error}") from None
    request = Request(asked.method.upper(), host, path, at, query, _by_name(asked.headers), sent)
    headers = tuple((pair.name.lower(), pair.value) for pair in answered.headers)
    return Exchanged(request, Response(answered.status, headers, got, lost=entry.lost))


def parts_of(url: str) -> tuple[str, str, str]:
    """Give the host, the path and the query of a URL as they stand there, still encoded.

    Raises:
        ValueError: it is no http or https URL; the text is the end of a sentence.
    """
    scheme, found, rest = url.partition("://")
    if not found or scheme not in ("http", "https"):
        raise ValueError("a url that is neither http nor https")
    place, _, query = rest.partition("#")[0].partition("?")
    if "@" in place.partition("/")[0]:
        place = place.partition("@")[2]
    name, slash, path = place.partition("/")
    host = name if ":" not in name else urlsplit(f"//{name}").hostname or ""
    return host, f"{slash}{path}" or "/", query


def _instant(began: str) -> Instant:
    try:
        when = datetime.fromisoformat(began) if began else datetime.fromtimestamp(0, UTC)
    except ValueError:
        raise ValueError("a startedDateTime that is no date") from None
    return round((when if when.tzinfo is not None else when.replace(tzinfo=UTC)).timestamp() * 1000)


def _bytes(text: str, encoding: str) -> bytes:
    if encoding != "base64":
        return text.encode(errors="surrogatepass")
    try:
        return b64decode(text)
    except NotBase64Error:
        raise ValueError("a body that is no base64") from None


def _form(params: list[_Pair]) -> str:
    """Give a form of which a browser kept the fields alone."""
    return urlencode([(pair.name, pair.value) for pair in params])


def _by_name(pairs: list[_Pair]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for pair in pairs:
        name = pair.name.lower()
        headers[name] = f"{headers[name]}, {pair.value}" if name in headers else pair.value
    return headers
