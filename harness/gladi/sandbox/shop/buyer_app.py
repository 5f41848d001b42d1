"""The buyer's app: what it puts into a message of each type, and what the buyer sees of one that he got. It calls no API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.shop.messages import LATER, RECEIVABLE
from gladi.sandbox.world.conversations import Sender
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.world import WorldError

if TYPE_CHECKING:
    from gladi.sandbox.world.conversations import Conversation, Message
    from gladi.sandbox.world.records import Listing, Order
    from gladi.sandbox.world.world import World

__all__ = ["Sight", "sees", "sku_for", "writes"]

_NEEDS_ORDER = frozenset(("ORDER_CARD", "RETURN_REFUND_CARD", "LOGISTICS_CARD", "BUYER_ENTER_FROM_ORDER"))
_NAMES: dict[str, tuple[str, ...]] = {
    "PRODUCT_CARD": ("product_id",),
    "BUYER_ENTER_FROM_PRODUCT": ("product_id",),
    "ORDER_CARD": ("order_id",),
    "BUYER_ENTER_FROM_ORDER": ("order_id",),
    "RETURN_REFUND_CARD": ("order_id", "sku_id"),
    "LOGISTICS_CARD": ("order_id", "package_id"),
    "COUPON_CARD": ("coupon_id",),
}
_BY_THE_PLATFORM = frozenset(("NOTIFICATION", "ALLOCATED_SERVICE", "BUYER_ENTER_FROM_TRANSFER"))


class Sight(NamedTuple):
    """What a buyer sees of a message: its type, and what it says or names. Personal: not for a journal or a report."""

    kind: str
    text: str = ""
    order_id: str = ""
    sku: str = ""

    def __repr__(self) -> str:
        return f"Sight({self.kind})"


def writes(world: World, conversation: Conversation, kind: str, text: str, order: Order | None) -> Message:
    """Put a message of `kind` into a conversation, from the buyer or, as its type says, from the platform.

    Raises:
        WorldError: there is no such type, or it is about an order and there is none on the platform that holds the conversation.
    """
    if kind not in RECEIVABLE and kind not in LATER:
        msg = f"no buyer's app sends a {kind!r}; write one of {', '.join((*RECEIVABLE, *LATER))}"
        raise WorldError(msg)
    if kind in _NEEDS_ORDER and (order is None or order.on(conversation.home) is None):
        msg = f"{kind} is about an order that {conversation.home.label} holds; write about=order"
        raise WorldError(msg)
    content = msgspec.json.encode(_content(world, conversation, kind, text, order)).decode()
    return world.conversations.write(conversation.key, kind, content, sender=Sender.PLATFORM if kind in _BY_THE_PLATFORM else Sender.BUYER)


def _content(world: World, conversation: Conversation, kind: str, text: str, order: Order | None) -> dict[str, Any]:
    tag = f"{world.seed} {conversation.key} {len(conversation.messages)}"
    if kind == "IMAGE":
        return {"url": f"https://images.example.com/chat/{shop_side_id(tag, '41')}.jpeg", "width": "1080", "height": "1440"}
    if kind == "VIDEO":
        return {
            "url": f"https://videos.example.com/chat/{shop_side_id(tag, '42')}.mp4",
            "cover": f"https://images.example.com/chat/{shop_side_id(tag, '43')}.jpeg",
            "width": 640,
            "height": 360,
            "duration": "20.504",
            "vid": f"v{shop_side_id(tag, '44')}",
            "format": "mp4",
            "size": 400_000,
        }
    line = order.lines[0] if order is not None else None
    view = order.on(conversation.home) if order is not None else None
    about = {
        "content": text,
        "coupon_id": world.conversations.coupon_of(conversation.shop),
        "product_id": line.listing if line is not None else _anything(world, conversation).id,
        "sku_id": line.offer if line is not None else "",
        "order_id": view.id if view is not None else "",
        "package_id": (view.package if view is not None else None) or "",
    }
    return {name: about[name] for name in _NAMES.get(kind, ("content",))}


def _anything(world: World, conversation: Conversation) -> Listing:
    """Find something on sale to talk about, best of all something that buyers see in this buyer's app."""
    on_sale = [one for one in world.listings.rows("shop", (conversation.home, conversation.shop)) if one.status is ListingStatus.ACTIVE]
    if not on_sale:
        msg = f"nothing is on sale on {conversation.home.label}"
        raise WorldError(msg)
    return next((one for one in on_sale if conversation.written_on in one.shown_on), on_sale[0])


def sku_for(world: World, conversation: Conversation) -> str:
    """Give the seller SKU of something that he may recommend in a conversation."""
    return _anything(world, conversation).offers[0].sku


def sees(world: World, message: Message) -> Sight:
    """Give what a buyer sees of what the seller sent; products are named by the seller's SKU."""
    said: dict[str, Any] = msgspec.json.decode(message.content)
    product = world.listing(SHOP, said.get("product_id", ""))
    bought = world.listing_of_offer(SHOP, said.get("sku_id", ""))
    sku = product.offers[0].sku if product is not None else ""
    if bought is not None:
        sku = next(offer.sku for offer in bought.offers if offer.id == said["sku_id"])
    return Sight(message.kind, said.get("content", "") or said.get("coupon_id", ""), said.get("order_id", ""), sku)
