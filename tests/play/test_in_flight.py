"""No shipped scenario hangs on where an order in flight lives unless it says in which cells of the matrix it is to be played."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from gladi import OrderState, SeenOrder, Stage, scenario
from gladi.judge.matrix import caught
from gladi.play.adapter import CAPABILITIES, Adapter
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.play.scenario import of
from gladi.record.words import Platform
from gladi.sandbox.settings import Settings
from tests.play.stage import Quiet
from tests.rogues.company import functions

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.sandbox.world.world import World

PLAYED = [(function, one) for function, one in functions() if not one.cells]


class Magician(Quiet):
    """Calls no platform: it sees into the world and ships what the clerk asks for. So a scenario is played in milliseconds."""

    world: World

    def orders(self) -> list[SeenOrder]:
        return [
            SeenOrder(platform, view.id, OrderState.TO_SHIP)
            for number in range(1, 20)
            if (order := self.world.orders.get(f"INV-{number:03d}")) is not None
            for platform in Platform
            if (view := order.on(platform)) is not None
        ]

    def ship(self, row: SeenOrder) -> None:
        order = self.world.order_where(row.platform, row.order_id)
        assert order is not None
        self.world.send(order, row.platform)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *words, **more: {} if name == "fields" else ()  # noqa: ARG005 - whatever is asked


def orders_in_flight(function: Any, folder: Path) -> list[str]:
    """Play a scenario and name the orders of its people that the merge caught."""
    one = of(function)
    assert one is not None
    adapter = Adapter("magic", Magician, Magician, frozenset(CAPABILITIES))
    rehearsal = Rehearsal(Plan(adapter, Settings(), folder, begins=one.begins, shops=one.shops, without_grant=one.without_grant))
    Magician.world = rehearsal.world
    with contextlib.suppress(BaseException):  # such a system fails, and that is not the question
        function(rehearsal)
    return caught(rehearsal.journal.entries)


@pytest.mark.parametrize("function", [function for function, _ in PLAYED], ids=[one.id for _, one in PLAYED])
def test_a_scenario_that_names_no_cell_hangs_on_none(function: Any, tmp_path: Path) -> None:
    assert orders_in_flight(function, tmp_path) == []


def test_a_scenario_that_hangs_on_the_cell_is_seen(tmp_path: Path) -> None:
    @scenario(rehearses="guide.overview.every-stage", begins=Stage.PENDING)
    async def test_mine(rehearsal: Rehearsal) -> None:
        """Mine."""
        await rehearsal.buyer.orders()
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)

    assert orders_in_flight(test_mine, tmp_path) == ["INV-001"]
