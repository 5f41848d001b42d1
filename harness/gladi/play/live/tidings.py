"""The tidings of a merge: what the platforms' own answers tell the system of it, also while the model does not know it yet.

Get Shop Info is asked by the system and by us, each at its own times. Whoever is told first is told.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.routing import router

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.wire import Answers, Request, Response

__all__ = ["Tidings"]

_GET_SHOP_INFO = "tokopedia.get_shop_info"
_OK = 200


class _Row(msgspec.Struct):
    shop_id: int
    tts_integration_completed: dict[str, Any] | None = None
    """There only once the shops have merged (tokopedia-api.md 4)."""


class _Shops(msgspec.Struct):
    data: tuple[_Row, ...]


class Tidings:
    """Platforms whose answers are looked through for the merge of one shop; it is an `Answers`."""

    def __init__(self, platform: Answers, *, shop: str, shop_id: int, tells: Callable[[str], object]) -> None:
        """Have `platform` answer; `tells` is given the seller's id whenever an answer shows that `shop`, by its `shop_id`, has merged."""
        self._platform = platform
        self._shop = shop
        self._shop_id = shop_id
        self._tells = tells

    def __call__(self, request: Request) -> Response:
        """Answer as the platform does, and note what that tells."""
        response = self._platform(request)
        if response.lost is not None or response.status != _OK:
            return response
        operation = router().route(request).operation
        if operation is None or operation.name != _GET_SHOP_INFO:
            return response
        seller_id = _seller_id(response.body, self._shop_id)
        if seller_id is None:
            return response
        self._tells(seller_id)
        if self._shop in response.notes.tells_merged:
            return response
        notes = msgspec.structs.replace(response.notes, tells_merged=(*response.notes.tells_merged, self._shop))
        return msgspec.structs.replace(response, notes=notes)


@lru_cache(maxsize=8)
def _seller_id(body: bytes, shop_id: int) -> str | None:
    try:
        rows = msgspec.json.decode(body, type=_Shops).data
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    done = next((one.tts_integration_completed for one in rows if one.shop_id == shop_id), None)
    return None if done is None else str(done.get("tts_seller_id", ""))
