"""A ledger moves into another database once: nothing is lost on the way, and nothing counted twice after it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.adoption import adopt
from gladi.attempts.events import Kind
from gladi.attempts.faults import RefusedError, UnusableLedgerError
from gladi.attempts.ledger import Ledger
from gladi.attempts.sqlite import SQLite
from gladi.cli import main
from gladi.session.spent import spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gladi.attempts.store import Transaction, Value
    from tests.attempts.server import Server


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Ledger]:
    """A SQLite ledger with a bit of everything."""
    with Ledger.at(tmp_path / "old.sqlite", developer="acme", quota=4, create=True, host="desk") as ledger:
        ledger.record(ledger.open("Toko Satu", by="ana"), Kind.LINKED)
        ledger.open("Toko Dua", by="ana")
        ledger.release(2, "never clicked", by="ana")
        ledger.open("Toko Tiga", by="ana")
        ledger.attest("target-market", "ana", date.max)
        Ledger(ledger.store, developer="other").outside("Toko Luar", "clicked by hand", by="budi")
        yield ledger


@pytest.fixture
def new(server: Server) -> Iterator[Ledger]:
    with Ledger.at(server.url(), developer="acme", create=True) as ledger:
        yield ledger


def told(ledger: Ledger) -> list[tuple[Value, ...]]:
    """Give every event, also of a record that ended."""
    with ledger.store.reading() as transaction:
        return transaction.run("SELECT * FROM gladi_events ORDER BY developer, number")


def test_every_event_arrives_as_it_was(old: Ledger, new: Ledger) -> None:
    before, then = old.extract(), old.standing()
    attempts, attestations = old.attempts(), old.attestations()

    moved = adopt(old.store, new.store, by="ana")

    assert moved == {"acme": len(before) + 1, "other": 3}
    assert new.extract()[:-1] == before
    assert (new.extract()[-1]["kind"], new.extract()[-1]["by"]) == ("moved", "ana")
    assert str(new.standing()) == str(then) == "used 2 of 4"
    assert (new.attempts(), new.attestations()) == (attempts, attestations)
    new.continues(then)


def test_the_old_ledger_takes_nothing_more_and_the_new_one_goes_on(old: Ledger, new: Ledger) -> None:
    adopt(old.store, new.store, by="ana")

    with pytest.raises(RefusedError, match="went on to another ledger and ends here; write that one as `ledger`"):
        old.open("Toko Empat", by="ana")
    with pytest.raises(RefusedError, match="went on to another ledger"):
        old.settle(1, "it merged", by="ana")

    assert new.open("Toko Empat", by="ana").ordinal == 3


def test_the_old_ledger_gives_no_count_any_more(old: Ledger, tmp_path: Path) -> None:
    then = old.standing()
    with Ledger.at(tmp_path / "new.sqlite", developer="acme", create=True) as new:
        adopt(old.store, new.store, by="ana")

        for asks in (old.standing, old.attempts, old.attestations, old.extract):
            with pytest.raises(RefusedError, match="went on to another ledger and ends here; write that one as `ledger`"):
                asks()
        old.continues(then)
        assert str(new.standing()) == str(then)


def test_importing_again_changes_nothing(old: Ledger, new: Ledger) -> None:
    adopt(old.store, new.store, by="ana")
    new.open("Toko Empat", by="ana")
    before = (told(old), new.extract())

    adopt(old.store, new.store, by="budi")

    assert (told(old), new.extract()) == before


def test_a_ledger_moves_to_one_place_alone(old: Ledger, new: Ledger, server: Server) -> None:
    adopt(old.store, new.store, by="ana")

    with Ledger.at(server.url(), developer="acme", create=True) as third:
        with pytest.raises(RefusedError, match="went on to another ledger already, which is not postgresql:///postgres"):
            adopt(old.store, third.store, by="ana")
        assert third.standing().events == 0


def test_a_move_that_fell_between_the_two_is_ended_by_asking_again(old: Ledger, new: Ledger, server: Server) -> None:
    class Falls(SQLite):
        """The old store, after whose commit the server falls."""

        @contextmanager
        def writing(self) -> Iterator[Transaction]:
            with super().writing() as transaction:
                yield transaction
            server.stop()

    attempts = old.attempts()
    falling = Falls(old.store.shown)
    with pytest.raises(UnusableLedgerError, match="went away before anything was written"):
        adopt(falling, new.store, by="ana")
    falling.close()
    server.start()
    with pytest.raises(RefusedError, match="went on to another ledger"):
        old.open("Toko Empat", by="ana")
    assert new.standing().events == 0

    adopt(old.store, new.store, by="ana")

    assert new.attempts() == attempts
    assert new.open("Toko Empat", by="ana").ordinal == 3


def test_two_records_of_one_developer_do_not_become_one(old: Ledger, new: Ledger) -> None:
    new.open("Toko Lain", by="budi")
    before = (old.extract(), new.extract())

    with pytest.raises(RefusedError) as refused:
        adopt(old.store, new.store, by="ana")

    assert str(refused.value) == (
        "postgresql:///postgres has its own record of 'acme', and two cannot become one; "
        "record what the other one holds with `gladi attempts record-outside`"
    )
    assert (old.extract(), new.extract()) == before


def test_the_command_moves_the_ledger_of_the_policy(
    old: Ledger, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old.close()
    (tmp_path / "gladi.toml").write_text('[attempts]\ndeveloper = "Acme"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GLADI_LEDGER", server.url())

    status = main(["attempts", "import", "old.sqlite", "--by", "ana"])

    assert (status, capsys.readouterr().out.splitlines()) == (
        0,
        [
            "acme: 8 events are in postgresql:///postgres now; old.sqlite is ended and takes nothing more",
            "other: 3 events are in postgresql:///postgres now; old.sqlite is ended and takes nothing more",
            "keep the file; nothing deletes it",
            "acme: used 2 of 4, in postgresql:///postgres",
        ],
    )
    assert main(["attempts", "settle", "1", "--reason", "it merged"]) == 0


def test_the_command_says_of_the_old_file_that_it_ended(
    old: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Ledger.at(tmp_path / "new.sqlite", developer="acme", create=True) as new:
        adopt(old.store, new.store, by="ana")
    old.close()
    (tmp_path / "gladi.toml").write_text('[attempts]\ndeveloper = "Acme"\nledger = "old.sqlite"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GLADI_LEDGER", raising=False)

    status = main(["attempts"])

    out, err = capsys.readouterr()
    assert (status, out) == (10, "")
    assert "went on to another ledger and ends here" in err
    assert spent(tmp_path, {}).facts["used"] is None


def test_a_file_that_is_not_the_one_of_an_earlier_report_is_not_imported(
    old: Ledger, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = told(old)
    (tmp_path / "gladi.toml").write_text('[attempts]\ndeveloper = "Acme"\n')
    (tmp_path / "reports").mkdir()
    seen = replace(old.standing(), digest="d" * 64)
    (tmp_path / "reports" / "verdict.json").write_text(json.dumps({"attempts": seen.as_json()}))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GLADI_LEDGER", server.url())

    status = main(["attempts", "import", "old.sqlite"])

    assert status == 12
    assert "is not the one of an earlier report" in capsys.readouterr().err
    assert told(old) == before


def test_a_ledger_without_events_is_not_imported(tmp_path: Path, new: Ledger) -> None:
    empty = SQLite(tmp_path / "empty.sqlite", create=True)

    with pytest.raises(RefusedError, match="holds nothing, so there is nothing to import"):
        adopt(empty, new.store, by="ana")

    empty.close()
