"""A rehearsal with the shops of several sellers: they are brought to a stage together, and each is dealt with by name."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest

from gladi import EVERY_CELL, TOKOPEDIA, InFlight, Rehearsal, Stage, scenario
from gladi.play.catalogue import catalogue
from gladi.play.faults import RehearsalError, ScenarioError
from gladi.play.rehearsal import Plan
from gladi.play.scenario import of
from gladi.record.clock import moment
from gladi.record.journal import Fact, What
from gladi.sandbox.settings import Settings
from tests.play.stage import Quiet, Receives, adapter_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from gladi import Venue

RULE = "guide.overview.every-stage"


def perform(factory: Any, folder: Path, body: Callable[[Rehearsal], Awaitable[None]], **plan: Any) -> Rehearsal:
    """Play a body with a system in a world of several shops."""
    rehearsal = Rehearsal(Plan(adapter_of(factory), Settings(), folder, **plan))
    with asyncio.Runner() as runner:
        runner.run(rehearsal.perform(lambda: body(rehearsal)))
    return rehearsal


class Wakes(Receives):
    """Registers for the merge webhook, notes when it is woken, and wants to be woken every hour."""

    woken: list[datetime]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).woken = []

    def tick(self, now: datetime) -> Any:
        self.woken.append(now)
        return now + timedelta(hours=1)


class Asks(Receives):
    """Uses up what Get Shop Info allows in one second, every twenty minutes from the first."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        self._began = venue.now()
        keys = venue.tokopedia
        self._client = httpx.Client()
        token = self._client.post(
            f"{venue.tokopedia_token_url}/token?grant_type=client_credentials", auth=(keys.client_id, keys.client_secret)
        )
        self._client.headers["authorization"] = f"Bearer {token.json()['access_token']}"
        self._shop_info = f"{venue.tokopedia_url}/v1/shop/fs/{keys.fs_id}/shop-info"

    def tick(self, now: datetime) -> Any:
        while self._client.get(self._shop_info).status_code == 200:
            pass
        return self._began + timedelta(minutes=20) * ((now - self._began) // timedelta(minutes=20) + 1)


def test_every_shop_is_brought_to_the_stage_at_which_a_scenario_begins(tmp_path: Path) -> None:
    stages: list[Stage] = []

    async def body(rehearsal: Rehearsal) -> None:
        stages.extend(shop.stage for shop in rehearsal.world.all_shops())

    perform(Quiet, tmp_path, body, shops=3, begins=Stage.CONFIRMED)

    assert stages == [Stage.CONFIRMED] * 3


def test_every_shop_is_linked_but_those_that_are_named(tmp_path: Path) -> None:
    stages: dict[str, Stage] = {}

    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.links_every_shop(but=("shop-2",))
        stages.update({shop.key: shop.stage for shop in rehearsal.world.all_shops()})
        with pytest.raises(RehearsalError, match="no shop is left to be linked"):
            await rehearsal.seller.links_every_shop(but="shop-2")
        with pytest.raises(RehearsalError, match="there is no shop 'shop-4'"):
            await rehearsal.seller.links_every_shop(but="shop-4")

    perform(Quiet, tmp_path, body, shops=3)

    assert stages == {"shop-1": Stage.MERGING, "shop-2": Stage.PENDING, "shop-3": Stage.MERGING}


def test_the_shops_of_several_sellers_merge_each_at_its_own_time_within_the_hours_that_are_named(tmp_path: Path) -> None:
    merged: list[int] = []

    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.links_every_shop(takes=(4, 5))
        await rehearsal.passes(hours=3.99)
        merged.append(len(rehearsal.merged_shop_ids))
        await rehearsal.passes(minutes=30)
        merged.append(len(rehearsal.merged_shop_ids))
        await rehearsal.passes(minutes=30)
        merged.append(len(rehearsal.merged_shop_ids))

    perform(Quiet, tmp_path, body, shops=20)

    assert (merged[0], 0 < merged[1] < 20, merged[2]) == (0, True, 20)


def test_ids_are_compared_though_the_system_has_just_used_up_all_requests_of_the_second(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.passes(hours=1)

    rehearsal = perform(Asks, tmp_path, body, shops=2, begins=Stage.MERGED)

    assert [identity.agree for identity in rehearsal.identities.values()] == [True, True]


def test_a_shop_without_grant_is_in_the_venue_and_no_grant_of_it_is(tmp_path: Path) -> None:
    venues: list[Venue] = []

    async def body(rehearsal: Rehearsal) -> None:
        venues.append(cast("Quiet", rehearsal.system).venue)

    perform(Quiet, tmp_path, body, shops=3, without_grant=("shop-2",))

    assert (len(venues[0].shop_ids), len(venues[0].shop.grants)) == (3, 2)


def test_a_system_that_is_down_is_not_woken_hears_nothing_and_is_woken_when_it_is_back(tmp_path: Path) -> None:
    heard: list[int | None] = []

    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.links_the_shops()
        await rehearsal.passes_without_the_system(hours=25)
        heard.extend(rehearsal.webhooks.answers)

    rehearsal = perform(Wakes, tmp_path, body)

    began = moment(rehearsal.began_at)
    assert heard == [None]
    assert [(at - began).total_seconds() / 3600 for at in Wakes.woken] == [0, 25, 26]


def test_an_order_that_the_merge_catches_is_noted_in_every_cell(tmp_path: Path) -> None:
    orders: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        orders.append((await rehearsal.buyer.orders(on=TOKOPEDIA)).name)
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)

    rehearsal = perform(Quiet, tmp_path, body)

    facts = [one for one in rehearsal.journal.entries if isinstance(one, Fact) and one.what == What.ORDER_CAUGHT]
    assert orders[0] in {one.order for one in facts}
    assert {(one.value, one.assumes) for one in facts} == {("origin/origin", ("setting.in_flight",))}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"shops": 0}, "test_mine has shops=0; write how many sellers there are, from 1 to 1000"),
        ({"shops": True}, "test_mine has shops=True; write how many sellers there are, from 1 to 1000"),
        (
            {"shops": 2, "without_grant": ("shop-3",)},
            "test_mine is without grant of 'shop-3', and shops=2 has no such shop; write one of shop-1, shop-2",
        ),
        ({"in_flight": ()}, "test_mine names no cell of the in-flight matrix; write EVERY_CELL, or each once"),
        ({"in_flight": (InFlight(), InFlight())}, "test_mine names a cell twice of the in-flight matrix; write EVERY_CELL, or each once"),
        ({"in_flight": "both/shop"}, "test_mine is in flight 'both/shop', which is no cell; write EVERY_CELL or InFlight("),
    ],
)
def test_what_makes_no_sense_is_one_sentence(words: dict[str, Any], sentence: str) -> None:
    async def test_mine(rehearsal: Rehearsal) -> None:
        """Mine."""

    with pytest.raises(ScenarioError) as error:
        scenario(rehearses=RULE, begins=Stage.PENDING, **words)(test_mine)

    assert sentence in str(error.value)


def test_a_scenario_knows_its_cells_its_shops_and_whether_all_it_rehearses_is_disputed() -> None:
    @scenario(rehearses="guide.merged.orders-in-flight", begins=Stage.PENDING, in_flight=EVERY_CELL, shops=2, without_grant="shop-2")
    async def test_mine(rehearsal: Rehearsal) -> None:
        """Mine."""

    @scenario(rehearses=("guide.merged.orders-in-flight", RULE), begins=Stage.PENDING, in_flight=InFlight())
    async def test_other(rehearsal: Rehearsal) -> None:
        """Mine, too."""

    mine, other = of(test_mine), of(test_other)

    assert mine is not None
    assert other is not None
    assert (len(mine.cells), mine.in_flight, mine.shops, mine.without_grant) == (9, None, 2, ("shop-2",))
    assert (other.cells, other.in_flight, other.shops) == ((InFlight(),), InFlight(), 1)
    assert (mine.disputed or "").startswith("a guide for sellers lets")
    assert other.disputed is None


def test_the_scenario_of_the_last_minute_is_shipped_for_every_cell() -> None:
    cells = {one.id: one.cells for one in catalogue()}

    assert cells["an_order_of_the_last_minute_leaves_once"] == EVERY_CELL
