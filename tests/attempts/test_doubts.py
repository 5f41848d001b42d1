"""A verdict is believed only if this Gladi can have written it: whole, over its own catalogue, and without contradiction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gladi.attempts.doubts import doubts
from gladi.judge.bench import Outcome
from gladi.judge.verdict import InvariantResult, Overall
from tests.attempts.verdicts import CATALOGUE, result, verdict

KNOWN = replace(CATALOGUE, scenarios=frozenset({"one", "two", "three"}))
THREE = [result(name) for name in ("one", "two", "three")]
FAILS = InvariantResult(id="leaves_once", outcome=Outcome.BROKEN, chances=1, fails=True)
WARNS = InvariantResult(id="leaves_once", outcome=Outcome.BROKEN, chances=1)


def test_a_verdict_over_the_whole_catalogue_and_a_teams_own_scenarios_is_believed() -> None:
    said = verdict(*THREE, result("of_our_own", invariants=(WARNS,)))

    assert list(doubts(said, KNOWN)) == []


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        ({"verdict": Overall.BROKEN}, "it says broken and its scenarios say upheld, so somebody wrote in it; rehearse again"),
        ({"gladi": "0.0.1"}, "Gladi 0.0.1 wrote it, and this is Gladi 0.1.0; rehearse again with this one"),
        ({"catalogue": "nonsense"}, "it is over another catalogue (nonsense) than this Gladi's (0); rehearse again"),
        ({"scenarios": THREE[:2]}, "it says nothing of three, so somebody wrote in it; rehearse again"),
        (
            {"scenarios": THREE[:1]},
            "it says nothing of 2 scenarios of the catalogue, three among them, so somebody wrote in it; rehearse again",
        ),
        (
            {"scenarios": [*THREE[:2], result("three", invariants=(FAILS,))]},
            "it says that three is upheld and that leaves_once fails in it, so somebody wrote in it; rehearse again",
        ),
        (
            {"scenarios": [*THREE[:2], result("three", cells={"both/shop": Outcome.BROKEN})]},
            "it says that three is upheld, and broken in both/shop, so somebody wrote in it; rehearse again",
        ),
    ],
)
def test_what_no_run_of_this_gladi_would_have_written_is_doubted(more: dict[str, Any], doubt: str) -> None:
    assert list(doubts(verdict(*THREE, **more), KNOWN)) == [doubt]


def test_a_run_that_failed_itself_says_so_whatever_its_scenarios_say() -> None:
    assert list(doubts(verdict(*THREE, verdict=Overall.FAULT), KNOWN)) == []
