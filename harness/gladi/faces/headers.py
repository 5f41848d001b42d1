"""Headers between bytes on a wire and the words of `record.wire`: the same for every face, so that no face changes a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.record.wire import Response

__all__ = ["framed", "lower"]


def lower(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Give the headers by lower-case name; a repeated name's values are joined by a comma, as HTTP has it."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        text = value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def framed(response: Response) -> list[tuple[bytes, bytes]]:
    """Give an answer's headers with lower-case names in their order, and with the length of its body, whatever they said of it."""
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    pairs = [pair for pair in pairs if pair[0] != b"content-length"]
    pairs.append((b"content-length", b"%d" % len(response.body)))
    return pairs
