"""The careful example in conversation: nothing is dropped, nothing is said twice, whatever becomes of the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from examples.careful.chats import words
from examples.careful.system import Careful
from gladi.play.adapter import load
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.play.system import Message
from gladi.record.journal import Call
from gladi.record.words import SHOP, Stage
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

HELLO = Message("TEXT", "hello", from_buyer=False)


def _rehearsal(storage: Path, *, begins: Stage = Stage.PENDING) -> Rehearsal:
    return Rehearsal(Plan(load("examples.careful:Careful"), replace(Settings(), strict=True), storage, begins=begins))


def _calls(rehearsal: Rehearsal, operation: str) -> int:
    return sum(isinstance(entry, Call) and entry.operation == operation for entry in rehearsal.journal.entries)


def _loses(monkeypatch: pytest.MonkeyPatch, *, before: bool, times: int = 1) -> list[str]:
    """Lose the first messages that are sent, before they arrive or after."""
    send = httpx.AsyncClient.send
    lost: list[str] = []

    async def loses_the_first(client: httpx.AsyncClient, request: httpx.Request, **options: Any) -> httpx.Response:
        first = request.method == "POST" and request.url.path.endswith("/messages") and len(lost) < times
        if first:
            lost.append(request.url.path)
        if not (first and before):
            response = await send(client, request, **options)
            if not first:
                return response
        raise httpx.ReadTimeout("nobody answered")

    monkeypatch.setattr(httpx.AsyncClient, "send", loses_the_first)
    return lost


@pytest.mark.asyncio
@pytest.mark.parametrize(("before", "asked"), [(False, 1), (True, 1)], ids=["the answer", "the message"])
async def test_a_message_that_was_lost_arrives_once(*, before: bool, asked: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal = _rehearsal(tmp_path)
    lost = _loses(monkeypatch, before=before)

    async def body() -> None:
        conversation = await rehearsal.buyer.writes(on=SHOP)
        await rehearsal.passes(minutes=6)
        await rehearsal.seller.answers(conversation, HELLO)
        await rehearsal.passes(minutes=20)
        assert conversation.received == [HELLO]

    await rehearsal.perform(body)

    assert len(lost) == 1
    assert _calls(rehearsal, "shop.send_message") == asked


@pytest.mark.asyncio
async def test_the_same_words_said_twice_arrive_twice_though_the_second_answer_was_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal = _rehearsal(tmp_path)

    async def body() -> None:
        conversation = await rehearsal.buyer.writes(on=SHOP)
        await rehearsal.passes(minutes=6)
        await rehearsal.seller.answers(conversation, HELLO)
        _loses(monkeypatch, before=True)
        await rehearsal.seller.answers(conversation, HELLO)
        await rehearsal.passes(minutes=20)
        assert conversation.received == [HELLO, HELLO]

    await rehearsal.perform(body)


@pytest.mark.asyncio
async def test_messages_that_were_under_way_survive_a_restart_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal = _rehearsal(tmp_path)
    _loses(monkeypatch, before=True, times=3)

    async def body() -> None:
        conversation = await rehearsal.buyer.writes(on=SHOP)
        await rehearsal.passes(minutes=6)
        await rehearsal.seller.answers(conversation, HELLO, replace(HELLO, text="and welcome"))
        first = rehearsal.backstage.system
        assert isinstance(first, Careful)
        async with Careful(first._venue) as second:
            rehearsal.backstage.system = second
            await rehearsal.passes(minutes=20)
        rehearsal.backstage.system = first
        assert [message.text for message in conversation.received] == ["hello", "and welcome"]

    await rehearsal.perform(body)


@pytest.mark.asyncio
async def test_many_conversations_and_many_messages_are_read_over_all_pages_once(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)

    async def body() -> None:
        conversations = [await rehearsal.buyer.writes(on=SHOP) for _ in range(21)]
        for number in range(11):
            await rehearsal.buyer.writes(f"question {number}", to=conversations[0])
        await rehearsal.passes(minutes=6)
        shown = await rehearsal.seller.sees_the_conversations()
        assert {one.conversation_id for one in shown} == {one.id for one in conversations}
        assert len(await rehearsal.seller.reads(conversations[0])) == 12
        before = _calls(rehearsal, "shop.get_messages")
        await rehearsal.passes(minutes=30)
        assert _calls(rehearsal, "shop.get_messages") == before
        await rehearsal.buyer.writes("one more", to=conversations[0])
        await rehearsal.passes(minutes=6)
        assert len(await rehearsal.seller.reads(conversations[0])) == 13

    await rehearsal.perform(body)


@pytest.mark.asyncio
async def test_a_product_that_is_not_sold_is_told_and_the_next_message_goes_out(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGED)

    async def body() -> None:
        conversation = await rehearsal.buyer.writes(on=SHOP)
        await rehearsal.passes(minutes=6)
        await rehearsal.seller.answers(conversation, Message("PRODUCT_CARD", "", sku="NO-SUCH"), HELLO)
        notices = await rehearsal.seller.reads_the_notices()
        assert [one.text for one in notices if one.about == conversation.id] == [
            "A PRODUCT_CARD was not sent to the buyer: NO-SUCH is not sold there. Please write to him in Seller Center."
        ]
        assert conversation.received == [HELLO]

    await rehearsal.perform(body)


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("TEXT", '{"content":"hello"}', "hello"),
        ("VIDEO", '{"url":"https://v.example.com/1","duration":"20.5"}', "A video of 20.5 seconds: https://v.example.com/1"),
        ("VIDEO", '{"vid":"v1"}', "A message of the type VIDEO; please read it in Seller Center."),
        ("SONG", '{"song":"la"}', "A message of the type SONG; please read it in Seller Center."),
        ("EMOTICONS", ":)", "A message of the type EMOTICONS; please read it in Seller Center."),
        ("NOTIFICATION", '{"content":"The chat was closed"}', "The chat was closed"),
    ],
)
def test_whatever_arrives_is_said_in_words(kind: str, content: str, said: str) -> None:
    assert words(kind, content) == said
