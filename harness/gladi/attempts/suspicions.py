"""What in a file of evidence looks like a secret or personal data, and where it stands there.

A hash is neither: by its digits alone it would be taken for a phone number, one in a hundred of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.redact import is_clean

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["suspicion"]

_HASH = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9A-Za-z])")
"""SHA-256, or the commit of a git."""
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""A hash keeps its length, so that one behind `sign=`, or in a field of a secret's name, is still seen for what it is."""


def suspicion(name: str, content: bytes) -> str | None:
    """Say where in a file something would be masked, such as `verdict.json, scenarios[one].why`; None where it is clean."""
    lines = content.splitlines() if name.endswith((".jsonl", ".csv")) else [content]
    for number, line in enumerate(lines, start=1):
        text = _HASH.sub(lambda found: found[0].translate(_LETTERS), line.decode(errors="replace")).encode()
        if not is_clean(text):
            where = [name, *([f"line {number}"] if len(lines) > 1 else ()), *_places(text)]
            return ", ".join(where)
    return None


def _places(text: bytes) -> Iterator[str]:
    """Give the innermost place, where there are places in it."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    if place := _innermost(value, "", ""):
        yield place


def _innermost(value: Any, field: str, place: str) -> str | None:  # noqa: ANN401 - JSON
    """Give the place of what would be masked in a field of this name; None where nothing would."""
    if is_clean(msgspec.json.encode({field: value})):
        return None
    inner: list[tuple[Any, str, str]] = []
    if isinstance(value, dict):
        inner = [(item, key, f"{place}.{key}" if place else key) for key, item in value.items()]
    elif isinstance(value, list):
        inner = [(item, field, f"{place}[{_called(item, at)}]") for at, item in enumerate(value)]
    return next((found for one in inner if (found := _innermost(*one))), place)


def _called(item: Any, at: int) -> str:  # noqa: ANN401 - JSON
    """Name an item of a list as a reader finds it: by its id, else by its number, from 0."""
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else str(at)
