"""What a run leaves in `reports/verdict.json`: the whole catalogue, or *unfinished*, and never yesterday's green."""

from __future__ import annotations

import re
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from gladi.judge.invariants import INVARIANTS
from gladi.play.catalogue import catalogue, digest
from tests.plugin.repository import BY_WEBHOOK, LAST_MINUTE, PLAYS

if TYPE_CHECKING:
    from tests.plugin.repository import Repository, Run

THREE = '''
import os
import signal


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_one(rehearsal: Rehearsal) -> None:
    """One."""


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_two(rehearsal: Rehearsal) -> None:
    """Two."""
    {two}


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_three(rehearsal: Rehearsal) -> None:
    """Three."""
'''


def outcomes(run: Run) -> dict[str, tuple[str, str]]:
    """Give the outcome of each scenario that is not of the catalogue, and why."""
    shipped = {one.id for one in catalogue()}
    return {name: (one["outcome"], one["why"]) for name, one in run.scenarios.items() if name not in shipped}


def test_it_says_what_was_in_force_and_what_it_is_about(listened: Run) -> None:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=listened.folder, capture_output=True, text=True, check=True)

    verdict = listened.verdict

    assert set(verdict) == {
        "schema", "verdict", "gladi", "target", "face", "seed", "strict", "in_flight", "assumed", "trouble", "system", "commit",
        "catalogue", "scenarios", "invariants", "assumptions", "finished_at", "attempts", "searches",
    }  # fmt: skip
    assert [verdict[name] for name in ("schema", "target", "face", "seed", "strict", "in_flight")] == [
        2, "sandbox", "inprocess", 0, False, "every",
    ]  # fmt: skip
    here = {"id": commit.stdout.strip(), "dirty": False}
    assert verdict["system"] == {"adapter": "systems:Listener", "version": "7.1", "capabilities": [], "commit": here | {"root": "."}}
    assert verdict["commit"] == here
    assert verdict["attempts"] == {}
    assert verdict["catalogue"] == digest()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", verdict["finished_at"])


def test_it_holds_the_whole_catalogue_and_every_invariant(listened: Run) -> None:
    assert list(listened.scenarios) == [one.id for one in catalogue()]
    assert {name for name, one in listened.scenarios.items() if one["outcome"] == "upheld"} == {
        one.id for one in catalogue() if not one.needs
    }
    assert listened.scenarios["a_price_reaches_both_platforms_before_the_merge"]["why"] == (
        "not rehearsed: Listener does not declare SetsPrices"
    )
    assert [one["id"] for one in listened.verdict["invariants"]] == [kind.id for kind in INVARIANTS]
    assert {one["id"]: one["outcome"] for one in listened.verdict["invariants"]}["the_merge_is_noticed"] == "upheld"


def test_it_knows_each_journal_by_its_sum(listened: Run) -> None:
    journals = [path for path in (listened.folder / "reports" / "journals").iterdir() if path.suffix == ".jsonl"]

    written = {f"{sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in journals}

    assert written
    assert {one for scenario in listened.scenarios.values() for one in scenario["journals"]} == written


def test_it_names_the_assumptions_that_it_rests_on(twice: Run) -> None:
    assert "setting.in_flight" in twice.verdict["assumptions"]
    assert twice.verdict["assumptions"] == twice.scenarios[LAST_MINUTE]["assumptions"]


def test_a_finding_has_its_level_and_its_evidence(repository: Repository) -> None:
    repository.system("class Mine(Listener):\n    def receive(self, delivery):\n        raise ValueError('no such row')\n")

    run = repository.rehearses("-k", BY_WEBHOOK)

    assert run.scenarios[BY_WEBHOOK]["findings"] == [
        {
            "level": "violation",
            "about": "the_merge_is_noticed",
            "text": "shop-1 merged and the system never learned of it: no webhook taken, no poll.",
            "evidence": ["stage merged"],
        },
        {
            "level": "violation",
            "about": "webhooks_are_answered",
            "text": "the webhook 'merge' of shop-1 arrived, and the system answered 500.",
            "evidence": ["webhook merge"],
        },
        {
            "level": "warning",
            "about": "receive",
            "text": "receive raised ValueError: no such row (mine.py, line 6, in receive); counted as status 500",
            "evidence": [],
        },
    ]


def test_a_work_tree_that_differs_from_its_commit_is_dirty(repository: Repository) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=repository.folder, check=True)
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--allow-empty", "-m", "none"],
        cwd=repository.folder,
        check=True,
    )

    run = repository.rehearses("-k", "nothing", system="systems:Nothing")

    assert run.verdict["commit"]["dirty"] is True


def test_a_repository_without_git_has_no_commit(repository: Repository) -> None:
    run = repository.rehearses("-k", "nothing", system="systems:Nothing")

    assert run.verdict["commit"] == {"id": None, "dirty": None}


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)", "raise KeyboardInterrupt"])
def test_a_run_that_ends_in_the_middle_is_unfinished_and_not_yesterdays_green(end: str, repository: Repository) -> None:
    repository.holds("reports/verdict.json", '{"verdict": "upheld"}')
    repository.scenario(THREE.format(two=end))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert run.verdict["verdict"] == "unfinished"
    assert run.verdict["finished_at"] is None
    assert run.verdict["scenarios"] == []
    assert [path.name for path in (repository.folder / "reports").glob("*verdict*")] == ["verdict.json"]


def test_a_system_that_ends_the_process_in_a_tick_leaves_unfinished(repository: Repository) -> None:
    repository.system("import os\n\n\nclass Mine(Nothing):\n    def tick(self, now):\n        os._exit(0)\n")

    run = repository.rehearses()

    assert run.verdict["verdict"] == "unfinished"


def test_the_file_is_replaced_and_not_written_over(repository: Repository) -> None:
    with repository.holds("reports/verdict.json", "yesterday's").open() as reader:
        run = repository.rehearses("-k", "nothing", system="systems:Nothing")

        assert reader.read() == "yesterday's"
    assert run.verdict["verdict"] == "nothing rehearsed"


def test_what_a_stopped_run_did_not_reach_was_not_rehearsed(repository: Repository) -> None:
    repository.scenario(THREE.format(two="assert False, 'no'"))

    run = repository.rehearses("own.py", "-x", system="systems:Nothing")

    assert run.status == 1
    assert outcomes(run) == {
        "one": ("upheld", ""),
        "two": ("broken", "what its title says did not hold: no"),
        "three": ("not rehearsed", "not reached before this run ended"),
    }


def test_what_was_deselected_was_not_rehearsed(repository: Repository) -> None:
    repository.scenario(THREE.format(two="pass"))

    run = repository.rehearses("own.py", "-k", "one", system="systems:Nothing")

    assert run.status == 11
    assert outcomes(run) == {
        "one": ("upheld", ""),
        "two": ("not rehearsed", "not selected in this run"),
        "three": ("not rehearsed", "not selected in this run"),
    }


@pytest.mark.parametrize("word", ["skip", "xfail"])
def test_what_its_own_body_left_out_was_not_rehearsed(word: str, repository: Repository) -> None:
    repository.scenario("import pytest\n" + THREE.format(two=f"pytest.{word}('not today')"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert outcomes(run)["two"] == ("not rehearsed", "not rehearsed: not today")


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("pytest.fail('so not')", "what its title says did not hold: so not"),
        ("sys.exit(0)", "the scenario raised SystemExit: 0 (own.py, line {line}, in test_two)"),
        ("{}['a']", "the scenario raised KeyError: 'a' (own.py, line {line}, in test_two)"),
    ],
)
def test_whatever_ends_a_body_breaks_the_scenario(end: str, why: str, repository: Repository) -> None:
    own = repository.scenario("import sys\n\nimport pytest\n" + THREE.format(two=end))
    line = next(n for n, text in enumerate(own.read_text().splitlines(), 1) if text.strip() == end)

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert run.status == 1
    assert outcomes(run) == {"one": ("upheld", ""), "two": ("broken", why.format(line=line)), "three": ("upheld", "")}


def test_collecting_alone_leaves_the_verdict_as_it_is(repository: Repository) -> None:
    yesterday = repository.holds("reports/verdict.json", "yesterday's")

    run = repository.rehearses("--collect-only", "-q", system="systems:Nothing")

    assert run.status == 0
    assert f"{PLAYS} tests collected" in run.out
    assert [path.name for path in yesterday.parent.iterdir()] == ["verdict.json"]
    assert yesterday.read_text() == "yesterday's"


@pytest.mark.parametrize("word", ["--help", "--markers", "--fixtures"])
def test_what_only_shows_something_leaves_the_verdict_as_it_is(word: str, repository: Repository) -> None:
    yesterday = repository.holds("reports/verdict.json", "yesterday's")

    run = repository.rehearses(word, system="systems:Nothing")

    assert run.status == 0
    assert yesterday.read_text() == "yesterday's"


def test_a_scenario_with_parameters_is_as_good_as_its_worst(repository: Repository) -> None:
    repository.scenario(
        '''
        import pytest


        @pytest.mark.parametrize("minutes", [0, 1])
        @scenario(rehearses=RULE, begins=Stage.PENDING)
        async def test_minutes_pass(rehearsal: Rehearsal, minutes: int) -> None:
            """Minutes pass."""
            assert minutes == 1, "none did"
        '''
    )

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert "1 failed, 1 passed" in run.out
    assert outcomes(run) == {"minutes_pass": ("broken", "what its title says did not hold: none did")}


def test_a_rerun_counts_and_its_last_word_holds(repository: Repository) -> None:
    repository.holds(
        "conftest.py",
        """
        from _pytest.runner import runtestprotocol


        def pytest_runtest_protocol(item, nextitem):
            for _ in range(3):
                item._initrequest()
                for report in runtestprotocol(item, nextitem=nextitem, log=False):
                    item.ihook.pytest_runtest_logreport(report=report)
            return True
        """,
    )
    repository.scenario("PLAYED = []\n" + THREE.format(two="PLAYED.append(1)\n    assert len(PLAYED) == 3, 'not yet'"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert outcomes(run) == {"one": ("upheld", ""), "two": ("upheld", ""), "three": ("upheld", "")}
    assert run.scenarios["two"]["reruns"] == 2
