"""Headers between bytes on a wire and the words of `record.wire`: the same for every face, so that no face changes a request."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.record.wire import Response

__all__ = ["framed", "lower"]


def lower(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Give the headers by lower-case name; a repeated name's values are joined by a comma, as HTTP has it."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key = _key(name)
        text = value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


@lru_cache(maxsize=256)
def _key(name: bytes) -> str:
    return name.decode("latin-1").lower()


def framed(response: Response) -> list[tuple[bytes, bytes]]:
    """Give an answer's headers with lower-case names in their order, and with the length of its body, whatever they said of it."""
    return [*_encoded(response.headers), (b"content-length", b"%d" % len(response.body))]


@lru_cache(maxsize=64)
def _encoded(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[bytes, bytes], ...]:
    # The sandbox answers with the same few sets of headers again and again.
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return tuple([pair for pair in pairs if pair[0] != b"content-length"])
