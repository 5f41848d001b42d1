"""`gladi seal` writes a package or one sentence, and `gladi verify` checks it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.ledger import Ledger
from gladi.cli import main
from gladi.judge.bench import Outcome
from gladi.judge.verdict import write
from tests.attempts.verdicts import JOURNAL, result, whole

if TYPE_CHECKING:
    from gladi.judge.verdict import Verdict

GREEN = whole(result("one"))
FILES = len(GREEN.scenarios) + 3
"""A journal each, the verdict, the ids, and what it is about."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GLADI_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)
    rehearsed(GREEN)
    return tmp_path


def rehearsed(said: Verdict) -> None:
    write(Path("reports") / "verdict.json", said)
    journals = Path("reports") / "journals"
    journals.mkdir(exist_ok=True)
    for one in said.scenarios:
        (journals / f"{one.id}.jsonl").write_bytes(JOURNAL)


def test_a_green_rehearsal_is_sealed_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    statuses = (main(["seal"]), main(["verify"]))

    sealed, verified = capsys.readouterr().out.splitlines()
    assert statuses == (0, 0)
    assert sealed.startswith(f"reports/seal.zip: {FILES} files, sealed as ")
    assert verified == f"verify: yes, {FILES} files, sealed as {sealed.rpartition(' ')[2]}"
    assert sorted(path.name for path in Path("reports").iterdir()) == ["journals", "seal.zip", "verdict.json"]


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        (whole(result("one", Outcome.BROKEN, why="it fell")), 10, "nothing is sealed while anything is broken: one: it fell"),
        (
            whole(result("one"), result("two", Outcome.NOT_REHEARSED, why="left out"), result("three", Outcome.NOT_REHEARSED)),
            11,
            "nothing is sealed while anything is incomplete: two: left out (and 1 more; `gladi gate --json` names all)",
        ),
    ],
)
def test_what_is_not_whole_is_not_sealed(said: Verdict, status: int, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    rehearsed(said)

    assert main(["seal"]) == status
    assert capsys.readouterr().err == f"gladi seal: {sentence}\n"
    assert not (Path("reports") / "seal.zip").exists()


def test_without_a_verdict_there_is_nothing_to_seal() -> None:
    (Path("reports") / "verdict.json").unlink()

    assert main(["seal"]) == 11


def test_a_place_that_cannot_be_written_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("")

    status = main(["seal", "--output", "taken/seal.zip"])

    assert status == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_record_of_the_attempts_is_sealed_with_it() -> None:
    Path("gladi.toml").write_text('[attempts]\ndeveloper = "Acme"\n')
    with Ledger.at(Path("gladi-attempts.sqlite"), developer="Acme", create=True) as ledger:
        ledger.open("Toko Uji", by="Sari", evidence="all green")

    main(["seal"])

    with zipfile.ZipFile(Path("reports") / "seal.zip") as archive:
        event = json.loads(archive.read("ledger.jsonl").splitlines()[-1])
        assert (event["kind"], event["shop"], event["by"]) == ("opened", "Toko Uji", "Sari")
        assert json.loads(archive.read("attestations.json")) == []


def test_a_ledger_that_was_not_begun_yet_is_left_out() -> None:
    Path("gladi.toml").write_text('[attempts]\ndeveloper = "Acme"\n')

    status = main(["seal"])

    assert status == 0
    assert not Path("gladi-attempts.sqlite").exists()


def test_a_ledger_that_vanished_since_the_rehearsal_stops_the_sealing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("gladi.toml").write_text('[attempts]\ndeveloper = "Acme"\n')
    with Ledger.at(Path("gladi-attempts.sqlite"), developer="Acme", create=True) as ledger:
        ledger.open("Toko Uji", by="Sari", evidence="all green")
        rehearsed(whole(result("one"), attempts=ledger.standing().as_json()))
    for path in Path().glob("gladi-attempts.sqlite*"):
        path.unlink()

    status = main(["seal"])

    assert status == 12
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_was_changed_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    main(["seal"])
    with zipfile.ZipFile(Path("reports") / "seal.zip", "a") as archive:
        archive.writestr("more.txt", "")
    capsys.readouterr()

    status = main(["verify"])

    assert status == 10
    assert capsys.readouterr().out == "  added    more.txt\nverify: no, 1 found\n"


def test_a_package_of_another_digest_is_another_one(capsys: pytest.CaptureFixture[str]) -> None:
    main(["seal"])
    digest = capsys.readouterr().out.split()[-1]

    statuses = (main(["verify", "--digest", digest]), main(["verify", "--digest", "0" * 64, "--json"]))

    said = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert statuses == (0, 10)
    assert said == {"whole": False, "digest": digest, "files": FILES, "altered": [], "added": [], "missing": []}


@pytest.mark.parametrize(("content", "status"), [(None, 2), (b"", 10), (b"no zip", 10)])
def test_what_is_no_package_is_one_sentence(content: bytes | None, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    if content is not None:
        Path("it.zip").write_bytes(content)

    assert main(["verify", "it.zip"]) == status
    assert len(capsys.readouterr().err.splitlines()) == 1
