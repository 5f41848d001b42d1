"""The customer service of the TikTok Shop Open API: conversations and messages. Its wire words stay in this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.book import Chat, Said
from examples.careful.trouble import NotSold, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from examples.careful.book import Answer, Storefront
    from examples.careful.shop import ShopClient
    from gladi.record.words import Platform

__all__ = ["SENDABLE", "ChatClient", "Heard"]

SENDABLE = frozenset(("TEXT", "IMAGE", "PRODUCT_CARD", "ORDER_CARD", "RETURN_REFUND_CARD", "COUPON_CARD"))
_ALL = "/customer_service/202309/conversations"


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation in the list: who it is, the newest message's id, and whether something in it is unread."""

    chat: Chat
    latest: str | None
    unread: bool


class ChatClient:
    """Reads and writes conversations through the client of Tokopedia & Shop."""

    def __init__(self, shop: ShopClient) -> None:
        """Call through `shop`."""
        self._shop = shop

    async def conversations(self, front: Storefront) -> AsyncIterator[Heard]:
        """Give every conversation of a shop: no document says that the list begins with the newest."""
        query = {"page_size": "20"}
        while True:
            page = await self._shop.call(_Conversations, front, "GET", _ALL, query=query)
            for row in page.conversations:
                yield row.heard(front.id)
            if not page.next_page_token:
                return
            query["page_token"] = page.next_page_token

    async def messages(self, front: Storefront, chat_id: str) -> AsyncIterator[Said]:
        """Give the messages of a conversation, newest first."""
        query = {"page_size": "10", "sort_order": "DESC"}
        while True:
            page = await self._shop.call(_Messages, front, "GET", f"{_ALL}/{chat_id}/messages", query=query)
            for row in page.messages:
                yield row.said()
            if not page.next_page_token:
                return
            query["page_token"] = page.next_page_token

    async def has_read(self, front: Storefront, chat_id: str) -> None:
        """Say that the buyer's messages were read."""
        await self._shop.call(msgspec.Raw, front, "POST", f"{_ALL}/{chat_id}/messages/read")

    async def begin(self, front: Storefront, order_id: str) -> str:
        """Open a conversation with the buyer of an order, or find the one that there is, and give its id."""
        found = await self._shop.call(_Orders, front, "GET", "/order/202309/orders", query={"ids": order_id})
        if not found.orders:
            raise Refused("", f"there is no order {order_id}")
        begun = await self._shop.call(_Begun, front, "POST", _ALL, body={"buyer_user_id": found.orders[0].user_id})
        return begun.conversation_id

    async def content(self, front: Storefront, answer: Answer, app: Platform) -> str:
        """Give the content of a message that can be sent to a buyer who uses `app`; a picture is uploaded for it."""
        if answer.kind == "IMAGE":
            shown = await self._shop.call(_Picture, front, "POST", "/customer_service/202309/images/upload", body=answer.picture)
            return _text(shown)
        if answer.kind == "TEXT":
            return _text({"content": answer.text})
        if answer.kind == "COUPON_CARD":
            return _text({"coupon_id": answer.text})
        if answer.kind == "ORDER_CARD":
            return _text({"order_id": answer.order_id})
        offers = await self._shop.offers(front, answer.sku)
        if not offers:
            raise NotSold("", f"{answer.sku} is not sold there")
        # A seller SKU may belong to several products, and a card has to lead to one that this buyer can open.
        listed = [one for one in offers if app in one.apps]
        if answer.kind == "PRODUCT_CARD":
            if not listed:
                raise NotSold("", f"{answer.sku} is not listed in the app that this buyer uses")
            return _text({"product_id": listed[0].product_id})
        return _text({"order_id": answer.order_id, "sku_id": offers[0].sku_id})

    async def send(self, front: Storefront, chat_id: str, kind: str, content: str) -> str:
        """Send a message and give its id."""
        sent = await self._shop.call(_Sent, front, "POST", f"{_ALL}/{chat_id}/messages", body={"type": kind, "content": content})
        return sent.message_id


def _text(content: object) -> str:
    return msgspec.json.encode(content).decode()


# -- shapes ------------------------------------------------------------------------------------------------------------


class _Sender(msgspec.Struct):
    role: str = ""


class _Message(msgspec.Struct):
    id: str
    type: str
    content: str = ""
    index: str = "0"
    sender: _Sender = msgspec.field(default_factory=_Sender)

    def said(self) -> Said:
        return Said(
            id=self.id,
            index=int(self.index),
            kind=self.type,
            content=self.content,
            from_buyer=self.sender.role == "BUYER",
            from_shop=self.sender.role in ("SHOP", "CUSTOMER_SERVICE"),
        )


class _Messages(msgspec.Struct):
    messages: list[_Message] = msgspec.field(default_factory=list[_Message])
    next_page_token: str = ""


class _Participant(msgspec.Struct):
    role: str = ""
    buyer_platform: str = ""


class _Conversation(msgspec.Struct):
    id: str
    participants: list[_Participant] = msgspec.field(default_factory=list[_Participant])
    latest_message: _Message | None = None
    unread_count: int = 0

    def heard(self, tts_shop_id: str) -> Heard:
        chat = Chat(chat_id=self.id, shop=tts_shop_id, from_tokopedia=any(one.buyer_platform == "TOKOPEDIA" for one in self.participants))
        return Heard(chat=chat, latest=self.latest_message.id if self.latest_message else None, unread=self.unread_count > 0)


class _Conversations(msgspec.Struct):
    conversations: list[_Conversation] = msgspec.field(default_factory=list[_Conversation])
    next_page_token: str = ""


class _Begun(msgspec.Struct):
    conversation_id: str


class _Sent(msgspec.Struct):
    message_id: str


class _Picture(msgspec.Struct):
    url: str
    width: int
    height: int


class _Order(msgspec.Struct):
    user_id: str


class _Orders(msgspec.Struct):
    orders: list[_Order] = msgspec.field(default_factory=list[_Order])
