"""People in conversation: the buyer writes in his app, the seller reads and answers in the system, and each sees what arrived."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from gladi.play.faults import RehearsalError
from gladi.play.placed_order import PlacedOrder
from gladi.play.system import BeginsChats, Chats, Conversation, Message, SeenOrder
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.shop import buyer_app
from gladi.sandbox.shop.messages import RECEIVABLE, SENDABLE
from gladi.sandbox.world.conversations import Sender

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.backstage import Backstage
    from gladi.sandbox.world.conversations import Conversation as Held
    from gladi.sandbox.world.world import World

__all__ = ["AnswersBuyers", "BegunConversation", "WritesToShops"]

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
"""The smallest PNG there is."""

_WORDS = "Is it the right size?"


class BegunConversation:
    """A conversation between a buyer and the seller, as the world knows it: what was written, and what reached the buyer."""

    def __init__(self, backstage: Backstage, shop: str, buyer: str, *, order: PlacedOrder | None = None) -> None:
        """Point at the newest conversation of a buyer (by id) with a shop; `order` is the one they talk about."""
        self._backstage = backstage
        self._shop = shop
        self._buyer = buyer
        self.order = order

    @property
    def _held(self) -> Held:
        found = self._backstage.sandbox.world.conversations.of_buyer(self._shop, self._buyer)
        if found is None:
            raise AssertionError("nobody has begun this conversation")
        return found

    @property
    def shop(self) -> str:
        """The world's name of the shop: `shop-1`."""
        return self._shop

    @property
    def id(self) -> str:
        """Its id on the platform that holds it; on Tokopedia & Shop 19 digits.

        Raises:
            AssertionError: nobody has begun it; the same for all else that is asked of it.
        """
        return self._held.id

    @property
    def lives_on(self) -> Platform:
        """The platform that holds it."""
        return self._held.home

    @property
    def written_on(self) -> Platform:
        """The app that its buyer uses."""
        return self._held.written_on

    @property
    def written(self) -> list[str]:
        """The types of what the buyer and the platform wrote into it, in order of time."""
        return [one.kind for one in self._held.messages if one.sender is not Sender.SELLER]

    @property
    def received(self) -> list[Message]:
        """What the buyer received from the seller, in order of time; a picture only as its type."""
        world = self._backstage.sandbox.world
        seen = [buyer_app.sees(world, one) for one in self._held.messages if one.sender is Sender.SELLER]
        return [Message(one.kind, one.text, from_buyer=False, order_id=one.order_id, sku=one.sku) for one in seen]

    def said(self) -> list[tuple[str, str]]:
        """Give type and words of all that the buyer and the platform wrote; the words of a card are empty."""
        world = self._backstage.sandbox.world
        seen = [buyer_app.sees(world, one) for one in self._held.messages if one.sender is not Sender.SELLER]
        return [(one.kind, one.text) for one in seen]

    def __repr__(self) -> str:
        held = self._backstage.sandbox.world.conversations.of_buyer(self._shop, self._buyer)
        return f"<conversation {held.key}>" if held is not None else "<conversation that nobody has begun>"


class _Talker:
    _backstage: Backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        raise NotImplementedError


class WritesToShops(_Talker):
    """What a buyer does in conversations."""

    async def writes(  # noqa: PLR0913 - a message has a type, words, a place and a subject
        self,
        text: str = _WORDS,
        *,
        on: Platform = TOKOPEDIA,
        kind: str = "TEXT",
        to: BegunConversation | None = None,
        about: PlacedOrder | None = None,
        shop: str | None = None,
    ) -> BegunConversation:
        """Write to a shop in the app of `on`: a new buyer, the buyer of the order `about`, or once more in the conversation `to`.

        `kind` is a type of the platform's, such as `TEXT`; the platform itself writes those that only it can. Which platform
        holds a new conversation depends on the stage of the merge. What was begun on Tokopedia stays there: who writes in it
        after the merge begins a new one.

        Raises:
            RehearsalError: there is no such type, or it is about an order and `about` names none.
        """
        key = to.shop if to is not None else self._backstage.shop_named(shop)
        about = about or (to.order if to is not None else None)
        buyer = await self._backstage.in_the_world(lambda world: _written(world, key, on, kind, text, to, about))
        where = f" in the app of {on.label}" if to is None else ""
        self._did(f"wrote to the seller{where}: {kind}", shop=key)
        return BegunConversation(self._backstage, key, buyer, order=about)

    async def writes_one_of_each(self, *, on: Platform = TOKOPEDIA, shop: str | None = None) -> BegunConversation:
        """Order something, then write about it: one message of each type that may arrive."""
        key = self._backstage.shop_named(shop)
        placed = await self._backstage.in_the_world(lambda world: world.place_order(key, on=on))
        self._did(f"placed order {placed.key} in the app of {on.label}", shop=key, order=placed.key)
        conversation: BegunConversation | None = None
        order = PlacedOrder(self._backstage, placed.key)
        for kind in RECEIVABLE:
            conversation = await self.writes(on=on, kind=kind, to=conversation, about=order, shop=shop)
        if conversation is None:
            raise RehearsalError("there is no type of message that may arrive")
        return conversation


def _written(  # noqa: PLR0913, PLR0917 - as above
    world: World, shop: str, on: Platform, kind: str, text: str, to: BegunConversation | None, about: PlacedOrder | None
) -> str:
    """Put the message where it belongs and give the buyer's id."""
    talks = world.conversations
    known = talks.where(to.lives_on, to.id) if to is not None else None
    order = world.orders[about.name] if about is not None else None
    buyer = known.buyer if known is not None else order.buyer if order is not None else talks.stranger()
    home = talks.home_of(shop, known.written_on if known is not None else on)
    known = talks.of_buyer(shop, buyer.id, home) or talks.begin(shop, buyer, on=known.written_on if known is not None else on, home=home)
    buyer_app.writes(world, known, kind, text, order)
    return buyer.id


class AnswersBuyers(_Talker):
    """What a seller does in conversations, all of it in the system."""

    async def sees_the_conversations(self) -> Sequence[Conversation]:
        """Look at the system's conversations; needs *chats*."""
        self._backstage.must(Chats)
        return await self._backstage.shows("conversations", Conversation)

    async def reads(self, conversation: BegunConversation) -> list[str]:
        """Read a conversation in the system, and give the types of the messages in which he finds something to read; needs *chats*.

        It is empty where the system does not show the conversation under its very id. A text counts if its words are shown.
        """
        shown = await self.sees_the_conversations()
        words = conversation.said()
        messages = [message for one in shown if one.conversation_id == conversation.id for message in one.messages]
        texts = [text for kind, text in words if kind == "TEXT"]
        return [one.kind for one in messages if one.text.strip() and (one.kind != "TEXT" or any(text in one.text for text in texts))]

    async def answers(self, conversation: BegunConversation, *messages: Message) -> None:
        """Send messages to the buyer through the system, each once; needs *chats*."""
        self._backstage.must(Chats)
        for message in messages:
            await self._answers(conversation, message)

    async def answers_with_one_of_each(self, conversation: BegunConversation) -> list[Message]:
        """Send one message of each type that may be sent, and give them as the buyer should see them; needs *chats*.

        Raises:
            RehearsalError: the conversation is about no order that Tokopedia & Shop holds.
        """
        messages = [self._message(conversation, kind) for kind in SENDABLE]
        await self.answers(conversation, *messages)
        return messages

    async def writes_to_the_buyer(self, order: PlacedOrder, message: Message) -> BegunConversation:
        """Write first, to the buyer of an order, through the system; needs *begins chats*.

        Raises:
            RehearsalError: Tokopedia & Shop does not hold the order.
        """
        self._backstage.must(BeginsChats)
        order_id = order.id_on(SHOP)
        if order_id is None:
            raise RehearsalError(f"order {order.name} is not on {SHOP.label}, where conversations are begun")
        placed = self._backstage.sandbox.world.orders[order.name]
        self._did(f"wrote to the buyer of order {order.name}: {message.kind}", shop=placed.shop, order=order.name)
        await self._backstage.asks(lambda system: system.begin_chat(SeenOrder(SHOP, order_id), message))
        return BegunConversation(self._backstage, placed.shop, placed.buyer.id, order=order)

    async def _answers(self, conversation: BegunConversation, message: Message) -> None:
        self._did(f"answered a buyer: {message.kind}", shop=conversation.shop)
        await self._backstage.asks(lambda system: system.send(conversation.id, message))

    def _message(self, conversation: BegunConversation, kind: str) -> Message:
        world = self._backstage.sandbox.world
        order_id = conversation.order.id_on(SHOP) if conversation.order is not None else None
        if conversation.order is None or order_id is None:
            raise RehearsalError(f"the conversation is about no order on {SHOP.label}; begin it with buyer.writes(about=order)")
        held = world.conversations.where(conversation.lives_on, conversation.id)
        match kind:
            case "TEXT":
                return Message(kind, "Yes, it is.", from_buyer=False)
            case "IMAGE":
                return Message(kind, "", from_buyer=False, picture=PICTURE)
            case "PRODUCT_CARD":
                return Message(kind, "", from_buyer=False, sku=buyer_app.sku_for(world, held) if held is not None else "")
            case "COUPON_CARD":
                return Message(kind, world.conversations.coupon_of(conversation.shop), from_buyer=False)
            case "RETURN_REFUND_CARD":
                bought = world.orders[conversation.order.name].lines[0].sku
                return Message(kind, "", from_buyer=False, order_id=order_id, sku=bought)
            case _:
                return Message(kind, "", from_buyer=False, order_id=order_id)
