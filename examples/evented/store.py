"""The event store: one SQLite file with all that happened, all that is still to be done, and when to ask for what.

1. An event is appended and folded into the projections in one transaction; a projection is nothing but its events, read again at start.
2. Handlers run inside that transaction, so that what an event leads to is on disk with it or not at all. They never call anybody.
3. No secret is in an event: tokens have a table of their own.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import msgspec

from examples.evented.events import Event, SellerTold
from examples.evented.intents import Intent

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

__all__ = ["Projection", "Store", "Times", "Tokens"]

_TABLES = """
CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY, at TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS intents (number INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS questions (what TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cursors (what TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (holder INTEGER PRIMARY KEY, body BLOB NOT NULL);
"""


class Projection(Protocol):
    """What the events come to, from one point of view."""

    def folds(self, event: Event, at: datetime) -> None:
        """Take one event in, in the order in which they happened."""


class Tokens(msgspec.Struct, frozen=True):
    """A seller's tokens on Tokopedia & Shop."""

    access: str
    refresh: str
    ends_at: datetime

    def __repr__(self) -> str:
        return f"Tokens(ends_at={self.ends_at!r})"


class Times:
    """Instants by name, each on disk before it counts: when a question is due, or up to when something has been read."""

    def __init__(self, database: sqlite3.Connection, table: str) -> None:
        """Read what is there; `table` is `questions` or `cursors`."""
        self._database = database
        self._table = table
        self._at = {what: datetime.fromisoformat(at) for what, at in database.execute(f"SELECT what, at FROM {table}")}  # noqa: S608 - ours

    def get(self, what: str) -> datetime | None:
        """Give an instant, or None."""
        return self._at.get(what)

    def put(self, what: str, at: datetime) -> None:
        """Write an instant down."""
        if self._at.get(what) != at:
            row = (what, at.isoformat())
            self._database.execute(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", row)  # noqa: S608 - as above
            self._at[what] = at

    def drop(self, what: str) -> None:
        """Forget an instant."""
        if self._at.pop(what, None) is not None:
            self._database.execute(f"DELETE FROM {self._table} WHERE what = ?", (what,))  # noqa: S608 - as above

    def __iter__(self) -> Iterator[datetime]:
        return iter(self._at.values())


class Store:
    """Everything that outlives the process."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        """Open the store in `folder`, or begin one."""
        self._database = sqlite3.connect(folder / "evented.sqlite", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(_TABLES)
        self.now = now
        self.questions = Times(self._database, "questions")
        self.cursors = Times(self._database, "cursors")
        self.stirred = False
        """A question was brought forward, and has to be asked before the system goes to sleep."""
        rows = self._database.execute("SELECT subject, body FROM intents ORDER BY number")
        self._intents: dict[str, Intent] = {subject: msgspec.json.decode(body, type=Intent) for subject, body in rows}
        self._projections: list[Projection] = []
        self._handlers: list[Callable[[Event], None]] = []
        self._depth = 0
        self._last_told: dict[str, str] = {}

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # -- events --------------------------------------------------------------------------------------------------------

    def feeds(self, *projections: Projection) -> None:
        """Read all events again, into these projections; from now on they take each new one."""
        self._projections = list(projections)
        for at, body in self._database.execute("SELECT at, body FROM events ORDER BY number"):
            self._folds(msgspec.json.decode(body, type=Event), datetime.fromisoformat(at))

    def wakes(self, handler: Callable[[Event], None]) -> None:
        """Have a handler called for each new event, and for none that is read again."""
        self._handlers.append(handler)

    def records(self, event: Event) -> None:
        """Append an event; fold it, and let the handlers do what it leads to."""
        at = self.now()
        with self.at_once():
            self._database.execute("INSERT INTO events (at, body) VALUES (?, ?)", (at.isoformat(), msgspec.json.encode(event)))
            self._folds(event, at)
            for handler in self._handlers:
                handler(event)

    def tells(self, about: str, text: str) -> None:
        """Tell the seller something, unless it is the last thing that he was told about it."""
        if self._last_told.get(about) != text:
            self.records(SellerTold(about=about, text=text))

    @contextmanager
    def at_once(self) -> Generator[None]:
        """Have everything inside on disk, or nothing of it; nothing inside may wait for anybody."""
        self._depth += 1
        try:
            if self._depth == 1:
                self._database.execute("BEGIN IMMEDIATE")
            yield
        except BaseException:
            if self._depth == 1:
                self._database.execute("ROLLBACK")
            raise
        else:
            if self._depth == 1:
                self._database.execute("COMMIT")
        finally:
            self._depth -= 1

    def _folds(self, event: Event, at: datetime) -> None:
        if isinstance(event, SellerTold):
            self._last_told[event.about] = event.text
        for projection in self._projections:
            projection.folds(event, at)

    # -- intents -------------------------------------------------------------------------------------------------------

    def intends(self, intent: Intent) -> None:
        """Write an intent down, in the place of an earlier one about the same subject."""
        row = (intent.subject, msgspec.json.encode(intent))
        self._database.execute(
            "INSERT INTO intents (subject, body) VALUES (?, ?) ON CONFLICT (subject) DO UPDATE SET body = excluded.body", row
        )
        self._intents[intent.subject] = intent

    def is_done_with(self, subject: str) -> None:
        """Strike an intent out: it was carried out, or never can be."""
        if self._intents.pop(subject, None) is not None:
            self._database.execute("DELETE FROM intents WHERE subject = ?", (subject,))

    def intent(self, subject: str) -> Intent | None:
        """Give what is intended about a subject."""
        return self._intents.get(subject)

    def intents(self) -> list[Intent]:
        """Give all that is still to be done, oldest first."""
        return list(self._intents.values())

    def next_number(self) -> int:
        """Give a number that no intent has had, also none that was struck out."""
        found = self._database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'intents'").fetchone()
        return int(found[0]) + 1 if found else 1

    # -- questions -----------------------------------------------------------------------------------------------------

    def is_due(self, what: str) -> bool:
        """Tell whether a question is to be asked now; one that was never asked is."""
        at = self.questions.get(what)
        return at is None or at <= self.now()

    def asks_now(self, what: str) -> None:
        """Bring a question forward: something happened that makes its answer worth having."""
        self.questions.put(what, self.now())
        self.stirred = True

    # -- tokens --------------------------------------------------------------------------------------------------------

    def tokens(self, holder: int) -> Tokens | None:
        """Give a seller's tokens."""
        found = self._database.execute("SELECT body FROM tokens WHERE holder = ?", (holder,)).fetchone()
        return msgspec.json.decode(found[0], type=Tokens) if found else None

    def keeps_tokens(self, holder: int, tokens: Tokens) -> Tokens:
        """Write a seller's tokens down; the older pair may be worth nothing from now on."""
        self._database.execute("INSERT OR REPLACE INTO tokens VALUES (?, ?)", (holder, msgspec.json.encode(tokens)))
        return tokens
