"""A value, or a coroutine that gives it: every method of an adapter may be plain or async."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeAlias, TypeVar

__all__ = ["MaybeAwaitable"]

_T = TypeVar("_T")
MaybeAwaitable: TypeAlias = _T | Awaitable[_T]
"""A value, or a coroutine that gives it: adapters may be plain or async."""
