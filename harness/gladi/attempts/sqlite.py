"""The ledger's tables in a SQLite file: one machine, many processes.

1. WAL with `synchronous = FULL`: a commit that returned is on the disk. Network file systems cannot do this.
2. `BEGIN IMMEDIATE` takes the writer's place before anything is read, so two processes never count the same slot as free.
3. Which errors can leave a commit uncertain is nothing to rely on, so after any but a lock the ledger looks.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.attempts.faults import LedgerError, MissingLedgerError, RefusedError, UnusableLedgerError
from gladi.attempts.schema import GUARDS, INSERT_LEDGER, TABLES, VERSION, Guard, fit
from gladi.attempts.store import LostCommit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gladi.attempts.store import Transaction, Value

__all__ = ["SQLite"]

_BUSY = 30.0
"""Seconds that a writer waits for the others."""

_KEYS = {
    "gladi_ledger": "one = NEW.one",
    "gladi_releases": "developer = NEW.developer AND ordinal = NEW.ordinal AND generation = NEW.generation",
    "gladi_attempts": "developer = NEW.developer AND ordinal = NEW.ordinal AND generation = NEW.generation",
}
"""By which keys INSERT OR REPLACE would delete a row; for events the guard of their numbers refuses that."""

_OWN_GUARDS = (
    *(
        Guard(f"{table}_taken", table, "INSERT", f"EXISTS (SELECT 1 FROM {table} WHERE {keys})", f"{table} is append-only")  # noqa: S608 - ours
        for table, keys in _KEYS.items()
    ),
    # A blob is another key than the text of the same letters.
    *(
        Guard(f"{table}_text", table, "INSERT", "typeof(NEW.developer) <> 'text'", "a developer is a text")
        for table in ("gladi_releases", "gladi_attempts", "gladi_events")
    ),
)

_FAULTS = {
    sqlite3.SQLITE_NOTADB: "is no SQLite file or a damaged one; put it back from a copy, and do not begin a new one: it is the only count",
    sqlite3.SQLITE_CORRUPT: "is damaged; put it back from a copy, and do not begin a new one: it is the only count",
    sqlite3.SQLITE_READONLY: "cannot be written; let this user write the file and its folder (SQLite keeps two more files beside it)",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; let this user write the file and its folder (SQLite keeps two more files beside it)",
    sqlite3.SQLITE_FULL: "cannot grow, for the disk is full; make room and ask again",
    sqlite3.SQLITE_BUSY: f"has been written by another process for {_BUSY:.0f} seconds; ask again when that has ended",
    sqlite3.SQLITE_IOERR: "cannot be read or written, for the disk gives an error; look at the disk and ask again",
}


class _Statements:
    """Statements on one connection, each error a sentence."""

    def __init__(self, connection: sqlite3.Connection, store: SQLite) -> None:
        self._connection = connection
        self._store = store

    def run(self, statement: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as wrong:
            raise self._store.fault(wrong) from None


class SQLite:
    """A store in one file."""

    name = "SQLite"
    shared = False
    cautions = ()

    def __init__(self, where: str | Path, *, create: bool = False) -> None:
        """Open the file; `create` makes it, and its folder, where there is none.

        Raises:
            MissingLedgerError: there is none, and it was not to be made.
            UnusableLedgerError: it is something else, damaged, newer, or cannot be written.
        """
        self._path = Path(where)
        self.shown = str(where)
        self._connection: sqlite3.Connection | None = None
        self._create = create
        try:
            there = self._path.exists()
        except OSError as wrong:  # a name that is too long, a folder that may not be searched
            raise UnusableLedgerError(
                f"the ledger {self.shown} cannot be looked at ({wrong.strerror}); name a place that this user may read as `ledger` in "
                "gladi.toml; nothing was spent"
            ) from None
        if not create and not there:
            raise _missing(self.shown)
        if create:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as wrong:
                raise UnusableLedgerError(
                    f"the ledger {self.shown} cannot be made ({wrong.strerror}); name another place as `ledger` in gladi.toml"
                ) from None
        try:
            self.identity = self._opened()
            self._create = False  # a file that vanishes later is not made anew
        except LedgerError:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read one consistent state."""
        with self._transaction("BEGIN") as statements:
            yield statements

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write as the only writer; see `Store`."""
        with self._transaction("BEGIN IMMEDIATE") as statements:
            yield statements

    def confirm(self) -> None:
        """Carry everything from the write-ahead log into the file, which syncs both."""
        ((busy, *_),) = _Statements(self._connected(), self).run("PRAGMA wal_checkpoint(FULL)")
        if busy:
            raise UnusableLedgerError(f"the ledger {self.shown} is being read, so that it cannot be synced now")

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def fault(self, wrong: sqlite3.Error) -> LedgerError:
        """Turn an error of SQLite into a sentence."""
        code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_CONSTRAINT:
            return RefusedError(f"the ledger {self.shown} refuses it: {wrong}")
        says = _FAULTS.get(code, f"cannot be used ({wrong}); see that it is a ledger of Gladi")
        return UnusableLedgerError(f"the ledger {self.shown} {says}; nothing was spent")

    # -- underneath ------------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Transaction]:
        connection = self._connected()
        statements = _Statements(connection, self)
        statements.run(begin)
        try:
            yield statements
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as wrong:
            # The connection is kept: a new one needs new files, and on a full disk there is no room for them.
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            if getattr(wrong, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise self.fault(wrong) from None
            says = _FAULTS.get(getattr(wrong, "sqlite_errorcode", 0) & 0xFF, f"failed at a commit ({wrong})")
            raise LostCommit(f"the ledger {self.shown} {says}") from None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is not None:
            return self._connection
        try:
            uri = f"{self._path.absolute().as_uri()}?mode={'rwc' if self._create else 'rw'}"
            connection = self._connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_BUSY)
            # Which of these take hold only outside a transaction differs; all do here.
            for setting in ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON"):
                connection.execute(f"PRAGMA {setting}")
        except sqlite3.Error as wrong:
            raise self.fault(wrong) from None
        return connection

    def _opened(self) -> str:
        """See what the file is, make the tables if asked, and give the ledger's identity."""
        connection = self._connected()
        statements = _Statements(connection, self)
        if self._is_empty(statements):
            if not self._create:
                raise _missing(self.shown)
            self._to_wal(statements)
            with self.writing() as transaction:
                if self._is_empty(transaction):
                    _make(transaction)
        identity = self._fit(statements)
        self._to_wal(statements)
        return identity

    def _is_empty(self, statements: Transaction) -> bool:
        return not statements.run("SELECT 1 FROM sqlite_master LIMIT 1")

    def _fit(self, statements: Transaction) -> str:
        """Refuse what is no ledger that this Gladi can write; give its identity."""
        if statements.run("PRAGMA quick_check(1)") != [("ok",)]:
            raise UnusableLedgerError(f"the ledger {self.shown} {_FAULTS[sqlite3.SQLITE_CORRUPT]}; nothing was spent")
        names = {str(name) for (name,) in statements.run("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")}
        if "gladi_ledger" not in names:
            raise UnusableLedgerError(
                f"{self.shown} is a SQLite file of something else; name another file as `ledger` in gladi.toml; nothing was spent"
            )
        return fit(self.shown, statements, names, {guard.name for guard in (*GUARDS, *_OWN_GUARDS)})

    def _to_wal(self, statements: Transaction) -> None:
        """Switch to the write-ahead log; SQLite does not wait for others here, so this does."""
        ends = time.monotonic() + _BUSY
        while True:
            try:
                mode = statements.run("PRAGMA journal_mode = WAL")
            except UnusableLedgerError:
                if time.monotonic() > ends:
                    raise
                time.sleep(0.02)
                continue
            if mode != [("wal",)]:
                raise UnusableLedgerError(
                    f"the ledger {self.shown} lies where SQLite cannot keep a write-ahead log; put it on a local disk; nothing was spent"
                )
            return


def _missing(shown: str) -> MissingLedgerError:
    return MissingLedgerError(
        f"there is no ledger at {shown}; if attempts were counted before, put it back from a copy, "
        "and if there never was one, make it with `gladi attempts create`"
    )


def _make(transaction: Transaction) -> None:
    for name, columns in TABLES.items():
        transaction.run(f"CREATE TABLE {name} {columns} WITHOUT ROWID")
    for guard in (*GUARDS, *_OWN_GUARDS):
        transaction.run(
            f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} WHEN {guard.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
        )
    made = (1, VERSION, secrets.token_hex(16), datetime.now(UTC).isoformat(timespec="seconds"))
    transaction.run(INSERT_LEDGER, made)
