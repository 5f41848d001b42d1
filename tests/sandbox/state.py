"""All that a call could have changed in a sandbox, in words that can be compared: a refused write leaves them as they were."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from random import Random
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.seeded import Seeded
from gladi.sandbox.world.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.sandbox import Sandbox

__all__ = ["difference", "state"]

_PLAIN = (str, int, float, bytes, bool, type(None), Enum, timedelta)
_FIXED = (Seeded, Settings, type, FunctionType, MethodType, BuiltinFunctionType)
_COUNTERS = frozenset(("_answers", "_rates", "rates"))
"""What counts calls, refused ones too, as the platforms do."""
_LOOKED_UP = frozenset(("_codes", "_refresh", "_warehouses", "_random", "_people"))
"""What is made from the seed, some of it when it is first asked for."""


def state(sandbox: Sandbox) -> dict[str, str]:
    """Give the state of a sandbox: each thing by the way to it, such as `sandbox.world.orders.INV-001`."""
    return dict(_walk("sandbox", sandbox, set()))


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Name what has changed, come or gone."""
    return sorted(way for way in before.keys() | after.keys() if before.get(way) != after.get(way))


def _walk(way: str, value: Any, seen: set[int]) -> Iterator[tuple[str, str]]:
    if isinstance(value, _PLAIN):
        yield way, repr(value)
        return
    if isinstance(value, msgspec.Struct):
        # Some records hide in their repr what is personal.
        yield way, repr(msgspec.to_builtins(value))
        return
    if isinstance(value, _FIXED) or id(value) in seen:
        return
    seen.add(id(value))
    for name, one in _parts(value):
        yield from _walk(f"{way}.{name}", one, seen)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Table):
        yield from _parts(value._changed)
    elif isinstance(value, Journal):
        yield "entries", len(value.entries)
    elif isinstance(value, Clock):
        yield "now", value.now
        yield "timers", [(timer.at, timer.name) for timer in sorted(value._heap) if timer.fire is not None]
    elif isinstance(value, Random):
        yield "state", repr(value.getstate())
    elif isinstance(value, Mapping):
        yield from ((str(key), one) for key, one in value.items())
    elif isinstance(value, list | tuple | deque):
        yield from ((str(at), one) for at, one in enumerate(value))
    elif isinstance(value, set | frozenset):
        yield "members", repr(sorted(map(repr, value)))
    else:
        slots = (name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()))
        names = (*getattr(value, "__dict__", {}), *(name for name in slots if hasattr(value, name)))
        yield from ((name, getattr(value, name)) for name in names if name not in _COUNTERS | _LOOKED_UP)
