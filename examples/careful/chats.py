"""The chat desk: every message of every buyer is shown, whatever its type, and every answer is sent once.

1. Conversations are read every five minutes, all of them, and a message is never dropped because its type is unknown.
2. What cannot be sent is told to the seller, with what he may do instead.
3. A message is written down before it is sent. When no answer came, the conversation is read for it before it is sent again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from examples.careful.book import Answer, Book, Chat, Said, Storefront
from examples.careful.chat_client import SENDABLE, ChatClient, Heard
from examples.careful.trouble import Patience, Refused
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from gladi.play.system import Message, SeenOrder

__all__ = ["ChatDesk", "words"]

_EVERY_TEN_MINUTES = timedelta(minutes=10)

_SENTENCES = {
    "IMAGE": "A picture: {url}",
    "VIDEO": "A video of {duration} seconds: {url}",
    "PRODUCT_CARD": "The product {product_id}",
    "ORDER_CARD": "The order {order_id}",
    "RETURN_REFUND_CARD": "A return of {sku_id} from order {order_id}",
    "COUPON_CARD": "The coupon {coupon_id}",
    "LOGISTICS_CARD": "Where the parcel of order {order_id} is",
    "BUYER_ENTER_FROM_PRODUCT": "The buyer comes from the page of product {product_id}",
    "BUYER_ENTER_FROM_ORDER": "The buyer comes from order {order_id}",
}


def words(kind: str, content: str) -> str:
    """Say what a message says, so that a person understands it, also of a type that came after this was written."""
    try:
        said: dict[str, Any] = msgspec.json.decode(content, type=dict[str, Any])
        sentence = _SENTENCES.get(kind, "{content}").format(**said)
    except (msgspec.MsgspecError, KeyError):
        sentence = ""
    return sentence.strip() or f"A message of the type {kind}; please read it in Seller Center."


class ChatDesk:
    """Reads conversations, and sends what the seller wants said."""

    def __init__(self, book: Book, client: ChatClient, patience: Patience) -> None:
        """Keep the conversations in `book`."""
        self._book = book
        self._client = client
        self._patience = patience

    async def work(self, now: datetime) -> None:
        """Read what is due, and send what waits."""
        for front in self._book.storefronts:
            await self._reads(front, now)
        await self._sends()

    def chats(self) -> list[Chat]:
        """Give every conversation."""
        return list(self._book.chats)

    # -- reading -------------------------------------------------------------------------------------------------------

    async def _reads(self, front: Storefront, now: datetime) -> None:
        what = f"conversations of shop {front.id}"
        if not self._book.is_due(what, now):
            return
        with self._patience.spared(f"the conversations of shop {front.id}"):
            async for heard in self._client.conversations(front):
                await self._hears(front, heard)
            self._book.rests(what, until=now + _EVERY_TEN_MINUTES)

    async def _hears(self, front: Storefront, heard: Heard) -> None:
        known = self._book.chats.get(heard.chat.chat_id)
        chat = known or self._book.chats.put(heard.chat.chat_id, heard.chat)
        if heard.latest is not None and heard.latest not in {one.id for one in chat.said}:
            chat = await self._catches_up(front, chat)
        if heard.unread:
            await self._client.has_read(front, chat.chat_id)

    async def _catches_up(self, front: Storefront, chat: Chat) -> Chat:
        """Read a conversation from its newest message back to the first that is known."""
        known = {one.id for one in chat.said}
        fresh: list[Said] = []
        async for said in self._client.messages(front, chat.chat_id):
            if said.id in known:
                break
            fresh.append(said)
        everything = sorted((*chat.said, *fresh), key=lambda one: one.index)
        return self._book.chats.put(chat.chat_id, replace(chat, said=tuple(everything)))

    # -- sending -------------------------------------------------------------------------------------------------------

    async def sends(self, chat_id: str, message: Message) -> None:
        """Answer in a conversation."""
        self._wants(message, chat_id=chat_id, order_id=message.order_id)
        await self._sends()

    async def begins(self, order: SeenOrder, message: Message) -> None:
        """Write to the buyer of an order."""
        self._wants(message, chat_id=None, order_id=order.order_id)
        await self._sends()

    def _wants(self, message: Message, *, chat_id: str | None, order_id: str) -> None:
        about = chat_id or order_id
        if message.kind not in SENDABLE:
            text = (
                f"A message of the type {message.kind} cannot be sent through Tokopedia & Shop; please write to the buyer in Seller Center."
            )
            self._book.tell(about, text)
            return
        number = 1 + max((int(one.key) for one in self._book.answers), default=0)
        self._book.answers.put(
            f"{number:08d}",
            Answer(
                key=f"{number:08d}",
                kind=message.kind,
                text=message.text,
                chat=chat_id,
                order_id=order_id,
                sku=message.sku,
                picture=message.picture,
            ),
        )

    async def _sends(self) -> None:
        stuck: set[str] = set()
        for answer in self._book.answers:
            # What was said first arrives first.
            whom = answer.chat or answer.order_id
            if whom in stuck:
                continue
            with self._patience.spared(f"a message to {whom}"):
                await self._advances(answer)
            if self._book.answers.get(answer.key) is not None:
                stuck.add(whom)

    async def _advances(self, answer: Answer) -> None:
        try:
            front, answer = await self._finds(answer)
            await self._delivers(front, answer)
        except Refused as no:
            about = answer.chat or answer.order_id
            self._book.tell(about, f"A {answer.kind} was not sent to the buyer: {no}. Please write to him in Seller Center.")
            self._book.answers.drop(answer.key)

    async def _finds(self, answer: Answer) -> tuple[Storefront, Answer]:
        """Find the shop that is to send a message, and begin the conversation where there is none."""
        if answer.chat is not None:
            chat = self._book.chats.get(answer.chat)
            front = self._book.storefronts.get(chat.shop) if chat else None
            if front is None:
                raise Refused("", "this conversation is not known here")
            return front, answer
        sighting = next((one for one in self._book.sightings if one.order_id == answer.order_id), None)
        front = self._book.storefronts.get(sighting.shop) if sighting else None
        if sighting is None or front is None:
            raise Refused("", "this order is not known on Tokopedia & Shop")
        chat_id = await self._client.begin(front, answer.order_id)
        if self._book.chats.get(chat_id) is None:
            self._book.chats.put(chat_id, Chat(chat_id=chat_id, shop=front.id, from_tokopedia=sighting.from_tokopedia))
        return front, self._book.answers.put(answer.key, replace(answer, chat=chat_id))

    async def _delivers(self, front: Storefront, answer: Answer) -> None:
        chat = self._book.chats.get(answer.chat or "")
        if answer.content is None and chat is not None:
            content = await self._client.content(front, answer, TOKOPEDIA if chat.from_tokopedia else SHOP)
            answer = self._book.answers.put(answer.key, replace(answer, content=content))
        if chat is None or answer.content is None:
            return
        sent: str | None = None
        if answer.asked_after is not None:
            chat = await self._catches_up(front, chat)
            sent = self._arrived(chat, answer)
        if sent is None:
            self._book.answers.put(answer.key, replace(answer, asked_after=chat.read_up_to))
            sent = await self._client.send(front, chat.chat_id, answer.kind, answer.content)
        self._book.chats.put(chat.chat_id, replace(chat, sent=(*chat.sent, sent)))
        self._book.answers.drop(answer.key)

    def _arrived(self, chat: Chat, answer: Answer) -> str | None:
        """Find a message that was sent though no answer came."""
        since = answer.asked_after or 0
        return next(
            (
                one.id
                for one in chat.said
                if one.from_shop
                and (one.kind, one.content) == (answer.kind, answer.content)
                and one.index > since
                and one.id not in chat.sent
            ),
            None,
        )
