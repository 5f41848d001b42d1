"""The page on CI is true: its YAML parses, its gladi.toml is read, and its shell lines do in a small repository what the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from msgspec import structs

from gladi.attempts.gate import Gate
from gladi.attempts.policy import Policy
from gladi.judge.verdict import read, write
from gladi.play.catalogue import catalogue
from tests.attempts.verdicts import JOURNAL, whole
from tests.plugin.repository import ROOT, Repository

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
GITHUB, GITLAB = (yaml.safe_load(text) for language, text in BLOCKS if language == "yaml")
CHAT = "the_seller_writes_first_to_the_buyer_of_an_order"
INSTALLS = ("git clone", "python -m pip install")


class Runner:
    """A runner of CI on a fresh checkout of a small repository, whose system declares nothing."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.repository = Repository(folder)
        self.folder = folder
        gaps = (
            f'[[known-gaps]]\nscenario = "{one.id}"\nreason = "not ours"\nowner = "Sari"\nuntil = 9999-12-31\n'
            for one in catalogue()
            if one.needs
        )
        self.repository.holds("gladi.toml", "".join(gaps))
        self.repository.holds(".gitignore", "reports/\n")
        lines = ("[pytest]", "rehearse_system = systems:Listener", "asyncio_default_fixture_loop_scope = function", "")
        self.repository.holds("pytest.ini", "\n".join(lines))
        for words in (("init", "--quiet"), ("add", "."), ("-c", "user.name=x", "-c", "user.email=x@e", "commit", "--quiet", "-m", "all")):
            subprocess.run(["git", *words], cwd=folder, check=True)
        self.commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()
        for name in [*os.environ]:
            if name.startswith(("PYTEST_", "ALLURE_", "COV_", "GLADI_", "GITHUB_")):
                monkeypatch.delenv(name)
        monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def runs(self, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a line as both services do: a shell that stops at the first failure."""
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", line],
            cwd=self.folder,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def rehearses_everything(self) -> None:
        """Leave the verdict and the journals of a system that can do all: to be sealed, all must be rehearsed."""
        path, green = self.folder / "reports" / "verdict.json", whole()
        write(path, structs.replace(read(path), verdict=green.verdict, scenarios=green.scenarios))
        shutil.rmtree(path.parent / "journals")
        for one in green.scenarios:
            self.repository.holds(f"reports/journals/{one.id}.jsonl", JOURNAL.decode())


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(tmp_path, monkeypatch)


def steps() -> Iterator[dict[str, Any]]:
    for step in GITHUB["jobs"]["rehearsal"]["steps"]:
        if "run" in step and not step["run"].startswith(INSTALLS):
            yield step


def script(job: str) -> list[str]:
    return [line for line in GITLAB[job]["script"] if not line.startswith(INSTALLS)]


def test_the_example_for_github_does_what_the_page_says(runner: Runner) -> None:
    summary = runner.folder / "reports" / "summary.md"
    github = {"GITHUB_ACTIONS": "true", "GITHUB_SHA": runner.commit, "GITHUB_STEP_SUMMARY": str(summary)}

    done = {step["name"]: (runner.runs(step["run"], **github), step.get("continue-on-error", False)) for step in steps()}

    gate = done["gate"][0]
    assert list(done) == ["rehearse", "gate"]
    assert (gate.returncode, gate.stderr) == (0, "")
    assert [name for name, (one, goes_on) in done.items() if one.returncode and not goes_on] == []
    annotations = [line for line in gate.stdout.splitlines() if line.startswith("::")]
    assert (len(annotations), {line.partition(" ")[0] for line in annotations}) == (10, {"::warning"})
    assert summary.read_text().startswith("## gate: yes\n")
    uploaded = next(step["with"]["path"] for step in GITHUB["jobs"]["rehearsal"]["steps"] if "upload-artifact" in step.get("uses", ""))
    assert [path for path in uploaded.split() if not (runner.folder / path).exists()] == []


def test_the_example_for_gitlab_does_what_the_page_says(runner: Runner) -> None:
    here = {"CI_COMMIT_SHA": runner.commit}
    rehearsed = runner.runs("\n".join(script("rehearsal")), **here)
    (runner.folder / "gladi.toml").unlink()
    without_the_list = runner.runs(script("rehearsal")[-1], **here)
    runner.rehearses_everything()

    sealed = runner.runs("\n".join(script("seal")), **here)

    assert (rehearsed.returncode, without_the_list.returncode, sealed.returncode) == (0, 11, 0), (
        rehearsed.stdout + sealed.stdout + sealed.stderr
    )
    assert "gate: yes" in rehearsed.stdout.splitlines()
    assert sealed.stdout.splitlines()[-1].startswith("verify: yes, ")
    kept = [path for job in ("rehearsal", "seal") for path in GITLAB[job]["artifacts"]["paths"]]
    kept.append(GITLAB["rehearsal"]["artifacts"]["reports"]["junit"])
    assert [path for path in kept if not (runner.folder / path).exists()] == []


def test_the_policy_on_the_page_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLADI_LEDGER", raising=False)
    (tmp_path / "gladi.toml").write_text(next(text for language, text in BLOCKS if language == "toml"), encoding="utf-8")

    policy = Policy.read(tmp_path)

    assert (policy.developer, policy.shown, policy.quota) == ("Acme", "gladi-attempts.sqlite", 5)
    assert [gap.scenario for gap in policy.known_gaps] == [CHAT]
    assert CHAT in {one.id for one in catalogue()}
    assert [shop.shop_id for shop in policy.test_shops] == ["7495000000000000001"]


def test_every_job_installs_gladi_from_the_clone_that_it_has_made() -> None:
    github = [step.get("run") or step.get("with", {}).get("path", "") for step in GITHUB["jobs"]["rehearsal"]["steps"]]

    for job in (github, GITLAB["rehearsal"]["script"], GITLAB["seal"]["script"]):
        cloned = next(at for at, line in enumerate(job) if line == "gladi" or re.match(r"git clone .* gladi\b", line))
        installed = next(at for at, line in enumerate(job) if "pip install" in line)

        assert cloned < installed
        assert job[installed].endswith(" ./gladi")


def test_the_page_tells_every_status_of_the_gate() -> None:
    told = {int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}

    assert told == {one.status for one in Gate} | {2}
