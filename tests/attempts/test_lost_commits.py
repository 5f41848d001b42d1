"""A commit whose answer is lost is looked up, and never repeated: PostgreSQL behind a door that loses it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from gladi.attempts.faults import UnknownFateError, UnusableLedgerError
from gladi.attempts.ledger import Ledger
from gladi.attempts.postgres import PostgreSQL
from tests.attempts.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.attempts.server import Server


@pytest.fixture
def schema(server: Server) -> str:
    """The tables that the door and the direct way both stand before."""
    return server.schema()


@pytest.fixture
def door(server: Server) -> Iterator[tuple[Proxy, Path]]:
    """A door before the server, and the folder of its socket; a short one, for sockets have short names."""
    folder = Path(tempfile.mkdtemp(prefix="gladi-door-"))
    try:
        with Proxy(folder, server.sockets) as proxy:
            yield proxy, folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def proxy(door: tuple[Proxy, Path]) -> Proxy:
    return door[0]


@pytest.fixture
def ledger(server: Server, schema: str, door: tuple[Proxy, Path]) -> Iterator[Ledger]:
    """A ledger behind the door, with one attempt in it, which looks twice."""
    store = PostgreSQL(server.url(schema=schema, sockets=door[1]), create=True)
    with Ledger(store, developer="acme", waits=(0.0, 0.2)) as ledger:
        ledger.open("Toko Satu", by="ana")
        yield ledger


def shops(server: Server, schema: str) -> list[str]:
    """Give the shops of the attempts, asked of the server itself."""
    with Ledger.at(server.url(schema=schema), developer="acme") as direct:
        return [attempt.shop for attempt in direct.attempts()]


def test_a_commit_whose_answer_is_lost_is_found(ledger: Ledger, proxy: Proxy, server: Server, schema: str) -> None:
    proxy.loses_the_next_commit(lambda pass_on: (pass_on(), proxy.heard.wait(10)))

    opened = ledger.open("Toko Dua", by="ana")

    assert proxy.heard.is_set()
    assert (opened.ordinal, opened.shop) == (2, "Toko Dua")
    assert shops(server, schema) == ["Toko Satu", "Toko Dua"]


def test_a_commit_that_never_arrived_spends_nothing_and_is_not_repeated(ledger: Ledger, proxy: Proxy, server: Server, schema: str) -> None:
    proxy.loses_the_next_commit(lambda _: None)

    with pytest.raises(UnusableLedgerError) as lost:
        ledger.open("Toko Dua", by="ana")

    assert str(lost.value) == (
        "the ledger postgresql:///postgres went away in the middle of a commit; it was looked up, and nothing was written or spent, "
        "so ask again"
    )
    assert shops(server, schema) == ["Toko Satu"]
    assert ledger.open("Toko Dua", by="ana").ordinal == 2


def test_a_commit_that_is_still_under_way_is_waited_for(ledger: Ledger, proxy: Proxy, server: Server, schema: str) -> None:
    with psycopg.connect(server.url(schema=schema), autocommit=True) as direct:
        direct.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END $$")
        direct.execute(
            "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON gladi_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()"
        )
    proxy.loses_the_next_commit(lambda pass_on: pass_on())

    opened = ledger.open("Toko Dua", by="ana")

    assert opened.ordinal == 2
    assert shops(server, schema) == ["Toko Satu", "Toko Dua"]


def test_a_server_that_dies_after_the_commit_has_kept_it(ledger: Ledger, proxy: Proxy, server: Server, schema: str) -> None:
    def dies(pass_on: Callable[[], object]) -> None:
        pass_on()
        proxy.heard.wait(10)
        server.stop()
        server.start()

    proxy.loses_the_next_commit(dies)

    opened = ledger.open("Toko Dua", by="ana")

    assert opened.ordinal == 2
    assert shops(server, schema) == ["Toko Satu", "Toko Dua"]


def test_a_server_that_dies_before_the_commit_has_spent_nothing(ledger: Ledger, proxy: Proxy, server: Server, schema: str) -> None:
    def dies(_: object) -> None:
        server.stop()
        server.start()

    proxy.loses_the_next_commit(dies)

    with pytest.raises(UnusableLedgerError, match="nothing was written or spent, so ask again"):
        ledger.open("Toko Dua", by="ana")

    assert shops(server, schema) == ["Toko Satu"]


def test_a_server_that_stays_away_leaves_an_attempt_that_counts_as_done(ledger: Ledger, proxy: Proxy, server: Server, schema: str) -> None:
    def dies(pass_on: Callable[[], object]) -> None:
        pass_on()
        proxy.heard.wait(10)
        server.stop()

    proxy.loses_the_next_commit(dies)

    try:
        with pytest.raises(UnknownFateError) as unknown:
            ledger.open("Toko Dua", by="ana")
    finally:
        server.start()

    assert str(unknown.value) == (
        "the ledger postgresql:///postgres went away in the middle of a commit, and whether it was written cannot be looked up now; "
        "count it as done, do nothing irreversible, and see `gladi attempts` when the ledger is back"
    )
    assert shops(server, schema) == ["Toko Satu", "Toko Dua"]


def test_a_server_that_dies_before_anything_was_sent_spends_nothing(ledger: Ledger, server: Server, schema: str) -> None:
    server.stop()
    try:
        with pytest.raises(UnusableLedgerError, match=r"went away before anything was written|cannot be reached"):
            ledger.open("Toko Dua", by="ana")
    finally:
        server.start()

    assert shops(server, schema) == ["Toko Satu"]
    assert ledger.open("Toko Dua", by="ana").ordinal == 2
