"""An attempt is spent before a stand-in with `--rehearse-record`, and what it leaves is replayed by whoever has the folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gladi.platforms.recording.recording import SIDECAR
from tests.live.stand_in import StandIn, repository_of, serves
from tests.live.test_rehearsal_live import run

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from tests.attempts.repository import Repository

SCENARIOS = '''
"""One attempt, and what is done on it later."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, ShipsOrders, Stage, scenario


@scenario(rehearses="guide.verification.ids-agree", begins=Stage.PENDING, needs=ShipsOrders)
async def test_an_order_that_the_merge_catches(rehearsal: Rehearsal) -> None:
    """What was bought before the merge leaves once behind it."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(order)


@scenario(rehearses="guide.verification.ids-agree", begins=Stage.MERGED, needs=ShipsOrders)
async def test_an_order_of_the_merged_shop(rehearsal: Rehearsal) -> None:
    """What is bought then leaves from Tokopedia & Shop."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]
'''
PRICE = '''
"""What stays on the shelves when one of two writes is left out."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, Stage, scenario


@scenario(rehearses="guide.verification.ids-agree", begins=Stage.PENDING)
async def test_a_price(rehearsal: Rehearsal) -> None:
    """A price that the seller sets stands on both platforms."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)
    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=15)

    assert [rehearsal.shelves.look(sku, on=platform).price for platform in (TOKOPEDIA, SHOP)] == [123_000, 123_000]
'''
DIES = """
from examples.rogues.writes_to_one_place import WritesToOnePlace


class Dies(WritesToOnePlace):
    async def set_price(self, sku, amount):
        await super().set_price(sku, amount)
        raise OSError("there is no room left")
"""
PLAYED = ("an_order_that_the_merge_catches", "an_order_of_the_merged_shop")
SYSTEM = ("--rehearse-system", "examples.rogues.ships_twice:ShipsTwice")
REPLAYS = ("--rehearse-target", "recorded", "--rehearse-fixtures=recordings")


@pytest.fixture
def stand_in(tmp_path: Path) -> Generator[StandIn]:
    with serves(tmp_path, "--seed", "7", "--in-flight", "both/both", "--assume", "merge_takes_at_most=4h") as found:
        found.does("place_order", on="tokopedia")
        found.passes(hours=1)
        yield found


@pytest.fixture
def attempted(tmp_path: Path, stand_in: StandIn) -> Repository:
    found = repository_of(tmp_path / "repository", stand_in)
    (found.root / "pytest.ini").write_text("[pytest]\n")
    (found.root / "test_live.py").write_text(SCENARIOS)
    shop = stand_in.room.sandbox.world.all_shops()[0]
    with found.ledger() as ledger:
        ledger.open(f"{shop.name} ({shop.tokopedia_id})", by="Ayu")
    return found


def results(verdict: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Give each scenario's outcome and the invariants that were broken."""
    return {
        one["id"]: (one["outcome"], [found["id"] for found in one["invariants"] if found["outcome"] == "broken"])
        for one in verdict["scenarios"]
        if one["id"] in PLAYED
    }


def test_what_was_spent_on_an_attempt_is_replayed_with_the_same_verdict(attempted: Repository, stand_in: StandIn) -> None:
    orders = iter(("tokopedia", "shop"))

    def does(screen: str) -> str:
        asked = screen[screen.rindex("→") :]
        if "Place an order" in asked:
            stand_in.does("place_order", on=next(orders))
        elif "cannot be undone" in asked:
            stand_in.does("link_shops")
        return ""

    spent = run(stand_in, attempted.root, *SYSTEM, "--rehearse-record=recordings", answers=does)
    live = results(spent.verdict(attempted.root))
    calls = len(stand_in.calls)
    again = run(stand_in, attempted.root, *SYSTEM, *REPLAYS)

    verdict = again.verdict(attempted.root)
    assert live == {
        "an_order_that_the_merge_catches": ("broken", ["an_order_leaves_once"]),
        "an_order_of_the_merged_shop": ("upheld", []),
    }, spent.seen
    assert (results(verdict), verdict["target"]) == (live, "recorded"), again.seen
    assert len(stand_in.calls) == calls, "nothing is asked of the platforms"
    folder = attempted.root / "recordings"
    sidecar = json.loads((folder / f"an_order_that_the_merge_catches{SIDECAR}").read_text())
    assert sidecar["course"]["shop"][0] == stand_in.room.sandbox.world.all_shops()[0].tokopedia_id
    told = [again.seen, spent.seen, *(file.read_text() for place in (folder, attempted.root / "reports") for file in place.rglob("*.*"))]
    assert [secret for secret in stand_in.secrets if any(secret in text for text in told)] == []


def test_a_write_that_the_replayed_system_leaves_out_makes_no_run_green_and_hides_nothing_that_broke(
    attempted: Repository, stand_in: StandIn
) -> None:
    (attempted.root / "test_live.py").write_text(PRICE)
    (attempted.root / "systems.py").write_text(DIES)

    run(stand_in, attempted.root, "--rehearse-record=recordings", answers=lambda screen: "")  # noqa: ARG005 - nobody is asked
    found: list[tuple[int, str, str]] = []
    for system in ("examples.rogues.writes_to_one_place:WritesToOnePlace", "systems:Dies"):
        again = run(stand_in, attempted.root, "--rehearse-system", system, *REPLAYS)
        (told,) = (one for one in again.verdict(attempted.root)["scenarios"] if one["id"] == "a_price")
        found.append((again.status, told["outcome"], told["why"] or ""))

    assert [one[:2] for one in found] == [(11, "not rehearsed"), (1, "broken")]
    assert "/prices/update, which was recorded at " in found[0][2]
    assert "; record one of your own with pytest --rehearse test_live.py " in found[0][2]
    assert found[0][2].endswith("--rehearse-record=sandbox-recordings -k a_price and replay it with --rehearse-fixtures=sandbox-recordings")
