"""The ledger's tables, once for both databases: what they hold, and the guards that refuse what must never be written.

The quota is held here and not by code:

1. An attempt is a row `(developer, ordinal, generation)` with an ordinal from 1 to 5, so a sixth has no place.
2. Generation 1 follows nothing. Generation n follows the release of generation n - 1, and a release is a row that can be there
   once. So an ordinal is free again exactly once for each release, and of its generations one at most counts.
3. A guard refuses an ordinal beyond the quota that the developer's last `quota` event names. What was linked outside
   Gladi is past any quota but the five: it happened.
4. Guards refuse every update and delete. SQLite's INSERT OR REPLACE deletes without asking a delete trigger, and by its
   row number too: there the tables have no row numbers, and a guard refuses an insert whose keys are taken.
5. Conditions are written in what both databases understand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.attempts.faults import LedgerError, UnusableLedgerError

if TYPE_CHECKING:
    from gladi.attempts.store import Transaction

__all__ = ["DEVELOPERS", "EVENTS", "GUARDS", "INSERT_EVENT", "INSERT_LEDGER", "TABLES", "VERSION", "Guard", "fit"]

VERSION = 1
"""Rises when an older Gladi could no longer read or safely write the tables."""

_DEVELOPER = "developer TEXT NOT NULL CHECK (developer <> '' AND developer = trim(developer))"
_ORDINAL = "ordinal INTEGER NOT NULL CHECK (ordinal IN (1, 2, 3, 4, 5))"
_GENERATION = "generation INTEGER NOT NULL CHECK (generation >= 1)"

TABLES = {
    "gladi_ledger": """(
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    identity TEXT NOT NULL,
    made_at TEXT NOT NULL
)""",
    "gladi_releases": f"""(
    {_DEVELOPER},
    {_ORDINAL},
    {_GENERATION},
    PRIMARY KEY (developer, ordinal, generation)
)""",
    "gladi_attempts": f"""(
    {_DEVELOPER},
    {_ORDINAL},
    {_GENERATION},
    follows INTEGER,
    origin TEXT NOT NULL CHECK (origin IN ('opened', 'outside')),
    PRIMARY KEY (developer, ordinal, generation),
    FOREIGN KEY (developer, ordinal, follows) REFERENCES gladi_releases (developer, ordinal, generation),
    CHECK ((generation = 1 AND follows IS NULL) OR (generation > 1 AND follows IS NOT NULL AND follows = generation - 1))
)""",
    "gladi_events": f"""(
    {_DEVELOPER},
    number INTEGER NOT NULL CHECK (number >= 1),
    kind TEXT NOT NULL CHECK (kind IN
        ('opened', 'linked', 'merged', 'failed', 'settled', 'released', 'outside', 'attested', 'quota', 'moved')),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    host TEXT NOT NULL,
    ordinal INTEGER CHECK (ordinal IN (1, 2, 3, 4, 5)),
    generation INTEGER,
    shop TEXT NOT NULL,
    note TEXT NOT NULL,
    "check" TEXT NOT NULL,
    until TEXT NOT NULL,
    quota INTEGER CHECK (quota IN (1, 2, 3, 4, 5)),
    token TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (developer, number),
    FOREIGN KEY (developer, ordinal, generation) REFERENCES gladi_attempts (developer, ordinal, generation),
    CHECK ((ordinal IS NULL) = (kind IN ('attested', 'quota', 'moved'))),
    CHECK ((generation IS NULL) = (ordinal IS NULL)),
    CHECK ((quota IS NOT NULL) = (kind = 'quota'))
)""",
}
"""The columns of each table by its name, in the order in which they have to be made."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger that refuses: what it watches, when it says no, and what it says."""

    name: str
    table: str
    verb: str
    condition: str
    says: str


def _same_attempt(table: str) -> str:
    return f"{table}.developer = NEW.developer AND {table}.ordinal = NEW.ordinal AND {table}.generation = "


_MOVED = (
    "EXISTS (SELECT 1 FROM gladi_events WHERE developer = NEW.developer AND kind = 'moved' AND note <> (SELECT identity FROM gladi_ledger))"
)
_QUOTA = "SELECT quota FROM gladi_events WHERE developer = NEW.developer AND kind = 'quota' ORDER BY number DESC LIMIT 1"

GUARDS = (
    *(Guard(f"{table}_update", table, "UPDATE", "1 = 1", f"{table} is append-only") for table in TABLES),
    *(Guard(f"{table}_delete", table, "DELETE", "1 = 1", f"{table} is append-only") for table in TABLES),
    Guard(
        "gladi_attempts_quota",
        "gladi_attempts",
        "INSERT",
        f"NEW.origin = 'opened' AND NEW.ordinal > COALESCE(({_QUOTA}), 0)",
        "the quota is used up",
    ),
    Guard(
        "gladi_attempts_follows",
        "gladi_attempts",
        "INSERT",
        f"NEW.generation > 1 AND NOT EXISTS (SELECT 1 FROM gladi_releases WHERE {_same_attempt('gladi_releases')}NEW.generation - 1)",  # noqa: S608 - our own words
        "the ordinal was not given back",
    ),
    Guard(
        "gladi_releases_untouched",
        "gladi_releases",
        "INSERT",
        f"EXISTS (SELECT 1 FROM gladi_events WHERE {_same_attempt('gladi_events')}NEW.generation AND kind <> 'opened') "  # noqa: S608 - as above
        f"OR NOT EXISTS (SELECT 1 FROM gladi_attempts WHERE {_same_attempt('gladi_attempts')}NEW.generation)",
        "only an attempt that was opened and no more is given back",
    ),
    Guard(
        "gladi_events_next",
        "gladi_events",
        "INSERT",
        "NEW.number <> 1 + COALESCE((SELECT MAX(number) FROM gladi_events WHERE developer = NEW.developer), 0)",
        "events are appended one after the other",
    ),
    Guard("gladi_events_moved", "gladi_events", "INSERT", _MOVED, "the record goes on in another ledger"),
    Guard("gladi_attempts_moved", "gladi_attempts", "INSERT", _MOVED, "the record goes on in another ledger"),
)
"""What both databases refuse."""

LEDGER = "SELECT version, identity FROM gladi_ledger"
DEVELOPERS = "SELECT DISTINCT developer FROM gladi_events ORDER BY developer"
INSERT_LEDGER = "INSERT INTO gladi_ledger (one, version, identity, made_at) VALUES (?, ?, ?, ?)"

_COLUMNS = (
    "developer",
    "number",
    "kind",
    "at",
    "by",
    "host",
    "ordinal",
    "generation",
    "shop",
    "note",
    '"check"',
    "until",
    "quota",
    "token",
    "digest",
)
EVENTS = f"SELECT {', '.join(_COLUMNS)} FROM gladi_events WHERE developer = ? ORDER BY number"  # noqa: S608 - our own words
INSERT_EVENT = f"INSERT INTO gladi_events ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - as above


def fit(shown: str, statements: Transaction, names: set[str], guards: set[str]) -> str:
    """Give the identity of a ledger, and refuse what this Gladi cannot read or may not write.

    `names` are the tables and triggers that are there, `guards` those that have to be.

    Raises:
        UnusableLedgerError: it is newer, of somebody else, or lacks tables or guards.
    """
    try:
        ((version, identity),) = statements.run(LEDGER)
    except (LedgerError, ValueError):
        raise UnusableLedgerError(
            f"{shown} has a table gladi_ledger that is not Gladi's; name another place as `ledger` in gladi.toml; nothing was spent"
        ) from None
    if not isinstance(version, int) or version > VERSION:
        raise UnusableLedgerError(
            f"the ledger {shown} was made by a newer Gladi (its schema is {version}, this one knows {VERSION}); upgrade Gladi; "
            "nothing was spent"
        )
    lacking = sorted((TABLES.keys() | guards) - names)
    if lacking:
        raise UnusableLedgerError(
            f"the ledger {shown} lacks {', '.join(lacking)}, without which nothing holds the quota; put it back from a copy; "
            "nothing was spent"
        )
    return str(identity)
