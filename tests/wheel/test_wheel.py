"""What is built is what is used: the wheel's content, and rehearsals with it beside a repository that collides with ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from tests.wheel.installing import ROOT, Environment

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

NOTICED = {"the_merge_is_noticed_by_webhook", "the_merge_is_noticed_though_the_webhook_is_lost", "the_ids_of_the_merged_shops_agree"}
"""Scenarios that the README's adapter can play, because they need no capability, or *links shops*; there are more of these."""
SOME = ("-k", " or ".join((*sorted(NOTICED), "an_order_on_tokopedia_leaves_before_the_merge")))
"""They, and one that it cannot play: a whole rehearsal with every kind of install would take minutes."""
NOT_ALL = 11


@pytest.fixture(params=["installed", "editable"])
def environment(request: pytest.FixtureRequest) -> Environment:
    """Give an environment with the wheel in it, then one with an editable install."""
    found: Environment = request.getfixturevalue(request.param)
    return found


def verdict(theirs: Path) -> dict[str, Any]:
    written: dict[str, Any] = json.loads((theirs / "reports" / "verdict.json").read_text(encoding="utf-8"))
    return written


def told(done: CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


def test_the_wheel_holds_the_package_with_scenarios_and_fixtures_inside_and_nothing_else(wheel: Path) -> None:
    shipped = {
        f"{inside}/{path.relative_to(ROOT / outside)}"
        for outside, inside in (("harness/gladi", "gladi"), ("scenarios", "gladi/scenarios"), ("fixtures", "gladi/fixtures"))
        for path in files(ROOT / outside)
    }

    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert names == shipped
    assert {name.rpartition(".")[2] for name in names} <= {"py", "typed", "json", "md", "har", "gz"}


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 6_000_000


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_wheel_says_that_it_is_typed_and_under_which_licence(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()

    assert "gladi/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_their_system_is_rehearsed_by_the_shipped_scenarios(environment: Environment, theirs: Path) -> None:
    done = environment.runs("python", "-m", "pytest", "--rehearse", *SOME, cwd=theirs)

    assert done.returncode == NOT_ALL, told(done)
    assert {one["id"] for one in verdict(theirs)["scenarios"] if one["outcome"] == "upheld"} == NOTICED
    assert verdict(theirs)["verdict"] == "incomplete"
    assert verdict(theirs)["system"]["capabilities"] == ["LinksShops"]
    assert [one for result in verdict(theirs)["scenarios"] for one in result["findings"]] == []


def test_their_system_is_rehearsed_on_two_workers_with_the_same_result(environment: Environment, theirs: Path) -> None:
    done = environment.runs("python", "-m", "pytest", "--rehearse", "-n2", *SOME, cwd=theirs)

    assert done.returncode == NOT_ALL, told(done)
    assert {one["id"] for one in verdict(theirs)["scenarios"] if one["outcome"] == "upheld"} == NOTICED


def test_their_own_tests_run_as_before(environment: Environment, theirs: Path) -> None:
    done = environment.runs("python", "-m", "pytest", cwd=theirs)

    assert done.returncode == 0, told(done)
    assert "1 passed" in done.stdout
    assert not (theirs / "reports").exists()


def test_a_scenario_of_their_own_is_rehearsed_beside_the_shipped_ones(environment: Environment, theirs: Path) -> None:
    own = theirs / "scenarios" / "during_merge" / "own.py"
    own.write_text(
        "from gladi import LinksShops, Rehearsal, Stage, scenario\n\n\n"
        '@scenario(rehearses="changelog.status.get-shop-info", begins=Stage.MERGING, needs=LinksShops)\n'
        "async def test_nothing_is_linked_too_early(rehearsal: Rehearsal) -> None:\n"
        '    """While the shops merge, no link is stored."""\n'
        "    await rehearsal.passes(minutes=30)\n\n"
        "    assert await rehearsal.seller.sees_the_shop_links() == []\n"
    )
    (theirs / "pytest.ini").write_text((theirs / "pytest.ini").read_text() + "rehearse_scenarios = scenarios/during_merge\n")

    done = environment.runs("python", "-m", "pytest", "--rehearse", "-k", f"{SOME[1]} or nothing_is_linked", cwd=theirs)

    assert done.returncode == NOT_ALL, told(done)
    assert {one["id"] for one in verdict(theirs)["scenarios"] if one["outcome"] == "upheld"} == NOTICED | {"nothing_is_linked_too_early"}


def test_a_system_that_forgets_the_webhook_is_told_so(installed: Environment, theirs: Path) -> None:
    adapter = theirs / "harness" / "rehearsing.py"
    adapter.write_text(adapter.read_text().replace("return 200", "return 500"))

    done = installed.runs("python", "-m", "pytest", "--rehearse", *SOME, cwd=theirs)

    assert done.returncode == 1, told(done)
    assert verdict(theirs)["verdict"] == "broken"


def test_the_command_gladi_is_installed(environment: Environment, theirs: Path) -> None:
    done = environment.runs("gladi", "ids", "--help", cwd=theirs)

    assert done.returncode == 0, told(done)
    assert "--webhook" in done.stdout
