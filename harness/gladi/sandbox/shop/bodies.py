"""Request bodies: from raw bytes to a typed record, or to the platform's own refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.refusals import INVALID_PARAMETER, NOT_A_FORM, NOT_JSON, TOO_LARGE

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.settings import Settings

__all__ = ["check_content_type", "media_type", "read"]

T = TypeVar("T")

_LARGEST = 4 * 1024 * 1024
_LARGEST_FORM = 10 * 1024 * 1024 + 4096
_FORMS = frozenset(("shop.upload_chat_image",))
"""The operations that take a multipart form."""
_WORDS = 200
"""As much of the decoder's explanation as a message carries; it may quote the body."""


def media_type(content_type: str) -> str:
    """Give a Content-Type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def check_content_type(arrival: Arrival, settings: Settings) -> None:
    """Refuse a body that is too large, or multipart where JSON belongs, or the other way; another foreign type is a leniency."""
    request = arrival.request
    if arrival.operation.name in _FORMS:
        if len(request.body) > _LARGEST_FORM:
            raise Refused(TOO_LARGE)
        if media_type(request.headers.get("content-type", "")) != "multipart/form-data":
            raise Refused(NOT_A_FORM)
        return
    if not request.body or request.method == "GET":
        return
    if len(request.body) > _LARGEST:
        raise Refused(TOO_LARGE)
    kind = media_type(request.headers.get("content-type", ""))
    if kind == "application/json":
        return
    if kind == "multipart/form-data":
        raise Refused(NOT_JSON)
    lenient(arrival, settings, "foreign_content_type", NOT_JSON)


def read(arrival: Arrival, settings: Settings, decoder: msgspec.json.Decoder[T]) -> T:
    """Read the body as the decoder's record; an empty body is an empty object.

    Raises:
        Refused: it is not JSON, or its fields are of other types than the documented ones.
    """
    body = arrival.request.body
    if body.strip() == b"[]":
        lenient(arrival, settings, "list_for_empty_object", INVALID_PARAMETER)
        body = b""
    try:
        return decoder.decode(body or b"{}")
    except msgspec.ValidationError as wrong:
        raise Refused(INVALID_PARAMETER.saying(f"Invalid parameter: {wrong}"[:_WORDS])) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(NOT_JSON) from None
