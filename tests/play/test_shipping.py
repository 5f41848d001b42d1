"""Parcels and the people who move them: batches, couriers without time, buyers who think better of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi import (
    SHOP,
    TOKOPEDIA,
    AnswersCancellations,
    Notice,
    OrderState,
    Rehearsal,
    SeenOrder,
    SeesOrders,
    ShipsInBatches,
    Stage,
    TellsSeller,
)
from gladi.play.faults import RehearsalError
from gladi.play.sight import Sight
from gladi.record.journal import Deed, Fact, What
from gladi.sandbox.world.withdrawals import answer
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gladi import Platform, Venue


class Warehouse(Quiet, SeesOrders, ShipsInBatches, AnswersCancellations, TellsSeller):
    """Shows what a test puts on its list, and notes the batches that it is asked to ship and the answers that it is to give."""

    rows: list[SeenOrder]
    batches: list[list[SeenOrder]]
    answers: list[tuple[SeenOrder, bool]]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).rows, type(self).batches, type(self).answers = [], [], []

    def orders(self) -> list[SeenOrder]:
        return self.rows

    def ship_all(self, orders: Sequence[SeenOrder]) -> None:
        self.batches.append(list(orders))

    def answer_cancellation(self, order: SeenOrder, *, agree: bool) -> None:
        self.answers.append((order, agree))

    def notices(self) -> list[Notice]:
        return [Notice("1", "There is no collection time."), Notice("2", "It has left.")]

    def fields(self, about: str) -> Mapping[str, str]:
        return {"Name": about}


class Refused(Warehouse):
    """Tells of apps that refused."""

    def notices(self) -> list[Notice]:
        return [
            Notice("SCF-1", "Tokopedia & Shop refused it."),
            Notice("SCF-2", "The app of Tokopedia refused it."),
            Notice("SCF-3", "Tokopedia and Tokopedia & Shop refused it."),
            Notice("SCF-1", "Tokopedia took it."),
        ]


def deeds(rehearsal: Rehearsal) -> list[str]:
    return [f"{entry.who} {entry.did}" for entry in rehearsal.journal.entries if isinstance(entry, Deed)]


def test_the_clerk_marks_what_can_be_shipped_and_presses_once(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        one, other, held = [await rehearsal.buyer.orders(on=SHOP) for _ in range(3)]
        states = ((one, OrderState.TO_SHIP), (other, OrderState.TO_SHIP), (held, OrderState.HELD))
        Warehouse.rows = [SeenOrder(SHOP, order.id_on(SHOP) or "", state) for order, state in states]
        await rehearsal.clerk.ships_all(one, other, held)

    rehearsal = perform(Warehouse, tmp_path, body)

    assert Warehouse.batches == [Warehouse.rows[:2]]
    assert "the clerk marked order INV-001 for shipment with others" in deeds(rehearsal)


@pytest.mark.parametrize(("state", "taken"), [(OrderState.SHIPPED, 1), (OrderState.CLOSED, 0)])
def test_the_clerk_hands_over_what_the_system_does_not_show_as_closed(state: OrderState, taken: int, tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.seller.ships_by_hand(order, on=SHOP)
        Warehouse.rows = [SeenOrder(SHOP, order.id_on(SHOP) or "", state)]
        await rehearsal.clerk.hands_over(order)

    rehearsal = perform(Warehouse, tmp_path, body)

    facts = [entry.what for entry in rehearsal.journal.entries if isinstance(entry, Fact)]
    did = "handed the parcel of order INV-001 to the courier" if taken else "pulled the parcel of order INV-001"
    assert facts.count(What.PARCEL_TAKEN) == taken
    assert f"the clerk {did}" in deeds(rehearsal)


def test_a_buyer_who_cancels_too_late_is_told_in_one_sentence(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.buyer.cancels(order)
        with pytest.raises(RehearsalError, match="order INV-001 was asked to be cancelled already; a buyer cancels once, before the"):
            await rehearsal.buyer.cancels(order)

    assert deeds(perform(Warehouse, tmp_path, body))[-1] == "the buyer asked to cancel order INV-001"


def test_the_seller_answers_a_buyer_under_the_id_of_the_platform_where_he_asked(tmp_path: Path) -> None:
    ids: list[str | None] = []

    async def body(rehearsal: Rehearsal) -> None:
        one, other = [await rehearsal.buyer.orders(on=SHOP) for _ in range(2)]
        for order in (one, other):
            await rehearsal.buyer.cancels(order)
            ids.append(order.id_on(SHOP))
        await rehearsal.seller.agrees_to_cancel(one)
        await rehearsal.seller.refuses_to_cancel(other)

    rehearsal = perform(Warehouse, tmp_path, body)

    assert [(row.platform, row.order_id, agree) for row, agree in Warehouse.answers] == [(SHOP, ids[0], True), (SHOP, ids[1], False)]
    agreed, refused = deeds(rehearsal)[-2:]
    assert (agreed, refused) == ("the seller let the buyer cancel order INV-001", "the seller refused the buyer to cancel order INV-002")


def test_the_seller_has_no_answer_to_give_where_the_system_gave_one(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.buyer.cancels(order)
        answer(rehearsal.world, next(iter(rehearsal.world.withdrawals.values())), approves=True)
        await rehearsal.seller.refuses_to_cancel(order)

    rehearsal = perform(Warehouse, tmp_path, body)

    assert Warehouse.answers == []
    assert deeds(rehearsal)[-1] == "the seller found that the buyer of order INV-001 had been answered"


def test_an_answer_that_nobody_waits_for_is_a_fault_of_the_scenario(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        with pytest.raises(RehearsalError, match="nobody has asked to cancel INV-001; let the buyer"):
            await rehearsal.seller.agrees_to_cancel(await rehearsal.buyer.orders(on=SHOP))

    perform(Warehouse, tmp_path, body)


def test_an_order_is_held_back_on_tokopedia_and_shop_alone(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.buyer.orders(on=SHOP, on_hold=True)
        with pytest.raises(RehearsalError, match="Tokopedia puts no order on hold; order on Tokopedia & Shop, or after the merge"):
            await rehearsal.buyer.orders(on=TOKOPEDIA, on_hold=True)

    said = deeds(perform(Warehouse, tmp_path, body))

    assert said == ["the buyer placed order INV-001 in the app of Tokopedia & Shop, to be held back at first"]


def test_the_courier_says_for_which_order_he_has_no_time(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.courier.misses(order, hours=1.5)
        await rehearsal.courier.has_no_time(order)
        await rehearsal.courier.finds_time(order)

    said = deeds(perform(Warehouse, tmp_path, body))

    assert said[1:] == [
        "the courier has no time for order INV-001 before 1.5 hours have passed",
        "the courier has no time for order INV-001",
        "the courier has time for order INV-001",
    ]


def test_an_order_has_a_tracking_number_from_shipping_on_and_only_where_it_was_shipped(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        assert order.tracking_number_on(SHOP) == ""
        await rehearsal.seller.ships_by_hand(order, on=SHOP)
        assert order.tracking_number_on(SHOP).startswith("GLD")
        assert order.tracking_number_on(TOKOPEDIA) == ""

    assert perform(Warehouse, tmp_path, body).journal.entries


def test_the_seller_was_told_what_one_notice_says_as_a_whole(tmp_path: Path) -> None:
    told: list[bool] = []

    async def body(rehearsal: Rehearsal) -> None:
        for about, words in (("1", ["collection", "NO"]), ("1", ["collection", "left"]), ("2", ["collection"]), (None, [])):
            told.append(await rehearsal.seller.was_told(about, *words))

    perform(Warehouse, tmp_path, body)

    assert told == [True, False, False, False]


def test_what_the_seller_had_read_before_is_no_word_about_what_came_after(tmp_path: Path) -> None:
    told: list[bool] = []

    async def body(rehearsal: Rehearsal) -> None:
        read = await rehearsal.seller.reads_the_notices()
        told.extend([await rehearsal.seller.was_told("2", "left", after=read[:count]) for count in (1, 2)])

    perform(Warehouse, tmp_path, body)

    assert told == [True, False]


def test_the_seller_was_told_of_the_app_that_a_notice_names(tmp_path: Path) -> None:
    told: list[set[Platform]] = []

    async def body(rehearsal: Rehearsal) -> None:
        told.extend([await rehearsal.seller.was_told_where(about, "refused") for about in ("SCF-1", "SCF-2", "SCF-3", "2")])

    perform(Refused, tmp_path, body)

    assert told == [{SHOP}, {TOKOPEDIA}, {TOKOPEDIA}, set()]


def test_an_order_that_a_platform_does_not_hold_is_nothing_to_look_at(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        with pytest.raises(RehearsalError, match="there is nothing to look at"):
            await rehearsal.seller.sees(order.id_on(TOKOPEDIA))

    assert perform(Warehouse, tmp_path, body).stage is Stage.PENDING


def test_the_default_warehouse_is_named_as_the_platform_names_it(tmp_path: Path) -> None:
    rehearsal = perform(Warehouse, tmp_path)

    place = rehearsal.shelves.warehouse()

    assert (place.name, place.latitude, place.longitude) == ("Jakarta warehouse", "-6.1862", "106.8063")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"App": "Tokopedia"}, True),
        ({"App": "TOKOPEDIA", "Platform": "Tokopedia & Shop"}, True),
        ({"Bought on Tokopedia": "yes"}, True),
        ({"Platform": "Tokopedia & Shop"}, False),
        ({"App": "TIKTOK_SHOP"}, False),
    ],
    ids=str,
)
def test_tokopedia_is_named_where_it_does_not_stand_for_both(fields: dict[str, str], *, named: bool) -> None:
    assert Sight("1", fields).names_the_tokopedia_app is named
