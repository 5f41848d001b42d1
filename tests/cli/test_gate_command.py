"""`gladi gate` answers with its exit status, tells why, and says it on GitHub too."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gladi.cli import main
from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall, write
from tests.attempts.verdicts import COMMIT, result, verdict, whole

if TYPE_CHECKING:
    from gladi.judge.verdict import Verdict

GREEN = whole(result("orders_leave_once"))
BROKEN = whole(result("orders_leave_once"), result("prices_agree", Outcome.BROKEN, why="50% | of <b>it</b>\nis wrong"))
THIS = ("--system-version", "7.1")
GAP = '[[known-gaps]]\nscenario = "{scenario}"\nreason = "frozen"\nowner = "Sari"\nuntil = {until}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GLADI_LEDGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gate(*words: str, said: Verdict | None = None) -> int:
    if said is not None:
        write(Path("reports") / "verdict.json", said)
    return main(["gate", *words])


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    return subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def committed(folder: Path) -> str:
    """Make a checkout of one file, and give its commit."""
    git(folder, "init", "--quiet")
    (folder / "system.py").write_text("one = 1\n")
    git(folder, "add", "system.py")
    git(folder, "commit", "--quiet", "-m", "one")
    return git(folder, "rev-parse", "HEAD")


def at(commit: str, root: str = ".") -> Verdict:
    return whole(result("orders_leave_once"), system=GREEN.system | {"commit": {"id": commit, "dirty": False, "root": root}})


def test_a_green_verdict_of_this_version_gives_0(capsys: pytest.CaptureFixture[str]) -> None:
    status = gate(*THIS, said=GREEN)

    assert status == 0
    assert capsys.readouterr().out.splitlines() == [
        "  rehearsed      a:B, version 7.1, commit 0123456789ab, on the sandbox",
        "  finished       2026-01-02T03:04:05+00:00",
        f"  scenarios      {len(GREEN.scenarios)} upheld",
        "gate: yes",
    ]


@pytest.mark.parametrize(
    ("said", "words", "status"),
    [
        (BROKEN, THIS, 10),
        (whole(result("one", Outcome.NOT_REHEARSED)), THIS, 11),
        (whole(result("one"), result("two", Outcome.NOT_REHEARSED)), THIS, 11),
        (verdict(verdict=Overall.UNFINISHED), THIS, 12),
        (whole(result("one"), verdict=Overall.FAULT), THIS, 12),
        (GREEN, ("--system-version", "7.2"), 13),
        (GREEN, ("--commit", "fedcba98"), 13),
        (GREEN, (), 13),
        (GREEN, ("--commit", COMMIT[:7]), 0),
        (GREEN, ("--commit", "main"), 2),
        (GREEN, ("--system-version", " "), 2),
    ],
)
def test_every_answer_has_its_status(said: Verdict, words: tuple[str, ...], status: int) -> None:
    assert gate(*words, said=said) == status


def test_no_verdict_at_all_is_nothing_rehearsed(capsys: pytest.CaptureFixture[str]) -> None:
    status = gate()

    assert status == 11
    assert capsys.readouterr().err == (
        "gladi gate: there is no reports/verdict.json, so nothing was rehearsed; rehearse first: pytest --rehearse\n"
    )


@pytest.mark.parametrize("content", ["", "{", '{"schema": 2}', '{"schema": 99}', '{"verdict": "upheld"}', "[]"])
def test_a_file_that_is_no_verdict_gives_12_and_one_sentence(content: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "reports").mkdir()
    (folder / "reports" / "verdict.json").write_text(content)

    status = gate()

    assert status == 12
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_options_the_checkout_of_the_system_says_what_is_to_be_released(folder: Path) -> None:
    commit = committed(folder)

    assert gate(said=at(commit)) == 0


def test_a_later_commit_of_the_system_makes_the_verdict_stale(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit = committed(folder)
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "two")

    status = gate(said=at(commit))

    assert status == 13
    assert f"commit {commit[:12]} was rehearsed" in capsys.readouterr().out


def test_a_file_that_changed_since_makes_the_verdict_stale_and_a_new_one_does_not(folder: Path) -> None:
    commit = committed(folder)
    (folder / "new.txt").write_text("two\n")
    new = gate(said=at(commit))
    (folder / "system.py").write_text("one = 2\n")

    changed = gate(said=at(commit))

    assert (new, changed) == (0, 13)


def test_the_checkout_of_the_system_counts_and_not_the_one_of_the_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "system").mkdir()
    (folder / "run").mkdir()
    commit = committed(folder / "system")
    committed(folder / "run")
    git(folder / "run", "commit", "--quiet", "--allow-empty", "-m", "of the run alone")
    monkeypatch.chdir(folder / "run")

    assert gate(said=at(commit, root="../system")) == 0


def test_a_verdict_of_another_system_than_the_ini_names_is_stale(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pytest.ini").write_text("[pytest]\nrehearse_system = mine:Real\n")

    statuses = (gate(*THIS, said=GREEN), gate(*THIS, "--system", "a:B"))

    assert statuses == (13, 0)
    said = "  stale          the system: a:B was rehearsed, and mine:Real is to be released; rehearse that one"
    assert said in capsys.readouterr().out.splitlines()


def test_an_ini_that_cannot_be_read_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pytest.ini").write_text("[pytest\n")

    status = gate(*THIS, said=GREEN)

    said = capsys.readouterr().err
    assert (status, len(said.splitlines())) == (2, 1)
    assert said.endswith("; or name the adapter with --system module:Class\n")


def test_a_dirty_rehearsal_does_not_speak_for_files_that_differ_now(folder: Path) -> None:
    commit = committed(folder)
    dirty = verdict(
        *GREEN.scenarios,
        gladi=GREEN.gladi,
        catalogue=GREEN.catalogue,
        system=GREEN.system | {"commit": {"id": commit, "dirty": True, "root": "."}},
    )
    (folder / "system.py").write_text("one = 2\n")

    status = gate(said=dirty)

    assert status == 13


def test_a_checkout_whose_differences_git_does_not_tell_is_stale(folder: Path) -> None:
    commit = committed(folder)
    (folder / ".git" / "index").write_text("no index")

    assert gate(said=at(commit)) == 13


@pytest.mark.parametrize("more", [{"catalogue": "nonsense"}, {"gladi": "0.0.1"}, {"scenarios": GREEN.scenarios[:1]}])
def test_a_verdict_that_this_gladi_did_not_write_gives_12(more: dict[str, Any]) -> None:
    assert gate(*THIS, said=whole(result("orders_leave_once"), **more)) == 12


def test_an_installed_system_needs_its_version_said(capsys: pytest.CaptureFixture[str]) -> None:
    said = whole(result("one"), system=GREEN.system | {"commit": None})

    statuses = (gate(said=said), gate(*THIS, said=said))

    assert statuses == (13, 0)
    assert "nothing says which version is to be released" in capsys.readouterr().out


def test_a_known_gap_passes_and_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "gladi.toml").write_text(GAP.format(scenario="prices_agree", until="9999-12-31"))

    status = gate(*THIS, said=BROKEN)

    assert status == 0
    assert "  known gap      prices_agree: frozen (Sari, until 9999-12-31)" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GAP.format(scenario="prices_agrees", until="9999-12-31"), "no scenario has that id; did you mean prices_agree?"),
        (GAP.format(scenario="prices_agree", until="soon"), "gladi.toml is no TOML"),
        ("[attempts]\nquota = 6", "a developer account has 5 attempts, ever"),
    ],
)
def test_a_wrong_policy_is_a_usage_error_of_one_sentence(
    text: str, sentence: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "gladi.toml").write_text(text)

    status = gate(*THIS, said=BROKEN)

    said = capsys.readouterr()
    assert (status, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert sentence in said.err


def test_it_is_asked_from_a_folder_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "gladi.toml").write_text("")
    write(folder / "reports" / "verdict.json", GREEN)
    (folder / "src").mkdir()
    monkeypatch.chdir(folder / "src")

    assert gate(*THIS) == 0


def test_reasons_of_the_same_words_are_told_together(capsys: pytest.CaptureFixture[str]) -> None:
    left = [result(name, Outcome.NOT_REHEARSED, why="not selected in this run") for name in ("a", "b", "c", "d", "e")]

    gate(*THIS, said=whole(result("one"), *left))

    assert "  incomplete     a, b, c and 2 more: not selected in this run" in capsys.readouterr().out.splitlines()


def test_json_is_printed_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    status = gate(*THIS, "--json", said=BROKEN)

    said = json.loads(capsys.readouterr().out)
    assert (said["gate"], said["answer"], said["status"], status) == ("no", "broken", 10, 10)
    assert said["reasons"] == [{"answer": "broken", "about": "prices_agree", "text": "50% | of <b>it</b>"}]
    assert (said["verdict"], said["version"], said["commit"]) == ("broken", "7.1", COMMIT)


def test_github_gets_annotations_and_a_summary_of_the_step(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    (folder / "summary.md").write_text("before\n")

    gate(*THIS, said=BROKEN)

    assert "::error title=broken%3A prices_agree::50%25 | of <b>it</b>" in capsys.readouterr().out.splitlines()
    assert (folder / "summary.md").read_text().splitlines() == [
        "before",
        "## gate: no, broken",
        "",
        "- rehearsed: a:B, version 7.1, commit 0123456789ab, on the sandbox",
        "- finished: 2026-01-02T03:04:05+00:00",
        f"- scenarios: 1 broken, {len(BROKEN.scenarios) - 1} upheld",
        "",
        "| | about | what |",
        "| --- | --- | --- |",
        r"| broken | prices\_agree | 50% \| of &lt;b&gt;it&lt;/b&gt; |",
    ]


def test_under_json_the_annotations_leave_the_output_to_the_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    gate(*THIS, "--json", said=BROKEN)

    said = capsys.readouterr()
    assert json.loads(said.out)["status"] == 10
    assert said.err.startswith("::error ")


def test_a_summary_that_cannot_be_written_changes_no_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder))

    status = gate(*THIS, said=GREEN)

    assert status == 0
    assert capsys.readouterr().err == "gladi gate: the summary of the step cannot be written (Is a directory); the answer stands\n"
