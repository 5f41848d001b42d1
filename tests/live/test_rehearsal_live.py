"""A rehearsal on the live target before a stand-in, over real sockets and through a real terminal: one attempt, from end to end."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from gladi.attempts.events import Kind
from gladi.record.words import Platform, Stage
from gladi.sandbox.world.records import ListingStatus
from tests.live.stand_in import StandIn, repository_of, serves

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from tests.attempts.repository import Repository

_PATIENCE = 30
"""Seconds for which an interrupted run may say nothing."""
ROOT = Path(__file__).parents[2]
SCENARIO = '''
"""One attempt, from end to end."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, ShipsOrders, Stage, scenario


@scenario(rehearses="guide.verification.ids-agree", begins=Stage.PENDING, needs=ShipsOrders)
async def test_an_attempt_from_end_to_end(rehearsal: Rehearsal) -> None:
    """The shops are linked and merge, and what is bought then leaves once, from Tokopedia & Shop."""
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)

    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="guide.verification.ids-agree", begins=Stage.MERGED, needs=ShipsOrders)
async def test_once_more_on_the_same_merge(rehearsal: Rehearsal) -> None:
    """Another play finds the shops merged, and merges nothing."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="guide.verification.ids-agree", begins=Stage.PENDING)
async def test_what_has_merged_is_pending_no_more(rehearsal: Rehearsal) -> None:
    """A merge cannot be undone."""


@scenario(rehearses="guide.verification.ids-agree", begins=Stage.MERGED)
async def test_a_courier_is_nobodys_to_command(rehearsal: Rehearsal) -> None:
    """What no person at a terminal can bring about is left out."""
    await rehearsal.courier.comes_again(None)
'''


@dataclass
class Typed:
    """What a person saw, and how the run ended."""

    status: int
    seen: str

    def verdict(self, root: Path) -> dict[str, Any]:
        """Read the verdict that it left."""
        file = root / "reports" / "verdict.json"
        assert file.exists(), self.seen
        found: dict[str, Any] = json.loads(file.read_text())
        return found


def run(stand_in: StandIn, root: Path, *words: str, answers: Callable[[str], str | None] | None = None) -> Typed:
    """Rehearse on the live target; with `answers`, at a terminal, where each question is answered by it, given the whole screen.

    None interrupts the run, once; it is ended by force where it stays silent then.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "CI", "GLADI_"))}
    environment |= stand_in.environment | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--rehearse",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rehearse-system",
        "examples.careful:Careful",
    ]
    command += ["--rehearse-target", "live", *words, "test_live.py"]
    if answers is None:
        done = subprocess.run(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        return Typed(done.returncode, done.stdout + done.stderr)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=root, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    screen, answered, interrupted = "", 0, False
    while not interrupted or select.select([ours], [], [], _PATIENCE)[0]:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        screen += piece.decode(errors="replace")
        if screen.endswith(": ") and screen.count("Enter when") > answered:
            answered += 1
            said = answers(screen)
            if said is None:
                process.send_signal(signal.SIGINT)
                interrupted = True
            else:
                os.write(ours, f"{said}\n".encode())
    else:
        process.kill()
    os.close(ours)
    return Typed(process.wait(), screen.replace("\r\n", "\n"))


@pytest.fixture
def stand_in(tmp_path: Path) -> Generator[StandIn]:
    # Another seller than the model's: whatever agrees does so because it was taken over.
    with serves(tmp_path, "--seed", "7", "--assume", "merge_takes_at_most=4h") as found:
        yield found


@pytest.fixture
def repository(tmp_path: Path, stand_in: StandIn) -> Repository:
    found = repository_of(tmp_path / "repository", stand_in)
    (found.root / "pytest.ini").write_text("[pytest]\n")
    (found.root / "test_live.py").write_text(SCENARIO)
    return found


@pytest.fixture
def attempted(repository: Repository, stand_in: StandIn) -> Repository:
    """The same with an attempt that is opened and nothing more."""
    shop = stand_in.room.sandbox.world.all_shops()[0]
    with repository.ledger() as ledger:
        ledger.open(f"{shop.name} ({shop.tokopedia_id})", by="Ayu")
    return repository


def test_one_attempt_is_rehearsed_from_end_to_end(attempted: Repository, stand_in: StandIn) -> None:
    orders = iter(("tokopedia", "shop"))

    def does(screen: str) -> str:
        asked = screen[screen.rindex("→") :]
        if "Place an order" in asked:
            stand_in.does("place_order", on=next(orders))
        elif "cannot be undone" in asked:
            assert attempted.events[-1] == Kind.LINKED
            stand_in.does("link_shops")
        return ""

    done = run(stand_in, attempted.root, answers=does)

    verdict = done.verdict(attempted.root)
    results = {one["id"]: one for one in verdict["scenarios"]}
    assert {name: results[name]["outcome"] for name in ("an_attempt_from_end_to_end", "once_more_on_the_same_merge")} == {
        "an_attempt_from_end_to_end": "upheld",
        "once_more_on_the_same_merge": "upheld",
    }, done.seen
    assert results["what_has_merged_is_pending_no_more"]["why"].startswith("not rehearsed: it begins with shops that are pending")
    assert "the courier comes again" in results["a_courier_is_nobodys_to_command"]["why"]
    assert (verdict["target"], verdict["attempts"]["used"], verdict["attempts"]["quota"]) == ("live", 1, 5)
    assert attempted.events == [Kind.OPENED, Kind.LINKED, Kind.MERGED]
    assert verdict["attempts"]["open"] == []
    assert stand_in.calls.count("shop.ship_package") == 2
    assert "used 1 of 5" in done.seen
    told = [done.seen.encode(), *(file.read_bytes() for file in (attempted.root / "reports").rglob("*") if file.is_file())]
    assert [secret for secret in stand_in.secrets if any(secret.encode() in text for text in told)] == []


@pytest.mark.parametrize(
    ("at", "events", "sentence"),
    [
        (
            "Enter when that is done",
            [Kind.OPENED],
            (
                "stays open, and spent: go on with pytest --rehearse --rehearse-target live, or, if nothing was clicked: "
                "gladi attempts release 1 --reason TEXT"
            ),
        ),
        (
            "Enter when it is done",
            [Kind.OPENED, Kind.LINKED],
            (
                "is recorded as linked, and spent for good: go on with pytest --rehearse --rehearse-target live, or, if it came to "
                "nothing: gladi attempts record 1 failed"
            ),
        ),
    ],
)
def test_who_interrupts_a_cue_ends_the_run_at_once_and_reads_what_is_spent(
    attempted: Repository, stand_in: StandIn, at: str, events: list[Kind], sentence: str
) -> None:
    asked_at: list[int] = []

    def interrupts(screen: str) -> str | None:
        if at not in screen:
            return ""
        asked_at.append(stand_in.room.sandbox.clock.now)
        return None

    done = run(stand_in, attempted.root, "-k", "an_attempt_from_end_to_end", answers=interrupts)

    shop = stand_in.room.sandbox.world.all_shops()[0].name
    assert done.status == 2, done.seen
    assert f"Exit: interrupted; attempt 1 of {shop} {sentence}" in done.seen
    assert "Traceback" not in done.seen
    assert "selectors.py" not in done.seen
    assert (attempted.events, [stand_in.room.sandbox.clock.now]) == (events, asked_at)


def test_without_a_terminal_a_cue_is_not_rehearsed(attempted: Repository, stand_in: StandIn) -> None:
    done = run(stand_in, attempted.root, "-k", "an_attempt_from_end_to_end")

    results = {one["id"]: one for one in done.verdict(attempted.root)["scenarios"]}
    found = results["an_attempt_from_end_to_end"]
    assert (done.status, found["outcome"]) == (11, "not rehearsed")
    assert found["why"].endswith("that takes a person at a terminal, and none is here")
    assert (attempted.events, stand_in.room.sandbox.world.all_shops()[0].stage) == ([Kind.OPENED], Stage.PENDING)


def test_what_the_shop_lacks_is_said_before_the_first_play(attempted: Repository, stand_in: StandIn) -> None:
    with stand_in.room.lock:
        world = stand_in.room.sandbox.world
        for platform in Platform:
            listing = world.listing_of_sku(platform, "shop-1", "TMB-BMB")
            assert listing is not None
            world.listings.put(listing.key, structs.replace(listing, status=ListingStatus.SUSPENDED))

    done = run(stand_in, attempted.root, "-k", "an_attempt_from_end_to_end")

    lines = done.seen.splitlines()
    assert lines[0].endswith("create in its seller centers, and run again:")
    assert lines[1].startswith("  - a product that is active on Tokopedia and on Tokopedia & Shop under one seller SKU, all of it in the")


def test_without_an_attempt_nothing_is_called(repository: Repository, stand_in: StandIn) -> None:
    done = run(stand_in, repository.root)

    assert (done.status, stand_in.calls) == (4, [])
    assert "ERROR: --rehearse-target live: no attempt is open with a test shop that a person vouches for, and none has merged" in done.seen


def test_a_stand_in_that_is_gone_is_one_sentence(attempted: Repository, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    with serves(tmp_path / "gone") as gone:
        port = gone.control.rpartition(":")[2]

    done = run(gone, attempted.root)

    assert done.status == 4, done.seen
    assert f"ERROR: --rehearse-target live: nobody answers at the control port of the stand-in, 127.0.0.1 port {port};" in done.seen
    assert "Traceback" not in done.seen


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--rehearse-trouble", "normal"), "nobody makes trouble on the platforms; rehearse --rehearse-trouble normal on the sandbox"),
        (("-n", "2"), "several workers cannot share one merge; rehearse on the live target without -n"),
    ],
)
def test_what_cannot_be_on_live_is_refused_and_nothing_is_called(
    attempted: Repository, stand_in: StandIn, words: tuple[str, ...], sentence: str
) -> None:
    done = run(stand_in, attempted.root, *words)

    assert (done.status, stand_in.calls) == (4, [])
    assert f"ERROR: {sentence}" in done.seen
