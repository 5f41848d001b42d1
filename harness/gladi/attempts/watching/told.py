"""What Get Shop Info tells of a merge, with every id as it was written, and held against what the webhook told."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from gladi.attempts.calls import UnansweredError
from gladi.judge.identity import IdentityError, compare

if TYPE_CHECKING:
    from gladi.attempts.watching.kept import Kept
    from gladi.judge.identity import Identity

__all__ = ["compared", "merged", "others", "told"]

T = TypeVar("T")


class _Shop(msgspec.Struct, omit_defaults=True):
    """What is kept of a shop: its ids alone, digit by digit. The rest is nobody's business, names and addresses least of all."""

    shop_id: msgspec.Raw
    tts_integration_completed: msgspec.Raw = msgspec.Raw()
    tts_shop_id: msgspec.Raw = msgspec.Raw()


class _Answer(msgspec.Struct):
    data: msgspec.Raw


def told(answer: bytes) -> bytes:
    """Give the shops of an answer of Get Shop Info as a JSON array that holds their ids alone.

    Raises:
        UnansweredError: it holds no shops.
    """
    try:
        data = bytes(msgspec.json.decode(answer, type=_Answer).data)
        # The page says that it is an array; the changelog shows one shop without one (tokopedia-api.md 10, row 3).
        shops = msgspec.json.decode(data if data.startswith(b"[") else b"[%b]" % data, type=list[_Shop])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise UnansweredError("Get Shop Info was answered by something else than it promises") from None
    return msgspec.json.encode([_without_nothing(shop) for shop in shops])


def merged(shops: bytes, shop: str) -> bool | None:
    """Tell whether Get Shop Info shows a shop as merged; None where it does not show the shop at all."""
    for one in msgspec.json.decode(shops, type=list[_Shop]):
        if bytes(one.shop_id).strip(b'"') == shop.encode():
            return bool(bytes(one.tts_integration_completed))
    return None


def others(shops: bytes, shop: str) -> frozenset[str]:
    """Give the ids of the other shops that the app serves."""
    return frozenset(bytes(one.shop_id).strip(b'"').decode() for one in msgspec.json.decode(shops, type=list[_Shop])) - {shop}


def compared(kept: Kept, shops: bytes, shop: str) -> Identity | str:
    """Hold a webhook against Get Shop Info, digit by digit; one sentence where they cannot be compared."""
    try:
        return compare(kept.body, shops, toko_shop_id=shop)
    except IdentityError as wrong:
        return str(wrong)


def _without_nothing(shop: _Shop) -> dict[str, msgspec.Raw]:
    """Leave out what was not there or null, which says nothing."""
    fields = {name: getattr(shop, name) for name in _Shop.__struct_fields__}
    return {name: value for name, value in fields.items() if bytes(value) not in (b"", b"null")}
