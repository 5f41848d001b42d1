"""The redaction of what is recorded, before it reaches a disk: what `record.names` calls private is left out or has a pseudonym.

It hangs on the salt of the file alone: a request that a system makes later, redacted with the same salt, is the one that was recorded.
"""

from __future__ import annotations

import hmac
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, quote

import msgspec
from msgspec import structs

from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.pseudonyms import Pseudonyms
from gladi.record.names import HARMLESS_HEADERS, NEVER_THE_SAME, SECRET_FIELD, SECRET_IN_TEXT, SEGMENT, Rule, is_key, may_be_asked
from gladi.record.redact import MASK, swept, swept_text
from gladi.record.wire import NO_NOTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gladi.record.wire import Request, Response

__all__ = ["Redaction"]

S = TypeVar("S", bound=msgspec.Struct)

_FORM = "application/x-www-form-urlencoded"
_BOUNDARY = re.compile(r"boundary=\"?([^\";,]+)")
_CHANGED = "content-length"
"""A header that speaks of the body as it was."""

_encode = msgspec.json.Encoder(order="sorted").encode


class Redaction:
    """Redacts the exchanges of one file. `counts` says how often each rule found something."""

    def __init__(self, salt: str, *, without: Collection[Rule] = ()) -> None:
        """Redact with the salt of a file; `without` switches rules off, by which a test sees that each of them is needed."""
        self.pseudonyms = Pseudonyms(salt)
        self.counts: Counter[Rule] = Counter()
        self._salt = salt.encode()
        self._without = frozenset(without)

    def exchange(self, request: Request, response: Response) -> Exchanged:
        """Give an exchange of which nothing private is left."""
        return Exchanged(self.request(request), self.response(response))

    def request(self, request: Request) -> Request:
        """Give a request with nothing private: its query sorted, its JSON with sorted keys, without what differs from call to call."""
        return replace(
            request,
            path="/".join(map(self._segment, request.path.split("/"))),
            query="&".join(f"{quote(name, safe='')}={quote(value, safe=',')}" for name, value in self._query(request.pairs)),
            headers=dict(self._headers(request.headers.items())),
            body=self.body(request.body, request.headers.get("content-type", "")),
            clocks=(),
        )

    def response(self, response: Response) -> Response:
        """Give an answer with nothing private."""
        kind = next((value for name, value in response.headers if name.lower() == "content-type"), "")
        headers, body = tuple(self._headers(response.headers)), self.body(response.body, kind)
        return structs.replace(response, headers=headers, body=body, notes=NO_NOTES)

    def body(self, body: bytes, kind: str = "") -> bytes:
        """Give a body with nothing private; `kind` is its content type, if it has one."""
        if not body:
            return b""
        try:
            value = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            value = None
        # Some clients (curl -d) call every body a form; the platforms read it as the JSON that it is.
        if kind.startswith(_FORM) and not isinstance(value, dict | list):
            pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
            return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in self._query(pairs)).encode()
        if value is None and body.strip() != b"null":
            return self._withheld(body, kind)
        return _encode(swept(value, self._replaces))

    def entry(self, entry: S) -> S:
        """Give an entry of a journal in whose texts nothing looks private."""
        return msgspec.convert(self._texts(msgspec.to_builtins(entry)), type(entry))

    def _texts(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            return {name: self._texts(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._texts(item) for item in value]
        return swept_text(value, self._replaces) if isinstance(value, str) else value

    def _replaces(self, why: Rule, value: Any) -> Any:  # noqa: ANN401 - as above
        if why in self._without:
            return value
        self.counts[why] += 1
        return self.pseudonyms.of(value)

    def _segment(self, part: str) -> str:
        return (
            part
            if SEGMENT.fullmatch(part) and (part.isdecimal() or SECRET_IN_TEXT.search(part) is None)
            else self._replaces(Rule.PATHS, part)
        )

    def _query(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return sorted(self._pair(name, value) for name, value in pairs if name not in NEVER_THE_SAME)

    def _pair(self, name: str, value: str) -> tuple[str, str]:
        # A page's token is harmless to show, and of the platform's making: in a recording it is the one that an answer gave.
        known = may_be_asked(name, value) and SECRET_FIELD.search(name) is None
        return (name if is_key(name) else self._replaces(Rule.KEYS, name)), (value if known else self._replaces(Rule.QUERY, value))

    def _headers(self, headers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
        for given, value in headers:
            name = given.lower()
            known = HARMLESS_HEADERS.get(name)
            if known is not None and known.fullmatch(value):
                if name != _CHANGED:
                    yield name, value.partition(";")[0] if value.startswith("multipart/") else value
            elif Rule.HEADERS in self._without:
                yield name, value
            else:
                self.counts[Rule.HEADERS] += 1

    def _withheld(self, body: bytes, kind: str) -> bytes:
        """Give what stands for a body that cannot be read: a picture, a label with a name on it."""
        if Rule.OPAQUE in self._without:
            return body
        self.counts[Rule.OPAQUE] += 1
        boundary = _BOUNDARY.search(kind)
        same = body.replace(boundary[1].encode(), b"") if boundary is not None else body  # a client draws it anew for each call
        return f"{MASK} {len(same)} bytes withheld, {hmac.digest(self._salt, same, 'sha256').hex()[:16]}".encode()
