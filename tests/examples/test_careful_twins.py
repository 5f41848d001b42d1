"""The careful example and what both platforms show: an order that one of them cancelled, and orders that cannot be told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from examples.careful.book import Book, Line, Shipment, Shop, Sighting, Standing
from examples.careful.order_list import OrderList
from examples.careful.system import Careful
from gladi import SHOP, TOKOPEDIA, Actionable, InFlight, OrderState, PlacedOrder, SeenOrder, Stage, Visible
from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import Platform

_NOON = datetime(2025, 1, 10, 12, tzinfo=UTC)
_BOTH = InFlight(Visible.BOTH, Actionable.BOTH)


def _rehearsal(storage: Path, cell: InFlight = _BOTH) -> Rehearsal:
    return Rehearsal(Plan(load("examples.careful:Careful"), Settings(strict=True, in_flight=cell), storage))


def _broken(rehearsal: Rehearsal) -> list[str]:
    return [violation.text for one in rehearsal.judgements if one.outcome is Outcome.BROKEN for violation in one.violations]


def _left(orders: list[PlacedOrder]) -> list[list[tuple[Platform, bool]]]:
    return [[(parcel.platform, parcel.by_hand) for parcel in order.parcels] for order in orders]


async def _are_caught(rehearsal: Rehearsal, count: int = 1) -> list[PlacedOrder]:
    """Have orders placed on Tokopedia in the last minute before the merge, all in one second and all alike."""
    await rehearsal.seller.links_the_shops(takes=3)
    await rehearsal.until_the_last_minute()
    orders = [await rehearsal.buyer.orders(on=TOKOPEDIA) for _ in range(count)]
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=20)
    return orders


@pytest.mark.asyncio
@pytest.mark.parametrize("asked_after", [23, 25], ids=["asked when the deadline has just passed", "asked long after"])
async def test_an_order_that_tokopedia_cancelled_does_not_leave_under_its_other_id(asked_after: int, tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []
    states: list[OrderState] = []

    async def body() -> None:
        orders.extend(await _are_caught(rehearsal))
        # The order was placed a minute before the merge, and Tokopedia gives it a day.
        await rehearsal.passes(hours=asked_after, minutes=40)
        await rehearsal.clerk.ships(orders[0])
        await rehearsal.passes(hours=2)
        states.extend(await rehearsal.clerk.finds(orders[0]))
        told = "one platform says that it was cancelled, and the other that it was not"
        assert await rehearsal.seller.was_told(orders[0].id_on(TOKOPEDIA), told)

    await rehearsal.perform(body)

    assert (states, _left(orders)) == ([OrderState.HELD], [[]])
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
@pytest.mark.parametrize("by_hand", [0, 1])
async def test_of_two_orders_that_are_alike_the_one_shipped_by_hand_is_not_shipped_again(
    by_hand: int, platform: Platform, tmp_path: Path
) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []

    async def body() -> None:
        orders.extend(await _are_caught(rehearsal, 2))
        # What was accepted leaves at the first call, so there is no second look.
        for order in orders:
            await rehearsal.seller.accepts_by_hand(order)
        await rehearsal.passes(hours=2)
        await rehearsal.seller.ships_by_hand(orders[by_hand], on=platform)
        for order in orders:
            await rehearsal.clerk.ships(order)
        await rehearsal.passes(hours=2)

    await rehearsal.perform(body)

    assert _left(orders) == [[(platform, number == by_hand)] for number in range(2)]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_orders_that_are_alike_and_left_by_hand_on_different_platforms_keep_the_others_back(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []
    states: list[OrderState] = []

    async def body() -> None:
        orders.extend(await _are_caught(rehearsal, 3))
        await rehearsal.seller.ships_by_hand(orders[0], on=TOKOPEDIA)
        await rehearsal.seller.ships_by_hand(orders[1], on=SHOP)
        for order in orders:
            await rehearsal.clerk.ships(order)
        await rehearsal.passes(hours=2)
        states.extend([state for order in orders for state in await rehearsal.clerk.finds(order)])
        told = [await rehearsal.seller.was_told(order.id_on(TOKOPEDIA), "cannot be told from another order") for order in orders]
        assert told.count(True) == states.count(OrderState.HELD)

    await rehearsal.perform(body)

    assert OrderState.HELD in states
    assert _left(orders) == [[(TOKOPEDIA, True)], [(SHOP, True)], []]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("cell", [cell for cell in InFlight.cells() if cell != InFlight(Visible.ORIGIN, Actionable.SHOP)], ids=str)
async def test_orders_that_are_alike_leave_once_each_wherever_they_live(cell: InFlight, tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, cell)
    orders: list[PlacedOrder] = []

    async def body() -> None:
        orders.extend(await _are_caught(rehearsal, 2))
        for _ in range(26 if cell.visible is Visible.NEITHER else 1):
            for order in orders:
                await rehearsal.clerk.ships(order)
            await rehearsal.passes(hours=2)

    await rehearsal.perform(body)

    origin = SHOP if cell.actionable is Actionable.SHOP else TOKOPEDIA
    assert [len(parcels) for parcels in _left(orders)] == [1, 1]
    assert cell.visible is Visible.NEITHER or _left(orders) == [[(origin, False)]] * 2
    assert _broken(rehearsal) == []


# -- what the list says, one sighting at a time ------------------------------------------------------------------------


def _seen(platform: Platform, number: int, standing: Standing = Standing.OPEN, *, copy_of: str | None = None) -> Sighting:
    shop = "654321" if platform is TOKOPEDIA else "749"
    lines = (Line(sku="SCF-1", product_id="9", quantity=1),)
    return Sighting(
        platform=platform,
        shop=shop,
        order_id=str(number),
        standing=standing,
        created_at=_NOON,
        lines=lines,
        total=99_000,
        seen_at=_NOON,
        from_tokopedia=True,
        copy_of=copy_of,
    )


def _held(storage: Path, *sightings: Sighting, shipments: tuple[Shipment, ...] = ()) -> dict[str, str]:
    """Open a list over these sightings, as after a restart, and give why each order is held that is; its shop merged an hour after noon."""
    book = Book(storage)
    merged_at = _NOON + timedelta(hours=1)
    book.shops.put("654321", Shop(toko_shop_id="654321", merged_at=merged_at, tts_seller_id="7494", tts_shop_id="749", swept=True))
    for sighting in sightings:
        book.sightings.put(sighting.key, sighting)
    for shipment in shipments:
        book.shipments.put(shipment.order, shipment)
    orders = OrderList(book)
    held = {row.key: reason for row in orders.each() if (reason := orders.why_held(row))}
    book.close()
    return held


_CROSSED = (_seen(TOKOPEDIA, 1), _seen(TOKOPEDIA, 2), _seen(SHOP, 577, copy_of="tokopedia 1"), _seen(SHOP, 576, copy_of="tokopedia 2"))


def _as(order_id: str, standing: Standing, among: tuple[Sighting, ...] = _CROSSED) -> tuple[Sighting, ...]:
    return tuple(replace(one, standing=standing) if one.order_id == order_id else one for one in among)


def test_orders_that_are_alike_are_not_held_while_neither_platform_has_touched_one(tmp_path: Path) -> None:
    held = _held(tmp_path, *_CROSSED)

    assert held == {}


@pytest.mark.parametrize("standing", [Standing.SHIPPED, Standing.DONE, Standing.CLOSED, Standing.ASKED])
def test_what_both_platforms_had_a_hand_in_is_held_for_all_that_is_like_it(standing: Standing, tmp_path: Path) -> None:
    third = (_seen(TOKOPEDIA, 3), _seen(SHOP, 578, copy_of="tokopedia 3"))

    held = _held(tmp_path, *_as("577", standing, _as("1", Standing.SHIPPED)), *third)

    assert held.keys() == {"tokopedia 2", "tokopedia 3"}
    assert "cannot be told from another order" in held["tokopedia 3"]


def test_a_call_without_an_answer_keeps_back_what_is_like_it_on_the_other_platform(tmp_path: Path) -> None:
    asked = Shipment(order="tokopedia 1", asked="shop 577")
    only_there = _as("576", Standing.WAITING)

    held = _held(tmp_path, *only_there, shipments=(asked,))

    assert list(held) == ["tokopedia 2"]


def test_an_order_of_another_second_is_not_held_for_them(tmp_path: Path) -> None:
    later = replace(_seen(TOKOPEDIA, 3), created_at=_NOON + timedelta(seconds=1))

    held = _held(tmp_path, *_as("577", Standing.SHIPPED, _as("2", Standing.SHIPPED)), later)

    assert held == {}


@pytest.mark.parametrize("cancelled", ["1", "576"])
def test_an_order_that_one_platform_calls_cancelled_is_held_though_the_other_would_ship_it(cancelled: str, tmp_path: Path) -> None:
    pair = (_seen(TOKOPEDIA, 1), _seen(SHOP, 576, copy_of="tokopedia 1"))

    held = _held(tmp_path, *_as(cancelled, Standing.CLOSED, pair))

    assert held == {
        "tokopedia 1": "one platform says that it was cancelled, and the other that it was not; please check in Seller Center",
    }


def test_a_copy_stays_the_copy_though_its_total_has_changed(tmp_path: Path) -> None:
    copy = replace(_seen(SHOP, 576, copy_of="tokopedia 1"), total=98_000)

    held = _held(tmp_path, _seen(TOKOPEDIA, 1, Standing.CLOSED), copy)

    assert list(held) == ["tokopedia 1"]


@pytest.mark.asyncio
async def test_an_order_that_may_be_one_with_another_is_not_shipped_in_a_batch(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    batched: list[str] = []

    async def body() -> None:
        assert isinstance(rehearsal.system, Careful)
        desk = rehearsal.system._orders
        for number, second in ((576, 0), (577, 0), (578, 1)):
            desk._sees(replace(_seen(SHOP, number), created_at=_NOON + timedelta(seconds=second), packages=(f"115{number}",)))
        desk._sees(_seen(TOKOPEDIA, 1, Standing.GONE))
        rehearsal.system._book.shops.put("654321", Shop(toko_shop_id="654321", merged_at=_NOON, tts_shop_id="749", swept=True))
        offered = [SeenOrder(SHOP, number, OrderState.TO_SHIP) for number in ("576", "577", "578")]
        batched.extend([found.order_id for order in offered if (found := desk._for_a_batch(order)) is not None])

    await rehearsal.perform(body)

    assert batched == ["578"]
