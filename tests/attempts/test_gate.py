"""The release gate: one answer, and what goes before what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gladi.attempts.gate import Answer, Gate, Release, UnknownScenarioError, decide
from gladi.attempts.policy import KnownGap
from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall, ScenarioResult
from tests.attempts.verdicts import CATALOGUE, COMMIT, result, verdict

TODAY = date(2026, 3, 1)
THIS = Release(version="7.1", commit=COMMIT)
BROKEN = result("prices_agree", Outcome.BROKEN, why="the price is wrong.\nand more of the story")
LEFT_OUT = result("chats_open", Outcome.NOT_REHEARSED, why="not rehearsed: B does not declare Chats")
GOOD = result("orders_leave_once")


def asked(*results: ScenarioResult, gaps: tuple[KnownGap, ...] = (), release: Release = THIS, **more: Any) -> Answer:
    return decide(verdict(*results, **more), release, catalogue=CATALOGUE, gaps=gaps, today=TODAY)


def gap(scenario: str, until: date = TODAY) -> KnownGap:
    return KnownGap(scenario, "the price list is frozen", "Sari", until)


def said(answer: Answer) -> list[tuple[str, str, str]]:
    return [(str(one.answer), one.about, one.text) for one in answer.reasons]


def test_a_whole_green_rehearsal_of_this_version_may_be_released() -> None:
    answer = asked(GOOD)

    assert (answer.answer, answer.status, answer.reasons, answer.notes) == (Gate.YES, 0, (), ())


def test_a_broken_scenario_is_named_with_the_first_line_of_its_story() -> None:
    answer = asked(GOOD, BROKEN)

    assert answer.status == 10
    assert said(answer) == [("broken", "prices_agree", "the price is wrong.")]


def test_what_was_not_rehearsed_leaves_the_answer_open() -> None:
    answer = asked(GOOD, LEFT_OUT)

    assert answer.status == 11
    assert said(answer) == [("incomplete", "chats_open", "not rehearsed: B does not declare Chats")]


def test_a_cell_that_was_left_out_leaves_the_answer_open() -> None:
    cells = {"origin/origin": Outcome.UPHELD, "both/shop": Outcome.NOT_REHEARSED}

    answer = asked(result("orders_leave_once", cells=cells))

    assert answer.status == 11
    assert said(answer) == [("incomplete", "orders_leave_once", "not rehearsed in 1 of 2 cells of the in-flight matrix")]


def test_a_run_without_scenarios_rehearsed_nothing() -> None:
    assert asked().status == 11


@pytest.mark.parametrize("overall", [Overall.UNFINISHED, Overall.FAULT])
def test_a_run_that_did_not_end_or_failed_itself_says_nothing(overall: Overall) -> None:
    answer = asked(GOOD, verdict=overall)

    assert answer.status == 12


def test_a_scenario_in_which_the_harness_failed_is_no_gap() -> None:
    answer = asked(GOOD, result("chats_open", Outcome.FAULT, why="our fault"), gaps=(gap("chats_open"),))

    assert answer.status == 12


def test_a_verdict_that_contradicts_its_scenarios_is_not_believed() -> None:
    answer = asked(GOOD, BROKEN, verdict=Overall.UPHELD)

    assert answer.status == 12
    assert said(answer)[0] == (
        "harness fault",
        "verdict.json",
        "it says upheld and its scenarios say broken, so somebody wrote in it; rehearse again",
    )


@pytest.mark.parametrize(
    ("release", "system", "text"),
    [
        (Release(version="7.2"), {}, "version 7.1 was rehearsed, and 7.2 is to be released; rehearse that one"),
        (
            Release(version="7.2"),
            {"version": None},
            "the rehearsed adapter names no version of its system, so give the adapter's class one, version = '...', and rehearse",
        ),
        (Release(commit="fedcba9876543"), {}, "commit 0123456789ab was rehearsed, and fedcba987654 is to be released; rehearse that one"),
        (
            Release(commit="fedcba9876543"),
            {"commit": None},
            "the system was rehearsed outside of any commit; commit it and rehearse, or pass --system-version",
        ),
        (
            Release(commit=COMMIT, changed=True),
            {},
            "files have changed since commit 0123456789ab was rehearsed, and are not committed; commit them and rehearse",
        ),
        (
            Release(commit=COMMIT, changed=True),
            {"commit": {"id": COMMIT, "dirty": True}},
            "files differ from the commit, and nothing tells whether they did when it was rehearsed; commit them and rehearse",
        ),
        (Release("7.1", system="mine:Real"), {}, "a:B was rehearsed, and mine:Real is to be released; rehearse that one"),
        (
            Release("7.1", lost=True, system="a:B"),
            {},
            "git does not tell where its checkout stands by now; type git status there, and mend what it says",
        ),
        (Release(), {}, "nothing says which version is to be released; pass --system-version or --commit"),
        (
            Release(options=False),
            {},
            "nothing says which version is to be released; give the adapter's class one, version = '...', and rehearse",
        ),
        (
            Release(commit="fedcba9876543", options=False),
            {"commit": None},
            "the system was rehearsed outside of any commit; give the adapter's class one, version = '...', and rehearse",
        ),
    ],
)
def test_another_version_is_stale(release: Release, system: dict[str, Any], text: str) -> None:
    here = verdict(GOOD).system

    answer = asked(GOOD, release=release, system=here | system)

    assert answer.status == 13
    assert said(answer) == [("stale", "the system", text)]


def test_a_rehearsal_on_another_target_is_stale() -> None:
    answer = asked(GOOD, target="recorded")

    assert answer.status == 13
    assert said(answer) == [("stale", "the system", "it was rehearsed on the recorded, and the gate asks for the sandbox; rehearse there")]


def test_the_systems_own_commit_counts_and_not_that_of_the_run() -> None:
    answer = asked(GOOD, release=Release(commit=COMMIT), commit={"id": "f" * 40, "dirty": False})

    assert answer.status == 0


def test_the_first_digits_of_a_commit_are_enough() -> None:
    assert asked(GOOD, release=Release(commit="0123456ABC".lower()[:7])).status == 0


def test_stale_goes_before_broken_and_a_fault_before_stale() -> None:
    stale = asked(GOOD, BROKEN, release=Release(version="8"))
    fault = asked(GOOD, BROKEN, release=Release(version="8"), verdict=Overall.FAULT)

    assert [one.answer for one in stale.reasons] == [Gate.STALE, Gate.BROKEN]
    assert (stale.status, fault.status) == (13, 12)


@pytest.mark.parametrize("short", [BROKEN, LEFT_OUT], ids=["broken", "left out"])
def test_a_known_gap_passes_until_its_date(short: ScenarioResult) -> None:
    listed = gap(short.id)

    answer = asked(GOOD, short, gaps=(listed,))

    assert (answer.status, answer.gaps) == (0, (listed,))


@pytest.mark.parametrize(("short", "status"), [(BROKEN, 10), (LEFT_OUT, 11)], ids=["broken", "left out"])
def test_a_known_gap_whose_date_has_passed_counts_again(short: ScenarioResult, status: int) -> None:
    answer = asked(GOOD, short, gaps=(gap(short.id, until=date(2026, 2, 28)),))

    assert answer.status == status
    assert answer.reasons[0].text.endswith("(a known gap of Sari until 2026-02-28, and that day has passed)")


def test_a_known_gap_that_no_longer_fails_breaks_the_gate() -> None:
    answer = asked(GOOD, gaps=(gap(GOOD.id),))

    assert answer.status == 10
    assert said(answer) == [
        ("broken", "orders_leave_once", "it no longer fails, and gladi.toml lists it as a known gap of Sari; take the entry out")
    ]


def test_a_gap_for_everything_is_still_nothing_rehearsed() -> None:
    assert asked(LEFT_OUT, gaps=(gap(LEFT_OUT.id),)).status == 11


def test_a_gap_for_an_unknown_scenario_is_refused_with_near_names() -> None:
    with pytest.raises(UnknownScenarioError) as caught:
        asked(GOOD, BROKEN, gaps=(gap("price_agrees"),))

    assert str(caught.value) == ("gladi.toml: [[known-gaps]] lists 'price_agrees', and no scenario has that id; did you mean prices_agree?")


def test_what_weakens_an_answer_is_noted() -> None:
    answer = asked(
        result("orders_leave_once", reruns=2),
        result("titles_agree", asserted=False),
        assumed={"stock_at_merge": "sum"},
        commit={"id": COMMIT, "dirty": True},
    )

    assert answer.status == 0
    assert [(one.about, one.text) for one in answer.notes] == [
        ("the work tree", "it was dirty when it was rehearsed, so the commit does not tell all that was"),
        ("the sandbox", "it was switched: stock_at_merge=sum"),
        ("orders_leave_once", "it was rerun 2 times; what fails now and then fails"),
        ("titles_agree", "its own assertion failed on what the documents dispute, which only warns"),
    ]


def test_a_secret_in_a_story_is_not_repeated() -> None:
    answer = asked(GOOD, result("prices_agree", Outcome.BROKEN, why="refused: access_token=abcdef123"))

    assert "abcdef123" not in answer.reasons[0].line
