"""Secrets and personal data are taken out here, before anything is written, shown or attached. What is private is said in `names`.

1. Query parameters and headers pass by an allow-list: what is not known to be harmless is masked.
2. Bodies are gone through by field, at any depth; a text is shown only where its field is known to hold the platform's own words.
3. What cannot be read as JSON is not shown at all, only measured.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.names import (
    HARMLESS_HEADERS,
    NEVER_THE_SAME,
    SECRET_FIELD,
    SECRET_IN_TEXT,
    SEGMENT,
    Rule,
    explains,
    is_key,
    may_be_asked,
    rule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.record.wire import Request

__all__ = [
    "MASK",
    "Replaces",
    "canonical",
    "clean_body",
    "clean_headers",
    "clean_path",
    "clean_query",
    "clean_text",
    "fingerprint",
    "is_clean",
    "swept",
    "swept_text",
]

MASK = "***"

Replaces = Callable[[Rule, Any], Any]
"""Gives what is shown in the place of a private value, of which the rule says why it is private."""

_LARGEST = 64
"""How deep objects may lie in each other; what lies deeper is masked."""


def clean_query(pairs: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Give the query sorted by name, harmless values kept, all others masked, what never repeats left out."""
    return sorted(_clean_pair(name, value) for name, value in pairs if name not in NEVER_THE_SAME)


def _clean_pair(name: str, value: str) -> tuple[str, str]:
    return (name if is_key(name) else MASK), (value if may_be_asked(name, value) else MASK)


def clean_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the headers by lower-case name in their order; what is not known, or does not look like what it is known for, is masked."""
    return [_clean_header(name.lower(), value) for name, value in headers]


def _clean_header(name: str, value: str) -> tuple[str, str]:
    known = HARMLESS_HEADERS.get(name)
    return (name if is_key(name) else MASK), (value if known is not None and known.fullmatch(value) else MASK)


@lru_cache(maxsize=512)
def clean_path(path: str) -> str:
    """Give a path in which every part that no path of the platforms could have is masked."""
    return path if SECRET_IN_TEXT.search(path) is None and all(map(SEGMENT.fullmatch, path.split("/"))) else _masked(path)


def _masked(path: str) -> str:
    return "/".join(part if SEGMENT.fullmatch(part) and SECRET_IN_TEXT.search(part) is None else MASK for part in path.split("/"))


def swept(value: Any, replaces: Replaces) -> Any:  # noqa: ANN401 - JSON comes in and JSON goes out
    """Give a JSON value with sorted keys, in which `replaces` stands in for whatever is private."""
    return _swept(value, replaces, "", _Within())


class _Within(msgspec.Struct, frozen=True):
    """Where in a body a value stands."""

    private: bool = False
    """Below a field that is private by its name."""
    explained: bool = False
    """In a field in which the platform explains itself."""
    depth: int = 0


def _swept(value: Any, replaces: Replaces, name: str, within: _Within) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        fields: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        if within.depth > _LARGEST:
            return replaces(Rule.OPAQUE, "")
        private = within.private or (bool(name) and rule(name, fields) is Rule.SECRET)
        explaining = frozenset[str]() if private else explains(fields)
        found: dict[str, Any] = {}
        for key, item in sorted(fields.items()):
            shown = key if is_key(key) else replaces(Rule.KEYS, key)
            found[shown] = _swept(item, replaces, key, _Within(private, key in explaining, within.depth + 1))
        return found
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return [_swept(item, replaces, name, _Within(within.private, within.explained, within.depth)) for item in items]
    why = rule(name, value, explained=within.explained and not within.private)
    if within.private and not isinstance(value, bool) and value not in (None, "", 0):
        why = Rule.SECRET
    if why is not None:
        return replaces(why, value)
    return swept_text(value, replaces) if within.explained and isinstance(value, str) else value


def swept_text(text: str, replaces: Replaces) -> str:
    """Give a free text in which `replaces` stands in for what looks like a secret, an e-mail address or an Indonesian phone number."""

    def found(match: Any) -> str:  # noqa: ANN401 - a match of one pattern
        before: str = match["bearer"] or match["name"] or ""
        return f"{before}{replaces(Rule.LOOKS, match[0][len(before) :])}"

    return SECRET_IN_TEXT.sub(found, text)


def clean_body(body: bytes) -> Any:  # noqa: ANN401 - JSON
    """Give a body as a JSON value with sorted keys and masked fields; None for an empty one, its size for anything else."""
    if not body:
        return None
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return f"<{len(body)} bytes that are not JSON>"
    return swept(value, _mask)


def _mask(why: Rule, value: object) -> str:  # noqa: ARG001 - the signature is that of every replacement
    return MASK


def _clean(value: Any, name: str) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        if name and SECRET_FIELD.search(name):
            return MASK
        fields: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return {key: _clean(item, key) for key, item in sorted(fields.items())}
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return [_clean(item, name) for item in items]
    if name and value not in (None, "", 0) and SECRET_FIELD.search(name):
        return MASK
    if isinstance(value, str):
        return clean_text(value)
    return value


def is_clean(line: bytes) -> bool:
    """Tell whether a line that we wrote, JSON or a text that is none, holds nothing that is private by its name or by its looks."""
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        text = line.decode(errors="replace")
        return clean_text(text) == text
    return bool(_clean(value, "") == value)


def clean_text(text: str) -> str:
    """Mask what looks like a secret, an e-mail address or an Indonesian phone number in free text, such as an exception's."""
    return swept_text(text, _mask)


def canonical(request: Request) -> dict[str, Any]:
    """Give the request as a journal keeps it: no host, no headers, no signature, no timestamp, no secret."""
    return {
        "method": request.method,
        "path": clean_path(request.path),
        "query": clean_query(request.pairs),
        "body": clean_body(request.body),
    }


def fingerprint(request: Request) -> str:
    """Give one line that names a request to a person: method and path."""
    return f"{request.method} {clean_path(request.path)}"
