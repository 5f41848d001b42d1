"""The people and the time of a rehearsal: they do what people do, and say so in one sentence where it cannot be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gladi import (
    SHOP,
    TOKOPEDIA,
    Actionable,
    InFlight,
    OrderState,
    PlacedOrder,
    Rehearsal,
    SeenOrder,
    SeesOrders,
    ShipsOrders,
    Stage,
    Visible,
)
from gladi.play.faults import RehearsalError
from gladi.record.journal import Deed, Webhook
from tests.play.stage import Quiet, Receives, perform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from gladi import Venue


class Presses(Quiet, ShipsOrders):
    """Notes every order that it is asked to ship."""

    pressed: list[SeenOrder]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).pressed = []

    def ship(self, order: SeenOrder) -> None:
        self.pressed.append(order)


class Lists(Presses, SeesOrders):
    """Shows what a test puts on its list."""

    rows: list[SeenOrder]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).rows = []

    def orders(self) -> list[SeenOrder]:
        return self.rows


def deeds(rehearsal: Rehearsal) -> list[str]:
    return [f"{entry.who} {entry.did}" for entry in rehearsal.journal.entries if isinstance(entry, Deed)]


def rows_of(order: PlacedOrder, state: OrderState = OrderState.TO_SHIP) -> list[SeenOrder]:
    return [SeenOrder(platform, id_, state) for platform in (TOKOPEDIA, SHOP) if (id_ := order.id_on(platform)) is not None]


def test_the_clerk_presses_once_a_row(tmp_path: Path) -> None:
    placed: list[PlacedOrder] = []

    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.until_the_last_minute()
        placed.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(hours=1)
        Lists.rows = rows_of(placed[0])
        await rehearsal.clerk.ships(placed[0])

    rehearsal = perform(Lists, tmp_path, body, begins=Stage.MERGING, in_flight=InFlight(Visible.BOTH, Actionable.BOTH))

    assert [row.platform for row in Lists.pressed] == [TOKOPEDIA, SHOP]
    assert Lists.pressed == rows_of(placed[0])
    assert deeds(rehearsal)[-1] == f"the clerk shipped order {placed[0].name} from 2 rows of the list"


def test_the_clerk_presses_nothing_that_is_held_or_that_belongs_to_another_order(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        mine, other = await rehearsal.buyer.orders(on=TOKOPEDIA), await rehearsal.buyer.orders(on=SHOP)
        Lists.rows = [*rows_of(mine, OrderState.HELD), *rows_of(other)]
        await rehearsal.clerk.ships(mine)

    rehearsal = perform(Lists, tmp_path, body)

    assert Lists.pressed == []
    assert deeds(rehearsal)[-1].startswith("the clerk found nothing to ship for order ")


@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
def test_without_a_list_the_clerk_ships_the_id_of_the_place_where_it_was_bought(platform: str, tmp_path: Path) -> None:
    placed: list[PlacedOrder] = []

    async def body(rehearsal: Rehearsal) -> None:
        placed.append(await rehearsal.buyer.orders(on=TOKOPEDIA if platform == TOKOPEDIA else SHOP))
        await rehearsal.clerk.ships(placed[0])

    perform(Presses, tmp_path, body)

    assert Presses.pressed == rows_of(placed[0])
    assert [row.platform for row in Presses.pressed] == [platform]


def test_without_a_list_the_clerk_ships_an_order_that_has_two_ids_under_the_first(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.until_the_last_minute()
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.clerk.ships(order)

    perform(Presses, tmp_path, body, begins=Stage.MERGING, in_flight=InFlight(Visible.BOTH, Actionable.BOTH))

    assert [row.platform for row in Presses.pressed] == [TOKOPEDIA]


@pytest.mark.parametrize(("lost", "answers"), [(0, [200]), (1, [None])])
def test_a_webhook_that_is_lost_reaches_nobody_and_is_noted(lost: int, answers: list[int | None], tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.lose_the_next(lost)
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=5)

    rehearsal = perform(Receives, tmp_path, body)

    assert rehearsal.webhooks.answers == answers
    assert len(Receives.got) == 1 - lost
    assert [entry.lost for entry in rehearsal.journal.entries if isinstance(entry, Webhook)] == [bool(lost)]


def test_time_passes_as_long_as_was_said(tmp_path: Path) -> None:
    went: list[timedelta] = []

    async def body(rehearsal: Rehearsal) -> None:
        before = rehearsal.now
        await rehearsal.passes(days=1, hours=2, minutes=3, seconds=4)
        went.append(rehearsal.now - before)

    perform(Quiet, tmp_path, body)

    assert went == [timedelta(days=1, hours=2, minutes=3, seconds=4)]


async def waits_for_a_merge(rehearsal: Rehearsal) -> None:
    await rehearsal.until(Stage.MERGED)


async def waits_for_a_confirmation(rehearsal: Rehearsal) -> None:
    await rehearsal.until(Stage.CONFIRMED)


async def waits_for_a_last_minute(rehearsal: Rehearsal) -> None:
    await rehearsal.until_the_last_minute()


async def links_twice(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.links_the_shops()


async def names_another_shop(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.links_the_shops(shop="shop-9")


@pytest.mark.parametrize(
    ("body", "begins", "sentence"),
    [
        (waits_for_a_merge, Stage.PENDING, "the shops are pending; to reach merged the seller must act first"),
        (waits_for_a_confirmation, Stage.MERGED, "the shops are merged; to reach confirmed the seller must act first"),
        (
            waits_for_a_last_minute,
            Stage.PENDING,
            "the shops are pending, so no integration is about to end; the seller must link them first",
        ),
        (links_twice, Stage.MERGED, "the shops of Toko Melati are merged already; shops are linked once, from pending"),
        (names_another_shop, Stage.PENDING, "there is no shop 'shop-9'; write one of shop-1"),
    ],
)
def test_what_cannot_be_is_one_sentence(body: Callable[[Rehearsal], Awaitable[None]], begins: Stage, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RehearsalError) as caught:
        perform(Quiet, tmp_path, body, begins=begins)

    assert str(caught.value) == sentence


def test_time_does_not_run_backwards(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.passes(minutes=-5)

    with pytest.raises(RehearsalError, match=r"time cannot pass backwards \(-300 seconds\)"):
        perform(Quiet, tmp_path, body)


def test_a_failing_body_is_judged_all_the_same(tmp_path: Path) -> None:
    kept: list[Rehearsal] = []

    async def body(rehearsal: Rehearsal) -> None:
        kept.append(rehearsal)
        raise AssertionError("no")

    with pytest.raises(AssertionError, match="no"):
        perform(Quiet, tmp_path, body, begins=Stage.MERGED)

    broken = {one.invariant.id for one in kept[0].judgements if one.violations}
    assert broken == {"the_merge_is_noticed"}
