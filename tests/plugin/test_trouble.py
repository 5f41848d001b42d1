"""The level of trouble is chosen for a run, told wherever the run is told, and judged by the invariants alone where it is harsh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi.session.options import read

if TYPE_CHECKING:
    from tests.plugin.repository import Repository

SCENARIOS = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_upheld(rehearsal: Rehearsal) -> None:
    """Upheld."""


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_expecting_too_much(rehearsal: Rehearsal) -> None:
    """Expecting too much."""
    await rehearsal.passes(minutes=1)
    assert rehearsal.merged_shop_ids, "no shop has merged"
'''


def config_of(pytester: pytest.Pytester, *given: str) -> pytest.Config:
    pytester.makeini("[pytest]\nrehearse_system = mine:Mine\nrehearse_trouble = normal\n")
    return pytester.parseconfig("--rehearse", *given)


def test_the_ini_file_and_the_command_line_name_it(pytester: pytest.Pytester) -> None:
    assert read(config_of(pytester)).trouble == "normal"
    assert read(config_of(pytester, "--rehearse-trouble", "harsh")).trouble == "harsh"
    assert "--rehearse-trouble" not in read(config_of(pytester, "--rehearse-trouble", "off")).command


def test_a_level_that_there_is_not_is_one_sentence(pytester: pytest.Pytester) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        read(config_of(pytester, "--rehearse-trouble", "mild"))

    assert str(caught.value) == "--rehearse-trouble: 'mild' is no level of trouble; write one of off, normal, harsh"


def test_it_is_told_and_what_a_scenario_expects_is_not_judged_where_it_is_harsh(repository: Repository) -> None:
    repository.scenario(SCENARIOS)

    run = repository.rehearses("own.py", "--rehearse-trouble", "harsh", system="systems:Nothing")

    assert run.verdict["trouble"] == "harsh"
    assert "trouble: harsh" in run.out.splitlines()
    late = "not rehearsed under trouble harsh, where a lawful system may be late and only the invariants are judged: no shop has merged"
    assert (run.scenarios["expecting_too_much"]["outcome"], run.scenarios["expecting_too_much"]["why"]) == ("not rehearsed", late)
    assert run.scenarios["upheld"]["outcome"] == "upheld"
    assert run.status == 11
