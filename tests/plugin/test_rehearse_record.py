"""`--rehearse-record` leaves a recording of each play, and nothing private in anything that a run leaves."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.recorder import salt_of
from gladi.platforms.recording.recording import Recording
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import UNASKED
from gladi.platforms.recording.sidecar import Sidecar
from gladi.play.catalogue import catalogue
from gladi.record.wire import Host, Request, Response
from gladi.sandbox.seed import BEGINNING
from gladi.session.logged import cleaned
from tests.platforms.canaries import planted
from tests.plugin.repository import BY_WEBHOOK

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.repository import Repository, Run

CHATTY = """
from tests.platforms.canaries import planted


def asks(every):
    with httpx.Client() as client:
        for one in every:
            asked = one.request
            url = f"https://{asked.host}{asked.path}?{asked.query}"
            client.request(asked.method, url, headers=asked.headers, content=asked.body)


class Mine(Listener):
    version = "7.1"
    told = False

    def tick(self, now):
        if not self.told:
            self.told = True
            asks({one.operation: one for one in planted()}.values())
        return now + timedelta(hours=1)

    def receive(self, delivery):
        raise ValueError("kanari000001@surat.example.org called 628120000001 with ROW_kanari000000000001 and access_token=kanari0000001")


class Answered(Nothing):
    told = False

    def tick(self, now):
        if not self.told:
            self.told = True
            asks(planted())
            raise ValueError("kanari000001@surat.example.org called 628120000001")
"""
PLANTED, NEVER_ASKED = "planted", "/order/202309/orders"

CANARY = re.compile(rb"kanari\s?0\d+|(?<!\d)(?:62|0)81200\d{5}(?!\d)|(?<!\d)770000\d{5}(?!\d)", re.IGNORECASE)


def left_by(folder: Path) -> dict[str, set[bytes]]:
    """Give the canaries in each file that a run left."""
    every = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("mine.py", "own.py")]
    files = [path for path in every if path.parent.name != PLANTED]
    return {path.name: found for path in files if (found := set(CANARY.findall(path.read_bytes())))}


def plant(folder: Path) -> None:
    """Write a recording of which the answers were never redacted, and of which the last is never asked for."""
    (scenario,) = (one for one in catalogue() if one.id == BY_WEBHOOK)
    redaction = Redaction(salt_of(0))
    exchanges = [Exchanged(redaction.request(one.request), one.response) for one in planted()]
    exchanges.append(Exchanged(Request("GET", Host.SHOP_API, NEVER_ASKED, BEGINNING), Response(200, (), b"{}")))
    about = Sidecar(
        gladi="1", target="sandbox", scenario=BY_WEBHOOK, catalogue_of_scenario=scenario.source, recorded_at="", salt=salt_of(0)
    )
    Recording(about, tuple(exchanges)).write(folder / f"{BY_WEBHOOK}.har")


@pytest.fixture(scope="module")
def leaking(tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Run:
    """Rehearse, with everything on that leaves something, a system that asks canaries of each operation and raises some."""
    from tests.plugin.repository import Repository  # noqa: PLC0415 - its name is that of a type here

    return leaves_all(Repository(tmp_path_factory.mktemp("leaking"), bytecode=bytecode), system="mine:Mine")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Run:
    """Rehearse a system that is answered canaries by each operation."""
    from tests.plugin.repository import Repository  # noqa: PLC0415 - as above

    repository = Repository(tmp_path_factory.mktemp("answered"), bytecode=bytecode)
    plant(repository.folder / PLANTED)
    return leaves_all(repository, "--rehearse-target=recorded", f"--rehearse-fixtures={PLANTED}", system="mine:Answered")


def leaves_all(repository: Repository, *words: str, system: str) -> Run:
    repository.system(CHATTY)
    leaves = ("--alluredir", "allure", "--junitxml", "junit.xml", "--rehearse-record", "recordings", "-o", "log_file=log.txt")
    run = repository.rehearses("-k", BY_WEBHOOK, *words, *leaves, "-o", "log_file_level=DEBUG", "-rA", system=system)
    subprocess.run([sys.executable, "-m", "gladi.cli", "report"], cwd=run.folder, check=False, capture_output=True)
    return run


def test_no_canary_is_in_anything_that_a_run_leaves_or_says(leaking: Run) -> None:
    said = set(CANARY.findall((leaking.out + leaking.err).encode()))

    assert leaking.status == 1
    assert "raised ValueError" in leaking.out
    assert (left_by(leaking.folder), said) == ({}, set())


def test_no_canary_of_an_answer_is_in_anything_that_a_run_leaves_or_says(answered: Run) -> None:
    said = set(CANARY.findall((answered.out + answered.err).encode()))
    recorded = Recording.read(answered.folder / PLANTED / f"{BY_WEBHOOK}.har").exchanges
    again = Recording.read(answered.folder / "recordings" / f"{BY_WEBHOOK}.har").exchanges

    assert len(set(CANARY.findall((answered.folder / PLANTED / f"{BY_WEBHOOK}.har").read_bytes()))) > 3000
    assert [one.response.status for one in again] == [one.response.status for one in recorded[:-1]]
    assert "raised ValueError" in answered.out
    assert (left_by(answered.folder), said) == ({}, set())


def test_what_a_replay_never_asked_for_is_a_finding_of_the_run(answered: Run) -> None:
    findings = answered.scenarios[BY_WEBHOOK]["findings"]

    (said,) = [one["text"] for one in findings if one["about"] == UNASKED]
    assert re.fullmatch(rf"1 of \d+ recorded exchanges were never asked for: GET {Host.SHOP_API}{NEVER_ASKED}", said)


def test_what_a_library_logs_of_a_request_is_cleaned() -> None:
    url = cleaned('HTTP Request: GET https://me:word@fs.tokopedia.net/v1/a/ROW_0123456789abc?order_id=7&sign=x&x=Siti+R "HTTP/1.1 200 OK"')
    headers = cleaned("receive_response_headers.complete return_value=(b'HTTP/1.1', 200, [(b'Set-Cookie', b'sid=1'), (b'Allow', b'GET')])")

    assert url == 'HTTP Request: GET https://fs.tokopedia.net/v1/a/***?order_id=7&x=*** "HTTP/1.1 200 OK"'
    assert headers == "receive_response_headers.complete return_value=(b'HTTP/1.1', 200, [(set-cookie: ***), (allow: GET)])"


def test_all_that_a_run_can_leave_was_looked_at(leaking: Run) -> None:
    left = {path.relative_to(leaking.folder).parts[0] for path in leaking.folder.rglob("*") if path.is_file()}
    endings = {path.suffix for path in leaking.folder.rglob("*") if path.is_file()}

    assert "HTTP Request: " in (leaking.folder / "log.txt").read_text(encoding="utf-8")
    assert left >= {"allure", "junit.xml", "recordings", "reports", "log.txt"}
    assert endings >= {".har", ".html", ".jsonl", ".json", ".xml", ".txt"}


def test_a_recording_says_what_it_is_of_and_the_run_says_where_it_is(leaking: Run) -> None:
    kept = Recording.read(leaking.folder / "recordings" / f"{BY_WEBHOOK}.har")

    assert len(kept.exchanges) > 20
    assert (kept.sidecar.scenario, kept.sidecar.target, kept.sidecar.system) == (BY_WEBHOOK, "sandbox", "mine:Mine")
    assert re.fullmatch("[0-9a-f]{64}", kept.sidecar.catalogue_of_scenario)
    assert {type(entry).__name__ for entry in kept.sidecar.entries} == {"Fact", "Deed", "Webhook"}
    assert "  recorded: 1 play, in recordings" in leaking.out.splitlines()


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("taken", "--rehearse-record: taken is a file; name a folder, in which each play leaves a recording"),
        (
            "taken/below",
            "--rehearse-record: below cannot be written (Not a directory); name a folder, in which each play leaves a recording",
        ),
    ],
)
def test_a_folder_that_is_none_is_refused_before_anything_is_rehearsed(repository: Repository, place: str, sentence: str) -> None:
    repository.holds("taken", "mine")

    run = repository.rehearses("--rehearse-record", place, system="systems:Listener")

    assert (run.status, run.errors) == (4, [f"ERROR: {sentence}"])
    assert (repository.folder / "taken").read_text(encoding="utf-8") == "mine"


def test_a_recording_in_which_a_secret_would_stand_is_not_written_and_the_run_says_so(repository: Repository) -> None:
    repository.system(
        """
        class Mine(Listener):
            def __init__(self, venue):
                super().__init__(venue)
                # An id is kept, and this one is a secret too.
                bearer = {"authorization": "Bearer geheim123"}
                httpx.get(f"{venue.tokopedia_url}/v1/fs/1/x", params={"order_id": "geheim123"}, headers=bearer)
        """
    )

    run = repository.rehearses("-k", BY_WEBHOOK, "--rehearse-record", "recordings")

    assert run.status == 12
    assert (
        f"  not recorded: {BY_WEBHOOK}.har was not written: a secret of this run (9 characters) stands in it; "
        "please report which field it came from, without the value" in run.out.splitlines()
    )
    assert list((repository.folder / "recordings").iterdir()) == []
