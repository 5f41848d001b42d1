"""The careful example and its parcels: batches that go wrong, buyers who cancel, and what the seller reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from examples.careful.shipping import advice
from examples.careful.trouble import Refused
from gladi import SHOP, TOKOPEDIA, Actionable, InFlight, OrderState, PlacedOrder, Stage, Visible
from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.record.journal import Call
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def _rehearsal(storage: Path, **settings: Any) -> Rehearsal:
    return Rehearsal(Plan(load("examples.careful:Careful"), Settings(strict=True, **settings), storage))


def _ships(rehearsal: Rehearsal) -> list[tuple[str, tuple[str, ...]]]:
    calls = [entry for entry in rehearsal.journal.entries if isinstance(entry, Call)]
    return [(one.operation, one.touched) for one in calls if one.operation in ("shop.ship_package", "shop.batch_ship_packages")]


def _broken(rehearsal: Rehearsal) -> list[str]:
    return [violation.text for one in rehearsal.judgements if one.outcome is Outcome.BROKEN for violation in one.violations]


@pytest.mark.asyncio
async def test_orders_of_the_shop_are_shipped_in_one_call_and_those_of_tokopedia_one_by_one(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []

    async def body() -> None:
        orders.extend([await rehearsal.buyer.orders(on=app) for app in (SHOP, TOKOPEDIA, SHOP)])
        await rehearsal.passes(minutes=15)
        await rehearsal.clerk.ships_all(*orders)
        await rehearsal.passes(minutes=1)

    await rehearsal.perform(body)

    assert [[parcel.platform for parcel in order.parcels] for order in orders] == [[SHOP], [TOKOPEDIA], [SHOP]]
    assert _ships(rehearsal) == [("shop.batch_ship_packages", ("INV-001", "INV-003"))]


@pytest.mark.asyncio
async def test_a_batch_that_never_arrived_is_made_good_one_by_one(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []

    async def body() -> None:
        orders.extend([await rehearsal.buyer.orders(on=SHOP) for _ in range(2)])
        await rehearsal.passes(minutes=15)
        rehearsal.trouble.loses_the_request(to="shop.batch_ship_packages")
        await rehearsal.clerk.ships_all(*orders)
        await rehearsal.passes(minutes=15)

    await rehearsal.perform(body)

    assert [len(order.parcels) for order in orders] == [1, 1]
    assert [operation for operation, _ in _ships(rehearsal)] == ["shop.batch_ship_packages", "shop.ship_package", "shop.ship_package"]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_an_order_on_both_sides_whose_buyer_cancels_is_not_sent_from_the_other(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, in_flight=InFlight(Visible.BOTH, Actionable.SHOP))
    orders: list[PlacedOrder] = []

    async def body() -> None:
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until_the_last_minute()
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(hours=2)
        await rehearsal.clerk.ships(orders[0])
        await rehearsal.passes(hours=3)
        assert [parcel.platform for parcel in orders[0].parcels] == [SHOP]
        await rehearsal.buyer.cancels(orders[0])
        await rehearsal.passes(minutes=30)
        assert await rehearsal.clerk.finds(orders[0]) == [OrderState.CLOSED]

    await rehearsal.perform(body)

    assert len(orders[0].parcels) == 1
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_an_order_whose_buyer_asks_to_cancel_is_held_and_a_cancelled_parcel_is_told(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)

    async def body() -> None:
        asked, sent = [await rehearsal.buyer.orders(on=SHOP) for _ in range(2)]
        await rehearsal.passes(minutes=15)
        await rehearsal.clerk.ships(sent)
        for order in (asked, sent):
            await rehearsal.buyer.cancels(order)
        await rehearsal.passes(minutes=15)
        assert await rehearsal.clerk.finds(asked) == [OrderState.HELD]
        assert await rehearsal.seller.was_told(asked.id_on(SHOP), "its buyer asks to cancel it")
        assert await rehearsal.seller.was_told(sent.id_on(SHOP), "was cancelled after it was sent", "keep its parcel back")

    await rehearsal.perform(body)

    assert _ships(rehearsal) == [("shop.ship_package", ("INV-002",))]


@pytest.mark.asyncio
async def test_a_warehouse_that_is_not_there_has_no_page(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    seen: list[dict[str, str]] = []

    async def body() -> None:
        seen.extend([dict((await rehearsal.seller.sees(name)).fields) for name in ("Bandung warehouse", "Jakarta warehouse")])

    await rehearsal.perform(body)

    assert seen[0] == {}
    assert seen[1]["Economy shipping"] == "Tokopedia"
    assert seen[1]["Standard shipping"] == "Tokopedia & Shop and Tokopedia"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("21011053", "outside the collection time (it says: no (21011053))"),
        ("11021035", "outside the collection time (it says: no (11021035))"),
        ("21011054", "there is no collection time; please contact the platform's customer service (it says: no (21011054))"),
        ("11021036", "there is no collection time; please contact the platform's customer service (it says: no (11021036))"),
        ("21011041", "no (21011041)"),
    ],
)
def test_both_families_of_codes_are_put_into_words_and_others_are_passed_on(code: str, words: str) -> None:
    assert advice(Refused(code, "no")) == words


@pytest.mark.asyncio
@pytest.mark.parametrize("lost", ["request", "answer"])
@pytest.mark.parametrize("agree", [True, False])
async def test_an_answer_to_a_buyer_whose_fate_is_unknown_is_looked_up_and_given_once(agree: bool, lost: str, tmp_path: Path) -> None:  # noqa: FBT001
    rehearsal = _rehearsal(tmp_path)
    states: list[OrderState] = []
    call = "shop.approve_cancellation" if agree else "shop.reject_cancellation"

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.passes(minutes=15)
        await rehearsal.buyer.cancels(order)
        await rehearsal.passes(minutes=15)
        (rehearsal.trouble.loses_the_answer if lost == "answer" else rehearsal.trouble.loses_the_request)(to=call)
        await (rehearsal.seller.agrees_to_cancel if agree else rehearsal.seller.refuses_to_cancel)(order)
        await rehearsal.passes(minutes=15)
        states.extend(await rehearsal.clerk.finds(order))

    await rehearsal.perform(body)

    calls = [entry for entry in rehearsal.journal.entries if isinstance(entry, Call) and "cancellation" in entry.operation]
    assert [one.operation for one in calls if one.operation != "shop.search_cancellations"] == [call] * (1 if lost == "answer" else 2)
    assert not any(one.refused for one in calls)
    assert states == [OrderState.CLOSED if agree else OrderState.TO_SHIP]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_a_buyer_who_asks_is_told_to_the_seller_and_not_taken_for_an_order_on_hold(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    held: list[str] = []

    async def body() -> None:
        asked, waits = await rehearsal.buyer.orders(on=SHOP), await rehearsal.buyer.orders(on=SHOP, on_hold=True)
        await rehearsal.buyer.cancels(asked)
        await rehearsal.passes(minutes=15)
        for order in (asked, waits):
            sight = await rehearsal.seller.sees(order.id_on(SHOP))
            held.extend(word for word in ("agree or refuse", "not released") if sight.says(word))

    await rehearsal.perform(body)

    assert held == ["agree or refuse", "not released"]


@pytest.mark.asyncio
async def test_a_buyer_who_asks_again_after_a_refusal_waits_for_another_answer(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    states: list[OrderState] = []

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        for _ in range(2):
            await rehearsal.passes(minutes=15)
            await rehearsal.buyer.cancels(order)
            await rehearsal.passes(minutes=15)
            states.extend(await rehearsal.clerk.finds(order))
            if len(states) == 1:
                await rehearsal.seller.refuses_to_cancel(order)

    await rehearsal.perform(body)

    assert states == [OrderState.HELD, OrderState.HELD]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_a_buyer_who_moves_twice_is_heard_twice_though_neither_webhook_has_an_id(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    seen: list[bool] = []

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.passes(minutes=11)
        for _ in range(2):
            await rehearsal.buyer.moves(order)
            await rehearsal.passes(seconds=30)
            seen.append(await rehearsal.seller.sees_the_new_address(order))

    await rehearsal.perform(body)

    assert seen == [True, True]
    assert _broken(rehearsal) == []
