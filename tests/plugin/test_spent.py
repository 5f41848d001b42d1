"""How many attempts are spent stands in every report of a run, and what is wrong with the ledger is one sentence that changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from gladi.attempts.ledger import Ledger
from gladi.judge.verdict import read
from gladi.session.spent import Spent, earlier, spent
from tests.plugin.repository import BY_WEBHOOK

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.repository import Repository

NAMED = '[attempts]\ndeveloper = " Acme "\n'


@pytest.fixture
def named(tmp_path: Path) -> Path:
    (tmp_path / "gladi.toml").write_text(NAMED)
    return tmp_path


def ledger(folder: Path) -> Ledger:
    return Ledger.at(folder / "gladi-attempts.sqlite", developer="acme", create=True)


def vanishes(folder: Path) -> None:
    for path in folder.glob("gladi-attempts.sqlite*"):
        path.unlink()


def test_every_report_of_a_run_says_what_is_used(repository: Repository) -> None:
    repository.holds("gladi.toml", NAMED)
    with ledger(repository.folder) as record:
        record.settle(record.open("Toko Uji", by="Sari").ordinal, "it merged", by="Sari")
        record.open("Toko Lain", by="Sari")
        standing = record.standing()

    run = repository.rehearses("-k", BY_WEBHOOK, "--junitxml=junit.xml", "--alluredir=reports/allure-results", system="systems:Listener")

    line = "attempts: used 2 of 5 by acme; open: 2, say what became of it with `gladi attempts record`"
    said = run.out.splitlines()
    assert (line in said, f"  {line}" in said) == (True, True)
    assert run.verdict["attempts"] == standing.as_json()
    environment = (repository.folder / "reports" / "allure-results" / "environment.properties").read_text()
    assert line.replace(": ", "=", 1) in environment.splitlines()
    junit = ET.parse(repository.folder / "junit.xml").getroot()  # noqa: S314 - our own file
    suite = {one.get("name"): one.get("value") for one in junit.findall("testsuite/properties/property")}
    case = {one.get("name"): one.get("value") for one in junit.findall("testsuite/testcase/properties/property")}
    assert {name: suite[name] for name in ("gladi.verdict", "gladi.system", "gladi.system_version", "gladi.attempts")} == {
        "gladi.verdict": "incomplete",
        "gladi.system": "systems:Listener",
        "gladi.system_version": "7.1",
        "gladi.attempts": line.removeprefix("attempts: "),
    }
    assert (case["gladi.scenario"], case["gladi.outcome"]) == (BY_WEBHOOK, "upheld")


def test_a_run_that_cannot_begin_keeps_what_was_known_of_the_ledger(repository: Repository) -> None:
    repository.holds("gladi.toml", NAMED)
    before = {"developer": "acme", "used": 4, "quota": 5, "open": [], "events": 9, "digest": "0"}
    repository.holds("reports/verdict.json", json.dumps({"schema": 2, "verdict": "upheld", "attempts": before}))

    run = repository.rehearses(system="nowhere:Adapter")

    assert run.status == 4
    assert (run.verdict["verdict"], run.verdict["attempts"]) == ("unfinished", before)
    assert read(repository.folder / "reports" / "verdict.json").finished_at is None


def test_a_repository_that_names_no_developer_says_nothing(tmp_path: Path) -> None:
    without = spent(tmp_path, {})
    (tmp_path / "gladi.toml").write_text("")

    assert without == spent(tmp_path, {}) == Spent()


def test_a_missing_ledger_is_one_sentence_and_is_not_begun(named: Path) -> None:
    said = spent(named, {})

    why = "there is no ledger at gladi-attempts.sqlite, so how many of 5 are used is not known"
    assert said == Spent(why, {"developer": "acme", "used": None, "quota": 5, "why": why})
    assert [path.name for path in named.iterdir()] == ["gladi.toml"]


def test_a_ledger_that_vanished_stays_noticed_run_after_run(named: Path) -> None:
    with ledger(named) as record:
        record.open("Toko Uji", by="Sari")
        before = record.standing().as_json()
    vanishes(named)

    first = spent(named, before)
    second = spent(named, first.facts)

    assert first == second
    assert first.said.endswith("(an earlier report said used 1 of 5)")
    assert first.facts == before | {"why": first.facts["why"]}


def test_a_ledger_that_was_begun_anew_is_not_taken_for_the_old_one(named: Path) -> None:
    with ledger(named) as record:
        record.open("Toko Uji", by="Sari")
        before = record.standing().as_json()
    vanishes(named)
    with ledger(named) as record:
        record.open("Toko Lain", by="Sari")

    said = spent(named, before)

    assert "is not the one of an earlier report" in said.said


def test_what_an_earlier_report_said_of_another_developer_does_not_matter(named: Path) -> None:
    before = {"developer": "other", "used": 4, "quota": 5, "open": [], "events": 9, "digest": "0"}

    assert spent(named, before).facts["used"] is None


@pytest.mark.parametrize("policy", [None, "", '[attempts]\ndeveloper = "Acme Ltd"\n'], ids=["no policy", "no developer", "renamed"])
def test_a_run_that_names_another_developer_forgets_none(named: Path, policy: str | None) -> None:
    with ledger(named) as record:
        record.open("Toko Uji", by="Sari")
        before = record.standing().as_json()
    vanishes(named)
    (named / "gladi.toml").unlink()
    if policy is not None:
        (named / "gladi.toml").write_text(policy)
    between = spent(named, before)
    (named / "gladi.toml").write_text(NAMED)

    after = spent(named, between.facts)

    assert after.said.endswith("(an earlier report said used 1 of 5)")
    assert after.facts == before | {"why": after.facts["why"]}


def test_a_developer_who_may_have_been_renamed_is_told_of_before_anything_is_counted(named: Path) -> None:
    before = {"developer": "acme ltd", "used": 4, "quota": 5, "open": [], "events": 9, "digest": "0"}

    missing = spent(named, before)
    ledger(named).close()
    empty = spent(named, before)

    line = "attempts: caution: an earlier report counted for 'acme ltd' (used 4 of 5), and 'acme' has no attempt yet; "
    assert [said.lines[1].startswith(line) for said in (missing, empty)] == [True, True]


def test_a_run_in_ci_on_a_file_says_that_other_machines_do_not_see_it(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger(named).close()
    monkeypatch.setenv("CI", "true")

    said = spent(named, {})

    assert said.said == "used 0 of 5 by acme"
    assert said.lines[1].startswith("attempts: caution: this looks like CI and the ledger is a SQLite file")


def test_a_ledger_that_is_none_is_one_line(named: Path) -> None:
    (named / "gladi-attempts.sqlite").write_text("no ledger" * 100)

    said = spent(named, {})

    assert said.said
    assert "\n" not in said.said
    assert said.facts["used"] is None


def test_a_wrong_policy_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "gladi.toml").write_text("[attempts]\nquota = 9\n")

    with pytest.raises(pytest.UsageError, match=r"^gladi\.toml: quota in \[attempts\] is 9"):
        spent(tmp_path, {})


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"attempts": 3}', b'{"schema": 1}', b"\xff"])
def test_a_report_that_says_nothing_of_the_ledger_is_passed_over(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    if content is not None:
        path.write_bytes(content)

    assert earlier(path) == {}
