"""The tables alone, on both databases, with no code of ours between: what must never be written is refused by them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from gladi.attempts.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.attempts.ledger import Ledger

    Hand = Callable[[str], list[Any]]

ATTEMPT = "INSERT INTO gladi_attempts (developer, ordinal, generation, follows, origin) VALUES "
RELEASE = "INSERT INTO gladi_releases (developer, ordinal, generation) VALUES "
EVENT = (
    'INSERT INTO gladi_events (developer, number, kind, at, by, host, ordinal, generation, shop, note, "check", until, quota, '
    "token, digest) VALUES "
)
REFUSED = (sqlite3.IntegrityError, psycopg.errors.IntegrityError)


@pytest.fixture
def hand(ledger: Ledger, where: str | Path) -> Iterator[Hand]:
    """A client that knows nothing of us, before a ledger in which `acme` has opened one attempt."""
    ledger.open("Toko Satu", by="ana")
    if isinstance(where, Path):
        with closing(sqlite3.connect(where, isolation_level=None)) as file:
            yield lambda statement: file.execute(statement).fetchall()
        return
    with psycopg.connect(where, autocommit=True) as server:

        def runs(statement: str) -> list[Any]:
            cursor = server.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

        yield runs


@pytest.mark.parametrize(
    "row",
    [
        "('acme', 6, 1, NULL, 'opened')",
        "('acme', 6, 1, NULL, 'outside')",
        "('acme', 0, 1, NULL, 'opened')",
        "('acme', NULL, 1, NULL, 'opened')",
        "('acme', 2, NULL, NULL, 'opened')",
        "(NULL, 2, 1, NULL, 'opened')",
        "('', 2, 1, NULL, 'opened')",
        "(' acme', 2, 1, NULL, 'opened')",
        "('acme', 2, 0, NULL, 'opened')",
        "('acme', 2, 1, NULL, 'found')",
        "('acme', 1, 1, NULL, 'opened')",
    ],
    ids=[
        "a sixth",
        "a sixth from outside",
        "a zeroth",
        "no ordinal",
        "no generation",
        "no developer",
        "an empty developer",
        "a developer with a space",
        "a generation before the first",
        "no known origin",
        "one that is taken",
    ],
)
def test_an_attempt_without_a_place_is_refused(hand: Hand, row: str) -> None:
    with pytest.raises(REFUSED):
        hand(ATTEMPT + row)

    assert hand("SELECT COUNT(*) FROM gladi_attempts") == [(1,)]


def test_the_four_that_are_left_have_a_place(hand: Hand) -> None:
    for ordinal in (2, 3, 4, 5):
        hand(f"{ATTEMPT}('acme', {ordinal}, 1, NULL, 'opened')")

    assert hand("SELECT COUNT(*) FROM gladi_attempts") == [(5,)]


@pytest.mark.parametrize("where", ["SQLite"], indirect=True)
@pytest.mark.parametrize(
    "blob_or_real", ["(X'61636d65', 1, 1, NULL, 'opened')", "('acme', 2.5, 1, NULL, 'opened')", "('acme', 'x', 1, NULL, 'opened')"]
)
def test_what_sqlite_would_take_as_another_key_is_refused(hand: Hand, blob_or_real: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        hand(ATTEMPT + blob_or_real)


@pytest.mark.parametrize("where", ["SQLite"], indirect=True)
def test_a_developer_in_bytes_is_no_second_developer(hand: Hand) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="a developer is a text"):
        hand(f"{EVENT}(X'61636d65', 1, 'quota', 'now', 'ana', 'desk', NULL, NULL, '', '', '', '', 5, 't', 'd')")


def test_a_lower_quota_is_held_by_the_tables(hand: Hand) -> None:
    hand(f"{EVENT}('acme', 3, 'quota', 'now', 'ana', 'desk', NULL, NULL, '', '', '', '', 2, 't', 'd')")

    hand(f"{ATTEMPT}('acme', 2, 1, NULL, 'opened')")
    with pytest.raises(REFUSED, match="the quota is used up"):
        hand(f"{ATTEMPT}('acme', 3, 1, NULL, 'opened')")
    hand(f"{ATTEMPT}('acme', 3, 1, NULL, 'outside')")

    assert hand("SELECT COUNT(*) FROM gladi_attempts") == [(3,)]


def test_a_developer_without_a_recorded_quota_opens_nothing(hand: Hand) -> None:
    with pytest.raises(REFUSED, match="the quota is used up"):
        hand(f"{ATTEMPT}('other', 1, 1, NULL, 'opened')")


@pytest.mark.parametrize("row", ["('acme', 1, 2, NULL, 'opened')", "('acme', 1, 2, 1, 'opened')", "('acme', 1, 3, 1, 'opened')"])
def test_an_ordinal_that_was_not_given_back_is_not_taken_again(hand: Hand, row: str) -> None:
    with pytest.raises(REFUSED):
        hand(ATTEMPT + row)


def test_a_release_gives_an_ordinal_back_exactly_once(hand: Hand) -> None:
    hand(f"{RELEASE}('acme', 1, 1)")

    with pytest.raises(REFUSED):
        hand(f"{RELEASE}('acme', 1, 1)")
    hand(f"{ATTEMPT}('acme', 1, 2, 1, 'opened')")
    for row in ("('acme', 1, 2, 1, 'opened')", "('acme', 1, 3, 2, 'opened')", "('acme', 1, 1, NULL, 'opened')"):
        with pytest.raises(REFUSED):
            hand(ATTEMPT + row)

    assert hand("SELECT COUNT(*) FROM gladi_attempts") == [(2,)]


def test_an_ordinal_is_not_taken_twice_for_one_release_though_the_guard_is_gone(hand: Hand, where: str | Path) -> None:
    for statement in (
        ("PRAGMA foreign_keys = ON", "DROP TRIGGER gladi_attempts_follows")
        if isinstance(where, Path)
        else ("DROP TRIGGER gladi_attempts_follows ON gladi_attempts",)
    ):
        hand(statement)
    hand(f"{RELEASE}('acme', 1, 1)")

    for row in ("('acme', 1, 3, 1, 'opened')", "('acme', 1, 3, 2, 'opened')", "('acme', 1, 2, NULL, 'opened')"):
        with pytest.raises(REFUSED):
            hand(ATTEMPT + row)

    assert hand("SELECT COUNT(*) FROM gladi_attempts") == [(1,)]


@pytest.mark.parametrize("row", ["('acme', 2, 1)", "('acme', 1, 2)", "('other', 1, 1)"])
def test_what_was_never_opened_is_not_released(hand: Hand, row: str) -> None:
    with pytest.raises(REFUSED, match="only an attempt that was opened and no more is given back"):
        hand(RELEASE + row)


def test_what_was_linked_is_not_released(hand: Hand) -> None:
    hand(f"{EVENT}('acme', 3, 'linked', 'now', 'ana', 'desk', 1, 1, '', '', '', '', NULL, 't', 'd')")

    with pytest.raises(REFUSED, match="only an attempt that was opened and no more is given back"):
        hand(f"{RELEASE}('acme', 1, 1)")


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_row_is_changed_or_deleted(hand: Hand, table: str) -> None:
    hand(f"{RELEASE}('acme', 1, 1)")
    before = hand(f"SELECT * FROM {table}")
    column = "version" if table == "gladi_ledger" else "developer"

    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(REFUSED, match=f"{table} is append-only"):
            hand(statement)

    assert before
    assert hand(f"SELECT * FROM {table}") == before


@pytest.mark.parametrize(
    "ending",
    [
        "gladi_ledger (one, version, identity, made_at) VALUES (1, 1, 'mine', 'now')",
        "gladi_releases (developer, ordinal, generation) VALUES ('acme', 1, 1)",
        "gladi_attempts (developer, ordinal, generation, follows, origin) VALUES ('acme', 1, 1, NULL, 'outside')",
        EVENT.removeprefix("INSERT INTO ") + "('acme', 2, 'attested', 'now', 'eve', 'x', NULL, NULL, '', '', '', '', NULL, 't', 'd')",
    ],
    ids=lambda ending: ending.split(maxsplit=1)[0],
)
def test_no_row_is_replaced(hand: Hand, where: str | Path, ending: str) -> None:
    table = ending.split(maxsplit=1)[0]
    hand(f"{RELEASE}('acme', 1, 1)")
    before = hand(f"SELECT * FROM {table}")
    ways = ["INSERT OR REPLACE INTO ", "REPLACE INTO ", "INSERT OR IGNORE INTO "] if isinstance(where, Path) else ["INSERT INTO "]

    for way in ways:
        with pytest.raises(REFUSED):
            hand(way + ending)

    assert hand(f"SELECT * FROM {table}") == before


def test_an_upsert_changes_nothing(hand: Hand) -> None:
    upsert = f"{ATTEMPT}('acme', 1, 1, NULL, 'opened') ON CONFLICT (developer, ordinal, generation) DO UPDATE SET origin = 'outside'"

    with pytest.raises(REFUSED):
        hand(upsert)

    assert hand("SELECT origin FROM gladi_attempts") == [("opened",)]


@pytest.mark.parametrize("where", ["SQLite"], indirect=True)
def test_sqlites_row_numbers_are_no_way_round(hand: Hand) -> None:
    for table in TABLES:
        with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
            hand(f"SELECT rowid FROM {table}")


@pytest.mark.parametrize("where", ["PostgreSQL"], indirect=True)
def test_a_table_is_not_emptied_at_once(hand: Hand) -> None:
    with pytest.raises(REFUSED, match="is append-only"):
        hand("TRUNCATE gladi_events, gladi_attempts, gladi_releases")


@pytest.mark.parametrize("number", [2, 4, 1])
def test_an_event_comes_right_after_the_last(hand: Hand, number: int) -> None:
    with pytest.raises(REFUSED):
        hand(f"{EVENT}('acme', {number}, 'attested', 'now', 'ana', 'desk', NULL, NULL, '', '', '', '', NULL, 't', 'd')")


def test_an_event_of_no_attempt_is_refused(hand: Hand, where: str | Path) -> None:
    if isinstance(where, Path):
        hand("PRAGMA foreign_keys = ON")

    for row in (
        "'linked', 'now', 'ana', 'desk', 4, 1",
        "'linked', 'now', 'ana', 'desk', NULL, NULL",
        "'attested', 'now', 'ana', 'desk', 1, 1",
    ):
        with pytest.raises(REFUSED):
            hand(f"{EVENT}('acme', 3, {row}, '', '', '', '', NULL, 't', 'd')")


def test_a_record_that_moved_takes_nothing_more(hand: Hand) -> None:
    hand(f"{EVENT}('acme', 3, 'moved', 'now', 'ana', 'desk', NULL, NULL, '', 'another ledger', '', '', NULL, 't', 'd')")

    with pytest.raises(REFUSED, match="the record goes on in another ledger"):
        hand(f"{ATTEMPT}('acme', 2, 1, NULL, 'opened')")
    with pytest.raises(REFUSED, match="the record goes on in another ledger"):
        hand(f"{EVENT}('acme', 4, 'attested', 'now', 'ana', 'desk', NULL, NULL, '', '', '', '', NULL, 't', 'd')")
