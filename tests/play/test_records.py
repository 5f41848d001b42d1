"""Records and returns on stage: what the platforms hold, what a system shows of it, and sellers without a Tokopedia store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from gladi import SHOP, TOKOPEDIA, KeepsRecords, RecordKind, Rehearsal, SeenRecord, Stage, scenario
from gladi.play.faults import RehearsalError, ScenarioError, SystemFault
from gladi.play.rehearsal import Plan
from gladi.record.journal import Fact, Showed, What
from gladi.sandbox.settings import Settings
from tests.play.stage import Quiet, adapter_of, nothing, perform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path


class Keeper(Quiet, KeepsRecords):
    """Shows what a test puts here."""

    shown: Any = ()

    def records(self, kind: RecordKind) -> Any:  # noqa: ARG002 - the same for every kind
        return self.shown


def play(factory: Any, folder: Path, body: Callable[[Rehearsal], Awaitable[None]] = nothing, **plan: Any) -> Rehearsal:
    """Play with sellers of several kinds."""
    rehearsal = Rehearsal(Plan(adapter_of(factory), Settings(), folder, **plan))
    with asyncio.Runner() as runner:
        runner.run(rehearsal.perform(lambda: body(rehearsal)))
    return rehearsal


def test_what_is_looked_at_is_noted_and_given_as_a_set(tmp_path: Path) -> None:
    Keeper.shown = [SeenRecord(SHOP, "2"), SeenRecord(TOKOPEDIA, "1")]
    seen: list[set[SeenRecord]] = []

    async def body(rehearsal: Rehearsal) -> None:
        seen.append(await rehearsal.seller.looks_at(RecordKind.FINANCE))

    rehearsal = perform(Keeper, tmp_path, body)

    noted = [entry.rows for entry in rehearsal.journal.entries if isinstance(entry, Showed) and entry.capability == "KeepsRecords"]
    assert seen == [set(Keeper.shown)]
    assert noted == [
        (
            {"kind": "finance", "platform": "shop", "record_id": "2"},
            {"kind": "finance", "platform": "tokopedia", "record_id": "1"},
        )
    ]


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        (["1"], "records answered '1' for finance; return a list of gladi.SeenRecord, whose ids are text"),
        ([SeenRecord(SHOP, 1)], "whose ids are text"),  # type: ignore[arg-type]
        ([SeenRecord(SHOP, "1"), SeenRecord(SHOP, "1")], "records showed a record of finance twice; show each once"),
    ],
)
def test_records_that_are_none_or_stand_there_twice_are_the_systems_fault(tmp_path: Path, shown: Any, why: str) -> None:
    Keeper.shown = shown

    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.looks_at(RecordKind.FINANCE)

    with pytest.raises(SystemFault) as caught:
        perform(Keeper, tmp_path, body)

    assert why in str(caught.value)


def test_a_return_of_what_never_left_is_none_and_every_step_of_it_is_no_step(tmp_path: Path) -> None:
    kept: list[object] = []

    async def body(rehearsal: Rehearsal) -> None:
        asked = await rehearsal.buyer.returns(await rehearsal.buyer.orders())
        await rehearsal.seller.agrees_to(asked)
        await rehearsal.buyer.sends_back(asked)
        kept.extend((asked.name, asked.id, asked.lives_on, asked.comes_back_to))

    perform(Quiet, tmp_path, body)

    assert kept == [None, "", None, "nowhere: nothing had reached the buyer that he could return"]


def test_a_return_is_taken_step_by_step(tmp_path: Path) -> None:
    kept: list[object] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.seller.ships_by_hand(order, on=SHOP)
        await rehearsal.passes(hours=57)
        asked = await rehearsal.buyer.returns(order)
        with pytest.raises(RehearsalError, match="must be agreed to"):
            await rehearsal.buyer.sends_back(asked)
        await rehearsal.seller.agrees_to(asked)
        await rehearsal.buyer.sends_back(asked)
        await rehearsal.seller.receives(asked)
        with pytest.raises(RehearsalError, match="must be asked for"):
            await rehearsal.seller.refuses(asked)
        kept.extend((asked.lives_on, asked.id in {one.record_id for one in rehearsal.records.of(RecordKind.RETURNS, on=SHOP)}))

    perform(Quiet, tmp_path, body)

    assert kept == [SHOP, True]


def test_a_seller_without_a_tokopedia_store_is_known_by_his_grant_alone(tmp_path: Path) -> None:
    venues: list[Any] = []

    async def body(rehearsal: Rehearsal) -> None:
        venues.append(rehearsal.system.venue)  # type: ignore[attr-defined]

    rehearsal = play(Quiet, tmp_path, body, shops=3, solely_on_shop=("shop-2",), new_here=("shop-3",))

    told = {
        entry.shop: entry.value for entry in rehearsal.journal.entries if isinstance(entry, Fact) and entry.what == What.NO_TOKOPEDIA_STORE
    }
    assert (len(venues[0].shop_ids), len(venues[0].shop.grants)) == (1, 3)
    assert told == {"shop-2": "solely on Tokopedia & Shop", "shop-3": "new to Tokopedia & Shop"}


def test_a_merge_before_the_scenario_begins_leaves_those_alone_who_have_one_shop(tmp_path: Path) -> None:
    stages: list[Stage] = []

    async def body(rehearsal: Rehearsal) -> None:
        stages.extend(shop.stage for shop in rehearsal.world.all_shops())

    play(Quiet, tmp_path, body, shops=2, solely_on_shop=("shop-2",), begins=Stage.CONFIRMED)

    assert stages == [Stage.CONFIRMED, Stage.PENDING]


def test_a_new_seller_has_no_records_until_he_makes_some(tmp_path: Path) -> None:
    held: list[set[SeenRecord]] = []

    async def body(rehearsal: Rehearsal) -> None:
        held.extend(rehearsal.records.every().values())
        await rehearsal.seller.begins_a_promotion(on=SHOP)
        held.append(rehearsal.records.of(RecordKind.PROMOTION))
        with pytest.raises(RehearsalError, match="begins on Tokopedia & Shop"):
            await rehearsal.seller.begins_a_promotion(on=TOKOPEDIA)

    play(Quiet, tmp_path, body, new_here=("shop-1",))

    assert [len(one) for one in held] == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"solely_on_shop": "shop-2"}, "is without a Tokopedia store of 'shop-2', and shops=1 has no such shop; write one of shop-1"),
        ({"solely_on_shop": "shop-1", "new_here": "shop-1"}, "has shop-1 both solely on Tokopedia & Shop and new there"),
        ({"new_here": "shop-1", "begins": Stage.MERGED}, "begins at Stage.MERGED, and no seller of it has a Tokopedia store to be merged"),
    ],
)
def test_sellers_that_cannot_be_are_one_sentence(words: dict[str, Any], why: str) -> None:
    async def test_it(rehearsal: Rehearsal) -> None:
        """Never played."""

    with pytest.raises(ScenarioError) as caught:
        scenario(**{"rehearses": "changelog.access.shop-only", "begins": Stage.PENDING} | words)(test_it)

    assert why in str(caught.value)


def test_tokopedia_closes_once_and_writes_end_before_that(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.platform.ends_writes_on_tokopedia()
        await rehearsal.platform.closes_tokopedia()
        with pytest.raises(RehearsalError, match="closed already, and it does not open again"):
            await rehearsal.platform.ends_writes_on_tokopedia()

    rehearsal = perform(Quiet, tmp_path, body)

    closed = [entry.value for entry in rehearsal.journal.entries if isinstance(entry, Fact) and entry.what == What.TOKOPEDIA_CLOSED]
    assert closed == ["read only", "closed"]
