"""Refresh tokens that are good once: the next one is on the disk before it is used, and whoever holds an older one gets on."""

from __future__ import annotations

import sqlite3
import stat
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
import pytest

from gladi.platforms.consents import Consents, ConsentsError, renewing
from gladi.record.wire import Host, Lost, Request, Response

if TYPE_CHECKING:
    from pathlib import Path


class Rotating:
    """A platform whose refresh tokens are good once, R-0, R-1 and so on."""

    def __init__(self) -> None:
        """Begin with R-0."""
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Response:
        token = request.params.get("refresh_token", "")
        self.asked.append(token)
        if self.asked.count(token) > 1 or not token.startswith("R-"):
            return Response(200, (), b'{"code":36004005,"data":null}')
        data = {"access_token": "A", "refresh_token": f"R-{int(token[2:]) + 1}"}
        return Response(200, (), msgspec.json.encode({"code": 0, "data": data}))


def refresh(token: str) -> Request:
    query = f"app_key=k&refresh_token={quote(token)}&grant_type=refresh_token"
    return Request("GET", Host.SHOP_AUTH, "/api/v2/token/refresh", 0, query)


def test_an_older_token_is_exchanged_for_the_newest_on_its_way(tmp_path: Path) -> None:
    rotating = Rotating()
    platform = renewing(rotating, Consents(tmp_path / "newest"))

    for token in ("R-0", "R-0", "R-1", "R-0"):
        platform(refresh(token))

    assert rotating.asked == ["R-0", "R-1", "R-2", "R-3"]


def test_another_process_goes_on_where_this_one_ended(tmp_path: Path) -> None:
    rotating = Rotating()
    renewing(rotating, Consents(tmp_path / "newest"))(refresh("R-0"))

    renewing(rotating, Consents(tmp_path / "newest"))(refresh("R-0"))

    assert rotating.asked == ["R-0", "R-1"]


def test_the_next_token_is_durable_before_anybody_is_given_it(tmp_path: Path) -> None:
    consents = Consents(tmp_path / "newest")
    answered = renewing(Rotating(), consents)(refresh("R-0"))

    kept = Consents(tmp_path / "newest").newest("R-0")

    assert msgspec.json.decode(answered.body)["data"]["refresh_token"] == kept == "R-1"


def test_what_is_kept_outlives_a_power_cut_once_it_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    said: list[object] = []
    connect = sqlite3.connect

    def connects(path: Path, **how: float | None) -> sqlite3.Connection:
        opened.append(connect(path, timeout=how["timeout"] or 0, isolation_level=None))
        return opened[-1]

    def looks(request: Request) -> Response:
        said.extend(opened[-1].execute(f"PRAGMA {word}").fetchone()[0] for word in ("synchronous", "journal_mode"))
        return Rotating()(request)

    consents = Consents(tmp_path / "newest")
    monkeypatch.setattr(sqlite3, "connect", connects)
    renewing(looks, consents)(refresh("R-0"))

    assert said == [3, "delete"], "EXTRA, with a rollback journal (sqlite.org/pragma.html)"


def test_nobody_else_gets_at_the_newest_while_the_platform_is_asked(tmp_path: Path) -> None:
    rotating = Rotating()
    held: list[str] = []

    def answers(request: Request) -> Response:
        other = sqlite3.connect(tmp_path / "newest", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError) as refused:
            other.execute("BEGIN IMMEDIATE")
        other.close()
        held.append(refused.value.sqlite_errorname)
        return rotating(request)

    renewing(answers, Consents(tmp_path / "newest"))(refresh("R-0"))

    assert (held, rotating.asked) == (["SQLITE_BUSY"], ["R-0"])


def test_two_at_one_refresh_send_two_tokens(tmp_path: Path) -> None:
    rotating = Rotating()
    second = Thread(target=lambda: renewing(rotating, Consents(tmp_path / "newest"))(refresh("R-0")))

    def answers(request: Request) -> Response:
        second.start()
        return rotating(request)

    renewing(answers, Consents(tmp_path / "newest"))(refresh("R-0"))
    second.join()

    assert rotating.asked == ["R-0", "R-1"]


def test_what_was_kept_by_half_is_undone(tmp_path: Path) -> None:
    platform = renewing(Rotating(), Consents(tmp_path / "newest"))
    with sqlite3.connect(tmp_path / "newest") as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON known BEGIN SELECT RAISE(ABORT, 'full'); END")

    with pytest.raises(ConsentsError):
        platform(refresh("R-0"))

    assert database.execute("SELECT count(*) FROM seller").fetchone() == (0,)
    database.close()


def test_the_file_holds_the_newest_token_and_none_that_it_followed(tmp_path: Path) -> None:
    chain = [f"CANARY-{number}-{'x' * (90 - 20 * number)}-{number}" for number in range(4)]

    def follows(request: Request) -> Response:
        data = {"refresh_token": chain[chain.index(request.params["refresh_token"]) + 1]}
        return Response(200, (), msgspec.json.encode({"code": 0, "data": data}))

    platform = renewing(follows, Consents(tmp_path / "newest"))
    for _ in chain[1:]:
        platform(refresh(chain[0]))

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [token.encode() in kept for token in chain] == [False, False, False, True]
    assert b"CANARY-0" not in kept
    assert b"CANARY-1" not in kept
    assert b"CANARY-2" not in kept


def test_a_token_that_cannot_be_kept_is_not_handed_out(tmp_path: Path) -> None:
    platform = renewing(Rotating(), Consents(tmp_path / "newest"))
    with sqlite3.connect(tmp_path / "newest") as database:
        database.execute("DROP TABLE known")
    database.close()

    with pytest.raises(ConsentsError, match=r"^the newest tokens cannot be kept in newest \(SQLITE_ERROR\)"):
        platform(refresh("R-0"))


@pytest.mark.parametrize("answer", [Response(200, (), b'{"code":36004001,"data":null}'), Response(0, (), b"", lost=Lost.ANSWER)])
def test_a_refresh_that_brought_nothing_changes_nothing(tmp_path: Path, answer: Response) -> None:
    consents = Consents(tmp_path / "newest")

    given = renewing(lambda _: answer, consents)(refresh("R-0"))

    assert given is answer
    assert consents.newest("R-0") == "R-0"


def test_two_sellers_are_kept_apart(tmp_path: Path) -> None:
    consents = Consents(tmp_path / "newest")
    platform = renewing(Rotating(), consents)

    platform(refresh("R-0"))
    platform(refresh("R-50"))

    assert (consents.newest("R-0"), consents.newest("R-50")) == ("R-1", "R-51")


def test_every_other_request_passes_as_it_is(tmp_path: Path) -> None:
    rotating = Rotating()
    platform = renewing(rotating, Consents(tmp_path / "newest"))
    platform(refresh("R-0"))

    platform(Request("GET", Host.SHOP_AUTH, "/api/v2/token/get", 0, "refresh_token=R-0"))

    assert rotating.asked == ["R-0", "R-0"]


def test_its_owner_alone_may_read_the_store(tmp_path: Path) -> None:
    (tmp_path / "newest").touch(mode=0o644)

    Consents(tmp_path / "newest")

    assert stat.S_IMODE((tmp_path / "newest").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("CREATE TABLE theirs (x)", "newest holds something else than tokens; name another file"),
        ("PRAGMA user_version = 2", "newest was written by a newer Gladi (schema 2); update this one"),
    ],
)
def test_a_store_of_others_is_one_sentence(tmp_path: Path, statement: str, sentence: str) -> None:
    with sqlite3.connect(tmp_path / "newest") as database:
        database.execute(statement)
    database.close()

    with pytest.raises(ConsentsError) as refused:
        Consents(tmp_path / "newest")

    assert str(refused.value) == sentence


def test_a_store_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "newest").write_text("not a database, and long enough to be looked at as one")

    with pytest.raises(ConsentsError, match=r"^the newest tokens cannot be kept in newest \(SQLITE_NOTADB\)"):
        Consents(tmp_path / "newest")
