"""Ids that look like the real ones: 19 digits on the shop side, each of them lost by whoever reads it as a float."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

__all__ = ["shop_side_id"]

_DIGITS = 19


@lru_cache(maxsize=65_536)
def shop_side_id(tag: str, prefix: str) -> str:
    """Give the id that belongs to `tag`, beginning with `prefix`: always the same one, and never one that a double can hold."""
    room = _DIGITS - len(prefix)
    number = int.from_bytes(blake2b(tag.encode(), digest_size=10).digest()) % 10**room
    found = int(f"{prefix}{number:0{room}d}")
    while int(float(found)) == found:
        found += 1
    return str(found)
