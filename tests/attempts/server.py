"""A real PostgreSQL for the tests: found on this machine, run as a user that is not root, on a socket in a folder of its own."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "of-the-tests"
_PORT = 5432


class NoServerError(Exception):
    """There is no PostgreSQL server on this machine."""


def programs() -> Path:
    """Give the folder with initdb and postgres: the one on PATH, else the newest of Debian's."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServerError("no PostgreSQL server is installed (Debian: apt-get install postgresql)")


def _user() -> str | None:
    """Give the user whom the server runs as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Server:
    """One server with one database; each URL that it gives stands before tables of its own."""

    def __init__(self, folder: Path) -> None:
        """Lay the database out in a folder."""
        self._programs = programs()
        self._user = _user()
        self.sockets = folder
        self._data = folder / "data"
        self._numbers = itertools.count(1)
        if self._user is not None:
            shutil.chown(folder, self._user)
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._runs(
            "initdb", "-D", str(self._data), "-U", "gladi", "-A", "scram-sha-256", "--pwfile", str(secret), "-E", "UTF8", "--locale=C"
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = f"-k {self.sockets} -c listen_addresses= -c max_connections=120 -c shared_buffers=16MB -c autovacuum=off -c fsync=off"
        self._runs("pg_ctl", "-D", str(self._data), "-w", "-t", "60", "-l", str(self.sockets / "log"), "-o", words, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it; `immediate` is a crash: nobody gets an answer, and the next start recovers."""
        self._runs("pg_ctl", "-D", str(self._data), "-w", "-t", "60", "-m", how, "stop")

    def _runs(self, name: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._programs / name), *words],
            user=self._user,
            group=None if self._user is None else pwd.getpwnam(self._user).pw_gid,
            extra_groups=None if self._user is None else [],
            cwd=self.sockets,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if name != "pg_ctl" else subprocess.DEVNULL,  # the server would hold a pipe open
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == 0, f"{name} exited {done.returncode}: {(done.stdout or b'').decode()[-2000:]}"

    def url(self, *, user: str = "gladi", password: str = PASSWORD, schema: str | None = None, sockets: Path | None = None) -> str:
        """Give a URL that stands before an empty schema, or before the one that is named."""
        name = schema or self.schema()
        options = quote(f"-csearch_path={name}", safe="")
        return f"postgresql://{user}:{password}@/postgres?host={quote(str(sockets or self.sockets), safe='')}&options={options}"

    def schema(self) -> str:
        """Make an empty schema and give its name."""
        name = f"of_test_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.url(schema="public"), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return name


@contextmanager
def running() -> Iterator[Server]:
    """Start a server and take everything of it away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="gladi-pg-"))
    try:
        folder.chmod(0o755)
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
