"""A scenario that depends on where orders in flight live is played once in each cell of the in-flight matrix, and judged as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall, ScenarioResult
from gladi.session import closing

if TYPE_CHECKING:
    from tests.plugin.repository import Repository

SOMEWHERE = '''
@scenario(rehearses=RULE, begins=Stage.PENDING, in_flight=EVERY_CELL)
async def test_somewhere(rehearsal: Rehearsal) -> None:
    """Somewhere."""
    assert rehearsal.world.settings.in_flight.actionable != "both", "both act"
'''
BOTH = ["origin/both", "both/both", "neither/both"]
SAID = "what its title says did not hold: both act."


def test_every_cell_is_played_by_default_and_the_verdict_names_those_in_which_it_fails(repository: Repository) -> None:
    repository.scenario(SOMEWHERE)

    run = repository.rehearses("own.py", system="systems:Nothing")

    found = run.scenarios["somewhere"]
    assert "3 failed, 6 passed" in run.out
    assert (found["outcome"], len(found["cells"])) == ("broken", 9)
    assert [cell for cell, outcome in found["cells"].items() if outcome == "broken"] == BOTH
    cells = "in 3 of 9 cells of the in-flight matrix (origin/both, both/both, neither/both)"
    assert found["why"] == f"{cells}: {SAID}"
    assert (
        "Run it again: pytest --rehearse own.py --rehearse-system systems:Nothing --rehearse-seed 0 --rehearse-face inprocess " in run.out
    )
    assert "--rehearse-in-flight neither/both -k somewhere" in run.out
    assert "  broken         somewhere: in 3 of 9 cells of the in-flight matrix" in run.out
    assert "visible on both       upheld                upheld                broken" in run.out
    assert len(list((repository.folder / "reports" / "journals").iterdir())) == 9
    assert (repository.folder / "reports" / "journals" / "somewhere[both-shop].jsonl").exists()


@pytest.mark.parametrize(("cell", "status", "why"), [("both/shop", 11, ""), ("both/both", 1, f"(both/both): {SAID}")])
def test_one_cell_plays_that_one_alone_and_is_no_whole_rehearsal(cell: str, status: int, why: str, repository: Repository) -> None:
    repository.scenario(SOMEWHERE)

    run = repository.rehearses("own.py", "--rehearse-in-flight", cell, system="systems:Nothing")

    found = run.scenarios["somewhere"]
    assert run.status == status
    assert found["why"].endswith(why)
    assert [name for name, outcome in found["cells"].items() if outcome != "not rehearsed"] == [cell]
    assert run.verdict["verdict"] in ("incomplete", "broken")


DISPUTED = '''
@scenario(rehearses="guide.merged.price-and-stock-after-confirmation", begins=Stage.PENDING)
async def test_contested(rehearsal: Rehearsal) -> None:
    """Contested."""
    assert not "refused", "it was taken"
'''


def test_an_assertion_on_what_is_disputed_warns_and_says_why(repository: Repository) -> None:
    repository.scenario(DISPUTED)

    run = repository.rehearses("own.py", system="systems:Nothing")

    found = run.scenarios["contested"]
    assert "1 passed" in run.out
    assert (found["outcome"], found["asserted"], [one["level"] for one in found["findings"]]) == ("upheld", False, ["warning"])
    assert (
        "  warned         contested: the scenario's own assertion failed (it was taken), and what it rehearses is disputed: whether"
        in run.out
    )
    assert "1 upheld (1 warned)" in run.out


def test_an_assertion_on_what_is_disputed_fails_under_strict(repository: Repository) -> None:
    repository.scenario(DISPUTED)

    run = repository.rehearses("own.py", "--rehearse-strict", system="systems:Nothing")

    assert run.status == 1
    assert run.scenarios["contested"]["outcome"] == "broken"


def test_a_run_that_upholds_all_it_played_and_leaves_out_a_cell_exits_11() -> None:
    whole, part = (
        ScenarioResult(
            id="one", title="", phase="", platform="", process="", rehearses=(), outcome=Outcome.UPHELD,
            cells={"both/both": Outcome.UPHELD, "both/shop": other},
        )
        for other in (Outcome.UPHELD, Outcome.NOT_REHEARSED)
    )  # fmt: skip

    assert closing._status(0, Overall.UPHELD, (whole,)) == 0
    assert closing._status(0, Overall.INCOMPLETE, (part,)) == 11
