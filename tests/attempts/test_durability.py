"""What was written stays written: how each database is asked for it, and what an undone commit is told as."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.faults import LedgerError, UnusableLedgerError
from gladi.attempts.ledger import Ledger
from gladi.attempts.schema import INSERT_LEDGER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.attempts.server import Server

FULL = 2
"""What SQLite calls `synchronous = FULL`."""


def test_a_file_is_written_ahead_and_synced_at_every_commit(tmp_path: Path) -> None:
    with Ledger.at(tmp_path / "a.sqlite", developer="acme", create=True) as ledger, ledger.store.reading() as transaction:
        synchronous, journal = transaction.run("PRAGMA synchronous"), transaction.run("PRAGMA journal_mode")

    assert (synchronous, journal) == ([(FULL,)], [("wal",)])


def test_what_was_found_again_is_carried_into_the_file_itself(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    with Ledger.at(file, developer="acme", create=True) as ledger:
        ledger.open("Toko Satu", by="ana")
        before = b"Toko Satu" in file.read_bytes()

        ledger.store.confirm()

        assert (before, b"Toko Satu" in file.read_bytes()) == (False, True)


def test_a_commit_that_the_server_turned_into_an_undoing_is_no_commit(server: Server) -> None:
    with Ledger.at(server.url(), developer="acme", create=True) as ledger:
        with pytest.raises(UnusableLedgerError) as undone, ledger.store.writing() as transaction, suppress(LedgerError):
            transaction.run(INSERT_LEDGER, (1, 1, "another", "now"))

        assert str(undone.value) == f"the ledger {ledger.store.shown} undid what was to be written; nothing was spent"
