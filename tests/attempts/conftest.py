"""What the ledger's tests stand on: both databases, and a clock that does not move."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.ledger import Ledger
from tests.attempts.server import NoServerError, Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NEEDED = bool(os.environ.get("CI") or os.environ.get("GLADI_TESTS_NEED_POSTGRESQL"))
"""Whether a missing server is a failure: read before any test, because no test hears of CI."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for all tests of this process."""
    try:
        with running() as server:
            yield server
    except NoServerError as none:
        if NEEDED:
            pytest.fail(str(none))
        pytest.skip(str(none))


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a ledger can be made, on each database in turn."""
    if request.param == "SQLite":
        return tmp_path / "attempts.sqlite"
    server: Server = request.getfixturevalue("server")
    return server.url()


@pytest.fixture
def ledger(where: str | Path) -> Iterator[Ledger]:
    """Give an empty ledger of the developer `acme`, with the clock at noon."""
    with Ledger.at(where, developer="acme", create=True, now=lambda: NOON, host="desk") as ledger:
        yield ledger
