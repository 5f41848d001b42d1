"""JSON as parity sees it: leaves with their places, what each of them is, and the ids as numbered references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["References", "is_id", "is_word", "leaves", "read", "shape", "steady"]

_NEVER_THE_SAME = re.compile(r"(^|_)(request_id|process_time|page_token|next_page_token|cursor|last_sort)$")
_TIME = re.compile(r"(time|date|timestamp|deadline|expire|_at|_in|due|sla)", re.IGNORECASE)
_ID = re.compile(r"(^id|_ids?|ID|Id|_cipher|_token|^code$|tracking_number|awb|invoice\w*)$")
_WORD = re.compile(r"(status|state|type|result|mode|is_[a-z_]+|action|region|currency|platform)$", re.IGNORECASE)


def read(body: bytes) -> Any:  # noqa: ANN401 - JSON
    """Read a body; None where it is no JSON."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """Give every leaf with its place, such as `data.orders[0].id`; an empty list or object is a leaf."""
    if isinstance(value, dict) and value:
        for name, below in value.items():
            yield from leaves(below, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list) and value:
        for number, below in enumerate(value):
            yield from leaves(below, f"{place}[{number}]")
    else:
        yield place, value


def shape(value: Any) -> dict[str, set[str]]:  # noqa: ANN401 - JSON
    """Give the kinds of value at each place, all rows of a list at one: `data.orders[].id` is a `text`."""
    found: dict[str, set[str]] = {}
    for place, leaf in leaves(value):
        found.setdefault(re.sub(r"\[\d+\]", "[]", place), set()).add(_kind(leaf))
    return found


def steady(place: str) -> bool:
    """Tell whether what stands there is the same whenever it is asked: no instant, no page token, no number of a request."""
    name = _name(place)
    return not (_NEVER_THE_SAME.search(name) or _TIME.search(name))


def is_id(place: str) -> bool:
    """Tell whether an id, or what is told apart like one, stands there."""
    return bool(_ID.search(_name(place)))


def is_word(place: str) -> bool:
    """Tell whether a word of the platform's own stands there, such as a status."""
    return bool(_WORD.search(_name(place)))


class References:
    """Ids as numbers in their order of appearance, on two sides at once: the same id must have the same number on both."""

    def __init__(self) -> None:
        """Begin without any."""
        self._numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})

    def of(self, recorded: object, answered: object) -> tuple[int, int]:
        """Give both numbers; they differ where one side tells apart what is the same on the other."""
        texts = str(recorded), str(answered)
        known = [numbers.get(text) for numbers, text in zip(self._numbers, texts, strict=True)]
        new = 1 + max(map(len, self._numbers))
        first, second = (new if number is None else number for number in known)
        for numbers, text, number in zip(self._numbers, texts, (first, second), strict=True):
            numbers.setdefault(text, number)
        return first, second


def _name(place: str) -> str:
    return re.sub(r"\[\d*\]", "", place).rpartition(".")[2]


def _kind(leaf: object) -> str:
    if isinstance(leaf, bool):
        return "flag"
    if isinstance(leaf, (int, float)):
        return "number"
    if leaf is None:
        return "null"
    return "text" if isinstance(leaf, str) else "list" if isinstance(leaf, list) else "object"
