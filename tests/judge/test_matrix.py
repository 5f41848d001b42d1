"""What is said of a scenario over its plays: the worst, with the cells in which it fails."""

from __future__ import annotations

from msgspec import structs

from gladi.judge.bench import Outcome
from gladi.judge.invariants.leaving import AnOrderLeavesOnce
from gladi.judge.invariants.polling import ShopInfoEveryFiveMinutes
from gladi.judge.matrix import drawn, together
from gladi.judge.verdict import InvariantResult, Overall, ScenarioResult, conclude, sum_up
from gladi.session import closing

CELLS = ("origin/origin", "origin/shop", "both/origin", "both/shop")


def play(cell: str, outcome: Outcome, why: str = "", invariants: tuple[InvariantResult, ...] = ()) -> ScenarioResult:
    """Make the result of one play in one cell of a matrix of four."""
    return ScenarioResult(
        id="one", title="One", phase="", platform="", process="", rehearses=(), outcome=outcome, why=why, invariants=invariants,
        cells={name: outcome if name == cell else Outcome.NOT_REHEARSED for name in CELLS},
    )  # fmt: skip


def leaves_once(cell: str, outcome: Outcome) -> tuple[InvariantResult, ...]:
    """Say what the invariants say in a cell."""
    return (
        InvariantResult(id=AnOrderLeavesOnce.id, outcome=outcome, chances=1, cell=cell),
        InvariantResult(id=ShopInfoEveryFiveMinutes.id, outcome=Outcome.UPHELD, chances=1, cell=cell),
    )


def test_the_cells_are_named_in_one_sentence_by_what_went_wrong_in_them() -> None:
    plays = [
        play("origin/origin", Outcome.UPHELD),
        play("origin/shop", Outcome.BROKEN, "order INV-001 left 2 times."),
        play("both/origin", Outcome.BROKEN, "order INV-001 is lost."),
        play("both/shop", Outcome.BROKEN, "order INV-001 left 2 times."),
    ]

    result = together(plays)

    assert result.why == (
        "in 2 of 4 cells of the in-flight matrix (origin/shop, both/shop): order INV-001 left 2 times; "
        "in 1 (both/origin): order INV-001 is lost."
    )
    assert list(result.cells.values()) == [Outcome.UPHELD, Outcome.BROKEN, Outcome.BROKEN, Outcome.BROKEN]


def test_a_scenario_of_one_play_keeps_its_own_words() -> None:
    alone = ScenarioResult(id="one", title="", phase="", platform="", process="", rehearses=(), outcome=Outcome.BROKEN, why="so not")

    assert together([alone]).why == "so not"


def test_the_journals_of_all_plays_are_named_once() -> None:
    first, second = ("ab  one[a].jsonl", "cd  one[b].jsonl")
    plays = [structs.replace(play(CELLS[0], Outcome.UPHELD), journals=(one,)) for one in (first, second, first)]

    assert together(plays).journals == (first, second)


def test_a_run_that_leaves_out_a_cell_is_incomplete() -> None:
    whole = together([play(cell, Outcome.UPHELD) for cell in CELLS])
    part = together([play(cell, Outcome.UPHELD) for cell in CELLS[1:]])

    assert conclude([whole]) is Overall.UPHELD
    assert (part.outcome, conclude([part])) == (Outcome.UPHELD, Overall.INCOMPLETE)


def test_a_scenario_that_was_left_out_in_some_cells_names_them_and_the_run_is_incomplete() -> None:
    left = [play(cell, Outcome.NOT_REHEARSED, "not rehearsed: no recording") for cell in CELLS]

    part = together([play("both/shop", Outcome.UPHELD), *left[:3]])
    nothing = together(left)

    assert (part.outcome, conclude([part])) == (Outcome.NOT_REHEARSED, Overall.INCOMPLETE)
    assert part.why == ("not rehearsed: no recording (in 3 of 4 cells of the in-flight matrix: origin/origin, origin/shop, both/origin)")
    assert (nothing.why, conclude([nothing])) == ("not rehearsed: no recording", Overall.NOTHING)
    assert closing._status(0, Overall.INCOMPLETE, (part,)) == 11


def test_an_order_leaves_once_is_upheld_only_if_it_is_in_every_cell() -> None:
    kinds = (AnOrderLeavesOnce, ShopInfoEveryFiveMinutes)
    plays = [play(cell, Outcome.UPHELD, invariants=leaves_once(cell, Outcome.UPHELD)) for cell in CELLS]
    broken = play("both/shop", Outcome.BROKEN, invariants=leaves_once("both/shop", Outcome.BROKEN))

    whole, part, wrong = (sum_up([together(some)], kinds) for some in (plays, plays[1:], [*plays[:3], broken]))

    assert [one["outcome"] for one in whole] == [Outcome.UPHELD, Outcome.UPHELD]
    assert [one["outcome"] for one in part] == [Outcome.NOT_REHEARSED, Outcome.UPHELD]
    assert (wrong[0]["outcome"], wrong[0]["broken_in"]) == (Outcome.BROKEN, ["one"])
    assert [cell for cell, outcome in wrong[0]["cells"].items() if outcome is Outcome.BROKEN] == ["both/shop"]


def test_the_matrix_is_drawn_with_a_row_for_what_is_visible_and_a_column_for_what_is_actionable() -> None:
    result = together([play(cell, Outcome.UPHELD) for cell in CELLS[:3]])

    assert drawn(result.cells) == [
        "                      actionable on origin  actionable on shop",
        "visible on origin     upheld                upheld",
        "visible on both       upheld                not rehearsed",
    ]
