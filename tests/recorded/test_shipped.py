"""The shipped recordings: they are of this catalogue, and the careful system replays each of them whole."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

import msgspec
import pytest

from gladi.faces.server import Served
from gladi.platforms.recording.packed import PACKED, packed, unpacked
from gladi.platforms.recording.recording import HAR, SIDECAR, Recording, sidecar_of
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import Replay
from gladi.platforms.recording.sidecar import read
from gladi.record.clock import Clock
from gladi.record.journal import Call, Fact, Journal
from gladi.record.wire import Host, Request, Response
from gladi.record.words import Provenance
from tests.recorded.guide import guide, replays, wrong
from tests.recorded.main_line import DOCUMENTED, FOLDER, MAIN_LINE, documentation
from tests.recorded.renew import otherwise

if TYPE_CHECKING:
    from pathlib import Path

RENEW = "renew the recordings with python -m tests.recorded.renew"
PLAYS = {play.name: play for play in guide()}
MAIN = [name for name, play in PLAYS.items() if play.scenario.id in MAIN_LINE]
SAMPLE = Random(6).sample(sorted(PLAYS.keys() - MAIN), 8)
"""Of the others a few on every commit; `nox -s long` replays them all."""
SERVED = ("the_registration_keeps_the_other_webhooks", "a_shipment_on_tokopedia_whose_answer_was_lost_is_known_to_have_left", SAMPLE[0])


def test_the_folder_holds_the_plays_of_the_guide_and_what_is_documented() -> None:
    there = {path.name for path in FOLDER.iterdir()}

    assert len(MAIN) == len(MAIN_LINE)
    files = {play.file for play in PLAYS.values()} | {f"{DOCUMENTED}{HAR}"}
    assert there == files | {f"{name}{SIDECAR}" for name in {*PLAYS, DOCUMENTED}}, RENEW


def test_the_shipped_recordings_are_small() -> None:
    fixtures = [path for path in FOLDER.parent.rglob("*") if path.is_file()]

    assert sum(path.stat().st_size for path in fixtures) < 9_500_000


def test_the_main_line_rehearses_every_part_of_the_guide() -> None:
    scenarios = [play.scenario for play in PLAYS.values() if play.scenario.id in MAIN_LINE]
    parts = {one.id.split(".")[1] for scenario in scenarios for one in scenario.rehearses if one.id.startswith("guide.")}

    assert parts == {"overview", "preparation", "verification", "during", "merged"}


def test_a_recording_says_where_it_comes_from_and_is_of_its_scenario_as_it_is() -> None:
    found = {name: read((FOLDER / f"{name}{SIDECAR}").read_bytes()) for name in PLAYS}

    assert {(about.target, about.system) for about in found.values()} == {("sandbox", "examples.careful:Careful")}
    assert [name for name, about in found.items() if about.scenario != PLAYS[name].scenario.id] == []
    assert [name for name, about in found.items() if about.catalogue_of_scenario != PLAYS[name].scenario.source] == [], RENEW


def test_a_packed_recording_holds_what_its_sidecar_speaks_of() -> None:
    every = [path for path in FOLDER.iterdir() if path.name.endswith(PACKED)]
    digests = {path.name: sha256(unpacked(path.read_bytes())).hexdigest() for path in every}

    assert len(every) == len(PLAYS) - len(MAIN)
    assert [path.name for path in every if read(sidecar_of(path).read_bytes()).har != digests[path.name]] == []


@pytest.mark.parametrize("name", [*MAIN, *SAMPLE])
def test_the_careful_system_replays_a_recording_whole(name: str, tmp_path: Path) -> None:
    replay, rehearsal = replays(PLAYS[name], tmp_path)

    assert wrong(PLAYS[name], replay, rehearsal) == [], RENEW


@pytest.mark.parametrize("name", SERVED)
def test_it_does_so_over_http_too(name: str, tmp_path: Path) -> None:
    with Served(lambda request: Response(503, (), b""), now=lambda: 0) as server:  # noqa: ARG005 - nobody is there yet
        replay, rehearsal = replays(PLAYS[name], tmp_path, server)

    assert wrong(PLAYS[name], replay, rehearsal) == [], RENEW


def test_what_a_recording_cannot_show_is_inferred_and_what_the_system_asked_is_observed(tmp_path: Path) -> None:
    _, rehearsal = replays(PLAYS[MAIN[0]], tmp_path)

    known = {type(entry): entry.provenance for entry in rehearsal.journal.entries if isinstance(entry, Fact | Call)}
    assert known == {Fact: Provenance.INFERRED, Call: Provenance.OBSERVED}
    assert msgspec.json.decode(next(rehearsal.journal.lines()))["target"] == "recorded"


def test_the_documented_samples_are_recorded_as_they_are() -> None:
    shipped = Recording.read(FOLDER / f"{DOCUMENTED}{HAR}")

    assert shipped.exchanges == documentation().exchanges, RENEW
    assert shipped.sidecar.target == "documentation"


def test_a_documented_sample_is_replayed() -> None:
    recording = Recording.read(FOLDER / f"{DOCUMENTED}{HAR}")
    replay = Replay(recording, Redaction(recording.sidecar.salt))
    platform = replay.over(lambda request: Response(200, (), b"{}"), Journal(Clock(0)))  # noqa: ARG005 - a model that knows nothing

    answer = platform(Request("GET", Host.TOKOPEDIA_API, "/inventory/v1/fs/13004/product/info", 0, "product_id=123456"))

    assert msgspec.json.decode(answer.body)["data"][0]["tts_product_id"] == "4324578910"
    assert replay.missed == 0


def test_what_renewing_would_change_is_named_and_another_packing_of_the_same_is_no_change(tmp_path: Path) -> None:
    content = {"same.har": b"1", f"same{PACKED}": packed(b"2"), "other.har": b"3", f"other{PACKED}": packed(b"4"), "gone.har": b"5"}
    for folder, files in (
        (tmp_path / "a", content),
        (tmp_path / "b", content | {f"same{PACKED}": packed(b"") + packed(b"2"), "other.har": b"7", f"other{PACKED}": packed(b"8")}),
    ):
        folder.mkdir()
        for name, held in files.items():
            (folder / name).write_bytes(held)
    (tmp_path / "b" / "gone.har").rename(tmp_path / "b" / "new.har")

    found = otherwise(tmp_path / "a", tmp_path / "b")

    assert found == ["gone.har", "new.har", "other.har", f"other{PACKED}"]
