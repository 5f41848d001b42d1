"""A ledger that cannot be used is one sentence: nothing is spent, and nothing made anew."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
import pytest

from gladi.attempts import sqlite as on_sqlite
from gladi.attempts.faults import LedgerError, RefusedError, ReplacedLedgerError, UnusableLedgerError
from gladi.attempts.ledger import Ledger
from gladi.attempts.postgres import without_secrets
from tests.attempts.apart import apart, without_rights
from tests.attempts.server import PASSWORD, Server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A SQLite ledger in which `acme` has opened two attempts, and a copy of nothing else."""
    path = tmp_path / "attempts.sqlite"
    with Ledger.at(path, developer="acme", create=True) as ledger:
        ledger.open("Toko Satu", by="ana")
        ledger.open("Toko Dua", by="ana")
    return path


@pytest.fixture
def url(server: Server) -> str:
    """A PostgreSQL ledger in which `acme` has opened two attempts."""
    url = server.url()
    with Ledger.at(url, developer="acme", create=True) as ledger:
        ledger.open("Toko Satu", by="ana")
        ledger.open("Toko Dua", by="ana")
    return url


@pytest.fixture
def anybodys() -> Iterator[Path]:
    """A folder that every user of the machine may write."""
    folder = Path(tempfile.mkdtemp(prefix="gladi-ledger-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def refusal(where: str | Path) -> str:
    """Give the sentence with which a ledger refuses to be opened, be it to look or to make it."""
    with pytest.raises(UnusableLedgerError) as looked:
        Ledger.at(where, developer="acme")
    with pytest.raises(UnusableLedgerError) as made:
        Ledger.at(where, developer="acme", create=True)
    assert str(looked.value) == str(made.value)
    return str(looked.value)


def by_hand(where: str | Path, *statements: str) -> None:
    if isinstance(where, Path):
        with closing(sqlite3.connect(where, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)
        return
    with psycopg.connect(where, autocommit=True) as server:
        for statement in statements:
            server.execute(statement.encode())


# -- on a file ---------------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_sqlite_is_left_as_it_is(file: Path) -> None:
    file.write_bytes(b"these are no attempts\n" * 200)

    sentence = refusal(file)

    assert sentence == (
        f"the ledger {file} is no SQLite file or a damaged one; put it back from a copy, and do not begin a new one: "
        "it is the only count; nothing was spent"
    )
    assert file.read_bytes() == b"these are no attempts\n" * 200


def test_a_file_with_a_damaged_page_is_refused(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[2 * 4096 : -4096] = b"\xa5" * len(content[2 * 4096 : -4096])
    file.write_bytes(content)

    sentence = refusal(file)

    assert "is damaged; put it back from a copy" in sentence
    assert file.read_bytes() == content


def test_an_event_that_was_changed_on_the_disk_is_noticed(file: Path) -> None:
    content = file.read_bytes()
    assert content.count(b"Toko Dua") == 1
    file.write_bytes(content.replace(b"Toko Dua", b"Toko Dui"))

    with Ledger.at(file, developer="acme") as ledger, pytest.raises(ReplacedLedgerError) as changed:
        ledger.open("Toko Tiga", by="ana")

    assert str(changed.value) == (
        "the record of 'acme' was changed from event 3 on (its digest does not follow from what stands before it); "
        "put the ledger back from a copy that was not touched, and count nothing on this one"
    )


def test_an_empty_file_is_a_missing_ledger(file: Path) -> None:
    file.write_bytes(b"")

    with pytest.raises(LedgerError, match=r"there is no ledger at .*attempts\.sqlite; if attempts were counted before, put it back"):
        Ledger.at(file, developer="acme")

    assert file.read_bytes() == b""


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    file = tmp_path / f"{'a' * 300}.sqlite"

    sentence = refusal(file)

    assert sentence == (
        f"the ledger {file} cannot be looked at (File name too long); name a place that this user may read as `ledger` in gladi.toml; "
        "nothing was spent"
    )


def test_a_folder_that_may_not_be_searched_is_refused(anybodys: Path) -> None:
    closed = anybodys / "closed"
    closed.mkdir(mode=0o700)

    def looks() -> str:
        without_rights()
        return refusal(closed / "attempts.sqlite") if os.getuid() != closed.stat().st_uid else "cannot be looked at (Permission denied)"

    assert "cannot be looked at (Permission denied)" in apart(looks)


def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    by_hand(file, "CREATE TABLE songs (title TEXT)")
    before = file.read_bytes()

    sentence = refusal(file)

    assert sentence == f"{file} is a SQLite file of something else; name another file as `ledger` in gladi.toml; nothing was spent"
    assert file.read_bytes() == before


def test_a_folder_where_the_file_should_be_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened; let this user write the file and its folder" in refusal(tmp_path)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(UnusableLedgerError, match="cannot be made"):
        Ledger.at(tmp_path / "file" / "attempts.sqlite", developer="acme", create=True)


def test_a_folder_that_cannot_be_written_spends_nothing(anybodys: Path) -> None:
    file = anybodys / "attempts.sqlite"
    with Ledger.at(file, developer="acme", create=True) as ledger:
        ledger.open("Toko Satu", by="ana")
    file.chmod(0o444)
    anybodys.chmod(0o555)

    def opens() -> str:
        without_rights()
        with Ledger.at(file, developer="acme", create=True) as ledger:
            return str(ledger.open("Toko Dua", by="ana"))

    sentence = apart(opens)

    assert sentence.startswith(f"UnusableLedgerError: the ledger {file} cannot be ")
    assert sentence.endswith("let this user write the file and its folder (SQLite keeps two more files beside it); nothing was spent")
    anybodys.chmod(0o777)
    with Ledger.at(file, developer="acme") as ledger:
        assert ledger.standing().used == 1


def test_a_disk_that_fills_up_at_any_byte_spends_what_it_says(tmp_path: Path) -> None:
    # From a limit at which nothing more can be written to one at which everything can.
    outcomes = [_opens_under(tmp_path / f"{room}.sqlite", room) for room in range(0, 40 * 1024, 2048)]

    assert {said for said, _ in outcomes} == {"opened", "not opened"}
    assert [used for _, used in outcomes] == [2 if said == "opened" else 1 for said, _ in outcomes]


def _opens_under(file: Path, room: int) -> tuple[str, int]:
    """Open an attempt where files can grow by so many bytes; give what was said, and how many are used when there is room again."""
    with Ledger.at(file, developer="acme", create=True) as ledger:
        ledger.open("Toko Satu", by="ana")

    def opens() -> str:
        with Ledger.at(file, developer="acme") as limited:
            limited.attest("target-market", "ana", date.max)
            written = Path(f"{file}-wal").stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (written + room, resource.RLIM_INFINITY))
            try:
                limited.open("Toko Dua", by="ana")
            except UnusableLedgerError:
                return "not opened"
            return "opened"

    said = apart(opens)
    with Ledger.at(file, developer="acme") as after:
        return said, after.standing().used


def test_a_full_disk_is_named(file: Path) -> None:
    with Ledger.at(file, developer="acme") as ledger:
        ledger.store._connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

        with pytest.raises(UnusableLedgerError) as full:
            ledger.attest("target-market", "ana", date.max, "x" * 100_000)

        assert ledger.attestations() == ()
    assert str(full.value) == f"the ledger {file} cannot grow, for the disk is full; make room and ask again; nothing was spent"


def test_a_writer_that_does_not_end_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_sqlite, "_BUSY", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other, Ledger.at(file, developer="acme") as ledger:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(UnusableLedgerError, match="has been written by another process for 30 seconds"):
            ledger.open("Toko Tiga", by="ana")


def test_a_file_that_vanishes_is_not_made_anew(file: Path) -> None:
    with Ledger.at(file, developer="acme") as ledger:
        ledger.close()
        file.unlink()

        with pytest.raises(UnusableLedgerError, match="cannot be opened"):
            ledger.open("Toko Tiga", by="ana")

    assert not file.exists()


# -- on both -----------------------------------------------------------------------------------------------------------

NEWER = (
    "CREATE TABLE gladi_ledger (one INTEGER, version INTEGER, identity TEXT, made_at TEXT)",
    "INSERT INTO gladi_ledger VALUES (1, 2, 'x', 'now')",
)


def test_a_newer_schema_is_left_to_a_newer_gladi(where: str | Path) -> None:
    by_hand(where, *NEWER)

    assert refusal(where).endswith(" was made by a newer Gladi (its schema is 2, this one knows 1); upgrade Gladi; nothing was spent")


def test_a_table_of_our_name_that_is_not_ours_is_left_alone(where: str | Path) -> None:
    by_hand(where, "CREATE TABLE gladi_ledger (song TEXT)")

    sentence = refusal(where)

    assert sentence.endswith(
        "has a table gladi_ledger that is not Gladi's; name another place as `ledger` in gladi.toml; nothing was spent"
    )


def test_a_ledger_without_a_guard_is_refused(ledger: Ledger, where: str | Path) -> None:
    ledger.close()
    of_table = "" if isinstance(where, Path) else " ON gladi_attempts"
    by_hand(where, f"DROP TRIGGER gladi_attempts_quota{of_table}")

    assert "lacks gladi_attempts_quota, without which nothing holds the quota" in refusal(where)


def test_a_row_that_slipped_in_beside_the_events_takes_no_attempt_away_silently(ledger: Ledger, where: str | Path) -> None:
    ledger.open("Toko Satu", by="ana")
    by_hand(where, "INSERT INTO gladi_attempts (developer, ordinal, generation, follows, origin) VALUES ('acme', 2, 1, NULL, 'opened')")

    with pytest.raises(RefusedError, match="refuses it"):
        ledger.open("Toko Dua", by="ana")

    assert ledger.standing().used == 1


# -- on a server -------------------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_named_without_the_secret(tmp_path: Path) -> None:
    sentence = refusal(f"postgresql://gladi:very-secret@/postgres?host={quote(str(tmp_path), safe='')}")

    assert sentence == (
        "the ledger postgresql:///postgres cannot be reached; see that the server runs, and the host, the port, the user and the database "
        "in the URL; nothing was spent"
    )


def test_a_wrong_password_is_named_and_not_repeated(server: Server) -> None:
    sentence = refusal(server.url(schema="public", password="not-" + PASSWORD))

    assert sentence == (
        "the ledger postgresql:///postgres refuses the login; see the user and the password in GLADI_LEDGER or gladi.toml; "
        "nothing was spent"
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ana:secret@db.example:5433/attempts", "postgresql://db.example:5433/attempts"),
        ("postgresql://db/attempts?password=secret&sslmode=require", "postgresql://db/attempts"),
        ("postgresql://ana:se/secret@db/attempts", "in PostgreSQL"),
        ("postgresql://ana:se?secret@db/attempts", "in PostgreSQL"),
        ("postgresql://ana:se#secret@db/attempts", "in PostgreSQL"),
        ("postgresql://ana:s@secret@db/attempts", "postgresql://db/attempts"),
        ("postgresql://[secret", "in PostgreSQL"),
    ],
)
def test_no_secret_of_a_url_is_shown(url: str, shown: str) -> None:
    assert without_secrets(url) == shown


@pytest.mark.parametrize(
    "url", ["postgresql://ana:se cret@db/attempts?x", "postgresql://ana:secret@db:port/attempts", "postgresql://[secret"]
)
def test_a_url_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(UnusableLedgerError) as unread:
        Ledger.at(url, developer="acme")

    assert "cret" not in str(unread.value)


def test_a_user_needs_to_read_and_to_add_and_spends_nothing_without(url: str, server: Server) -> None:
    schema = url.rpartition("search_path%3D")[2]
    role = f"reader_{schema}"
    by_hand(url, f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'", f"GRANT USAGE ON SCHEMA {schema} TO {role}")
    by_hand(url, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}")

    with Ledger.at(server.url(schema=schema, user=role), developer="acme") as ledger:
        with pytest.raises(UnusableLedgerError, match="may not be written by this user; grant it SELECT and INSERT"):
            ledger.open("Toko Tiga", by="ana")
        assert ledger.standing().used == 2

        by_hand(url, f"GRANT INSERT ON ALL TABLES IN SCHEMA {schema} TO {role}")
        assert ledger.open("Toko Tiga", by="ana").ordinal == 3


def test_a_full_disk_of_the_server_spends_nothing(url: str) -> None:
    by_hand(
        url,
        "CREATE FUNCTION fills() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$",
        "CREATE CONSTRAINT TRIGGER fills AFTER INSERT ON gladi_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fills()",
    )

    with Ledger.at(url, developer="acme") as ledger:
        with pytest.raises(UnusableLedgerError, match="cannot grow, for the server's disk is full; make room there"):
            ledger.open("Toko Tiga", by="ana")
        assert ledger.standing().used == 2


def test_a_database_with_careless_settings_is_made_careful(server: Server) -> None:
    url = server.url() + quote(" -csynchronous_commit=off", safe="")

    with Ledger.at(url, developer="acme", create=True) as ledger, ledger.store.reading() as transaction:
        found = transaction.run("SHOW synchronous_commit")
        cautions = ledger.store.cautions

    assert found == [("on",)]
    assert cautions == ("the server of postgresql:///postgres runs with fsync off, so a power cut could lose an attempt; switch it on",)
