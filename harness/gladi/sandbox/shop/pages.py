"""Pages of a list: an opaque token says where the next one begins, and is good for the same filters and order alone."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.refusals import INVALID_PARAMETER

if TYPE_CHECKING:
    from gladi.record.wire import Request
    from gladi.sandbox.refusal import Refusal

__all__ = ["after", "beginning", "size"]

_SEAL = 9
"""Bytes; a multiple of three, so that base64 needs no padding before what follows."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{13,512}")
_SIZE = re.compile(r"[0-9]{1,4}")
_MOST = 100


def _seal(position: str, of: tuple[object, ...]) -> bytes:
    return blake2b(repr((position, of)).encode("utf-8", "surrogatepass"), digest_size=_SEAL, person=b"gladi page").digest()


def after(position: str, *of: object) -> str:
    """Give the token of the page that begins after `position` in the list that `of` (shop, filters, order) describes."""
    return urlsafe_b64encode(_seal(position, of) + position.encode()).decode().rstrip("=")


def beginning(request: Request, *of: object) -> str | None:
    """Give the position after which the asked page begins; None for the first page.

    Raises:
        Refused: the token is none of ours, or was given out for other filters or another order.
    """
    token = request.params.get("page_token")
    if not token:
        return None
    if _TOKEN.fullmatch(token):
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            position = raw[_SEAL:].decode()
        except ValueError:
            position = ""
        else:
            if raw[:_SEAL] == _seal(position, of):
                return position
    raise Refused(INVALID_PARAMETER.saying("Invalid 'page_token'; filters and sorting must not change between pages"))


def size(request: Request, *, default: str, instead: Refusal, most: int = _MOST) -> int:
    """Give the page size that is asked for, 1 to `most`, or refuse with `instead`."""
    given = request.params.get("page_size") or default
    if not _SIZE.fullmatch(given) or not 1 <= int(given) <= most:
        raise Refused(instead)
    return int(given)
