"""Message types of the customer service: which arrive, which may be sent, and what the content of each must name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.refusals import CARD_NOT_ELIGIBLE, CHAT_FOREIGN, CHAT_INVALID, CHAT_UNKNOWN, COUPON_NOT_ELIGIBLE, TYPE_NOT_SENDABLE
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.conversations import Conversation
    from gladi.sandbox.world.records import Order
    from gladi.sandbox.world.world import World

__all__ = ["LATER", "RECEIVABLE", "SENDABLE", "check"]

SENDABLE = ("TEXT", "IMAGE", "PRODUCT_CARD", "ORDER_CARD", "RETURN_REFUND_CARD", "COUPON_CARD")
"""What a seller's app may send (tiktok-shop-api.md 12, the column of T0)."""
RECEIVABLE = (
    *SENDABLE,
    "VIDEO",
    "EMOTICONS",
    "NOTIFICATION",
    "ALLOCATED_SERVICE",
    "BUYER_ENTER_FROM_TRANSFER",
    "BUYER_ENTER_FROM_PRODUCT",
    "BUYER_ENTER_FROM_ORDER",
    "OTHER",
)
"""What Get Conversation Messages may answer with (the same table)."""
LATER = ("LOGISTICS_CARD",)
"""What arrives since T1: a system made before has never heard of it."""
_SENDABLE_LATER = frozenset(("LOGISTICS_CARD", "VIDEO"))

_LONGEST = 2000


class _Text(msgspec.Struct, frozen=True):
    content: str


class _Image(msgspec.Struct, frozen=True):
    url: str
    width: int
    height: int


class _Video(msgspec.Struct, frozen=True):
    vid: str


class _Product(msgspec.Struct, frozen=True):
    product_id: str


class _Order(msgspec.Struct, frozen=True):
    order_id: str


class _Return(msgspec.Struct, frozen=True):
    order_id: str
    sku_id: str


class _Logistics(msgspec.Struct, frozen=True):
    order_id: str
    package_id: str = ""


class _Coupon(msgspec.Struct, frozen=True):
    coupon_id: str


_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "TEXT": msgspec.json.Decoder(_Text),
    "IMAGE": msgspec.json.Decoder(_Image),
    "VIDEO": msgspec.json.Decoder(_Video),
    "PRODUCT_CARD": msgspec.json.Decoder(_Product),
    "ORDER_CARD": msgspec.json.Decoder(_Order),
    "RETURN_REFUND_CARD": msgspec.json.Decoder(_Return),
    "COUPON_CARD": msgspec.json.Decoder(_Coupon),
    "LOGISTICS_CARD": msgspec.json.Decoder(_Logistics),
}


def check(world: World, arrival: Arrival, conversation: Conversation, kind: str, content: str) -> None:
    """Refuse a message that may not be sent in a conversation; `content` is a JSON string, as the caller wrote it."""
    if kind not in RECEIVABLE and kind not in LATER:
        raise Refused(CHAT_INVALID.saying("Invalid parameter 'type'"))
    if kind in _SENDABLE_LATER:
        arrival.assumes += world.settings.assumption("later_message_types")
    if kind not in SENDABLE and not (kind in _SENDABLE_LATER and world.settings.later_message_types):
        raise Refused(TYPE_NOT_SENDABLE)
    try:
        said = _DECODERS[kind].decode(content.encode("utf-8", "surrogatepass"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # The decoder's own words may quote what was written, so they are not repeated.
        raise Refused(CHAT_INVALID.saying(f"Invalid parameter 'content': it is no JSON string of a {kind}")) from None
    _CHECKS[kind](world, arrival, conversation, said)


def _text(_world: World, _arrival: Arrival, _conversation: Conversation, said: _Text) -> None:
    if not said.content.strip() or len(said.content) > _LONGEST:
        raise Refused(CHAT_INVALID.saying(f"Invalid parameter 'content': a text has 1 to {_LONGEST} characters"))


def _image(world: World, _arrival: Arrival, conversation: Conversation, said: _Image) -> None:
    if world.conversations.pictures.get(said.url) != conversation.shop:
        raise Refused(CHAT_INVALID.saying("Invalid parameter 'url': upload the image first"))


def _video(_world: World, _arrival: Arrival, _conversation: Conversation, said: _Video) -> None:
    if not said.vid:
        raise Refused(CHAT_INVALID.saying("Invalid parameter 'vid'"))


def _product(world: World, _arrival: Arrival, conversation: Conversation, said: _Product) -> None:
    """A card names a product of the shop that is listed in the app of this buyer (tiktok-shop-api.md 12)."""
    listing = world.listing(SHOP, said.product_id)
    if listing is None:
        raise Refused(CHAT_UNKNOWN)
    is_listed = standing(listing).get(conversation.written_on, ListingStatus.DELETED) is not ListingStatus.DELETED
    if listing.shop != conversation.shop or not is_listed:
        raise Refused(CARD_NOT_ELIGIBLE)


def _order(world: World, _arrival: Arrival, conversation: Conversation, said: _Order | _Return | _Logistics) -> Order:
    order = world.order_where(SHOP, said.order_id)
    if order is None:
        raise Refused(CHAT_UNKNOWN)
    if order.shop != conversation.shop:
        raise Refused(CHAT_FOREIGN)
    if order.bought_on is not conversation.written_on:
        raise Refused(CARD_NOT_ELIGIBLE)
    return order


def _return(world: World, arrival: Arrival, conversation: Conversation, said: _Return) -> None:
    arrival.assumes.append("shop.return_cards")
    if said.sku_id not in {line.offer for line in _order(world, arrival, conversation, said).lines}:
        raise Refused(CARD_NOT_ELIGIBLE)


def _coupon(world: World, _arrival: Arrival, conversation: Conversation, said: _Coupon) -> None:
    if said.coupon_id != world.conversations.coupon_of(conversation.shop):
        raise Refused(COUPON_NOT_ELIGIBLE)


def _logistics(world: World, arrival: Arrival, conversation: Conversation, said: _Logistics) -> None:
    view = _order(world, arrival, conversation, said).shop_view
    if said.package_id and (view is None or view.package != said.package_id):
        raise Refused(CARD_NOT_ELIGIBLE)


_CHECKS: dict[str, Callable[[World, Arrival, Conversation, Any], object]] = {
    "TEXT": _text,
    "IMAGE": _image,
    "VIDEO": _video,
    "PRODUCT_CARD": _product,
    "ORDER_CARD": _order,
    "RETURN_REFUND_CARD": _return,
    "COUPON_CARD": _coupon,
    "LOGISTICS_CARD": _logistics,
}
