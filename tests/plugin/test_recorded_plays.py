"""What is recorded of a play and replayed for one, without a run around it: of which play a recording is, and what must not stand in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from msgspec import structs

from gladi import Face
from gladi.platforms.recording import packed
from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.recorder import exchanges_of, recorded, salt_of
from gladi.platforms.recording.recording import Recording
from gladi.platforms.recording.sidecar import Sidecar
from gladi.play.catalogue import catalogue
from gladi.record.clock import Clock
from gladi.record.journal import Finding, Journal
from gladi.record.wire import Host, Request, Response
from gladi.record.words import Target, TroubleLevel
from gladi.sandbox.merge import EVERY_CELL
from gladi.sandbox.seed import BEGINNING
from gladi.sandbox.settings import Settings
from gladi.session.cells import file_name
from gladi.session.options import Options
from gladi.session.recordings import Recordings
from gladi.session.replaying import UnreplayedError, missed, replayed
from tests.play.stage import Quiet, adapter_of, perform

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gladi import Rehearsal, Venue
    from gladi.play.scenario import Scenario

ONCE = next(one for one in catalogue() if not one.cells)
CELLS = next(one for one in catalogue() if len(one.cells) > 1)
HERE, ELSEWHERE = CELLS.cells[:2]
ABOUT = Sidecar(
    gladi="1",
    target="sandbox",
    scenario=ONCE.id,
    catalogue_of_scenario=ONCE.source,
    recorded_at="2025-03-03T02:00:00+00:00",
    salt=salt_of(0),
)
ASKED = (Request("GET", Host.SHOP_API, "/order/202309/orders", BEGINNING), Response(200, (), b'{"code":0}'))


def options(folder: Path, target: Target = Target.RECORDED) -> Options:
    return Options(
        system="mine:Mine",
        face=Face.INPROCESS,
        seed=0,
        strict=False,
        settings=Settings(),
        scenarios=(),
        target=target,
        trouble=TroubleLevel.OFF,
        fixtures=folder,
    )


def journalled(rehearsal: Rehearsal) -> list[str]:
    return [entry.text for entry in rehearsal.journal.entries if isinstance(entry, Finding)]


# -- what is replayed ----------------------------------------------------------------------------------------------------


def test_what_was_recorded_and_never_asked_for_is_a_finding_of_the_play(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    recorded(ABOUT, [ASKED]).write(tmp_path / f"{ONCE.id}.har")
    rehearsal = perform(Quiet, tmp_path)
    replayed(request.node, ONCE, EVERY_CELL[0], options(tmp_path), lambda: rehearsal.journal)

    miss = missed(request.node, rehearsal)

    assert miss == ""
    assert journalled(rehearsal)[-1:] == [
        "1 of 1 recorded exchanges were never asked for: GET open-api.tiktokglobalshop.com/order/202309/orders"
    ]


@pytest.mark.parametrize(
    ("scenario", "about", "sentence"),
    [
        (ONCE, {"scenario": "another"}, "is a recording of another; "),
        (ONCE, {"scenario": ""}, "is a recording of no scenario; "),
        (ONCE, {"catalogue_of_scenario": "0" * 64}, "was recorded before the scenario was changed; "),
        (ONCE, {"seed": 7}, "was recorded with seed 7, and this run has seed 0; "),
        (ONCE, {"settings": {"webhook_delay": "2m"}}, "was recorded under webhook_delay=2m, and this run is under none; "),
        (CELLS, {"cell": str(ELSEWHERE)}, f"was recorded in the cell {ELSEWHERE}, and this play is in {HERE}; "),
    ],
)
def test_a_recording_of_another_play_is_not_replayed(
    scenario: Scenario, about: dict[str, Any], sentence: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    sidecar = structs.replace(ABOUT, **{"scenario": scenario.id, "catalogue_of_scenario": scenario.source, **about})
    name = f"{file_name(scenario, HERE)}.har"
    recorded(sidecar, [ASKED]).write(tmp_path / name)

    with pytest.raises(UnreplayedError) as said:
        replayed(request.node, scenario, HERE, options(tmp_path), lambda: Journal(Clock(0)))

    assert str(said.value).startswith(f"not rehearsed by replaying: {name} {sentence}")


@pytest.mark.parametrize("cell", ["", str(HERE)])
def test_a_recording_of_the_same_cell_or_of_none_is_replayed(cell: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    sidecar = structs.replace(ABOUT, scenario=CELLS.id, catalogue_of_scenario=CELLS.source, cell=cell)
    recorded(sidecar, [ASKED]).write(tmp_path / f"{file_name(CELLS, HERE)}.har")
    journal = Journal(Clock(BEGINNING))

    platform = replayed(request.node, CELLS, HERE, options(tmp_path), lambda: journal)(lambda _: Response(200, (), b"the model's"))

    assert platform(ASKED[0]).body == b'{"code":0}'


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({}, ""),
        (
            {"catalogue_of_scenario": "0" * 64},
            f"{ONCE.id}.har.gz was recorded before the scenario was changed; renew it with pytest --rehearse ",
        ),
        ({"seed": 7}, f"{ONCE.id}.har.gz was recorded with seed 7, and this run has seed 0; renew it with pytest --rehearse "),
        (
            {"target": "elsewhere", "scenario": ""},
            f"{ONCE.id}.har.gz is a recording of no scenario; it serves gladi parity {ONCE.id}.har.gz; ",
        ),
    ],
    ids=["the same", "changed", "of another seed", "of something real"],
)
def test_a_packed_recording_is_replayed_or_refused_as_a_plain_one_is(
    about: dict[str, Any], sentence: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    recorded(structs.replace(ABOUT, **about), [ASKED]).write(tmp_path / f"{ONCE.id}.har.gz")
    journal = Journal(Clock(BEGINNING))

    answered, said = b"", ""
    try:
        answered = replayed(request.node, ONCE, HERE, options(tmp_path), lambda: journal)(lambda _: Response(200, (), b""))(ASKED[0]).body
    except UnreplayedError as error:
        said = str(error).removeprefix("not rehearsed by replaying: ")

    assert answered == (b"" if about else b'{"code":0}')
    assert said.startswith(sentence)
    assert bool(said) == bool(about)


def test_a_recording_that_lies_plain_and_packed_is_not_replayed(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    recorded(ABOUT, [ASKED]).write(tmp_path / f"{ONCE.id}.har")
    (tmp_path / f"{ONCE.id}.har.gz").write_bytes(b"")

    with pytest.raises(UnreplayedError) as said:
        replayed(request.node, ONCE, HERE, options(tmp_path), lambda: Journal(Clock(0)))

    both = f"not rehearsed by replaying: {ONCE.id}.har and {ONCE.id}.har.gz are both there; take one of them away; renew it with pytest "
    assert str(said.value).startswith(both)


def is_packed(har: Path) -> None:
    har.with_suffix(".har.gz").write_bytes(packed.packed(har.read_bytes()))


def is_cut_off(har: Path) -> None:
    is_packed(har)
    har.with_suffix(".har.gz").write_bytes(har.with_suffix(".har.gz").read_bytes()[:-9])
    har.unlink()


def has_another_salt(har: Path) -> None:
    har.with_suffix(".salt").write_text("another")


def is_newer(har: Path) -> None:
    beside = har.with_suffix(".sidecar.json")
    beside.write_text(json.dumps(json.loads(beside.read_bytes()) | {"schema": 2}))


@pytest.mark.parametrize(
    "befalls",
    [
        is_packed,
        is_cut_off,
        has_another_salt,
        is_newer,
        lambda har: har.with_suffix(".salt").unlink(),
        lambda har: har.with_suffix(".sidecar.json").unlink(),
        lambda har: har.with_suffix(".sidecar.json").write_text("{"),
    ],
    ids=["both forms", "cut off", "another salt", "newer", "no salt", "no sidecar", "broken sidecar"],
)
def test_over_a_recording_that_may_be_of_real_shops_nobody_is_told_to_write(
    befalls: Callable[[Path], None], request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "recordings"
    recorded(structs.replace(ABOUT, target="live"), [ASKED]).write(folder / f"{ONCE.id}.har")
    befalls(folder / f"{ONCE.id}.har")

    with pytest.raises(UnreplayedError) as said:
        replayed(request.node, ONCE, HERE, options(folder), lambda: Journal(Clock(0)))

    assert "; record one of your own with pytest " in str(said.value)
    assert str(said.value).endswith(
        f"--rehearse-record=sandbox-recordings -k {ONCE.id} and replay it with --rehearse-fixtures=sandbox-recordings"
    )


@pytest.mark.parametrize(
    ("lay", "lies"),
    [((), ".har"), ((".har",), ".har"), ((".har.gz",), ".har.gz"), ((".har", ".har.gz"), ".har")],
    ids=["none", "plain", "packed", "both"],
)
def test_a_play_replaces_its_earlier_recording_in_the_form_that_it_had(
    lay: tuple[str, ...], lies: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    rehearsal = perform(Quiet, tmp_path)
    folder = tmp_path / "recordings"
    for ending in lay:
        recorded(ABOUT, [ASKED]).write(folder / f"{ONCE.id}{ending}")
    if len(lay) > 1:
        (folder / f"{ONCE.id}.har").write_bytes(b"")
    kept: list[tuple[str, object]] = request.node.user_properties
    before = len(kept)

    Recordings(options(folder, Target.SANDBOX), adapter_of(Quiet), folder).keeps(request.node, ONCE, EVERY_CELL[0], rehearsal)

    assert kept[before:] == [("gladi recorded", ONCE.id)]
    del kept[before:]
    assert sorted(path.name for path in folder.iterdir()) == [f"{ONCE.id}{lies}", f"{ONCE.id}.sidecar.json"]
    assert Recording.read(folder / f"{ONCE.id}{lies}").exchanges == tuple(Exchanged(*one) for one in exchanges_of(rehearsal.journal))


@pytest.mark.parametrize("befalls", [lambda har: None, is_newer], ids=["whole", "newer, and without its salt"])  # noqa: ARG005 - nothing does
def test_a_packed_recording_of_something_real_is_not_replaced(
    befalls: Callable[[Path], None], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    rehearsal = perform(Quiet, tmp_path)
    folder = tmp_path / "recordings"
    recorded(structs.replace(ABOUT, target="live"), [ASKED]).write(folder / f"{ONCE.id}.har.gz")
    befalls(folder / f"{ONCE.id}.har")
    (folder / f"{ONCE.id}.salt").unlink()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    kept: list[tuple[str, object]] = request.node.user_properties
    length = len(kept)

    Recordings(options(folder, Target.SANDBOX), adapter_of(Quiet), folder).keeps(request.node, ONCE, EVERY_CELL[0], rehearsal)

    said = f"{ONCE.id}.har.gz is of real shops, and is not replaced; name another folder with --rehearse-record"
    assert kept[length:] == [("gladi not recorded", said)]
    del kept[length:]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# -- what must not stand in a recording ----------------------------------------------------------------------------------


class Blurts(Quiet):
    """Asks for an order by something that is secret; an id is kept, and no header or field tells that this one is a secret."""

    secret: Callable[[Venue], str]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        httpx.get(f"{venue.tokopedia_url}/v2/fs/1/order", params={"order_id": type(self).secret(venue)})


@pytest.mark.parametrize(
    "secret",
    [
        lambda venue: venue.tokopedia.client_secret,
        lambda venue: venue.tokopedia.webhook_secret,
        lambda venue: venue.shop.app_secret,
        lambda venue: venue.shop.grants[0].refresh_token,
    ],
    ids=["client secret", "webhook secret", "app secret", "refresh token"],
)
def test_a_key_of_the_app_is_known_to_the_last_look_though_no_call_carried_it(
    secret: Callable[[Venue], str], request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Blurts, "secret", staticmethod(secret), raising=False)
    rehearsal = perform(Blurts, tmp_path)
    folder = tmp_path / "recordings"
    kept: list[tuple[str, object]] = request.node.user_properties
    before = len(kept)

    Recordings(options(folder, Target.SANDBOX), adapter_of(Blurts), folder).keeps(request.node, ONCE, EVERY_CELL[0], rehearsal)

    said = [str(value) for _, value in kept[before:]]
    del kept[before:]
    assert [one.startswith(f"{ONCE.id}.har was not written: a secret of this run (") for one in said] == [True]
    assert not folder.exists()
