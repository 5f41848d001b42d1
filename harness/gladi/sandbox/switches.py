"""The switches of the sandbox as people write them: `merge_fails=true`, `webhook_delay=15m`, `stock_at_merge=sum`."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

from gladi.sandbox.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["agree", "switch", "switches", "takes", "written"]

_ELSEWHERE = {"strict": "strict", "in_flight": "in-flight CELL"}
"""What has an option of its own, and how that is written behind its dashes."""

_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
_DURATION = re.compile(r"([0-9]{1,6})([smhd])")
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a switch holds, and between which bounds where it has any."""

    type: Any
    least: Any
    most: Any


@cache
def _kinds() -> dict[str, _Kind]:
    types = get_type_hints(Settings)
    return {
        one.name: _Kind(types[one.name], one.metadata["least"], one.metadata["most"])
        for one in fields(Settings)
        if one.name not in _ELSEWHERE
    }


def switches() -> tuple[str, ...]:
    """Give the names of all switches that have no option of their own."""
    return tuple(_kinds())


def switch(word: str, *, dashes: str = "--rehearse-") -> tuple[str, Any]:
    """Read `NAME=VALUE`; `dashes` is what an option begins with where the word was written.

    Raises:
        ValueError: there is no such switch, or it does not take that value; the sentence says what to write instead.
    """
    name, equals, text = word.partition("=")
    if name in _ELSEWHERE:
        raise ValueError(f"{name} has an option of its own; write {dashes}{_ELSEWHERE[name]}")
    if name not in _kinds():
        near = get_close_matches(name.lower().replace("-", "_"), switches(), cutoff=0.7)
        right = f"did you mean {' or '.join(near)}?" if near else f"write one of {', '.join(switches())}"
        raise ValueError(f"{name!r} is no switch of the sandbox; {right}")
    if not equals:
        raise ValueError(f"{name} lacks a value; write {name}= and {takes(name)}")
    kind = _kinds()[name]
    value = _read(text, kind)
    if value is None or (kind.least is not None and value < kind.least) or (kind.most is not None and value > kind.most):
        raise ValueError(f"{text!r} is no value of {name}; write {takes(name)}")
    return name, value


def agree(given: Mapping[str, Any]) -> None:
    """Make sure that switches which were read one by one agree with each other.

    Raises:
        ValueError: they do not; the sentence says what to write.
    """
    ends = ("merge_takes_at_least", "merge_takes_at_most")
    least, most = (given.get(name, getattr(DEFAULTS, name)) for name in ends)
    if least > most:
        impossible = f"a merge cannot take at least {written(least)} and at most {written(most)}"
        raise ValueError(f"{impossible}; write {ends[0]} and {ends[1]} so that it can")
    steps = given.get("tokopedia_closes", DEFAULTS.tokopedia_closes)
    if len(steps) > 2 or list(steps) != sorted(steps):  # noqa: PLR2004 - writes, then everything
        right = "write tokopedia_closes=20d,30d for writes and then everything, or one duration for both"
        raise ValueError(f"Tokopedia's API does not end by {written(steps)}; {right}")


def takes(name: str) -> str:
    """Say what a switch takes, such as `one of shop, tokopedia, sum`."""
    kind = _kinds()[name]
    if kind.type is bool:
        return "true or false"
    if kind.type is int:
        return f"a whole number{_bounds(kind)}"
    if kind.type is timedelta:
        return f"a duration{_bounds(kind) or ', such as 90s, 15m, 48h or 7d'}"
    if isinstance(kind.type, type) and issubclass(kind.type, StrEnum):
        return f"one of {', '.join(kind.type)}"
    return "durations with commas between them, such as 1m,15m,2h, or nothing for none"


def _bounds(kind: _Kind) -> str:
    if kind.least is None:
        return ""
    return f" of {written(kind.least)} or more" if kind.most is None else f" from {written(kind.least)} to {written(kind.most)}"


def _read(text: str, kind: _Kind) -> Any:  # noqa: ANN401 - whatever the switch holds
    """Read a value; None where it is none of that kind."""
    if kind.type is bool:
        return {"true": True, "false": False}.get(text.lower())
    if kind.type is int:
        return int(text) if _NUMBER.fullmatch(text) else None
    if kind.type is timedelta:
        return _duration(text)
    if isinstance(kind.type, type) and issubclass(kind.type, StrEnum):
        return next((word for word in kind.type if word == text.lower()), None)
    durations = tuple(_duration(part) for part in text.split(",")) if text else ()
    return None if None in durations else durations


def _duration(text: str) -> timedelta | None:
    found = _DURATION.fullmatch(text)
    return None if found is None else int(found[1]) * _UNITS[found[2]]


def written(value: Any) -> str:  # noqa: ANN401 - whatever a switch holds
    """Give a value as `switch` reads it; a duration in the largest unit in which it is whole."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return next((f"{value // unit}{letter}" for letter, unit in _UNITS.items() if value and not value % unit), "0s")
    if isinstance(value, tuple):
        return ",".join(map(written, value))
    return str(value)
