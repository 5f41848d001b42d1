"""JSON read without losing a digit or a key, and what keeps a value in it from being an id.

1. A number is kept as the text that stands in the file: nothing is rounded, and no length is too long.
2. An id is made of ASCII digits, as an integer or as a string. Every other spelling is at fault, and the fault has words.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["Absent", "Number", "Object", "UnreadableError", "Value", "digits", "equal_as_doubles", "fault", "read", "shown"]

_MOST_SHOWN = 60

_SPELLINGS = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"", "is an empty string"),
        (r".*\s.*", "has white space in it"),
        (r"\+.*", "has a plus sign"),
        (r"-.*", "has a minus sign"),
        (r"0", "is zero, which is no id"),
        (r"0[0-9]+", "has leading zeros"),
        (r"[0-9]+", ""),
        (r"[0-9.]+[eE][+-]?[0-9]+", "is written with an exponent, which loses digits"),
        (r"[0-9]*\.[0-9]*", "is a floating-point number, which loses digits"),
        (r"\d+", "has digits that are not ASCII"),
        (r".*", "is not made of digits alone"),
    )
)
"""Every spelling and what is wrong with it: the first pattern that fits the whole text has the word; an empty one finds no fault."""


class UnreadableError(ValueError):
    """The text is no JSON, or holds less or more than one value per key: one sentence, with what to give instead."""


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A field that is not there, and what to say of it."""

    fault: str = "is missing"


Value: TypeAlias = "Number | Absent | str | bool | dict[str, Value] | list[Value] | None"
"""What JSON holds, with numbers as text; `Absent` stands where a field was looked for in vain."""

Object: TypeAlias = dict[str, Value]


def read(raw: object) -> Value:
    """Read the bytes (UTF-8) or the text of one JSON value. Raises UnreadableError, also for a repeated key and for NaN."""
    if not isinstance(raw, (bytes, str)):
        msg = f"a {type(raw).__name__} may have lost digits already; give the raw body as bytes or text"
        raise UnreadableError(msg)
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw.removeprefix("\ufeff")
        value = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_no_constant, object_pairs_hook=_once)
    except UnicodeDecodeError as wrong:
        msg = f"byte {wrong.start} is not UTF-8; give the raw body as the platform sent it"
    except json.JSONDecodeError as wrong:
        msg = f"not JSON at line {wrong.lineno}, column {wrong.colno} ({wrong.msg}); give the raw body as the platform sent it"
    except RecursionError:
        msg = "nested too deeply to be read; give the raw body as the platform sent it"
    else:
        return cast("Value", value)
    raise UnreadableError(msg)


def _no_constant(word: str) -> NoReturn:
    msg = f"{word} is not JSON; give the raw body as the platform sent it"
    raise UnreadableError(msg)


def _once(pairs: list[tuple[str, Value]]) -> Object:
    found: Object = {}
    for name, value in pairs:
        if name in found:
            msg = f"the key {json.dumps(name)} stands twice in one object; leave the one that the platform sent"
            raise UnreadableError(msg)
        found[name] = value
    return found


def digits(value: Value) -> str:
    """Give the text of a number or a string as written; nothing of anything else."""
    return value.text if isinstance(value, Number) else value if isinstance(value, str) else ""


def fault(value: Value) -> str:
    """Say why `value` is no id, to be read after its name; the empty string when it is one."""
    match value:
        case Absent():
            return value.fault
        case None:
            return "is null"
        case bool():
            return "is a boolean"
        case dict():
            return "is an object"
        case list():
            return "is an array"
        case Number() | str():
            text = digits(value)
            return next(words for pattern, words in _SPELLINGS if pattern.fullmatch(text))


def equal_as_doubles(left: str, right: str) -> bool:
    """Whether two texts of digits become one number in a parser that reads every number as a double."""
    return float(left) == float(right) and math.isfinite(float(left))


def shown(value: Value) -> str:
    """Give a value as JSON text in ASCII, cut where it would burst a table; `-` for what is not there."""
    match value:
        case Absent():
            return "-"
        case dict():
            return "an object"
        case list():
            return "an array"
        case Number():
            text = value.text
        case _:
            text = json.dumps(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN // 2]}... ({len(text)} characters)"
