"""The state of a watch in one SQLite file: what returned from here is on the disk, and a kill at any moment takes nothing of it back.

1. WAL with `synchronous = FULL`: a commit that returned is on the disk. Network file systems cannot do this.
2. The file belongs to one process at a time (`locking_mode = EXCLUSIVE`): two watches would forward out of order. A lock
   of a process that was killed is gone with it.
3. The file is its owner's alone: a webhook may name a buyer.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Self

import msgspec

from gladi.attempts.watching.arrival import Signed, news
from gladi.attempts.watching.faults import StateError
from gladi.attempts.watching.kept import Counts, Kept, Poll
from gladi.attempts.watching.schema import TABLES, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gladi.attempts.watching.arrival import Arrival
    from gladi.record.clock import Instant

__all__ = ["State"]

_BUSY = 2.0
"""Seconds that a start waits for a process that is just ending."""

_FAULTS = {
    sqlite3.SQLITE_NOTADB: "is no SQLite file or a damaged one; keep it for whoever asks what came, and name another with --state",
    sqlite3.SQLITE_CORRUPT: "is damaged; keep it for whoever asks what came, and name another with --state",
    sqlite3.SQLITE_READONLY: "cannot be written; let this user write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; let this user write the file and its folder, or name another with --state",
    sqlite3.SQLITE_FULL: "cannot grow, for the disk is full; make room: until then no webhook is confirmed",
    sqlite3.SQLITE_BUSY: "is used by another watch; end that one first",
    sqlite3.SQLITE_IOERR: "cannot be read or written, for the disk gives an error; look at the disk",
}
_INSERT = "INSERT INTO deliveries (number, at, target, headers, body, signed, status, shop) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
_KEPT = """SELECT d.number, d.at, d.target, d.headers, d.body, d.signed, d.status, d.shop,
    (SELECT count(*) FROM forwards f WHERE f.delivery = d.number), (SELECT max(f.at) FROM forwards f WHERE f.delivery = d.number)
    FROM deliveries d"""
_LAST_DONE = "(SELECT coalesce(max(delivery), 0) FROM forwards WHERE done = 1)"
"""Order is kept, so what has been forwarded is a beginning of all that came."""


_COUNTS = f"""SELECT (SELECT count(*) FROM polls), (SELECT count(*) FROM deliveries),
    (SELECT count(*) FROM deliveries WHERE signed <> ?), (SELECT count(*) FROM deliveries WHERE number > {_LAST_DONE})"""  # noqa: S608 - ours


class State:
    """The state of one watch; any thread may ask it. It is a context manager and closes the file at its end."""

    def __init__(self, where: Path, *, shop: str, now: Instant) -> None:
        """Open the file, or make it where there is none; `shop` is the watched shop's id on Tokopedia.

        Raises:
            StateError: it is something else, damaged, newer, another shop's, in use, or cannot be written.
        """
        self.shown = str(where)
        self._lock = Lock()
        try:
            where.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(where, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
            where.chmod(0o600)
        except OSError as wrong:
            raise StateError(f"the state {self.shown} cannot be opened ({wrong.strerror}); name another with --state") from None
        try:
            self._connection = sqlite3.connect(where, isolation_level=None, timeout=_BUSY, check_same_thread=False)
        except sqlite3.Error as wrong:
            raise self._fault(wrong) from None
        try:
            self.began: Instant = self._opened(shop, now)
        except StateError:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        with self._lock:
            self._connection.close()

    # -- deliveries ------------------------------------------------------------------------------------------------

    def takes(self, arrivals: Sequence[Arrival]) -> None:
        """Keep deliveries, in their order and in one commit: they are on the disk when this returns."""
        rows = []
        for one in arrivals:
            told = news(one.body)
            headers = msgspec.json.encode(one.headers).decode()
            rows.append((one.at, one.target, headers, one.body, str(one.signed), told.status, told.shop))
        with self._writing() as connection:
            connection.executemany(_INSERT, rows)

    def next(self) -> Kept | None:
        """Give the oldest delivery that has not been forwarded; None where all have."""
        found = self._rows(f"{_KEPT} WHERE d.number > {_LAST_DONE} ORDER BY d.number LIMIT 1")
        return _kept(found[0]) if found else None

    def merges(self) -> tuple[Kept, ...]:
        """Give every delivery about a merge, in their order."""
        return tuple(map(_kept, self._rows(f"{_KEPT} WHERE d.status <> '' ORDER BY d.number")))

    def forwarded(self, kept: Kept, at: Instant, status: int | None, *, done: bool) -> None:
        """Note what became of handing a delivery on; `done` when that was its last time."""
        with self._writing() as connection:
            connection.execute("INSERT INTO forwards VALUES (?, ?, ?, ?, ?)", (kept.number, kept.tries + 1, at, status, int(done)))
            if done and not kept.news.status:
                connection.execute("UPDATE deliveries SET body = NULL WHERE number = ?", (kept.number,))

    # -- polls -----------------------------------------------------------------------------------------------------

    def begins_poll(self, at: Instant) -> int:
        """Note that a poll is about to be made, before it is: a kill on the way shall not make the next one come sooner."""
        with self._writing() as connection:
            return int(connection.execute("INSERT INTO polls (number, at) VALUES (NULL, ?)", (at,)).lastrowid or 0)

    def ends_poll(self, number: int, at: Instant, *, shops: bytes | None = None, refusal: str = "") -> None:
        """Note what a poll brought: the shops as `told` gives them, or one sentence."""
        with self._writing() as connection:
            connection.execute("UPDATE polls SET ended = ?, shops = ?, refusal = ? WHERE number = ?", (at, shops, refusal, number))

    def last_poll(self) -> Poll | None:
        """Give the poll that began last."""
        return next(self._polls("ORDER BY number DESC LIMIT 1"), None)

    def last_answer(self) -> Poll | None:
        """Give the last poll that was answered."""
        return next(self._polls("WHERE shops IS NOT NULL ORDER BY number DESC LIMIT 1"), None)

    def polls(self) -> tuple[Poll, ...]:
        """Give every poll, in their order."""
        return tuple(self._polls("ORDER BY number"))

    def counts(self) -> Counts:
        """Count what there is."""
        ((polls, deliveries, flagged, waiting),) = self._rows(_COUNTS, (str(Signed.RIGHTLY),))
        return Counts(polls, deliveries, flagged, waiting)

    def forwards(self) -> tuple[tuple[int, Instant, int | None], ...]:
        """Give every time that a delivery was handed on: its number, when, and what was answered."""
        return tuple(self._rows("SELECT delivery, at, status FROM forwards ORDER BY delivery, attempt"))

    # -- underneath ------------------------------------------------------------------------------------------------

    def _polls(self, which: str) -> Iterator[Poll]:
        yield from (Poll(*row) for row in self._rows(f"SELECT number, at, ended, shops, refusal FROM polls {which}"))  # noqa: S608 - ours

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]  # columns of any kind
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as wrong:
                raise self._fault(wrong) from None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException as wrong:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                if isinstance(wrong, sqlite3.Error):
                    raise self._fault(wrong) from None
                raise

    def _opened(self, shop: str, now: Instant) -> Instant:
        self._rows("PRAGMA locking_mode = EXCLUSIVE")
        for setting in ("synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON", "foreign_keys = ON"):
            self._rows(f"PRAGMA {setting}")
        tables = {str(name) for (name,) in self._rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "gladi_watch" not in tables:
            raise StateError(f"{self.shown} is a SQLite file of something else; name another with --state")
        if self._rows("PRAGMA quick_check(1)") != [("ok",)]:
            raise StateError(f"the state {self.shown} {_FAULTS[sqlite3.SQLITE_CORRUPT]}")
        if self._rows("PRAGMA journal_mode = WAL") != [("wal",)]:
            raise StateError(
                f"the state {self.shown} lies where SQLite cannot keep a write-ahead log; name one on a local disk with --state"
            )
        with self._writing() as connection:  # takes the lock, which stays
            if not tables:
                for table in TABLES:
                    connection.execute(table)
                connection.execute("INSERT INTO gladi_watch VALUES (1, ?, ?, ?)", (VERSION, shop, now))
        return self._fit(shop)

    def _fit(self, shop: str) -> Instant:
        rows = self._rows("SELECT version, shop, began FROM gladi_watch")
        if len(rows) != 1:
            raise StateError(f"the state {self.shown} {_FAULTS[sqlite3.SQLITE_CORRUPT]}")
        version, of, began = rows[0]
        if version != VERSION:
            raise StateError(
                f"the state {self.shown} has schema {version}, and this Gladi knows {VERSION}; use the Gladi that made it, "
                "or name another with --state"
            )
        if of != shop:
            raise StateError(f"the state {self.shown} is of shop {of}, and {shop} is to be watched; name another with --state")
        return int(began)

    def _fault(self, wrong: sqlite3.Error) -> StateError:
        code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
        return StateError(f"the state {self.shown} {_FAULTS.get(code, f'cannot be used ({wrong}); name another with --state')}")


def _kept(row: tuple) -> Kept:  # type: ignore[type-arg]  # as above
    number, at, target, headers, body, signed, status, shop, tries, tried_at = row
    return Kept(
        number, at, target, msgspec.json.decode(headers, type=dict[str, str]), body or b"", Signed(signed), status, shop, tries, tried_at
    )
