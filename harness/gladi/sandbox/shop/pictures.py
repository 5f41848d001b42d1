"""Pictures for messages: Upload Buyer Messages Image, the one operation here that takes a form and no JSON."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.refusals import CHAT_INVALID, TOO_LARGE
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.world import World

__all__ = ["dimensions", "upload"]

_LARGEST = 10 * 1024 * 1024
_BOUNDARY = re.compile(r"""boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))""", re.IGNORECASE)
_NAME = re.compile(rb"""[;\s]name="?data"?(?:[;\s]|$)""")
_PNG, _GIF, _JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8"
_NO_FRAME = frozenset((0xC4, 0xC8, 0xCC))
_FRAMES = range(0xC0, 0xD0)


def upload(world: World, arrival: Arrival) -> dict[str, object]:
    """Keep a picture (form field `data`, at most 10 MB) and give its address, with which Send Message sends it."""
    shop = held(arrival)
    picture = _field(arrival.request.body, arrival.request.headers.get("content-type", ""))
    if picture is None:
        raise Refused(CHAT_INVALID.saying("Missing required parameter 'data'"))
    if len(picture) > _LARGEST:
        raise Refused(TOO_LARGE)
    measured = dimensions(picture)
    if measured is None:
        raise Refused(CHAT_INVALID.saying("Invalid parameter 'data': it is no PNG, GIF or JPEG"))
    arrival.assumes.append("shop.chat_pictures")
    digest = blake2b(picture, digest_size=16, key=shop.shop_id.encode()).hexdigest()
    address = f"https://images.example.com/chat/{digest}~tplv-origin-image.image"
    world.conversations.pictures[address] = shop.key
    return {"url": address, "width": measured[0], "height": measured[1]}


def _field(body: bytes, content_type: str) -> bytes | None:
    """Find the form field `data` in a multipart body."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        return None
    mark = b"--" + (boundary[1] or boundary[2]).encode("utf-8", "surrogatepass")
    for part in body.split(mark)[1:]:
        head, gap, content = part.partition(b"\r\n\r\n")
        if gap and _NAME.search(head):
            return content.removesuffix(b"\r\n")
    return None


def dimensions(picture: bytes) -> tuple[int, int] | None:
    """Give width and height in pixels of a PNG, GIF or JPEG; None for anything else."""
    if picture.startswith(_PNG) and len(picture) >= 24:  # noqa: PLR2004 - the header's length
        return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    if picture.startswith(_GIF) and len(picture) >= 10:  # noqa: PLR2004 - the same
        return int.from_bytes(picture[6:8], "little"), int.from_bytes(picture[8:10], "little")
    return _of_jpeg(picture) if picture.startswith(_JPEG) else None


def _of_jpeg(picture: bytes) -> tuple[int, int] | None:
    """Go from segment to segment to the one that begins a frame."""
    at = 2
    while at + 9 <= len(picture) and picture[at] == 0xFF:  # noqa: PLR2004 - each segment begins so
        kind, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4])
        if kind in _FRAMES and kind not in _NO_FRAME:
            return int.from_bytes(picture[at + 7 : at + 9]), int.from_bytes(picture[at + 5 : at + 7])
        at += 2 + max(2, length)
    return None
