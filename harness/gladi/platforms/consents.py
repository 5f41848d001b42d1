"""The sellers' consents as they stand: a refresh token is good once, and the one that follows it is on the disk before it is used.

1. Whoever sends a refresh token that was followed by another one, sends the newest in its place; so does a system that was given an
   older one, and a second process.
2. One refresh at a time, whatever the number of processes: the database is locked from reading the newest until the next is durable.
3. The store is a secret: its owner alone may read it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import msgspec

from gladi.record.routing import router
from gladi.record.wire import Host

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from gladi.record.wire import Answers, Request, Response

__all__ = ["Consents", "ConsentsError", "renewing"]

_SCHEMA = 1
_TABLES = """
CREATE TABLE seller (id INTEGER PRIMARY KEY, newest TEXT NOT NULL) STRICT;
CREATE TABLE known (digest TEXT PRIMARY KEY, seller INTEGER NOT NULL REFERENCES seller (id)) STRICT, WITHOUT ROWID;
"""
_PATIENCE = 120.0
"""Seconds for which another process may hold the lock: it waits for the platform meanwhile."""


class ConsentsError(Exception):
    """The newest tokens cannot be read or kept; the text is one sentence without any of them."""


class _Pair(msgspec.Struct, frozen=True):
    refresh_token: str


class _Given(msgspec.Struct, frozen=True):
    data: _Pair


class Consents:
    """The newest refresh token of each seller, in a SQLite file."""

    def __init__(self, path: Path) -> None:
        """Keep them in the file `path`, which is made, for its owner alone, where there is none.

        Raises:
            ConsentsError: it cannot be opened, or it is something else.
        """
        self._path = path
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
        except OSError as wrong:
            raise ConsentsError(f"the newest tokens cannot be kept in {path.name} ({wrong.strerror}); name another file") from None
        with self._alone() as database:
            version: int = database.execute("PRAGMA user_version").fetchone()[0]
            if version > _SCHEMA:
                raise ConsentsError(f"{path.name} was written by a newer Gladi (schema {version}); update this one")
            if version == 0:
                if database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                    raise ConsentsError(f"{path.name} holds something else than tokens; name another file")
                for statement in _TABLES.split(";\n")[:2]:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {_SCHEMA}")

    @contextmanager
    def _alone(self) -> Generator[sqlite3.Connection]:
        """Hold the lock of the file; what was written is durable at the end, and undone where it raises."""
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)) as database:
                # A rollback journal, synchronous=EXTRA: once a commit returns, the tokens outlive a power cut.
                database.execute("PRAGMA synchronous = EXTRA")
                # A token that was followed by another one leaves no bytes in the free space of a page.
                database.execute("PRAGMA secure_delete = ON")
                database.execute("BEGIN IMMEDIATE")
                try:
                    yield database
                except BaseException:
                    database.execute("ROLLBACK")
                    raise
                database.execute("COMMIT")
        except sqlite3.Error as wrong:
            name = wrong.sqlite_errorname if hasattr(wrong, "sqlite_errorname") else type(wrong).__name__
            raise ConsentsError(
                f"the newest tokens cannot be kept in {self._path.name} ({name}); name another file, or mend this one"
            ) from None

    def newest(self, token: str) -> str:
        """Give the token that followed this one last; itself where none did."""
        with self._alone() as database:
            return _newest(database, token)

    def renews(self, request: Request, platform: Answers) -> Response:
        """Ask for a new pair by the newest token, and keep what came before anybody may use it.

        Raises:
            ConsentsError: it could not be kept.
        """
        token = request.params.get("refresh_token", "")
        with self._alone() as database:
            newest = _newest(database, token)
            response = platform(request if newest == token else _with(request, newest))
            try:
                fresh = msgspec.json.decode(response.body, type=_Given).data.refresh_token
            except (msgspec.MsgspecError, UnicodeDecodeError):
                return response
            _follow(database, (token, newest), fresh)
        return response


def renewing(platform: Answers, consents: Consents) -> Answers:
    """Wrap `platform` so that every refresh token which is sent is the newest, and the one that follows is kept first."""
    route = router().route

    def answers(request: Request) -> Response:
        found = route(request).operation if request.host == Host.SHOP_AUTH else None
        return consents.renews(request, platform) if found is not None and found.name == "shop.refresh_token" else platform(request)

    return answers


def _with(request: Request, token: str) -> Request:
    pairs = [(name, token if name == "refresh_token" else value) for name, value in request.pairs]
    return replace(request, query=urlencode(pairs, quote_via=quote))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _newest(database: sqlite3.Connection, token: str) -> str:
    found = database.execute("SELECT newest FROM seller JOIN known ON seller.id = seller WHERE digest = ?", (_digest(token),)).fetchone()
    return str(found[0]) if found else token


def _follow(database: sqlite3.Connection, before: Iterable[str], fresh: str) -> None:
    """Note that `fresh` follows what came before; of those, the older ones are kept as digests alone."""
    digests = [_digest(one) for one in before]
    found = database.execute("SELECT seller FROM known WHERE digest = ?", (digests[0],)).fetchone()
    if found is None:
        seller = database.execute("INSERT INTO seller (newest) VALUES (?)", (fresh,)).lastrowid
    else:
        seller = found[0]
        database.execute("UPDATE seller SET newest = ? WHERE id = ?", (fresh, seller))
    rows = [(digest, seller) for digest in (*digests, _digest(fresh))]
    database.executemany("INSERT OR IGNORE INTO known (digest, seller) VALUES (?, ?)", rows)
