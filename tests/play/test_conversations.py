"""People in conversation: what a buyer writes, what the seller reads of it, and what reaches the buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi import SHOP, TOKOPEDIA, BeginsChats, Chats, Conversation, Message, Rehearsal, Stage
from gladi.play.faults import RehearsalError
from gladi.record.journal import Deed
from gladi.sandbox.shop.messages import RECEIVABLE, SENDABLE
from gladi.sandbox.world.conversations import Sender
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import SeenOrder, Venue


class Talks(Quiet, Chats, BeginsChats):
    """Notes what it is asked to send, and shows what a test puts here."""

    rows: list[Conversation]
    sent: list[tuple[str, Message]]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).rows, type(self).sent = [], []

    def conversations(self) -> list[Conversation]:
        return self.rows

    def send(self, conversation_id: str, message: Message) -> None:
        self.sent.append((conversation_id, message))

    def begin_chat(self, order: SeenOrder, message: Message) -> None:
        self.sent.append((order.order_id, message))


def test_a_buyer_writes_one_of_each_type_about_an_order_of_his(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        conversation = await rehearsal.buyer.writes_one_of_each(on=TOKOPEDIA)

        assert conversation.written == list(RECEIVABLE)
        assert conversation.received == []
        assert conversation.order is not None
        assert conversation.lives_on is SHOP

    perform(Talks, tmp_path, body, begins=Stage.MERGED)


def test_the_seller_reads_what_is_shown_in_words_under_the_very_id(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        conversation = await rehearsal.buyer.writes("Is it blue?", on=SHOP)
        right, wrong = Message("TEXT", "The buyer: Is it blue?"), Message("TEXT", "Is it red?")
        blank, card = Message("ORDER_CARD", " "), Message("ORDER_CARD", "An order")
        Talks.rows = [
            Conversation(conversation.id, SHOP, (right, wrong, blank, card)),
            Conversation(conversation.id[:-1] + "x", SHOP, (right,)),
        ]

        assert await rehearsal.seller.reads(conversation) == ["TEXT", "ORDER_CARD"]

    perform(Talks, tmp_path, body)


def test_what_was_said_is_what_the_buyer_said_and_no_word_of_the_seller(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        conversation = await rehearsal.buyer.writes("Is it blue?", on=SHOP)
        chats = rehearsal.world.conversations
        held = chats.where(SHOP, conversation.id)
        assert held is not None
        chats.write(held.key, "TEXT", '{"content": "Is it red?"}', sender=Sender.SELLER)
        Talks.rows = [Conversation(conversation.id, SHOP, (Message("TEXT", "Is it red?"),))]

        assert conversation.said() == [("TEXT", "Is it blue?")]
        assert await rehearsal.seller.reads(conversation) == [], "his own words are not what he was to read"

    perform(Talks, tmp_path, body)


def test_the_seller_answers_through_the_system_with_each_type_once(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        conversation = await rehearsal.buyer.writes_one_of_each(on=SHOP)
        messages = await rehearsal.seller.answers_with_one_of_each(conversation)

        assert [one.kind for one in messages] == list(SENDABLE)
        assert Talks.sent == [(conversation.id, one) for one in messages]
        [card] = [one for one in messages if one.kind == "PRODUCT_CARD"]
        assert SHOP in rehearsal.shelves.on_sale(card.sku)

    perform(Talks, tmp_path, body)


def test_who_writes_on_tokopedia_after_the_merge_begins_a_new_conversation_there_where_it_is_seen(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        before = await rehearsal.buyer.writes(on=TOKOPEDIA)
        old, home = before.id, before.lives_on
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        after = await rehearsal.buyer.writes(to=before)

        assert home is TOKOPEDIA
        assert after.lives_on is SHOP
        assert after.id != old
        assert after.written == ["TEXT"]

    perform(Talks, tmp_path, body)


def test_the_seller_writes_first_under_the_id_of_the_order_on_the_shop(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        conversation = await rehearsal.seller.writes_to_the_buyer(order, Message("TEXT", "hello"))

        assert [order_id for order_id, _ in Talks.sent] == [order.id_on(SHOP)]
        with pytest.raises(AssertionError, match="nobody has begun this conversation"):
            _ = conversation.received

    perform(Talks, tmp_path, body)


async def writes_a_song(rehearsal: Rehearsal) -> None:
    await rehearsal.buyer.writes(kind="SONG")


async def writes_about_nothing(rehearsal: Rehearsal) -> None:
    await rehearsal.buyer.writes(kind="ORDER_CARD", on=SHOP)


async def answers_about_nothing(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.answers_with_one_of_each(await rehearsal.buyer.writes(on=SHOP))


async def writes_first_on_tokopedia(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.writes_to_the_buyer(await rehearsal.buyer.orders(on=TOKOPEDIA), Message("TEXT", "hello"))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (writes_a_song, "no buyer's app sends a 'SONG'; write one of TEXT, IMAGE, "),
        (writes_about_nothing, "ORDER_CARD is about an order that Tokopedia & Shop holds; write about=order"),
        (answers_about_nothing, "the conversation is about no order on Tokopedia & Shop; begin it with buyer.writes(about=order)"),
        (writes_first_on_tokopedia, "order INV-001 is not on Tokopedia & Shop, where conversations are begun"),
    ],
)
def test_what_cannot_be_said_is_one_sentence(body: object, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RehearsalError) as caught:
        perform(Talks, tmp_path, body)  # type: ignore[arg-type]

    assert str(caught.value).startswith(sentence)


def test_no_word_of_a_message_is_in_the_journal_or_in_a_repr(tmp_path: Path) -> None:
    seen: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        conversation = await rehearsal.buyer.writes("whispered words", on=SHOP)
        message = Message("TEXT", "murmured words")
        await rehearsal.seller.answers(conversation, message)
        seen.extend(map(repr, (conversation, message, Conversation("1", SHOP, (message,)))))

    rehearsal = perform(Talks, tmp_path, body)

    assert "words" not in " ".join(seen) + bytes(rehearsal.journal).decode()
    assert [entry.did for entry in rehearsal.journal.entries if isinstance(entry, Deed)] == [
        "wrote to the seller in the app of Tokopedia & Shop: TEXT",
        "answered a buyer: TEXT",
    ]
