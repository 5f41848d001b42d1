"""What a test shop sold stands in the recording of a live play, so that its prices and stock are looked at there once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi.record.words import SHOP, TOKOPEDIA, Stage
from tests.live.rehearsable import opened_with_other_goods
from tests.live.stand_in import serves
from tests.live.test_retracing import Attempt

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from gladi.play.rehearsal import Rehearsal


@pytest.fixture
def attempt(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Attempt]:
    with serves(tmp_path, "--seed", "7", "--assume", "merge_takes_at_most=4h") as stand_in:
        opened_with_other_goods(stand_in)
        yield Attempt(request.config, stand_in, tmp_path)


async def a_price_reaches_both(rehearsal: Rehearsal) -> None:
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)
    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=30)
    assert [rehearsal.shelves.look(sku, on=platform).price for platform in (TOKOPEDIA, SHOP)] == [123_000, 123_000]


async def stock_reaches_both(rehearsal: Rehearsal) -> None:
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
    await rehearsal.seller.sets_the_stock(sku, to=7)
    await rehearsal.passes(minutes=30)
    assert [rehearsal.shelves.look(sku, on=platform).units for platform in (TOKOPEDIA, SHOP)] == [7, 7]


@pytest.mark.parametrize(("body", "begins"), [(a_price_reaches_both, Stage.PENDING), (stock_reaches_both, Stage.MERGING)])
def test_shelves_that_were_looked_at_are_looked_at_again(attempt: Attempt, body: object, begins: Stage) -> None:
    attempt.plays(body, begins=begins)  # type: ignore[arg-type]

    again = attempt.replays(body, begins=begins)  # type: ignore[arg-type]

    assert (attempt.missed(again), attempt.unmade) == ("", "")
    assert not any(one.fails for one in again.judgements)
    real, model = (world.listing_of_sku(SHOP, "shop-1", "REAL-TMB-BMB") for world in (attempt.stand_in.room.sandbox.world, again.world))
    assert real is not None
    assert model is not None
    assert (model.id, model.offers[0].id, model.offers[0].units) == (real.id, real.offers[0].id, real.offers[0].units)


@pytest.mark.parametrize(
    ("body", "begins", "write"),
    [
        (a_price_reaches_both, Stage.PENDING, "open-api.tiktokglobalshop.com/product/202309/products/"),
        (stock_reaches_both, Stage.MERGING, "open-api.tiktokglobalshop.com/product/202309/products/"),
    ],
)
def test_what_a_write_came_to_then_is_no_evidence_for_a_system_that_does_not_make_it(
    attempt: Attempt, body: object, begins: Stage, write: str
) -> None:
    attempt.plays(body, begins=begins)  # type: ignore[arg-type]

    again = attempt.replays(body, "examples.rogues.writes_to_one_place:WritesToOnePlace", begins=begins)  # type: ignore[arg-type]

    assert attempt.missed(again) == ""
    assert attempt.unmade.startswith(f"not rehearsed by replaying: POST {write}")
    assert ", was never asked for, and what the recording shows behind it came of the write that was made then" in attempt.unmade
