"""The JSON body of an answer, written otherwise: what troubles share that change what a platform said."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.wire import Response

__all__ = ["is_json", "objects_at", "said", "saying"]

_encode = msgspec.json.Encoder().encode


def is_json(response: Response) -> bool:
    """Tell whether an answer is a success with a JSON body, and not a page of HTML."""
    kind = next((value for name, value in response.headers if name.lower() == "content-type"), "")
    return response.status == HTTPStatus.OK and response.lost is None and kind.startswith("application/json")


def said(response: Response) -> dict[str, Any] | None:
    """Give what an answer says, or None where it is no success in JSON. Whole numbers keep every digit."""
    if not is_json(response):
        return None
    try:
        return msgspec.json.decode(response.body, type=dict[str, Any])
    except msgspec.MsgspecError:
        return None


def saying(response: Response, body: dict[str, Any]) -> Response:
    """Give an answer with another body."""
    return replace(response, body=_encode(body))


def objects_at(value: object, path: str) -> Iterator[dict[str, Any]]:
    """Give the objects that a path leads to, such as `products.skus`, through objects and through lists of them."""
    found: list[Any] = [value]
    for name in path.split(".") if path else ():
        found = [inner for one in _flat(found) if isinstance(one, dict) and (inner := one.get(name)) is not None]
    yield from (one for one in _flat(found) if isinstance(one, dict))


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value
