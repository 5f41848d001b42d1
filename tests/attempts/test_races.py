"""A sample of the races that `python -m tests.attempts.races` runs by the thousand."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.ledger import Ledger
from tests.attempts.races import Runner, open_round, race, rounds

if TYPE_CHECKING:
    from pathlib import Path


def test_killed_processes_never_make_a_sixth_attempt_and_lose_none(where: str | Path) -> None:
    with Ledger.at(where, developer="acme", create=True):
        pass

    found = [wrong for _, wrong in rounds(where, seed=7, processes=12, count=8)]

    assert found == [[]] * 8


@pytest.mark.parametrize("step", range(9))
def test_a_process_killed_at_any_step_leaves_an_attempt_or_none(ledger: Ledger, where: str | Path, step: int) -> None:
    ledger.close()

    told = race(where, "acme", [Runner(0, dies_at=step)], lambda ledger, runner: ledger.open(runner.shop, by="runner"))

    # Steps: begin, read, three inserts for quota, slot and event, commit; what died after the commit is spent and open.
    assert told == ({0: "opened"} if step > 6 else {})
    assert ledger.standing().used == (1 if step >= 6 else 0)
    assert ledger.standing().open == ((1,) if step >= 6 else ())
    assert ledger.open("Toko Lain", by="ana").ordinal == (2 if step >= 6 else 1)


def test_a_race_is_seen_to_be_one(where: str | Path) -> None:
    wrong = open_round(where, "acme", Random(3), 9)
    told = race(where, "acme", [Runner(number) for number in range(9)], lambda ledger, runner: ledger.attest("x", runner.shop, date.max))

    assert wrong == []
    assert told == dict.fromkeys(range(9), "opened")
