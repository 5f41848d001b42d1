"""The one envelope of the TikTok Shop Open API: code, message, request_id, data."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gladi.record.clock import moment
from gladi.record.wire import Response
from gladi.sandbox.printing import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gladi.record.clock import Instant
    from gladi.record.wire import Notes
    from gladi.sandbox.refusal import Refusal

__all__ = ["refused", "request_id", "succeeded"]


_HEADERS = (("content-type", "application/json"),)
_SPREAD = 0x9E3779B97F4A7C15F39D
"""An odd number: multiplied by it, counted calls give ids that look like chance and never meet within 80 bits."""


@lru_cache(maxsize=64)
def _second(at: int) -> str:
    return f"{moment(at * 1000):%Y%m%d%H%M%S}"


def request_id(at: Instant, number: int) -> str:
    """Give the id of the platform's `number`-th answer: 14 digits of virtual time and 20 hexadecimal ones."""
    return f"{_second(at // 1000)}{number * _SPREAD & (1 << 80) - 1:020X}"


def succeeded(request: str, data: Mapping[str, object], notes: Notes, *, message: str = "Success") -> Response:
    """Put an answer into the envelope."""
    return Response(200, _HEADERS, printed({"code": 0, "message": message, "request_id": request, "data": data}), notes)


def refused(request: str, refusal: Refusal, notes: Notes) -> Response:
    """Put a refusal into the envelope, in which `data` is null."""
    body = printed({"code": int(refusal.code), "message": refusal.message, "request_id": request, "data": None})
    return Response(refusal.status, (*_HEADERS, *refusal.headers), body, notes)
