"""The careful example and its orders: what people ship behind its back, accepts whose answers are lost, and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from examples.careful.wording import in_our_words
from gladi import SHOP, TOKOPEDIA, Actionable, Document, DocumentKind, InFlight, OrderState, PlacedOrder, Stage, Visible
from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.record.journal import Call
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import Platform
    from gladi.play.printed import Printed


def _rehearsal(storage: Path, **settings: Any) -> Rehearsal:
    return Rehearsal(Plan(load("examples.careful:Careful"), Settings(strict=True, **settings), storage))


def _calls(rehearsal: Rehearsal, operation: str) -> list[Call]:
    return [entry for entry in rehearsal.journal.entries if isinstance(entry, Call) and entry.operation == operation]


def _broken(rehearsal: Rehearsal) -> list[str]:
    return [violation.text for one in rehearsal.judgements if one.outcome is Outcome.BROKEN for violation in one.violations]


@pytest.mark.asyncio
@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
async def test_an_order_that_was_shipped_by_hand_a_moment_ago_is_not_shipped_again(platform: Platform, tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, in_flight=InFlight(Visible.BOTH, Actionable.BOTH))
    orders: list[PlacedOrder] = []

    async def body() -> None:
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until_the_last_minute()
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=20)
        assert await rehearsal.clerk.finds(orders[0]) == [OrderState.TO_SHIP]
        await rehearsal.seller.ships_by_hand(orders[0], on=platform)
        await rehearsal.clerk.ships(orders[0])
        assert await rehearsal.clerk.finds(orders[0]) == [OrderState.SHIPPED]

    await rehearsal.perform(body)

    assert [(parcel.platform, parcel.by_hand) for parcel in orders[0].parcels] == [(platform, True)]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_an_accept_whose_answer_was_lost_is_looked_up_and_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []
    send = httpx.AsyncClient.send
    lost: list[str] = []

    async def loses_the_first_answer(client: httpx.AsyncClient, request: httpx.Request, **options: Any) -> httpx.Response:
        response = await send(client, request, **options)
        if request.url.path.endswith("/ack") and not lost:
            lost.append(request.url.path)
            message = "the answer was lost"
            raise httpx.ReadTimeout(message)
        return response

    monkeypatch.setattr(httpx.AsyncClient, "send", loses_the_first_answer)

    async def body() -> None:
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.passes(minutes=11)
        await rehearsal.clerk.ships(orders[0])
        await rehearsal.passes(minutes=3)

    await rehearsal.perform(body)

    tried = [*_calls(rehearsal, "tokopedia.accept_order"), *_calls(rehearsal, "tokopedia.request_pickup")]
    looked_up = [call for call in _calls(rehearsal, "tokopedia.get_order") if orders[0].name in call.shows]
    assert [call.refused for call in tried] == [False, False]
    assert tried[0].n < looked_up[0].n < tried[1].n
    assert len(orders[0].parcels) == 1


@pytest.mark.asyncio
async def test_a_label_comes_from_the_platform_that_sends_the_parcel(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    papers: list[Document | None] = []

    async def body() -> None:
        for platform in (TOKOPEDIA, SHOP):
            order = await rehearsal.buyer.orders(on=platform)
            await rehearsal.passes(minutes=11)
            await rehearsal.clerk.ships(order)
            await rehearsal.passes(minutes=1)
            papers.append(await rehearsal.clerk.prints(order))

    await rehearsal.perform(body)

    here, there = papers
    assert here is not None
    assert there is not None
    assert (here.media_type, b"INV/2025/MPL/" in here.content) == ("text/html", True)
    assert (there.media_type, there.content.startswith(b"https://documents.example.com/1153")) == ("text/uri-list", True)


@pytest.mark.asyncio
async def test_what_cannot_be_printed_is_said_in_words(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.passes(minutes=11)
        await rehearsal.clerk.prints(order)

    with pytest.raises(Exception, match="has no label yet"):
        await rehearsal.perform(body)


@pytest.mark.asyncio
@pytest.mark.parametrize(("on", "sold_on"), [(TOKOPEDIA, "Sold on Tokopedia"), (SHOP, "Sold on Tokopedia & Shop")])
async def test_an_invoice_says_where_the_order_was_sold(on: Platform, sold_on: str, tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    papers: list[Printed] = []

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=on)
        await rehearsal.passes(minutes=11)
        papers.append(await rehearsal.clerk.reads(order, DocumentKind.INVOICE))

    await rehearsal.perform(body)

    assert sold_on in [text for _, text in papers[0].lines]
    assert papers[0].says("Total", "Rp")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("TIKTOK_SHOP", "Tokopedia & Shop"),
        ("The product violates TikTok Shopping listing rules.", "The product violates Tokopedia & Shop listing rules."),
        ("TikTok Shop Open API", "TikTok Shop Open API"),
        ("Tokopedia", "Tokopedia"),
    ],
)
def test_what_a_platform_wrote_is_passed_on_under_its_brand(written: str, said: str) -> None:
    assert in_our_words(written) == said
