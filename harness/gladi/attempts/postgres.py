"""The ledger's tables in PostgreSQL: as soon as two machines exist.

1. Writers take one lock before they read, so two machines never count the same slot as free, and who looks for a
   lost commit waits until that commit has ended.
2. A commit whose answer did not come is uncertain; everything that fails before a commit is sent surely did not happen.
3. A URL may hold a password: no sentence repeats it, nor what the driver says of the URL.
"""

from __future__ import annotations

import re
import secrets
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gladi.attempts.faults import LedgerError, MissingLedgerError, RefusedError, UnusableLedgerError
from gladi.attempts.schema import GUARDS, INSERT_LEDGER, TABLES, VERSION, Guard, fit
from gladi.attempts.store import LostCommit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import psycopg

    from gladi.attempts.store import Transaction, Value

__all__ = ["PostgreSQL", "without_secrets"]

_PATIENT: dict[str, str] = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""How long a server that says nothing is waited for, where the URL does not say."""

_SETTINGS = (
    "SET lock_timeout = '30s'",
    "SET idle_in_transaction_session_timeout = '60s'",
    # A database or a role may have switched it off; then a commit that returned could still be lost.
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
)

# Not LOCK TABLE, which asks for the right to change rows: the user of Gladi needs none but to read and to add.
_WRITER = "SELECT pg_advisory_xact_lock((4711203::bigint << 32) | 'gladi_events'::regclass::oid::bigint)"
_MAKING = 4_711_202
"""The advisory lock of those who make the tables."""

_TRUNCATE = tuple(Guard(f"{table}_truncate", table, "TRUNCATE", "true", f"{table} is append-only") for table in TABLES)

_FAULTS = {
    "53100": "cannot grow, for the server's disk is full; make room there and ask again",
    "25006": "is a standby that only reads; name the primary server in the URL",
    "42501": "may not be written by this user; grant it SELECT and INSERT on the four gladi_ tables",
    "55P03": "has been written by another process for 30 seconds; ask again when that has ended",
}
"""By SQLSTATE."""


def without_secrets(url: str) -> str:
    """Give the server and database of a URL, without user, password and parameters; less where the URL is not clear."""
    try:
        parts = urlsplit(url)
        server = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "in PostgreSQL"
    plain = re.fullmatch(r"[\w.\-\[\]:,%]*", server) and re.fullmatch(r"(/[\w.\-%]*)?", parts.path)
    # A special character that is not encoded cuts the password short, and then its rest stands behind the server.
    clear = plain and "@" not in parts.query + parts.fragment
    return f"postgresql://{server}{parts.path}" if clear else "in PostgreSQL"


class _Statements:
    """Statements on one connection, each error a sentence."""

    def __init__(self, connection: psycopg.Connection[tuple[Value, ...]], store: PostgreSQL) -> None:
        self._connection = connection
        self._store = store

    def run(self, statement: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        import psycopg  # noqa: PLC0415 - an extra that most never install

        try:
            cursor = self._connection.execute(statement.replace("?", "%s").encode(), values or None)
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as wrong:
            raise self._store.fault(wrong) from None


class PostgreSQL:
    """A store in a database of a PostgreSQL server."""

    name = "PostgreSQL"
    shared = True

    def __init__(self, url: str, *, create: bool = False) -> None:
        """Connect; `create` makes the tables where there are none.

        Raises:
            MissingLedgerError: there are none, and they were not to be made.
            UnusableLedgerError: the server cannot be reached or refuses, or the tables are not what they should be.
        """
        self._url = url
        self.shown = without_secrets(url)
        self.cautions: tuple[str, ...] = ()
        self._connection: psycopg.Connection[tuple[Value, ...]] | None = None
        try:
            self.identity = self._opened(create=create)
        except LedgerError:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read one consistent state."""
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as statements:
            yield statements

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write as the only writer; see `Store`."""
        with self._transaction("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE") as statements:
            statements.run(_WRITER)
            yield statements

    def confirm(self) -> None:
        """Nothing is left to do: what another connection sees is durable."""

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def fault(self, wrong: psycopg.Error) -> LedgerError:
        """Turn an error of a statement that was no commit into a sentence."""
        state = wrong.sqlstate or ""
        if self._connection is not None and self._connection.closed:
            return UnusableLedgerError(f"the ledger {self.shown} went away before anything was written; ask again when it is back")
        said = (wrong.diag.message_primary or type(wrong).__name__).strip()
        if state.startswith("23"):
            return RefusedError(f"the ledger {self.shown} refuses it: {said}")
        return UnusableLedgerError(f"the ledger {self.shown} {_FAULTS.get(state, f'cannot be used ({said})')}; nothing was spent")

    # -- underneath ------------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Transaction]:
        connection = self._connected()
        statements = _Statements(connection, self)
        try:
            statements.run(begin)
            yield statements
        except BaseException:
            self._undo(connection)
            raise
        self._commit(connection)

    def _undo(self, connection: psycopg.Connection[tuple[Value, ...]]) -> None:
        import psycopg  # noqa: PLC0415 - as above

        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        if connection.closed:
            self.close()

    def _commit(self, connection: psycopg.Connection[tuple[Value, ...]]) -> None:
        import psycopg  # noqa: PLC0415 - as above

        try:
            answer = connection.execute("COMMIT").statusmessage
        except psycopg.Error as wrong:
            if wrong.sqlstate and not connection.closed:
                raise self.fault(wrong) from None
            self.close()
            raise LostCommit(f"the ledger {self.shown} went away in the middle of a commit") from None
        except BaseException:  # interrupted while waiting: the answer belongs to nobody now
            self.close()
            raise
        if answer != "COMMIT":
            raise UnusableLedgerError(f"the ledger {self.shown} undid what was to be written; nothing was spent")

    def _connected(self) -> psycopg.Connection[tuple[Value, ...]]:
        if self._connection is not None:
            return self._connection
        try:
            import psycopg  # noqa: PLC0415 - as above
            from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415
        except ImportError:
            raise UnusableLedgerError(
                f"the ledger {self.shown} needs the PostgreSQL driver; install it with pip install 'gladi[postgres]'"
            ) from None
        try:
            given = {name: str(value) for name, value in conninfo_to_dict(self._url).items()}
        except psycopg.Error:
            raise UnusableLedgerError(
                "the URL of the ledger cannot be read; write postgresql://user@host/database with every special character of a password "
                "percent-encoded"
            ) from None
        try:
            words: dict[str, str] = {"application_name": "gladi", "client_encoding": "utf8"} | _PATIENT | given
            connection = psycopg.connect("", autocommit=True, prepare_threshold=None, **words)  # type: ignore[arg-type]  # libpq's own words
        except psycopg.Error as wrong:
            raise self._unreached(wrong) from None
        self._connection = connection
        statements = _Statements(connection, self)
        for setting in _SETTINGS:
            statements.run(setting)
        if statements.run("SHOW fsync") == [("off",)]:
            self.cautions = (f"the server of {self.shown} runs with fsync off, so a power cut could lose an attempt; switch it on",)
        return connection

    def _unreached(self, wrong: psycopg.Error) -> UnusableLedgerError:
        """Tell a refused login from a server that is not there, in whatever language the server speaks."""
        asked = wrong.pgconn is not None and (wrong.pgconn.needs_password or wrong.pgconn.used_password)
        if asked:
            why = "refuses the login; see the user and the password in GLADI_LEDGER or gladi.toml"
        else:
            why = "cannot be reached; see that the server runs, and the host, the port, the user and the database in the URL"
        return UnusableLedgerError(f"the ledger {self.shown} {why}; nothing was spent")

    def _opened(self, *, create: bool) -> str:
        """See what the database holds, make the tables if asked, and give the ledger's identity."""
        statements = _Statements(self._connected(), self)
        names = _names(statements)
        if not names & TABLES.keys():
            if not create:
                raise MissingLedgerError(
                    f"there is no ledger in {self.shown}; if attempts were counted before, put it back from a copy, "
                    "and if there never was one, make it with `gladi attempts create`"
                )
            with self._transaction("BEGIN") as transaction:
                transaction.run("SELECT pg_advisory_xact_lock(?)", (_MAKING,))
                if not _names(transaction) & TABLES.keys():
                    _make(transaction)
            names = _names(statements)
        return fit(self.shown, statements, names, {guard.name for guard in (*GUARDS, *_TRUNCATE)})


def _names(statements: Transaction) -> set[str]:
    """Give our tables, as the search path finds them, and the triggers on them that are on."""
    found: set[str] = set()
    for table in TABLES:
        ((there,),) = statements.run("SELECT to_regclass(?)::text", (table,))
        if there is not None:
            found.add(table)
            rows = statements.run("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(?) AND tgenabled IN ('O', 'A')", (table,))
            found |= {str(name) for (name,) in rows}
    return found


def _make(transaction: Transaction) -> None:
    for name, columns in TABLES.items():
        transaction.run(f"CREATE TABLE {name} {columns}")
    for guard in (*GUARDS, *_TRUNCATE):
        each = "STATEMENT" if guard.verb == "TRUNCATE" else "ROW"
        transaction.run(
            f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {guard.condition} THEN "
            f"RAISE EXCEPTION '{guard.says}' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$"
        )
        transaction.run(f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} FOR EACH {each} EXECUTE FUNCTION {guard.name}()")
    made = (1, VERSION, secrets.token_hex(16), datetime.now(UTC).isoformat(timespec="seconds"))
    transaction.run(INSERT_LEDGER, made)
