"""What a watch keeps is on the disk when it says so, belongs to one process, and a wrong file is one sentence."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.watching.arrival import Arrival, Signed, news, onward, signed
from gladi.attempts.watching.faults import StateError
from gladi.attempts.watching.state import State

if TYPE_CHECKING:
    from pathlib import Path

SHOP = "654321"


def arrival(body: bytes = b"{}") -> Arrival:
    return Arrival(1, "/merge", {}, body, Signed.RIGHTLY)


def test_the_file_is_written_ahead_synced_at_every_commit_and_its_owners_alone(tmp_path: Path) -> None:
    with State(tmp_path / "watch.sqlite", shop=SHOP, now=1) as state:
        found = [state._rows(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "locking_mode")]
        switched_on = [state._rows(f"PRAGMA {name}") for name in ("fullfsync", "checkpoint_fullfsync", "foreign_keys")]

    assert found == [[("wal",)], [(2,)], [("exclusive",)]]
    assert switched_on == [[(1,)]] * 3
    assert stat.S_IMODE((tmp_path / "watch.sqlite").stat().st_mode) == 0o600


def test_a_second_watch_on_the_same_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gladi.attempts.watching.state._BUSY", 0.0)

    with State(tmp_path / "watch.sqlite", shop=SHOP, now=1), pytest.raises(StateError, match="is used by another watch; end that one"):
        State(tmp_path / "watch.sqlite", shop=SHOP, now=1)


def test_what_was_kept_is_there_for_the_next_watch(tmp_path: Path) -> None:
    with State(tmp_path / "watch.sqlite", shop=SHOP, now=1) as state:
        state.takes([arrival(b"\x00\xff not JSON"), arrival()])

    with State(tmp_path / "watch.sqlite", shop=SHOP, now=2) as state:
        kept = state.next()

        assert kept is not None
        assert (kept.number, kept.body, state.began, state.counts().waiting) == (1, b"\x00\xff not JSON", 1, 2)


def test_what_is_about_no_merge_is_forgotten_once_it_was_handed_on(tmp_path: Path) -> None:
    with State(tmp_path / "watch.sqlite", shop=SHOP, now=1) as state:
        state.takes([arrival(b'{"buyer":"Ayu"}'), arrival(b'{"status":"merge","toko_shop_id":"1"}')])

        for _ in range(2):
            kept = state.next()
            assert kept is not None
            state.forwarded(kept, 2, 200, done=True)

        assert state._rows("SELECT body FROM deliveries") == [(None,), (b'{"status":"merge","toko_shop_id":"1"}',)]


def damaged(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)


def damaged_in_a_page(path: Path) -> None:
    with State(path, shop=SHOP, now=1) as state:
        state.takes([arrival(b"%d" % number * 500) for number in range(20)])
        ((page,),) = state._rows("SELECT rootpage FROM sqlite_master WHERE name = 'forwarded_once'")
        ((size,),) = state._rows("PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def linked(path: Path) -> None:
    (path.parent / "elsewhere").touch(mode=0o644)
    path.symlink_to(path.parent / "elsewhere")


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (one)")
    connection.close()


def newer(path: Path) -> None:
    with State(path, shop=SHOP, now=1):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE gladi_watch SET version = 2")
    connection.close()


def anothers(path: Path) -> None:
    with State(path, shop="1", now=1):
        pass


@pytest.mark.parametrize(
    ("spoils", "sentence"),
    [
        (damaged, "the state {} is no SQLite file or a damaged one; keep it for whoever asks what came, and name another with --state"),
        (damaged_in_a_page, "the state {} is damaged; keep it for whoever asks what came, and name another with --state"),
        (linked, f"the state {{}} cannot be opened ({os.strerror(errno.ELOOP)}); name another with --state"),
        (foreign, "{} is a SQLite file of something else; name another with --state"),
        (newer, "the state {} has schema 2, and this Gladi knows 1; use the Gladi that made it, or name another with --state"),
        (anothers, "the state {} is of shop 1, and 654321 is to be watched; name another with --state"),
        (lambda path: path.mkdir(), "the state {} cannot be opened (Is a directory); name another with --state"),
    ],
    ids=["damaged", "damaged in a page", "a link", "foreign", "newer", "another shop's", "a folder"],
)
def test_a_file_that_is_no_state_of_this_watch_is_one_sentence(spoils: object, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "watch.sqlite"
    assert callable(spoils)
    spoils(path)

    with pytest.raises(StateError) as wrong:
        State(path, shop=SHOP, now=1)

    assert str(wrong.value) == sentence.format(path)


def test_a_full_disk_is_one_sentence_and_nothing_is_kept_by_half(tmp_path: Path) -> None:
    with State(tmp_path / "watch.sqlite", shop=SHOP, now=1) as state:
        state._rows("PRAGMA max_page_count = 20")

        with pytest.raises(StateError, match="cannot grow, for the disk is full; make room: until then no webhook is confirmed"):
            state.takes([arrival(), arrival(b"x" * 500_000)])

        assert state.counts().deliveries == 0


@pytest.mark.parametrize(
    ("header", "worth"),
    [
        (None, Signed.NOT),
        ("", Signed.NOT),
        ("00" * 32, Signed.WRONGLY),
        ("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8", Signed.RIGHTLY),
        ("é" * 32, Signed.WRONGLY),
    ],
)
def test_a_signature_is_the_hmac_of_the_raw_body(header: str | None, worth: Signed) -> None:
    headers = {} if header is None else {"authorization-hmac": header}

    assert signed("key", headers, b"The quick brown fox jumps over the lazy dog") is worth


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"status":"MERGE"}', b'{"status":1}', b"[" * 100_000])
def test_what_says_nothing_of_a_merge_is_no_news(body: bytes) -> None:
    assert news(body).status == ""


def test_the_headers_of_a_connection_stay_behind() -> None:
    headers = {"host": "ours", "connection": "keep-alive, X-Hop", "x-hop": "1", "authorization-hmac": "a", "content-type": "text/plain"}

    assert onward(headers) == {"authorization-hmac": "a", "content-type": "text/plain"}
