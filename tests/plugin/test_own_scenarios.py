"""Scenarios of a team's own: found by path and by ini, and told in one sentence what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi.play.adapter import CAPABILITIES
from tests.plugin.repository import BY_WEBHOOK, SHIPPED

if TYPE_CHECKING:
    from tests.plugin.repository import Repository

MARK = "@scenario(rehearses=RULE, begins=Stage.PENDING)\n"
GOOD = MARK + 'async def test_{name}(rehearsal):\n    """It is played."""\n'
EVERY = ", ".join(sorted(one.__name__ for one in CAPABILITIES))

WRONG = {
    "untitled": (
        MARK + "async def test_a(rehearsal):\n    pass\n",
        "untitled.py: test_a has no docstring; its first line is the scenario's title in every report",
    ),
    "plain": (
        MARK + "def test_a(rehearsal):\n    '''A.'''\n",
        "plain.py: test_a is a scenario and not async; write `async def test_a(rehearsal)`",
    ),
    "named": (
        MARK + "async def a(rehearsal):\n    '''A.'''\n",
        "named.py: a is a scenario and its name does not begin with test_; write test_a",
    ),
    "alone": (
        MARK + "async def test_a():\n    '''A.'''\n",
        "alone.py: test_a is a scenario and its first parameter is not rehearsal; write `async def test_a(rehearsal)`",
    ),
    "misspelled": (
        "@scenario(rehearses='guide.overview.every-stag', begins=Stage.PENDING)\nasync def test_a(rehearsal):\n    '''A.'''\n",
        ("misspelled.py: test_a: 'guide.overview.every-stag' is no requirement; did you mean guide.overview.every-stage or "
        "guide.overview.ships-once or guide.overview.where-to-fetch-orders?"),
    ),
    "invented": (
        "@scenario(rehearses='x', begins=Stage.PENDING)\nasync def test_a(rehearsal):\n    '''A.'''\n",
        "invented.py: test_a: 'x' is no requirement; docs/requirements.md lists all {requirements}",
    ),
    "excluded": (
        "@scenario(rehearses='guide.faq.help', begins=Stage.PENDING)\nasync def test_a(rehearsal):\n    '''A.'''\n",
        "excluded.py: test_a: 'guide.faq.help' is not rehearsed: says where people find help",
    ),
    "empty": (
        "@scenario(rehearses=(), begins=Stage.PENDING)\nasync def test_a(rehearsal):\n    '''A.'''\n",
        "empty.py: test_a rehearses nothing; name at least one of the {requirements} requirements",
    ),
    "incapable": (
        "@scenario(rehearses=RULE, begins=Stage.PENDING, needs=(ShipsOrders, Rehearsal))\nasync def test_a(rehearsal):\n    '''A.'''\n",
        f"incapable.py: test_a needs Rehearsal, which is no capability; write one of {EVERY}",
    ),
    "elsewhere": (
        "@scenario(rehearses=RULE, begins=Stage.PENDING, on='Shop')\nasync def test_a(rehearsal):\n    '''A.'''\n",
        "elsewhere.py: test_a is on 'Shop', which is no platform; write TOKOPEDIA or SHOP, both from gladi",
    ),
    "quoted": (
        "@scenario(rehearses=RULE, begins=Stage.PENDING, needs='ShipsOrders')\nasync def test_a(rehearsal):\n    '''A.'''\n",
        f"quoted.py: test_a needs 'ShipsOrders', which is no capability; write one of {EVERY}",
    ),
    "staged": (
        "@scenario(rehearses=RULE, begins='merged')\nasync def test_a(rehearsal):\n    '''A.'''\n",
        ("staged.py: test_a begins at 'merged', which is no stage; write one of Stage.PENDING, Stage.MERGING, Stage.MERGED, "
        "Stage.CONFIRMED"),
    ),
}  # fmt: skip


def test_every_mistake_is_one_sentence_at_collection(repository: Repository) -> None:
    from gladi.judge.requirements import REQUIREMENTS  # noqa: PLC0415 - for its number alone

    for name, (text, _) in WRONG.items():
        repository.scenario(text, f"{name}.py")

    run = repository.rehearses(*(f"{name}.py" for name in WRONG), system="systems:Nothing")

    lines = run.out.splitlines()
    headings = {name: next(n for n, line in enumerate(lines) if f" ERROR collecting {name}.py " in line) for name in WRONG}
    assert run.status == 2
    assert {name: lines[at + 1] for name, at in headings.items()} == {
        name: sentence.format(requirements=len(REQUIREMENTS)) for name, (_, sentence) in WRONG.items()
    }
    assert {lines[at + 2].startswith(("_", "=")) for at in headings.values()} == {True}, "one sentence, and nothing after it"
    assert run.verdict["verdict"] == "unfinished"


def test_an_id_is_never_used_twice(repository: Repository) -> None:
    repository.scenario(GOOD.format(name="mine"), "first.py")
    repository.scenario(GOOD.format(name="mine"), "second.py")
    repository.scenario(GOOD.format(name=BY_WEBHOOK), "third.py")
    repository.scenario(
        "@scenario(rehearses=RULE, begins=Stage.PENDING, formerly='mine')\nasync def test_new(rehearsal):\n    '''New.'''\n", "fourth.py"
    )

    run = repository.rehearses("first.py", "second.py", "third.py", "fourth.py", system="systems:Nothing")

    lines = run.out.splitlines()
    assert run.status == 2
    assert [line for line in lines if line.startswith("two scenarios")] == [
        "two scenarios are called 'mine': first.py and second.py; ids are never reused",
        f"two scenarios are called '{BY_WEBHOOK}': noticing.py and third.py; ids are never reused",
        "two scenarios are called 'mine': first.py and fourth.py; ids are never reused",
    ]


def test_a_scenario_is_rehearsed_by_its_path(repository: Repository) -> None:
    repository.scenario(GOOD.format(name="mine") + "\n\n" + GOOD.format(name="other"), "deep/own.py")

    run = repository.rehearses("deep/own.py::test_mine", system="systems:Nothing")

    assert "collected 1 item\n" in run.out
    assert run.scenarios["mine"] | {"findings": [], "invariants": [], "ids": [], "journals": []} == {
        "id": "mine",
        "title": "It is played",
        "phase": "pre_merge",
        "platform": "Both platforms",
        "process": "own",
        "rehearses": ["guide.overview.every-stage"],
        "outcome": "upheld",
        "why": "",
        "asserted": True,
        "raised": "",
        "invariants": [],
        "findings": [],
        "assumptions": [],
        "ids": [],
        "journals": [],
        "reruns": 0,
        "cells": {},
    }


def test_scenarios_named_in_the_ini_are_rehearsed_beside_the_shipped_ones(repository: Repository) -> None:
    repository.settings["rehearse_scenarios"] = "own/post_merge more.py"
    repository.scenario(GOOD.format(name="mine"), "own/post_merge/test_returns.py")
    repository.scenario(GOOD.format(name="other"), "more.py")
    repository.holds("own/post_merge/helpers.py", "raise AssertionError('imported, and there is nothing to play in it')\n")

    run = repository.rehearses(system="systems:Listener")

    assert run.status == 0, run.out
    assert {name for name, one in run.scenarios.items() if one["outcome"] == "upheld"} == {
        "mine",
        "other",
        BY_WEBHOOK,
        "the_registration_keeps_the_other_webhooks",
    }
    assert [run.scenarios["mine"][name] for name in ("phase", "process")] == ["post_merge", "returns"]
    assert len(run.scenarios) == SHIPPED + 2


def test_an_undeclared_capability_is_skipped_with_the_reason(repository: Repository) -> None:
    repository.scenario(
        "@scenario(rehearses=RULE, begins=Stage.PENDING, needs=(ShipsOrders, LinksShops))\n"
        "async def test_it_ships(rehearsal):\n    '''It ships.'''\n    raise AssertionError\n"
    )

    run = repository.rehearses("own.py", "-rs", system="systems:Nothing")

    why = "not rehearsed: Nothing does not declare ShipsOrders, LinksShops"
    assert run.status == 11
    assert any(line.startswith("SKIPPED [1] ") and line.endswith(f": {why}") for line in run.out.splitlines())
    assert (run.scenarios["it_ships"]["outcome"], run.scenarios["it_ships"]["why"]) == ("not rehearsed", why)


@pytest.mark.parametrize("words", [("own.py",), ("own.py", "--rehearse-seed", "4", "--rehearse-face", "served")])
def test_a_scenario_is_given_a_folder_of_its_own_for_the_system(words: tuple[str, ...], repository: Repository) -> None:
    repository.system(
        """
        class Mine(Nothing):
            def __init__(self, venue):
                assert list(venue.storage.iterdir()) == [], "not empty"
                (venue.storage / "book").write_text("mine")
        """
    )
    repository.scenario(GOOD.format(name="mine") + "\n\n" + GOOD.format(name="other"))

    run = repository.rehearses(*words)

    assert "2 passed" in run.out


@pytest.mark.parametrize("mode", ["prepend", "importlib"])
def test_an_assertion_says_what_it_compared_whatever_its_file_is_called(mode: str, repository: Repository) -> None:
    repository.settings["rehearse_scenarios"] = "sc"
    repository.scenario(GOOD.format(name="mine") + "    parcels = 2\n    assert parcels == 1\n", "sc/mine_too.py")

    run = repository.rehearses("-k", "test_mine", f"--import-mode={mode}", system="systems:Nothing")

    assert run.scenarios["mine"]["why"] == "what its title says did not hold: assert 2 == 1"


def test_an_assertion_that_says_nothing_is_told_by_its_line(repository: Repository) -> None:
    repository.scenario(GOOD.format(name="mine") + "    assert rehearsal is None\n")

    run = repository.rehearses("own.py", "--assert=plain", system="systems:Nothing")

    assert run.scenarios["mine"]["why"] == "what its title says did not hold: assert rehearsal is None (own.py, line 9)"
