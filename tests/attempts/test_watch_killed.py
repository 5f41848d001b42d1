"""A watch over real sockets, killed ten times during one merge and begun again: nothing is lost, out of order, or asked too often."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx

from gladi.attempts.events import Kind
from gladi.attempts.watching.state import State
from tests.attempts.practice import Practice

if TYPE_CHECKING:
    from pathlib import Path

FIVE_MINUTES = 300_000


def test_a_watch_that_is_killed_ten_times_during_one_merge_loses_nothing(tmp_path: Path) -> None:
    with Practice(tmp_path) as practice:
        practice.begins()
        practice.registers()
        practice.room.deed("link_shops", {})
        for number in range(10):
            confirmed = practice.sends(number)
            assert confirmed
            practice.deadly_poll = number in (1, 7)
            practice.passes(6 if number % 2 else 2)
            if number in (1, 7):  # in a poll, before it is answered
                assert practice.watch is not None
                practice.watch.wait(30)
            if number % 3 == 2:  # in the midst of handing one on
                practice.waits_for(number)
                practice.receiver.deadly = True
                with suppress(httpx.HTTPError):
                    practice.sends(100 + number)
                assert practice.watch is not None
                practice.watch.wait(30)
            practice.dies()
            practice.begins()
        practice.passes(30)
        practice.hears("the ids agree")
        assert practice.watch is not None
        practice.watch.send_signal(signal.SIGINT)
        rest, _ = practice.watch.communicate(timeout=30)
        status = practice.watch.returncode
        with practice.ledger() as ledger:
            (attempt,) = ledger.attempts()

    handed = [number_of(body) for body in practice.receiver.bodies]
    once = list(dict.fromkeys(handed))
    assert [number for number in once if number < 100] == list(range(10))
    assert {102, 105, 108} <= set(once), "what was handed on while the watch was killed came again"
    assert [number for number, _ in groups(handed)] == once, "a delivery came again after a later one"
    assert sum(b'"merge"' in body for body in practice.receiver.bodies) >= 1
    assert min(after - before for before, after in pairwise(practice.polls())) >= FIVE_MINUTES
    assert attempt.state is Kind.MERGED
    assert (status, "stage merged" in rest) == (0, True)
    assert "now rehearse after the merge: pytest --rehearse --rehearse-target live" in "".join(practice.said) + rest


KILLED_BEFORE_A_COMMIT = """
import os, signal, sys
from pathlib import Path
from gladi.attempts.watching.arrival import Arrival, Signed
from gladi.attempts.watching.state import State
state = State(Path(sys.argv[1]), shop="1", now=1)
state.takes([Arrival(1, "/", {}, b"confirmed", Signed.RIGHTLY)])
state._connection.set_trace_callback(lambda statement: os.kill(os.getpid(), signal.SIGKILL) if statement == "COMMIT" else None)
state.takes([Arrival(2, "/", {}, b"not confirmed", Signed.RIGHTLY)] * 100)
"""


def test_a_watch_that_is_killed_before_a_commit_keeps_what_it_confirmed_and_nothing_by_half(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED_BEFORE_A_COMMIT, str(tmp_path / "watch.sqlite")]

    killed = subprocess.run(command, check=False, capture_output=True, timeout=60)

    with State(tmp_path / "watch.sqlite", shop="1", now=2) as state:
        kept = state.next()
        assert kept is not None
        assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, b"")
        assert (kept.body, state.counts().deliveries) == (b"confirmed", 1)


def number_of(body: bytes) -> int:
    told: dict[str, Any] = json.loads(body)
    return int(told.get("number", 555))


def groups(handed: list[int]) -> list[tuple[int, int]]:
    """Count what came several times in a row."""
    found: list[tuple[int, int]] = []
    for number in handed:
        if found and found[-1][0] == number:
            found[-1] = (number, found[-1][1] + 1)
        else:
            found.append((number, 1))
    return found
