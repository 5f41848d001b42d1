"""`gladi preflight` and `gladi can-i-rehearse` answer with their exit status and say what to do."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gladi import cli
from gladi.judge.bench import Outcome
from gladi.judge.verdict import write
from tests.attempts.repository import NOW, SYSTEM, Repository
from tests.attempts.systems import Ready
from tests.attempts.verdicts import COMMIT, result, whole

if TYPE_CHECKING:
    from pathlib import Path

CHECK_BY_CHECK = [
    ("developer-account", 10),
    ("test-app", 10),
    ("merge-subscription", 10),
    ("shop-options-off", 11),
    ("target-market", 11),
    ("accounts-bound", 11),
    ("development-shop", 10),
    ("adapted", 10),
    ("business-process", 11),
]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path)


def test_all_nine_ready_give_0_and_the_table(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    status = repository.gladi("preflight")

    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "9 of 9 are ready."


def test_the_sandbox_has_the_test_shops_of_gladi_toml(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    policy = repository.root / "gladi.toml"
    policy.write_text(policy.read_text().replace("650000", "48000012"))

    status = repository.gladi("preflight", "--json")

    said = {one["id"]: one["said"] for one in json.loads(capsys.readouterr().out)["checks"]}
    assert (status, said["test-app"]) == (0, "the app 13000 answers for 2 shops that have not merged")
    assert said["development-shop"] == "Toko Melati, Toko Kenanga in Indonesia"


@pytest.mark.parametrize("command", ["preflight", "can-i-rehearse"])
def test_a_file_that_other_machines_do_not_see_is_cautioned_about(
    repository: Repository, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    status = repository.gladi(command, "--json", environment={"CI": "true"})

    said = capsys.readouterr()
    assert status == 0
    assert said.err.startswith("gladi: caution: this looks like CI and the ledger is a SQLite file, which other machines do not see;")
    assert said.err.count("\n") == 1
    assert json.loads(said.out)


@pytest.mark.parametrize(("check", "status"), CHECK_BY_CHECK)
def test_each_preparation_can_be_left_out_and_is_seen(
    repository: Repository, capsys: pytest.CaptureFixture[str], check: str, status: int
) -> None:
    found = repository.gladi("preflight", "--json", "--without", check)

    said = json.loads(capsys.readouterr().out)
    assert found == status
    assert {one["id"]: one["answer"] for one in said["checks"]}[check] == ("missing" if status == 10 else "ask a person")


def test_a_system_that_raises_is_told_and_counts_as_one_that_answers_500(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    status = repository.gladi("preflight", "--system", "tests.attempts.systems:Raising")

    said = capsys.readouterr()
    assert status == 10
    assert "the system's tick raised RuntimeError: no clock says 2025 (systems.py, line" in said.err
    assert "the system's receive raised KeyError" in said.err
    assert "the system answered 500 to a signed merge webhook" in said.out


@pytest.mark.parametrize("command", ["preflight", "can-i-rehearse"])
@pytest.mark.parametrize(
    ("system", "said"),
    [
        ("Unmade", "the system's __init__ raised RuntimeError: no disk for *** (systems.py, line"),
        ("Unentered", "the system's __aenter__ raised OSError: no port (systems.py, line"),
        ("unmade", "the system's factory raised RuntimeError: no disk (systems.py, line"),
    ],
)
def test_a_system_that_cannot_be_made_is_one_sentence(
    repository: Repository, capsys: pytest.CaptureFixture[str], command: str, system: str, said: str
) -> None:
    status = repository.gladi(command, "--system", f"tests.attempts.systems:{system}")

    out, err = capsys.readouterr()
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"gladi {command}: {said}")
    assert err.endswith("; mend that, and ask again\n")


def test_a_system_that_is_asynchronous_lives_while_it_is_asked(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.gladi("preflight", "--system", "tests.attempts.systems:Async")

    assert "the system answered 202 to a delivery of our own" in capsys.readouterr().out


def test_the_careful_example_registers_itself_beside_what_is_registered(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.gladi("preflight", "--system", "examples.careful:Careful")

    out = capsys.readouterr().out
    assert "registered at https://system.example.com/webhooks/tokopedia/merge beside 3 other URLs" in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--system", "nowhere:Adapter"), "there is no module 'nowhere'"),
        (("--recorded-run", "gone.json"), "--recorded-run: there is no gone.json, so nothing was rehearsed"),
        (("--merge-url", "hook"), "--merge-url hook is no URL; write one such as https://system.example.com/merge"),
    ],
)
def test_what_is_named_wrongly_is_one_sentence(
    repository: Repository, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    status = repository.gladi("preflight", *words)

    said = capsys.readouterr()
    assert (status, said.out, said.err.count("\n")) == (2, "", 1)
    assert sentence in said.err


def test_a_wrong_policy_is_one_sentence(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.root / "gladi.toml").write_text("[attempts]\nquota = 6\n")

    status = repository.gladi("preflight")

    assert status == 2
    assert capsys.readouterr().err.startswith("gladi preflight: gladi.toml: quota in [attempts] is 6")


def test_without_a_system_in_the_ini_one_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    status = cli.main(["preflight"])

    assert status == 2
    assert "no system is named; write rehearse_system = module:Class" in capsys.readouterr().err


def test_the_system_of_the_ini_is_the_one_that_is_asked(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.root / "pytest.ini").write_text(f"[pytest]\nrehearse_system = {SYSTEM}\n")

    status = cli.main(["preflight", "--json"])

    assert status == 10  # nobody has registered a URL for the merge
    assert json.loads(capsys.readouterr().out)["target"] == "sandbox"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pytest.ini", "[pytest]\npythonpath = lib 'my src'\nrehearse_system = shop_of_mine:Adapter\n"),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\npythonpath = ["lib", "my src"]\nrehearse_system = "shop_of_mine:Adapter"\n',
        ),
        ("pyproject.toml", '[tool.pytest.ini_options]\npythonpath = "\'my src\'"\nrehearse_system = "shop_of_mine:Adapter"\n'),
    ],
)
@pytest.mark.parametrize("words", [(), ("--system", "shop_of_mine:Adapter")], ids=["of the ini", "named"])
def test_a_system_is_found_where_the_ini_has_pytest_look(
    repository: Repository, capsys: pytest.CaptureFixture[str], file: str, text: str, words: tuple[str, ...]
) -> None:
    sys.modules.pop("shop_of_mine", None)
    (repository.root / "my src").mkdir()
    (repository.root / "my src" / "shop_of_mine.py").write_text("from tests.attempts.systems import Ready as Adapter\n")
    (repository.root / file).write_text(text)

    status = cli.main(["preflight", "--json", *words])

    said = capsys.readouterr()
    assert (status, "no module" in said.err) == (10, False)
    assert json.loads(said.out)["target"] == "sandbox"


def test_a_pythonpath_that_pytest_would_not_take_is_one_sentence(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.root / "pytest.ini").write_text("[pytest]\npythonpath = 'src\nrehearse_system = mine:Adapter\n")

    status = cli.main(["preflight"])

    assert status == 2
    assert capsys.readouterr().err == (
        "gladi preflight: the pythonpath in pytest.ini cannot be read; write one folder or more there, such as src; "
        "or name the adapter with --system module:Class\n"
    )


# -- can-i-rehearse ----------------------------------------------------------------------------------------------------


def test_a_developer_who_is_ready_may_rehearse(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    status = repository.gladi("can-i-rehearse")

    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    assert said.out.startswith("yes, as far as the sandbox can tell\n")
    assert repository.events == []


@pytest.mark.parametrize("check", [check for check, _ in CHECK_BY_CHECK])
def test_a_preparation_that_is_left_out_makes_it_no(repository: Repository, check: str) -> None:
    assert repository.gladi("can-i-rehearse", "--without", check) == 10


def test_a_rehearsal_of_another_version_makes_it_no(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    path = repository.root / "reports" / "verdict.json"
    path.write_text(path.read_text().replace('"7.1"', '"7.0"'))

    status = repository.gladi("can-i-rehearse", "--json")

    reasons = {one["about"]: one for one in json.loads(capsys.readouterr().out)["reasons"]}
    assert status == 10
    assert "version 7.0 was rehearsed" in reasons["verdict"]["said"]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("7.2", "version 7.1 was rehearsed, and 7.2 is to be released"),
        (None, "nothing says which version is to be released; give the adapter's class one, version = '...', and rehearse"),
    ],
    ids=["a later one", "none, and no commit"],
)
def test_the_system_itself_is_asked_for_its_version(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], version: str | None, said: str
) -> None:
    monkeypatch.setattr(Ready, "version", version)

    status = repository.gladi("can-i-rehearse")

    assert status == 10
    assert f"→ verdict       stale: the system: {said}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("now", "about"), [(NOW + timedelta(days=8), "evidence"), (NOW.replace(month=10), "platform")], ids=["a week later", "after the end"]
)
def test_time_makes_it_no(repository: Repository, capsys: pytest.CaptureFixture[str], now: object, about: str) -> None:
    status = repository.gladi("can-i-rehearse", "--json", now=now)  # type: ignore[arg-type]

    reasons = {one["about"]: one for one in json.loads(capsys.readouterr().out)["reasons"]}
    assert (status, reasons[about]["speaks_for"]) == (10, False)


def test_an_open_attempt_makes_it_no_until_it_is_settled(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    with repository.ledger() as ledger:
        ledger.open("Toko Melati (6500001)", by="Ayu")
    while_open = repository.gladi("can-i-rehearse")
    advice = "gladi attempts record 1 merged (or failed); only where nobody can tell: gladi attempts settle 1 --reason TEXT"
    assert advice in capsys.readouterr().out
    repository.gladi("attempts", "settle", "1", "--reason", "it came to nothing")

    settled = repository.gladi("can-i-rehearse")

    assert (while_open, settled) == (10, 0)


def test_a_ledger_that_is_gone_makes_it_no_and_none_is_made(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    for file in repository.root.glob("ledger.sqlite*"):
        file.unlink()

    status = repository.gladi("can-i-rehearse")

    assert status == 10
    assert "there is no ledger" in capsys.readouterr().out
    assert list(repository.root.glob("ledger.sqlite*")) == []


def test_a_change_under_the_same_version_makes_it_no(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.root / ".gitignore").write_text("*\n")
    commit = repository.commits("one")
    repository.rehearsed(whole(result("one")), commit=commit)
    same = repository.gladi("can-i-rehearse")
    later = repository.commits("two")

    changed = repository.gladi("can-i-rehearse")

    assert (same, changed) == (0, 10)
    assert f"stale: the system: commit {commit[:12]} was rehearsed, and {later[:12]} is to be released" in capsys.readouterr().out


def test_a_git_that_does_not_answer_makes_it_no(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.root / ".git").write_text("gitdir: nowhere\n")

    installed = repository.gladi("can-i-rehearse", "--json")

    against = [one["about"] for one in json.loads(capsys.readouterr().out)["reasons"] if not one["speaks_for"]]
    assert (installed, against) == (10, ["work tree"])
    repository.rehearsed(whole(result("one")), commit=COMMIT)

    beside = repository.gladi("can-i-rehearse")

    assert beside == 10
    assert "git does not tell where its checkout stands by now" in capsys.readouterr().out


def test_a_run_that_was_recorded_of_another_system_is_not_this_ones(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository.root / "live.json", whole(result("one"), target="live"))

    status = repository.gladi("preflight", "--json", "--recorded-run", "live.json")

    said = {one["id"]: one["said"] for one in json.loads(capsys.readouterr().out)["checks"]}
    assert status == 10
    assert said["business-process"].startswith(f"the run on the live is of something else: a:B was rehearsed, and {SYSTEM} is to be")


def test_a_broken_rehearsal_and_none_at_all_make_it_no(repository: Repository) -> None:
    repository.rehearsed(whole(result("one", Outcome.BROKEN, why="it ships twice")))
    broken = repository.gladi("can-i-rehearse")
    (repository.root / "reports" / "verdict.json").unlink()

    none = repository.gladi("can-i-rehearse")

    assert (broken, none) == (10, 10)
