"""A rehearsal lives with whatever a team has of its own: naming rules, warnings, packages, fixtures, plugins and workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi.play.catalogue import catalogue
from tests.plugin.repository import BY_WEBHOOK

if TYPE_CHECKING:
    from tests.plugin.repository import Repository, Run

ASYNC = '''
class Mine(Nothing):
    """A system that awaits, on the loop of the rehearsal."""

    async def tick(self, now):
        await asyncio.sleep(0)
        return now + timedelta(minutes=5)

    async def receive(self, delivery):
        await asyncio.sleep(0)
        return 200
'''
WAITS = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_an_hour_passes(rehearsal: Rehearsal, tmp_path, capsys) -> None:
    """An hour passes."""
    await rehearsal.passes(hours=1)
'''
THEIRS = """
import pytest


@pytest.fixture
def order():
    raise AssertionError("their order was asked for by us")


@pytest.fixture
def seller():
    raise AssertionError("their seller was asked for by us")
"""


def said_of(run: Run) -> dict[str, tuple[str, str]]:
    return {name: (one["outcome"], one["why"]) for name, one in run.scenarios.items()}


def test_naming_rules_warnings_fixtures_and_a_package_called_scenarios_change_nothing(repository: Repository, listened: Run) -> None:
    repository.settings |= {
        "python_files": "*_test.py",
        "python_functions": "check_*",
        "python_classes": "Check*",
        "filterwarnings": "error",
        "addopts": "--strict-markers --strict-config",
        "testpaths": "theirs",
    }
    repository.holds("conftest.py", THEIRS)
    repository.holds("scenarios/__init__.py", "raise AssertionError('their package was taken for ours')\n")
    repository.holds("theirs/their_test.py", "def check_theirs():\n    raise AssertionError('no scenario, and run')\n")

    run = repository.rehearses(system="systems:Listener")

    assert run.status == 0, run.out
    assert said_of(run) == said_of(listened)


def test_two_workers_find_what_one_process_finds(repository: Repository, listened: Run) -> None:
    repository.settings["filterwarnings"] = "error"

    run = repository.rehearses("-n2", system="systems:Listener")

    assert run.status == 0, run.out
    assert {name: said_of(run)[name] for name in said_of(listened)} == said_of(listened)
    assert run.verdict["invariants"] == listened.verdict["invariants"]
    assert run.out.count("written to reports/verdict.json") == 1
    assert run.out.count("verdict: INCOMPLETE") == 1


def test_a_worker_that_crashes_is_named(repository: Repository) -> None:
    repository.scenario("import os\n" + WAITS.replace("await rehearsal.passes(hours=1)", "os._exit(0)"))

    run = repository.rehearses("own.py", "-n1", system="systems:Nothing")

    assert (run.status, run.verdict["verdict"]) == (12, "harness fault")
    assert "  fault          own.py::test_an_hour_passes: the worker that performed it crashed" in run.out.splitlines()


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        (("-p", "no:respx"), {}),
        (("-p", "no:allure_pytest"), {}),
        (("-p", "no:asyncio"), {"asyncio_default_fixture_loop_scope": ""}),
        (("-p", "no:anyio"), {}),
        ((), {"asyncio_mode": "auto"}),
        (("--import-mode=importlib",), {}),
    ],
)
def test_any_set_of_other_plugins_will_do(words: tuple[str, ...], setting: dict[str, str], repository: Repository) -> None:
    repository.settings |= setting
    repository.settings = {name: value for name, value in repository.settings.items() if value}
    repository.settings["filterwarnings"] = "error"
    repository.system(ASYNC)
    repository.scenario(WAITS)

    run = repository.rehearses("own.py", *words)

    assert run.scenarios["an_hour_passes"]["outcome"] == "upheld", run.out + run.err


def test_a_fixture_of_theirs_that_hides_ours_is_one_sentence(repository: Repository) -> None:
    repository.holds("conftest.py", "import pytest\n\n\n@pytest.fixture\ndef rehearsal():\n    return 5\n")

    run = repository.rehearses(system="systems:Nothing")

    sentence = "the fixture `rehearsal` of conftest.py hides the one that scenarios are given; give yours another name"
    assert run.status == 2
    assert run.out.splitlines().count(sentence) == len({one.path for one in catalogue()})
    assert run.verdict["verdict"] == "unfinished"


def test_without_the_word_a_scenario_is_skipped_with_a_hint(repository: Repository) -> None:
    repository.scenario(WAITS)
    repository.holds("test_theirs.py", "def test_theirs():\n    pass\n")

    run = repository.runs("own.py", "test_theirs.py", "-rs")

    assert run.status == 0
    assert "1 passed, 1 skipped" in run.out
    assert "a scenario is rehearsed by `pytest --rehearse`" in run.out
    assert not (repository.folder / "reports").exists()


def test_their_own_tests_are_not_run_beside_a_rehearsal(repository: Repository) -> None:
    repository.holds("test_theirs.py", "from gladi import scenario\n\n\ndef test_theirs():\n    raise AssertionError\n")

    run = repository.rehearses("-k", f"{BY_WEBHOOK} or theirs", ".", system="systems:Listener")

    assert run.status == 11
    assert "no tests ran" in run.out
