"""JSON as both platforms print it."""

from __future__ import annotations

import msgspec

__all__ = ["printed"]

_encode = msgspec.json.Encoder().encode


def printed(value: object) -> bytes:
    """Print a value as JSON, in no more memory than it takes.

    What msgspec gives holds the room that it grew into, half as much again as the bytes, and the journal keeps every answer.
    """
    return bytes(memoryview(_encode(value)))
