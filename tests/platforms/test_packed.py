"""A packed recording is read as the plain one is, the same play gives the same bytes, and a broken or boundless file is one sentence."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from gladi.platforms.recording import har
from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.importing import imported
from gladi.platforms.recording.packed import MOST, packed, unpacked
from gladi.platforms.recording.part import PART, Part
from gladi.platforms.recording.recorder import recorded, salt_of
from gladi.platforms.recording.recording import Recording, RecordingError, in_folder, lying
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.wire import Host, Request, Response
from gladi.sandbox.seed import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ABOUT = Sidecar(gladi="1", target="sandbox", recorded_at="2025-03-03T02:00:00+00:00", salt=salt_of(7), seed=7)
ASKED = Request("GET", Host.SHOP_API, "/order/202309/orders", BEGINNING)
LATER = replace(ASKED, at=BEGINNING + 300_000)
ANSWERED = Response(200, (("content-type", "application/json"),), b'{"code":0,"data":{"orders":[],"next_page_token":"","total_count":0}}')
SHORT = Response(200, (), b'{"code":0}')
PICTURE = Response(200, (("content-type", "image/png"),), b"\x89PNG\xff" * 20)
EXCHANGES = (
    *(Exchanged(ASKED, ANSWERED), Exchanged(ASKED, SHORT), Exchanged(ASKED, PICTURE)),
    *(Exchanged(LATER, structs.replace(ANSWERED, status=429)), Exchanged(LATER, SHORT), Exchanged(LATER, PICTURE)),
)
BOMB = gzip.compress(b"\0" * 2**20, 1) * (MOST // 2**20 + 1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- the bytes -----------------------------------------------------------------------------------------------------------


def test_the_same_har_is_packed_into_the_same_bytes_that_bear_no_instant_and_no_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Recording(ABOUT, EXCHANGES).write(tmp_path / name / "a.har.gz")

    one, other = ((tmp_path / name / "a.har.gz").read_bytes() for name in ("a", "b"))
    assert one == other
    assert one[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


@pytest.mark.parametrize("level", [1, 6, 9])
def test_what_was_packed_by_hand_is_unpacked_whatever_its_level_and_its_header(level: int) -> None:
    # `gzip` without -n writes the name of the file and the instant into the header.
    named = b"\x1f\x8b\x08\x08\x01\x02\x03\x04\0\x03a.har\0" + gzip.compress(b"{}", level)[10:]

    assert [unpacked(one) for one in (named, gzip.compress(b"{}", level), packed(b"{}"))] == [b"{}"] * 3


def test_an_answer_that_came_before_is_packed_once_and_read_as_often_as_it_came() -> None:
    content = har.written(EXCHANGES, version="1", once=True)

    said = [entry["response"]["content"] for entry in json.loads(content)["log"]["entries"]]
    assert [one.get("_as") for one in said] == [None, None, None, 1, None, 3]
    assert ["text" in one for one in said] == [True, True, True, False, True, False]
    assert [one["size"] for one in said[:3]] == [one["size"] for one in said[3:]]
    assert tuple(har.read(content)) == EXCHANGES


def test_a_plain_recording_which_people_open_has_every_answer_whole(tmp_path: Path) -> None:
    Recording(ABOUT, EXCHANGES).write(tmp_path / "a.har")

    entries = json.loads((tmp_path / "a.har").read_bytes())["log"]["entries"]
    assert ["text" in entry["response"]["content"] for entry in entries] == [True] * len(EXCHANGES)


def test_a_packed_recording_has_an_answer_once_and_its_sidecar_in_one_line(tmp_path: Path) -> None:
    Recording(ABOUT, EXCHANGES).write(tmp_path / "a.har.gz")

    assert unpacked((tmp_path / "a.har.gz").read_bytes()).count(b"next_page_token") == 1
    assert (tmp_path / "a.sidecar.json").read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("number", [2, 3, -1])
def test_an_answer_as_one_that_is_not_before_it_is_no_har(number: int) -> None:
    content = har.written([EXCHANGES[0], EXCHANGES[0]], version="1", once=True).replace(b'"_as":1', b'"_as":%d' % number)

    with pytest.raises(har.HarError) as said:
        har.read(content)

    assert str(said.value) == f"is no HAR 1.2: entry 2 is answered as entry {number}, which is not before it"


# -- both files ----------------------------------------------------------------------------------------------------------


def test_a_packed_recording_is_read_as_the_plain_one_is(tmp_path: Path) -> None:
    Recording(ABOUT, EXCHANGES).write(tmp_path / "a[both-shop].har.gz")

    by_its_name, by_the_plain = (Recording.read(tmp_path / f"a[both-shop]{ending}") for ending in (".har.gz", ".har"))

    assert by_its_name == by_the_plain
    assert by_its_name.exchanges == EXCHANGES
    assert structs.replace(by_its_name.sidecar, har="") == ABOUT
    assert names(tmp_path) == ["a[both-shop].har.gz", "a[both-shop].sidecar.json"]


def test_a_recording_packed_or_unpacked_by_hand_belongs_to_its_sidecar_as_before(tmp_path: Path) -> None:
    for name in ("plain.har", "packed.har.gz"):
        Recording(ABOUT, EXCHANGES).write(tmp_path / name)
    plain, gzipped = tmp_path / "plain.har", tmp_path / "packed.har.gz"

    (tmp_path / "plain.har.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    (tmp_path / "packed.har").write_bytes(gzip.decompress(gzipped.read_bytes()))
    gzipped.unlink()

    assert [Recording.read(path).exchanges for path in in_folder(tmp_path)] == [EXCHANGES, EXCHANGES]


def test_the_salt_of_something_real_lies_beside_its_packed_har(tmp_path: Path) -> None:
    recorded(structs.replace(ABOUT, target="live", salt="5a17" * 8), [(ASKED, ANSWERED)]).write(tmp_path / "a.har.gz")

    assert names(tmp_path) == [".gitignore", "a.har.gz", "a.salt", "a.sidecar.json"]
    assert Recording.read(tmp_path / "a.har.gz").sidecar.salt == "5a17" * 8


@pytest.mark.parametrize("ending", [".har", ".har.gz"])
def test_a_recording_that_is_written_takes_the_place_of_its_other_form(ending: str, tmp_path: Path) -> None:
    for earlier in (".har", ".har.gz"):
        (tmp_path / f"a{earlier}").write_bytes(b"")

    Recording(ABOUT, EXCHANGES).write(tmp_path / f"a{ending}")

    assert names(tmp_path) == [f"a{ending}", "a.sidecar.json"]


def test_a_recording_that_is_there_plain_and_packed_is_refused_by_either_name(tmp_path: Path) -> None:
    Recording(ABOUT, EXCHANGES).write(tmp_path / "a.har")
    (tmp_path / "a.har.gz").write_bytes(packed((tmp_path / "a.har").read_bytes()))

    said: list[str] = []
    for name in ("a.har", "a.har.gz"):
        with pytest.raises(RecordingError) as refused:
            Recording.read(tmp_path / name)
        said.append(str(refused.value))

    assert said == ["a.har and a.har.gz are both there; take one of them away"] * 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda content: content[:-9], "a.har.gz is no gzip, or was cut off"),
        (lambda content: b"{}", "a.har.gz is no gzip, or was cut off"),  # noqa: ARG005 - something else stands there
        (lambda content: content[:40] + b"\0\0" + content[42:], "a.har.gz is no gzip, or was cut off"),
        (lambda content: content + b"rest", "a.har.gz is no gzip, or was cut off"),
        (lambda content: packed(unpacked(content) + b"\n"), "a.har.gz is not the file that a.sidecar.json speaks of; record it again"),
        (lambda content: b"", "a.har.gz is not the file that a.sidecar.json speaks of; record it again"),  # noqa: ARG005 - as above
        (lambda content: BOMB, "a.har.gz holds more than 256 MB, and is unpacked no further; unpack it yourself if you trust it"),  # noqa: ARG005 - as above
    ],
    ids=["cut off", "no gzip", "changed", "with a rest", "another", "empty", "boundless"],
)
def test_a_packed_har_that_is_broken_foreign_or_boundless_is_one_sentence(
    change: Callable[[bytes], bytes], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.har.gz"
    Recording(ABOUT, EXCHANGES).write(path)
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(RecordingError) as said:
        Recording.read(path)

    assert str(said.value) == sentence


def test_a_packed_recording_with_a_secret_in_it_is_not_written(tmp_path: Path) -> None:
    leaking = Recording(ABOUT, (Exchanged(ASKED, Response(200, (), b'{"x":"verysecret"}')),))

    with pytest.raises(RecordingError, match=r"^a\.har\.gz was not written: a secret of this run \(10 characters\) stands in it"):
        leaking.write(tmp_path / "a.har.gz", secrets=["verysecret"])

    assert names(tmp_path) == []


# -- beside others -------------------------------------------------------------------------------------------------------


def test_a_recording_in_the_making_does_not_begin_where_one_lies_packed(tmp_path: Path) -> None:
    Recording(ABOUT, EXCHANGES).write(tmp_path / "a.har.gz")

    with pytest.raises(RecordingError, match=r"^a\.har\.gz is in .* already, and is not replaced; give the recording another name$"):
        Part(tmp_path / f"a{PART}", ABOUT)

    assert lying(tmp_path / "a.har") == tmp_path / "a.har.gz"


def test_a_packed_har_of_others_is_imported_and_a_broken_one_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "theirs.har.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + har.written(EXCHANGES, version="1")))
    (tmp_path / "broken.har.gz").write_bytes(b"{}")

    found = imported(tmp_path / "theirs.har.gz")

    assert found.exchanges == EXCHANGES
    with pytest.raises(RecordingError, match=r"^broken\.har\.gz is no gzip, or was cut off$"):
        imported(tmp_path / "broken.har.gz")
