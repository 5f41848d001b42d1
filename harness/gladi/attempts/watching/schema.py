"""The tables of a watch's state: deliveries, what was forwarded of them, and polls; rows are added, and few ever change."""

from __future__ import annotations

__all__ = ["TABLES", "VERSION"]

VERSION = 1

TABLES = (
    """CREATE TABLE gladi_watch (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL,
        shop TEXT NOT NULL,
        began INTEGER NOT NULL
    )""",
    # `body` alone is ever changed: what is about no merge may name a buyer, and goes when it has been forwarded.
    """CREATE TABLE deliveries (
        number INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        target TEXT NOT NULL,
        headers TEXT NOT NULL,
        body BLOB,
        signed TEXT NOT NULL,
        status TEXT NOT NULL,
        shop TEXT NOT NULL
    )""",
    """CREATE TABLE forwards (
        delivery INTEGER NOT NULL REFERENCES deliveries,
        attempt INTEGER NOT NULL,
        at INTEGER NOT NULL,
        status INTEGER,
        done INTEGER NOT NULL CHECK (done IN (0, 1)),
        PRIMARY KEY (delivery, attempt)
    ) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX forwarded_once ON forwards (delivery) WHERE done = 1",
    # A poll is written when it begins: one whose end nobody saw was made all the same.
    """CREATE TABLE polls (
        number INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        ended INTEGER,
        shops BLOB,
        refusal TEXT NOT NULL DEFAULT ''
    )""",
)
