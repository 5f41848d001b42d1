"""What nobody documents can be switched for a run, which says so everywhere; what a switch rules out is *not rehearsed*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall, ScenarioResult
from gladi.play.faults import UnseenError
from gladi.session import closing
from gladi.session.results import UNPLAYED
from gladi.session.unplayed import why_unplayed

if TYPE_CHECKING:
    from tests.plugin.repository import Repository

STOCK = '''
@scenario(rehearses="guide.merged.products.price-and-stock", begins=Stage.PENDING)
async def test_stock(rehearsal: Rehearsal) -> None:
    """Stock."""
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
    before = [rehearsal.shelves.look(sku, on=one).units for one in (TOKOPEDIA, SHOP)]
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    after = rehearsal.shelves.look(sku, on=SHOP).units
    assert after == before[1], "the sum" if after == sum(before) else "neither"
'''
FAILING = '''
from gladi.play.faults import SystemFault


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_before(rehearsal: Rehearsal) -> None:
    """Before."""


@scenario(rehearses=RULE, begins=Stage.CONFIRMED)
async def test_afterwards(rehearsal: Rehearsal) -> None:
    """Afterwards."""


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_waiting(rehearsal: Rehearsal) -> None:
    """Waiting."""
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)


@scenario(rehearses=RULE, begins=Stage.MERGING)
async def test_asserting(rehearsal: Rehearsal) -> None:
    """Asserting."""
    await rehearsal.passes(days=1)
    assert rehearsal.merged_shop_ids


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_long(rehearsal: Rehearsal) -> None:
    """Long."""
    await rehearsal.seller.links_the_shops(takes=24)


@scenario(rehearses=RULE, begins=Stage.MERGING)
async def test_blamed(rehearsal: Rehearsal) -> None:
    """Blamed."""
    await rehearsal.passes(days=1)
    raise SystemFault("receive answered None")
'''


def test_a_switch_is_at_work_and_named_wherever_the_run_is_told(repository: Repository) -> None:
    repository.scenario(STOCK)
    repository.settings |= {"rehearse_assume": "webhook_delay=2m"}

    run = repository.rehearses("own.py", "--rehearse-assume", "stock_at_merge=sum", system="systems:Listener")

    assert run.scenarios["stock"]["why"] == "what its title says did not hold: the sum"
    assert run.verdict["assumed"] == {"webhook_delay": "2m", "stock_at_merge": "sum"}
    assert "assumed: webhook_delay=2m, stock_at_merge=sum" in run.out.splitlines()
    assert "Assumed in this run: webhook_delay=2m, stock_at_merge=sum." in run.out.splitlines()
    assert "--rehearse-assume webhook_delay=2m --rehearse-assume stock_at_merge=sum -k stock" in run.out


def test_what_a_switch_rules_out_is_not_rehearsed_and_says_why(repository: Repository) -> None:
    repository.scenario(FAILING)
    given = "merge_fails=true, merge_takes_at_most=6h"

    run = repository.rehearses(
        "own.py", "--rehearse-assume", "merge_fails=true", "--rehearse-assume", "merge_takes_at_most=6h", system="systems:Listener"
    )

    names = ("before", "afterwards", "waiting", "asserting", "long", "blamed")
    assert {name: (run.scenarios[name]["outcome"], run.scenarios[name]["why"]) for name in names} == {
        "before": ("upheld", ""),
        "afterwards": ("not rehearsed", "not rehearsed under merge_fails=true: it begins at confirmed, and no integration succeeds"),
        "waiting": ("not rehearsed", "not rehearsed under merge_fails=true: the integration failed before it was over"),
        "asserting": ("not rehearsed", "not rehearsed under merge_fails=true: the integration failed before it was over"),
        "long": (
            "not rehearsed",
            f"not rehearsed under {given}: a merge takes between 3:00:00 and 6:00:00 (rehearsal guide, Verification), not 1 day, 0:00:00",
        ),
        "blamed": ("broken", "receive answered None"),
    }
    assert "1 failed, 1 passed, 4 skipped" in run.out


def test_what_nobody_here_can_read_is_not_rehearsed_and_says_why() -> None:
    nothing: Any = None

    why = why_unplayed(nothing, UnseenError("the invoice is image/png; print text"), nothing)

    assert why == "not rehearsed: the invoice is image/png; print text"


def test_a_run_whose_switches_rule_a_scenario_out_exits_11() -> None:
    upheld, without, ruled_out = (
        ScenarioResult(id="one", title="", phase="", platform="", process="", rehearses=(), outcome=outcome, why=why)
        for outcome, why in (
            (Outcome.UPHELD, ""),
            (Outcome.NOT_REHEARSED, "not rehearsed: Mine does not declare SetsStock"),
            (Outcome.NOT_REHEARSED, f"{UNPLAYED}merge_fails=true: no"),
        )
    )

    assert closing._status(0, Overall.INCOMPLETE, (upheld, without)) == 0
    assert closing._status(0, Overall.INCOMPLETE, (upheld, ruled_out)) == 11
