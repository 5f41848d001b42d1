"""What a search found stands beside the catalogue, and the release gate asks for it."""

from datetime import date

import pytest

from gladi.attempts.gate import Release, decide
from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall, SearchResult, conclude
from gladi.reports.summary import summary
from gladi.reports.terminal import searched
from tests.attempts.verdicts import CATALOGUE, COMMIT, result, verdict

GOOD = result("orders_leave_once")
BROKEN = SearchResult(
    outcome=Outcome.BROKEN,
    why="order INV-001 left 2 times.",
    broken="an_order_leaves_once",
    scenario="async def test_found(rehearsal): ...",
    plays=9,
    steps=124,
    trouble="normal",
)
MISSED = SearchResult(outcome=Outcome.NOT_REHEARSED, why="not rehearsed: the search never met an id", missed=("an id",))
UPHELD = SearchResult(outcome=Outcome.UPHELD, plays=60, steps=700, trouble="normal", seed=7, reached=("an id", "a ship"))


@pytest.mark.parametrize(
    ("search", "overall"),
    [
        (UPHELD, Overall.UPHELD),
        (BROKEN, Overall.BROKEN),
        (MISSED, Overall.INCOMPLETE),
        (SearchResult(outcome=Outcome.FAULT), Overall.FAULT),
    ],
)
def test_a_run_is_as_good_as_its_search(search: SearchResult, overall: Overall) -> None:
    assert conclude([GOOD], [search]) is overall


@pytest.mark.parametrize(("search", "status"), [(UPHELD, 0), (BROKEN, 10), (MISSED, 11)])
def test_the_gate_asks_for_the_search_and_no_gap_covers_it(search: SearchResult, status: int) -> None:
    said = verdict(GOOD, verdict=conclude([GOOD], [search]), searches=(search,))

    answer = decide(said, Release(version="7.1", commit=COMMIT), catalogue=CATALOGUE, today=date(2026, 3, 1))

    assert answer.status == status
    assert [(one.about, one.text) for one in answer.reasons] == ([("the_search", search.why)] if status else [])


def test_the_terminal_says_in_one_line_how_far_a_search_went() -> None:
    lines = [searched(one) for one in (UPHELD, BROKEN)]

    assert lines == [
        "the search: 60 plays of 700 steps in all, trouble normal, drawn from seed 7, 2 of 2 goals met",
        f"the search: 9 plays of 124 steps in all, trouble normal, drawn from seed 0; one broke an_order_leaves_once: {BROKEN.why}",
    ]


def test_the_page_holds_the_scenario_that_was_found() -> None:
    page = summary(verdict(GOOD, verdict=Overall.BROKEN, searches=(BROKEN,)), [], {})

    assert "async def test_found(rehearsal): ..." in page
    assert 'id="search"' in page


def test_the_page_of_a_run_without_a_search_has_no_such_section() -> None:
    page = summary(verdict(GOOD), [], {})

    assert 'id="search"' not in page
