"""Conversations with buyers: Get Conversations, Get Conversation Messages, Send Message, Read Message, Create Conversation."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.messages import check
from gladi.sandbox.shop.pages import after, beginning, size
from gladi.sandbox.shop.refusals import BUYER_NOT_TO_BE_WRITTEN_TO, CHAT_CLOSED, CHAT_FOREIGN, CHAT_INVALID, CHAT_UNKNOWN
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.conversations import Conversation, Message, Sender
from gladi.sandbox.world.ids import shop_side_id

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Shop
    from gladi.sandbox.world.world import World

__all__ = ["begin", "listing", "mark_read", "messages", "send", "sender_of"]

_MOST_CONVERSATIONS = 20
_MOST_MESSAGES = 10


class Sending(msgspec.Struct, frozen=True):
    """The body of Send Message; `content` is itself JSON, in a string."""

    type: str
    content: str

    def __repr__(self) -> str:
        return f"Sending({self.type})"


class Beginning(msgspec.Struct, frozen=True):
    """The body of Create Conversation: the `user_id` of an order."""

    buyer_user_id: str


_sending = msgspec.json.Decoder(Sending)
_beginning = msgspec.json.Decoder(Beginning)


def listing(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Conversations: those that Tokopedia & Shop holds, the one with the newest message first."""
    shop = held(arrival)
    limit = _limit(arrival, _MOST_CONVERSATIONS)
    bound = (shop.key, "conversations")
    last = beginning(arrival.request, *bound)
    found = list(islice(world.conversations.latest(shop.key, SHOP, before=_key(last) if last else None), limit + 1))
    end = found[limit - 1] if len(found) > limit else None
    return {
        "conversations": [_row(world, shop, one) for one in found[:limit]],
        "next_page_token": after(f"{end.last_at}.{end.number}.{end.key}", *bound) if end else "",
    }


def messages(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Conversation Messages, newest first unless told otherwise. Reading does not mark as read."""
    shop = held(arrival)
    conversation = _conversation(world, arrival)
    request = arrival.request
    order = request.params.get("sort_order") or "DESC"
    if order not in ("ASC", "DESC") or (request.params.get("sort_field") or "create_time") not in ("create_time", "index"):
        raise Refused(CHAT_INVALID.saying("Invalid 'sort_field' or 'sort_order'"))
    limit = _limit(arrival, _MOST_MESSAGES)
    bound = (conversation.key, order)
    last = beginning(request, *bound)
    rows = conversation.messages if order == "ASC" else conversation.messages[::-1]
    if last is not None:
        rows = tuple(one for one in rows if (one.index > int(last) if order == "ASC" else one.index < int(last)))
    return {
        "messages": [_sheet(shop, conversation, one) for one in rows[:limit]],
        "next_page_token": after(str(rows[limit - 1].index), *bound) if len(rows) > limit else "",
        "unsupported_msg_tips": "",
    }


def send(world: World, arrival: Arrival) -> dict[str, object]:
    """Send Message: one message to the buyer, checked before anything is written."""
    conversation = _conversation(world, arrival)
    wanted = read(arrival, world.settings, _sending)
    if not world.conversations.may_be_written_to(conversation.shop, conversation.buyer.id):
        raise Refused(CHAT_CLOSED)
    check(world, arrival, conversation, wanted.type, wanted.content)
    sent = world.conversations.write(conversation.key, wanted.type, wanted.content, sender=Sender.SELLER)
    return {"message_id": sent.id}


def mark_read(world: World, arrival: Arrival) -> dict[str, object]:
    """Read Message: everything that the buyer wrote is read now."""
    world.conversations.read(_conversation(world, arrival).key)
    return {}


def begin(world: World, arrival: Arrival) -> dict[str, object]:
    """Create Conversation with a buyer who may be written to; the one that there is comes back."""
    shop = held(arrival)
    buyer = read(arrival, world.settings, _beginning).buyer_user_id
    order = world.conversations.order_of(shop.key, buyer)
    known = world.conversations.of_buyer(shop.key, buyer, SHOP)
    if order is None and known is None:
        raise Refused(CHAT_UNKNOWN)
    if not world.conversations.may_be_written_to(shop.key, buyer):
        raise Refused(BUYER_NOT_TO_BE_WRITTEN_TO)
    if known is None and order is not None:
        # What Tokopedia & Shop begins, it holds, whatever the stage: the stage only moves what a buyer of Tokopedia begins.
        known = world.conversations.begin(shop.key, order.buyer, on=order.bought_on, home=SHOP)
    return {"conversation_id": known.id if known else ""}


def _limit(arrival: Arrival, most: int) -> int:
    return size(arrival.request, default="", instead=CHAT_INVALID.saying(f"Invalid 'page_size'; valid range: [1, {most}]"), most=most)


def _key(position: str) -> tuple[int, int, str]:
    at, number, key = position.split(".", 2)
    return int(at), int(number), key


def _conversation(world: World, arrival: Arrival) -> Conversation:
    found = world.conversations.where(SHOP, arrival.params["conversation_id"])
    arrival.placed = found is not None
    if found is None:
        there = world.conversations.where(TOKOPEDIA, arrival.params["conversation_id"])
        arrival.misplaced = f"conversation {there.key}" if there is not None and there.shop == held(arrival).key else None
        raise Refused(CHAT_UNKNOWN)
    if found.shop != held(arrival).key:
        raise Refused(CHAT_FOREIGN)
    return found


def _row(world: World, shop: Shop, conversation: Conversation) -> dict[str, object]:
    buyer, store = _buyer(conversation), _store(shop)
    row: dict[str, Any] = {
        "id": conversation.id,
        "participant_count": 2,
        "can_send_message": world.conversations.may_be_written_to(shop.key, conversation.buyer.id),
        "unread_count": conversation.unread,
        "create_time": conversation.began_at // 1000,
        "participants": [
            {
                **buyer,
                "user_id": conversation.buyer.id,
                "role": "BUYER",
                "buyer_platform": "TOKOPEDIA" if conversation.written_on is TOKOPEDIA else "TIKTOK_SHOP",
            },
            {**store, "user_id": shop.shop_id, "role": "SHOP"},
        ],
    }
    if conversation.messages:
        row["latest_message"] = _sheet(shop, conversation, conversation.messages[-1])
    return row


def _sheet(shop: Shop, conversation: Conversation, message: Message) -> dict[str, object]:
    return {
        "id": message.id,
        "type": message.kind,
        "content": message.content,
        "create_time": message.sent_at // 1000,
        "is_visible": True,
        "sender": sender_of(shop, conversation, message),
        "index": str(message.index),
    }


def sender_of(shop: Shop, conversation: Conversation, message: Message) -> dict[str, str]:
    """Give who wrote a message, as the platform shows him."""
    # What the platform says bears the shop's own name; who of the shop sent a message is the shop's affair.
    sender = _buyer(conversation) if message.sender is Sender.BUYER else _store(shop)
    return {**sender, "role": {Sender.BUYER: "BUYER", Sender.SELLER: "SHOP", Sender.PLATFORM: "SYSTEM"}[message.sender]}


def _buyer(conversation: Conversation) -> dict[str, str]:
    buyer = conversation.buyer
    # An id of its own: with it no order can be found.
    return {"im_user_id": shop_side_id(f"im {buyer.id}", "7499"), "nickname": buyer.name, "avatar": _portrait(buyer.id)}


def _store(shop: Shop) -> dict[str, str]:
    return {"im_user_id": shop_side_id(f"im {shop.shop_id}", "7499"), "nickname": shop.name, "avatar": _portrait(shop.shop_id)}


def _portrait(of: str) -> str:
    return f"https://images.example.com/avatar/{shop_side_id(f'avatar {of}', '1')}.jpeg"
