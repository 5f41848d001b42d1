"""A recording in the making holds no secret, is its owner's alone, and is there until its recording is; that one is whole or not there."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.part import PART, Part, fold
from gladi.platforms.recording.recording import Recording, RecordingError
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.wire import Host, Request, Response
from gladi.sandbox.seed import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ABOUT = Sidecar(gladi="1", target="sandbox", recorded_at="2025-03-03T02:00:00+00:00", salt="0123456789abcdef")
SECRET = "geheim123"
CARRIES = Request("GET", Host.SHOP_API, "/order/202309/orders", BEGINNING, "", {"authorization": f"Bearer {SECRET}"})
SHOWS = replace(CARRIES, query=f"order_id={SECRET}", headers={})
"""An id is kept, and this one is a secret too."""
ANSWERED = Response(200, (("content-type", "application/json"),), b'{"code":0}')
SMALL = 20_000


@pytest.fixture
def crowded() -> Iterator[None]:
    """Let no file grow beyond a few kilobytes, as on a disk that fills up in the middle of one."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def left_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# -- in the making -------------------------------------------------------------------------------------------------------


def test_what_one_exchange_carried_is_a_secret_in_it_and_in_every_later_one(tmp_path: Path) -> None:
    part = Part(tmp_path / f"a{PART}", ABOUT)

    added = [part.adds(replace(SHOWS, headers=CARRIES.headers), ANSWERED), part.adds(SHOWS, ANSWERED)]

    assert (added, part.exchanges, part.withheld) == ([None, None], 0, 2)
    assert SECRET.encode() not in part.path.read_bytes()


def test_what_turns_out_to_be_a_secret_keeps_the_recording_from_being_made_and_the_part_stays(tmp_path: Path) -> None:
    part = Part(tmp_path / f"a{PART}", ABOUT)
    part.adds(SHOWS, ANSWERED)
    part.adds(CARRIES, ANSWERED)

    with pytest.raises(RecordingError, match=r"^a\.har was not written: a secret of this run \(9 characters\) stands in it"):
        part.folds()

    assert list(left_in(tmp_path)) == [part.path.name]


def test_a_part_is_its_owners_alone(tmp_path: Path) -> None:
    part = Part(tmp_path / f"a{PART}", ABOUT)

    assert stat.S_IMODE(part.path.stat().st_mode) == 0o600


def test_a_part_that_is_there_is_not_written_into(tmp_path: Path) -> None:
    left = tmp_path / f"a{PART}"
    left.write_bytes(b"of another")

    with pytest.raises(RecordingError, match=r"^a\.part\.jsonl is being written already; give the recording another name$"):
        Part(left, ABOUT)

    assert left.read_bytes() == b"of another"


@pytest.mark.parametrize("left_behind", [False, True])
def test_a_part_stays_until_its_recording_is_written(left_behind: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    part = Part(tmp_path / f"a{PART}", ABOUT)
    part.adds(CARRIES, ANSWERED)
    before = part.path.read_bytes()
    (tmp_path / "a.har").mkdir()

    with pytest.raises(RecordingError, match=r"^cannot write a\.har into "):
        fold(part.path) if left_behind else part.folds()

    assert part.path.read_bytes() == before


# -- whole or not at all -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("crowded")
def test_a_recording_that_the_disk_has_no_room_for_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    old = Recording(ABOUT, (Exchanged(CARRIES, ANSWERED),))
    old.write(tmp_path / "a.har")
    before = left_in(tmp_path)
    larger = replace(old, exchanges=(Exchanged(CARRIES, structs.replace(ANSWERED, body=b"x" * 2 * SMALL)),))

    with pytest.raises(RecordingError) as said:
        larger.write(tmp_path / "a.har")

    assert str(said.value) == f"cannot write a.har into {tmp_path}: {os.strerror(errno.EFBIG)}"
    assert left_in(tmp_path) == before


def test_a_har_is_there_only_with_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.sidecar.json").mkdir()

    with pytest.raises(RecordingError, match=r"^cannot write a\.har into "):
        Recording(ABOUT, ()).write(tmp_path / "a.har")

    assert [path.name for path in tmp_path.iterdir()] == ["a.sidecar.json"]
