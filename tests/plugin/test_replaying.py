"""A run on recordings: what is replayed, what is not rehearsed and why, and what the run says of itself."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall, ScenarioResult
from gladi.platforms.recording.recording import Recording
from gladi.platforms.recording.sidecar import Sidecar
from gladi.session import closing, recordings
from gladi.session.results import UNRECORDED, UNREPLAYED
from tests.plugin.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.repository import Run

BEGINNING = datetime(2025, 3, 3, 2, tzinfo=UTC)
OWN = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_noticed(rehearsal: Rehearsal) -> None:
    """Noticed."""
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_changed(rehearsal: Rehearsal) -> None:
    """Changed."""


@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_newer(rehearsal: Rehearsal) -> None:
    """Newer."""
'''
NEVER = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_never_recorded(rehearsal: Rehearsal) -> None:
    """Never recorded."""
'''
LOOKS_AGAIN = """
class Mine(Listener):
    '''As it was recorded with, and then looks into its orders, which nobody recorded.'''

    def receive(self, delivery):
        keys = self.venue.tokopedia
        address = f"{self.venue.tokopedia_token_url}/token?grant_type=client_credentials"
        token = httpx.post(address, auth=(keys.client_id, keys.client_secret)).json()["access_token"]
        now = int(self.venue.now().timestamp())
        query = f"fs_id={keys.fs_id}&shop_id={self.venue.shop_ids[0]}&from_date={now - 9}&to_date={now}&page=1&per_page=5"
        httpx.get(f"{self.venue.tokopedia_url}/v2/order/list?{query}", headers={"authorization": f"Bearer {token}"})
        return 200
"""
RENEWED = re.compile(
    r"renew it with pytest --rehearse own\.py --rehearse-system systems:Listener --rehearse-seed 0 --rehearse-face inprocess "
    r"--rehearse-record=fixtures -k \w+$"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Repository:
    """Give an empty repository."""
    return Repository(tmp_path_factory.mktemp("replaying"), bytecode=bytecode)


@pytest.fixture(scope="module")
def recorded(made: Repository) -> dict[str, Any]:
    """Record three scenarios, and give what was said of the first."""
    made.scenario(OWN)
    run = made.rehearses("own.py", "--rehearse-record=fixtures", system="systems:Listener")
    assert "recorded: 3 plays, in fixtures" in run.out, run.out + run.err
    return run.scenarios["noticed"]


@pytest.fixture(scope="module")
def repository(made: Repository, recorded: dict[str, Any]) -> Repository:
    """Give the repository with those recordings; since then one scenario was changed, and one recording is of a newer Gladi."""
    del recorded
    made.scenario(OWN.replace('"""Changed."""', '"""Changed since."""') + NEVER)
    newer = made.folder / "fixtures" / "newer.sidecar.json"
    newer.write_text(newer.read_text(encoding="utf-8").replace('"schema": 1', '"schema": 2'), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def replayed(repository: Repository) -> Run:
    """Replay with the system with which it was recorded."""
    words = ("own.py", "--rehearse-target", "recorded", "--rehearse-fixtures=fixtures", "-rs")
    return repository.rehearses(*words, system="systems:Listener")


def test_a_scenario_that_was_recorded_is_replayed_and_judged_as_it_was_then(recorded: dict[str, Any], replayed: Run) -> None:
    result = replayed.scenarios["noticed"]

    assert result["outcome"] == Outcome.UPHELD
    assert result["invariants"] == recorded["invariants"]
    assert any(one["outcome"] == Outcome.UPHELD for one in result["invariants"])


def test_the_run_says_that_it_replayed(replayed: Run) -> None:
    assert re.search(r"^rehearsal: \d+ scenarios of the merge into Tokopedia & Shop, target recorded$", replayed.out, re.MULTILINE)
    assert replayed.verdict["target"] == "recorded"
    journal = (replayed.folder / "reports" / "journals" / "noticed.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(journal[0])["target"] == "recorded"


def test_a_scenario_without_a_recording_is_not_rehearsed(replayed: Run) -> None:
    result = replayed.scenarios["never_recorded"]

    assert result["outcome"] == Outcome.NOT_REHEARSED
    assert result["why"] == "not rehearsed: no recording; write it with pytest --rehearse --rehearse-record DIR -k SCENARIO"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("changed", "not rehearsed by replaying: changed.har was recorded before the scenario was changed; "),
        ("newer", "not rehearsed by replaying: newer.sidecar.json has schema 2, and this Gladi reads 1: "),
    ],
)
def test_a_recording_that_is_out_of_date_is_refused_with_the_command_that_renews_it(name: str, sentence: str, replayed: Run) -> None:
    result = replayed.scenarios[name]

    assert result["outcome"] == Outcome.NOT_REHEARSED
    assert result["why"].startswith(sentence)
    assert RENEWED.search(result["why"])
    assert result["why"].endswith(f" {name}")


@pytest.mark.parametrize("why", [UNRECORDED, f"{UNREPLAYED}noticed.har was recorded with seed 0"])
def test_a_run_in_which_a_scenario_could_not_be_replayed_is_not_green(why: str) -> None:
    upheld, left = (
        ScenarioResult(id="one", title="", phase="", platform="", process="", rehearses=(), outcome=outcome, why=reason)
        for outcome, reason in ((Outcome.UPHELD, ""), (Outcome.NOT_REHEARSED, why))
    )

    assert closing._status(0, Overall.INCOMPLETE, (upheld, left)) == 11


def test_a_request_that_was_not_recorded_makes_the_scenario_not_rehearsed(repository: Repository) -> None:
    repository.system(LOOKS_AGAIN)

    run = repository.rehearses("own.py", "--rehearse-target=recorded", "--rehearse-fixtures=fixtures", "-k", "noticed")

    why = run.scenarios["noticed"]["why"]
    assert (run.status, run.verdict["verdict"]) == (11, Overall.NOTHING)
    assert why.startswith("not rehearsed by replaying: GET fs.tokopedia.net/v2/order/list at ")
    assert " was not recorded, nor anything like it; it came after the seller linked the shops at " in why
    assert "; renew it with pytest --rehearse own.py " in why
    assert why.endswith(" --rehearse-record=fixtures -k noticed")


def test_a_recording_is_not_replayed_under_another_seed_or_other_switches(repository: Repository) -> None:
    words = ("own.py", "--rehearse-target=recorded", "--rehearse-fixtures=fixtures", "-k", "noticed")

    seeded = repository.rehearses(*words, "--rehearse-seed", "7", system="systems:Listener").scenarios["noticed"]["why"]
    switched = repository.rehearses(*words, "--rehearse-assume", "webhook_delay=2m", system="systems:Listener").scenarios["noticed"]["why"]

    was = "not rehearsed by replaying: noticed.har was recorded"
    assert seeded.startswith(f"{was} with seed 0, and this run has seed 7; renew it")
    assert switched.startswith(f"{was} under no switch, and this run is under webhook_delay=2m; renew it")


def test_a_recording_of_something_real_is_neither_renewed_nor_replaced(repository: Repository) -> None:
    real = repository.folder / "real"
    kept = Recording.read(repository.folder / "fixtures" / "noticed.har")
    for name, scenario in (("noticed", ""), ("never_recorded", "another")):
        Recording(replace(kept.sidecar, target="live", scenario=scenario), kept.exchanges).write(real / f"{name}.har")
    before = {path.name: path.read_bytes() for path in real.iterdir()}
    words = ("own.py", "-k", "noticed or never_recorded")

    replayed = repository.rehearses(*words, "--rehearse-target=recorded", "--rehearse-fixtures=real", system="systems:Listener").scenarios
    renewed = repository.rehearses(*words, "--rehearse-record=real", system="systems:Listener")

    noticed, never = (replayed[name]["why"] for name in ("noticed", "never_recorded"))
    own = "record one of your own with pytest --rehearse own.py --rehearse-system systems:Listener --rehearse-seed 0 "
    assert f"noticed.har is a recording of no scenario; it serves gladi parity noticed.har; {own}" in noticed
    assert f"never_recorded.har is a recording of another; {own}" in never
    assert noticed.endswith(" --rehearse-record=recordings -k noticed and replay it with --rehearse-fixtures=recordings")
    assert "live" not in noticed + never
    assert renewed.status == 12
    assert "not recorded: noticed.har is of real shops, and is not replaced; name another folder with --rehearse-record" in renewed.out
    assert {path.name: path.read_bytes() for path in real.iterdir()} == before


def test_a_later_live_recording_of_a_scenario_lies_beside_the_earlier(tmp_path: Path) -> None:
    about = Sidecar(gladi="1", target="live", recorded_at="", salt="salt")
    Recording(about, ()).write(tmp_path / "noticed.har")

    first = recordings._free(tmp_path / "changed.har", BEGINNING)
    second = recordings._free(tmp_path / "noticed.har", BEGINNING)

    assert (first.name, second.name) == ("changed.har", "noticed-20250303T020000Z.har")


def test_a_har_without_a_sidecar_is_neither_replaced_nor_imported(repository: Repository) -> None:
    bare = repository.folder / "bare"
    bare.mkdir()
    (bare / "noticed.har").write_bytes((repository.folder / "fixtures" / "noticed.har").read_bytes())
    words = ("own.py", "--rehearse-target=recorded", "--rehearse-fixtures=bare", "-k", "noticed")

    why = repository.rehearses(*words, system="systems:Listener").scenarios["noticed"]["why"]

    assert why.startswith(
        "not rehearsed by replaying: noticed.har has no noticed.sidecar.json beside it; record one of your own with pytest "
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--rehearse-fixtures=fixtures", "--rehearse-record=./fixtures"),
            "--rehearse-record: fixtures is what is replayed, and would be replaced; name another folder",
        ),
        (
            ("--rehearse-trouble", "normal"),
            "--rehearse-trouble: trouble is of the sandbox, and no recording holds it; write --rehearse-trouble off",
        ),
    ],
)
def test_what_does_not_go_with_recordings_is_refused_before_anything_is_rehearsed(
    repository: Repository, words: tuple[str, ...], sentence: str
) -> None:
    run = repository.rehearses("own.py", "--rehearse-target=recorded", *words, system="systems:Listener")

    assert (run.status, run.errors) == (4, [f"ERROR: {sentence}"])


def test_a_folder_that_is_not_there_is_one_sentence(repository: Repository) -> None:
    run = repository.rehearses("own.py", "--rehearse-target=recorded", "--rehearse-fixtures=recordings", system="systems:Listener")

    assert run.status == 4
    assert run.errors == [
        "ERROR: --rehearse-fixtures: recordings is not there; write the folder into which --rehearse-record wrote",
    ]
