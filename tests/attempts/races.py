"""`python -m tests.attempts.races`: processes race for the last attempts and are killed on the way; never a sixth, never one lost.

1. A round has a developer of its own. All its processes wait at one gate, then each opens an attempt, or releases the same one.
2. Victims die by SIGKILL: some at a seeded point of their own transaction (before any statement, after the commit, before they can
   tell), some after a seeded delay, wherever they are.
3. What a process was told it tells over a pipe. The judge then reads the ledger: whatever was told has to be there, and nothing may be
   there that none of the processes can have written.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from gladi.attempts.events import MOST, Kind
from gladi.attempts.faults import RefusedError
from gladi.attempts.ledger import Ledger
from tests.attempts.server import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gladi.attempts.store import Store, Transaction, Value

_POINTS = 16
"""More than a transaction has places to die at; at the later ones a victim lives on."""
_OPENED, _REFUSED, _FAILED = "opened", "refused", "failed"


@dataclass(frozen=True, slots=True)
class Runner:
    """One process: who it is, and how it dies, if it does."""

    number: int
    dies_at: int | None = None
    """At which step of its own."""
    dies_after: float | None = None
    """Seconds after the gate opened."""

    @property
    def shop(self) -> str:
        """By this its attempt is known."""
        return f"shop {self.number}"

    @property
    def mortal(self) -> bool:
        """Whether it may be killed before it tells."""
        return self.dies_at is not None or self.dies_after is not None


class _Mortal:
    """A store whose user dies at a step: before each statement, before the commit, and after it."""

    def __init__(self, store: Store, dies_at: int | None) -> None:
        self._store = store
        self._left = dies_at

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        self.steps()
        with self._store.writing() as transaction:
            yield _Steps(transaction, self)
            self.steps()
        self.steps()

    def steps(self) -> None:
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._left is not None:
            self._left -= 1


class _Steps:
    def __init__(self, transaction: Transaction, mortal: _Mortal) -> None:
        self._transaction = transaction
        self._mortal = mortal

    def run(self, statement: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        self._mortal.steps()
        return self._transaction.run(statement, values)


def race(where: str | Path, developer: str, runners: list[Runner], act: Callable[[Ledger, Runner], object]) -> dict[int, str]:
    """Let processes do one thing at once; give what each of those was told that lived to tell."""
    telling_end, told_end = os.pipe()
    gate, opener = os.pipe()
    children: dict[int, Runner] = {}
    for runner in runners:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads; the child starts none
            child = os.fork()
        if child == 0:
            os.close(opener)
            os.read(gate, 1)  # ends when the parent closes its end
            os.write(told_end, f"{runner.number} {_told(where, developer, runner, act)}\n".encode()[:400])
            os._exit(0)
        children[child] = runner
    os.close(told_end)
    os.close(gate)
    os.close(opener)
    _kill(children)
    with os.fdopen(telling_end) as pipe:
        told = dict(line.rstrip("\n").split(" ", 1) for line in pipe)
    for child in children:
        os.waitpid(child, 0)
    return {int(number): what for number, what in told.items()}


def _told(where: str | Path, developer: str, runner: Runner, act: Callable[[Ledger, Runner], object]) -> str:
    try:
        with Ledger.at(where, developer=developer) as ledger:
            ledger.store = _Mortal(ledger.store, runner.dies_at)  # type: ignore[assignment]  # it passes the rest on
            act(ledger, runner)
    except RefusedError:
        return _REFUSED
    except BaseException as raised:  # noqa: BLE001 - the judge sees it
        return f"{_FAILED} {type(raised).__name__}: {raised}".replace("\n", " ")
    return _OPENED


def _kill(children: dict[int, Runner]) -> None:
    begins = time.monotonic()
    late = sorted((runner.dies_after, child) for child, runner in children.items() if runner.dies_after is not None)
    for after, child in late:
        time.sleep(max(0.0, begins + after - time.monotonic()))
        os.kill(child, signal.SIGKILL)  # a child that ended is not yet waited for, so its number is still its own


def cast(random: Random, count: int) -> list[Runner]:
    """Draw the processes of a race: a third dies at a step, a third after a while, a third lives."""
    return [
        Runner(
            number,
            dies_at=random.randrange(_POINTS) if number % 3 == 1 else None,
            dies_after=random.uniform(0, 0.002 * count) if number % 3 == 2 else None,
        )
        for number in range(count)
    ]


def open_round(where: str | Path, developer: str, random: Random, count: int) -> list[str]:
    """Race to open attempts, some of which are taken already; say what is wrong."""
    before = random.randrange(MOST)
    with Ledger.at(where, developer=developer, create=True) as ledger:
        for number in range(before):
            ledger.open(f"before {number}", by="judge")
    runners = cast(random, count)
    told = race(where, developer, runners, lambda ledger, runner: ledger.open(runner.shop, by="runner"))
    with Ledger.at(where, developer=developer) as ledger:
        attempts = ledger.attempts()
        used = ledger.standing().used
    found = [attempt.shop for attempt in attempts]
    mortal = {runner.shop for runner in runners if runner.mortal}
    wrong = [f"runner {number} {what}" for number, what in told.items() if what.startswith(_FAILED)]
    wrong += [f"{runner.shop} lived and told nothing" for runner in runners if not runner.mortal and runner.number not in told]
    wrong += [
        f"shop {number} was opened and is not there" for number, what in told.items() if what == _OPENED and f"shop {number}" not in found
    ]
    wrong += [f"{shop} is there and was refused" for shop in found if shop.startswith("shop ") and told.get(int(shop[5:])) == _REFUSED]
    wrong += [
        f"{shop} is there, lived, and did not say so"
        for shop in found
        if shop.startswith("shop ") and shop not in mortal and int(shop[5:]) not in told
    ]
    if used > MOST or sorted(attempt.ordinal for attempt in attempts) != list(range(1, len(attempts) + 1)):
        wrong.append(f"{used} are used, by {[attempt.ordinal for attempt in attempts]}")
    if _REFUSED in told.values() and used != MOST:
        wrong.append(f"one was refused though {used} are used")
    return wrong


def release_round(where: str | Path, developer: str, random: Random, count: int) -> list[str]:
    """Race to give the same attempt back; say what is wrong."""
    with Ledger.at(where, developer=developer, create=True) as ledger:
        for number in range(MOST):
            ledger.open(f"before {number}", by="judge")
    runners = cast(random, count)
    told = race(where, developer, runners, lambda ledger, runner: ledger.release(3, runner.shop, by="runner"))
    with Ledger.at(where, developer=developer) as ledger:
        (third,) = [attempt for attempt in ledger.attempts() if attempt.ordinal == 3]
        used = ledger.standing().used
    releases = [event.note for event in third.events if event.kind is Kind.RELEASED]
    winners = [f"shop {number}" for number, what in told.items() if what == _OPENED]
    wrong = [f"runner {number} {what}" for number, what in told.items() if what.startswith(_FAILED)]
    if len(winners) > 1 or len(releases) != 1 or (winners and winners != releases):
        wrong.append(f"{winners} were told that they released, and the record says {releases}")
    if used != MOST - len(releases):
        wrong.append(f"{used} are used after {len(releases)} releases")
    return wrong


def rounds(where: str | Path, *, seed: int, processes: int, count: int) -> Iterator[tuple[int, list[str]]]:
    """Run rounds, each with its own seed; every fourth is about a release."""
    for number in range(count):
        random = Random(f"{seed} {number}")
        play = release_round if number % 4 == 3 else open_round
        yield number, play(where, f"developer {seed} {number}", random, processes)


def main() -> int:
    """Race on both databases; print what is wrong, and give 1 if anything is."""
    parser = argparse.ArgumentParser(prog="python -m tests.attempts.races", description="Let processes race for the last attempts.")
    parser.add_argument("--processes", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=1000, help="on each database")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gladi-races-") as folder, running() as server:
        status = 0
        for name, where in (("SQLite", Path(folder) / "attempts.sqlite"), ("PostgreSQL", server.url())):
            begins = time.monotonic()
            for number, wrong in rounds(where, seed=asked.seed, processes=asked.processes, count=asked.rounds):
                for sentence in wrong:
                    status = 1
                    sys.stdout.write(f"{name}, round {number} of seed {asked.seed}: {sentence}\n")
            spent = time.monotonic() - begins
            sys.stdout.write(f"{name}: {asked.rounds} rounds of {asked.processes} processes in {spent:.0f} s\n")
            sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
