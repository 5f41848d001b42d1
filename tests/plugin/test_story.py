"""How a violation is told: as a story in order of time, with no traceback, and a command that tells it again."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from tests.plugin.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.repository import Run

TWICE = """\
order INV-001 left 2 times.

                  … calls and polls
    Mon 09:10  the seller linked the shops
                  … calls and polls
    Tue 02:42  order INV-001 is paid and lives on Tokopedia
    Tue 02:42  the buyer placed order INV-001 in the app of Tokopedia
    Tue 02:43  the platform merged the shops
    Tue 02:43  order INV-001 appeared on Tokopedia & Shop
                  … calls and polls
    Tue 02:44  webhook 'merge' answered 200
                  … calls and polls
    Tue 04:43  the clerk shipped order INV-001 from 2 rows of the list
  → Tue 04:43  parcel SHP-1 left, for order INV-001
    Tue 04:43  POST /fulfillment/202309/packages/1153127432351671858/ship  200
    Tue 04:43  POST /v1/order/1210000001/fs/13000/ack  200
  → Tue 04:43  parcel TKP-2 left, for order INV-001
    Tue 04:43  POST /inventory/v1/fs/13000/pick-up  200
                  … calls and polls

Invariant: an order leaves the warehouse once, whichever platform was asked.
Source: rehearsal guide, Overview: whether merchants might duplicate shipments.
In flight: both/both, one of 9 cells in which this scenario is played.
Run it again: pytest --rehearse --rehearse-seed 0 --rehearse-face inprocess --rehearse-in-flight both/both \
-k an_order_of_the_last_minute_leaves_once

The scenario's own assertion failed too:
assert 2 == 1
"""

AFTER_THE_MERGE = '''
@scenario(rehearses=RULE, begins=Stage.PENDING)
async def test_the_shops_merge(rehearsal: Rehearsal) -> None:
    """The shops merge."""
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    {last}
'''


def failure_of(run: Run) -> str:
    """Give what pytest wrote between the scenario's heading and the next section."""
    lines = run.out.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("__") and line.strip("_").startswith(" test_")) + 1
    last = next(n for n, line in enumerate(lines) if n > first and line.startswith("==="))
    # How many calls the rogue makes besides is its own affair.
    return re.sub(r"… \d+ calls?(, \d+ of them (a poll|polls))?", "… calls and polls", "\n".join(lines[first:last])) + "\n"


def again(run: Run) -> list[str]:
    """Give the words of the command that a story ends with."""
    line = next(line for line in run.out.splitlines() if line.startswith("Run it again: "))
    program, *words = shlex.split(line.removeprefix("Run it again: "))
    assert program == "pytest"
    return words


def test_two_parcels_for_one_order_are_told_whole(twice: Run) -> None:
    assert failure_of(twice) == TWICE, failure_of(twice)


def test_the_command_in_the_story_tells_it_again(twice: Run, bytecode: Path) -> None:
    rerun = Repository(twice.folder, settings={"rehearse_system": "examples.rogues.ships_twice:ShipsTwice"}, bytecode=bytecode)

    run = rerun.runs(*again(twice))

    assert re.search(r"= 1 failed, \d+ deselected in ", run.out)
    assert failure_of(run) == TWICE


def test_the_command_names_whatever_no_ini_names(repository: Repository) -> None:
    repository.scenario(AFTER_THE_MERGE.format(last=""), "deep/own.py")
    words = ("--rehearse-seed", "7", "--rehearse-in-flight", "both/both", "--rehearse-strict")
    run = repository.rehearses("deep/own.py", *words, system="systems:Nothing")

    rerun = repository.runs(*again(run))

    assert again(run) == [
        "--rehearse", "deep/own.py", "--rehearse-system", "systems:Nothing", "--rehearse-seed", "7", "--rehearse-face", "inprocess",
        "--rehearse-in-flight", "both/both", "--rehearse-strict", "-k", "the_shops_merge",
    ]  # fmt: skip
    assert failure_of(rerun) == failure_of(run)


def test_a_worker_ends_its_story_with_the_same_command(repository: Repository) -> None:
    repository.settings["rehearse_system"] = "systems:Nothing"

    run = repository.rehearses("-n1", "-k", "the_merge_is_noticed_by_webhook", system="")

    assert again(run) == ["--rehearse", "--rehearse-seed", "0", "--rehearse-face", "inprocess", "-k", "the_merge_is_noticed_by_webhook"]


def test_the_invariants_are_judged_also_when_the_body_fails(repository: Repository) -> None:
    repository.scenario(AFTER_THE_MERGE.format(last="assert rehearsal.webhooks.answers == [200], 'not told'"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    story, _, beside = failure_of(run).partition("\n\nThe scenario's own assertion failed too:\n")
    assert story.startswith("shop-1 merged and the system never learned of it: no webhook taken, no poll.\n")
    assert beside == "not told\n"
    assert not run.scenarios["the_shops_merge"]["asserted"]
    assert run.scenarios["the_shops_merge"]["why"] == "shop-1 merged and the system never learned of it: no webhook taken, no poll."


def test_pytest_fail_in_a_body_does_not_silence_the_invariants(repository: Repository) -> None:
    repository.scenario("import pytest\n" + AFTER_THE_MERGE.format(last="pytest.fail('not told')"))

    run = repository.rehearses("own.py", system="systems:Nothing")

    assert failure_of(run).endswith("\n\nThe scenario's own assertion failed too:\nnot told\n")


def test_what_the_system_raised_is_told_beside_the_story(repository: Repository) -> None:
    repository.system(
        """
        class Mine(Nothing):
            def tick(self, now):
                if now.hour == 22:
                    raise ValueError("no such row")
                return now + timedelta(hours=1)
        """
    )
    repository.scenario(AFTER_THE_MERGE.format(last="await rehearsal.passes(hours=4)"))

    run = repository.rehearses("own.py")

    story, _, beside = failure_of(run).partition("\n\nAnd the system raised ")
    assert story.startswith("shop-1 merged and the system never learned of it: no webhook taken, no poll.\n")
    assert beside == (
        "ValueError: no such row (mine.py, line 8, in tick)\n\n"
        "    own.py:12 in test_the_shops_merge\n        await rehearsal.passes(hours=4)\n"
        '    mine.py:8 in tick\n        raise ValueError("no such row")\n\n'
        "The platform was not asked anything before.\n"
    )
    assert run.scenarios["the_shops_merge"]["raised"] == "ValueError"


def test_a_broken_contract_is_one_sentence(repository: Repository) -> None:
    repository.system("class Mine(Nothing):\n    def tick(self, now):\n        return now\n")
    repository.scenario(AFTER_THE_MERGE.format(last=""))

    run = repository.rehearses("own.py")

    sentence = "tick(02:00:00) asked 1000 times to be woken at once; return a time in the future or None"
    assert (run.status, run.verdict["verdict"]) == (1, "broken")
    assert failure_of(run) == f"{sentence}\n"
    assert run.scenarios["the_shops_merge"]["why"] == sentence


def test_a_call_past_the_face_breaks_the_scenario_though_the_system_swallowed_the_error(repository: Repository) -> None:
    repository.system(
        """
        import urllib.request


        class Mine(Listener):
            def tick(self, now):
                try:
                    urllib.request.urlopen("https://fs.tokopedia.net/v1/shop", timeout=5)
                except OSError:
                    pass
        """
    )

    run = repository.rehearses("-k", "the_merge_is_noticed_by_webhook")

    sentence = (
        "fs.tokopedia.net was called by a client that Gladi does not intercept; point that client at the served face: "
        "pytest --rehearse --rehearse-face served, and take the base URLs from the Venue"
    )
    assert (run.status, run.verdict["verdict"]) == (1, "broken")
    assert failure_of(run) == f"{sentence}\n"
    assert run.scenarios["the_merge_is_noticed_by_webhook"]["findings"] == [
        {"level": "violation", "about": "unseen client", "text": sentence, "evidence": []}
    ]
