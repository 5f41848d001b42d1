"""The client libraries that are met in process: httpx, and its successor httpx2 when it is installed."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["libraries"]


@lru_cache(maxsize=1)
def libraries() -> tuple[ModuleType, ...]:
    """Give each library once; httpx2 can stand in for httpx under both names (`httpx2.alias_httpx`)."""
    found = [import_module(name) for name in ("httpx", "httpx2") if name == "httpx" or find_spec(name) is not None]
    return tuple(dict.fromkeys(found))
