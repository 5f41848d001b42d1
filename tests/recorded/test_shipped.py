"""The shipped recordings: they are of this catalogue, and the careful system replays each of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
import pytest

from gladi.faces.server import Served
from gladi.judge.bench import Outcome
from gladi.platforms.recording.recording import HAR, SIDECAR, Recording
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import DIFFERS, UNASKED, Replay
from gladi.play.adapter import load
from gladi.play.catalogue import catalogue
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.record.clock import Clock
from gladi.record.journal import Call, Fact, Finding, Journal
from gladi.record.wire import Host, Request, Response
from gladi.record.words import Face, Provenance, Target
from gladi.sandbox.settings import Settings
from gladi.session.cells import file_name
from tests.recorded.main_line import CELL, DOCUMENTED, FOLDER, MAIN_LINE, ROOT, documentation
from tests.rogues.company import functions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gladi.play.scenario import Scenario

RENEW = "renew the recordings with python -m tests.recorded.renew"
SCENARIOS = {one.id: one for one in catalogue() if one.id in MAIN_LINE}
NAMES = {file_name(one, CELL) for one in SCENARIOS.values()}
SERVED = ("the_registration_keeps_the_other_webhooks", "a_shipment_on_tokopedia_whose_answer_was_lost_is_known_to_have_left")


def file_of(scenario: Scenario) -> Path:
    return FOLDER / f"{file_name(scenario, CELL)}{HAR}"


def replays(name: str, storage: Path, server: Served | None = None) -> tuple[Replay, Rehearsal]:
    """Replay the recording of a scenario with the careful system."""
    function, scenario = next((one, found) for one, found in functions() if found.id == name)
    recording = Recording.read(file_of(scenario))
    replay = Replay(recording, Redaction(recording.sidecar.salt))
    rehearsal = Rehearsal(
        Plan(
            adapter=load("examples.careful:Careful", root=ROOT),
            settings=Settings(in_flight=CELL),
            storage=storage,
            face=Face.SERVED if server else Face.INPROCESS,
            server=server,
            seed=recording.sidecar.seed,
            begins=scenario.begins,
            shops=scenario.shops,
            target=Target.RECORDED,
            answered_by=lambda model: replay.over(model, rehearsal.journal),
        )
    )
    cast("Callable[[Rehearsal], None]", function)(rehearsal)
    replay.settle(rehearsal.journal)
    return replay, rehearsal


def found_in(rehearsal: Rehearsal) -> list[str]:
    return [entry.text for entry in rehearsal.journal.entries if isinstance(entry, Finding) and entry.about in (DIFFERS, UNASKED)]


def broken_in(rehearsal: Rehearsal) -> list[str]:
    return [one.invariant.id for one in rehearsal.judgements if one.outcome is Outcome.BROKEN]


def test_the_folder_holds_the_main_line_of_the_guide_and_what_is_documented() -> None:
    there = {path.name for path in FOLDER.iterdir()}

    assert there == {f"{name}{ending}" for name in NAMES | {DOCUMENTED} for ending in (HAR, SIDECAR)}, RENEW


def test_the_shipped_recordings_are_small_and_few() -> None:
    sizes = [path.stat().st_size for path in FOLDER.iterdir()]

    assert len(sizes) <= 40
    assert sum(sizes) < 7_000_000


def test_the_main_line_rehearses_every_part_of_the_guide() -> None:
    parts = {one.id.split(".")[1] for scenario in SCENARIOS.values() for one in scenario.rehearses if one.id.startswith("guide.")}

    assert parts == {"overview", "preparation", "verification", "during", "merged"}


@pytest.mark.parametrize("name", MAIN_LINE)
def test_a_recording_says_where_it_comes_from_and_is_of_its_scenario_as_it_is(name: str) -> None:
    about = Recording.read(file_of(SCENARIOS[name])).sidecar

    assert (about.target, about.system, about.scenario) == ("sandbox", "examples.careful:Careful", name)
    assert about.catalogue_of_scenario == SCENARIOS[name].source, RENEW


@pytest.mark.parametrize("name", MAIN_LINE)
def test_the_careful_system_replays_a_recording_whole(name: str, tmp_path: Path) -> None:
    replay, rehearsal = replays(name, tmp_path)

    assert [str(miss) for miss in replay.misses] == [], RENEW
    assert found_in(rehearsal) == [], RENEW
    assert broken_in(rehearsal) == []


@pytest.mark.parametrize("name", SERVED)
def test_it_does_so_over_http_too(name: str, tmp_path: Path) -> None:
    with Served(lambda request: Response(503, (), b""), now=lambda: 0) as server:  # noqa: ARG005 - nobody is there yet
        replay, rehearsal = replays(name, tmp_path, server)

    assert [str(miss) for miss in replay.misses] == [], RENEW
    assert found_in(rehearsal) == [], RENEW
    assert broken_in(rehearsal) == []


def test_what_a_recording_cannot_show_is_inferred_and_what_the_system_asked_is_observed(tmp_path: Path) -> None:
    _, rehearsal = replays(MAIN_LINE[0], tmp_path)

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
