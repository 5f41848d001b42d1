"""P7: a rule machine over the sandbox with every invariant watching, next to the same machine over nothing; and what judging costs."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from time import process_time
from typing import TYPE_CHECKING, ClassVar

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from benchmarks.caller import Caller
from benchmarks.paired import Contender, Pace, Run, paired
from benchmarks.target import Options, Result, Row
from gladi.judge.bench import Bench
from gladi.platforms.journalled import journalled
from gladi.play.adapter import load
from gladi.play.exploring.exploration import Exploration
from gladi.play.exploring.opening import Ground
from gladi.record.journal import Call
from gladi.record.wire import Host
from gladi.record.words import Face, Platform, TroubleLevel
from gladi.sandbox.merge import EVERY_CELL
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry
    from gladi.record.wire import Answers, Request

__all__ = ["measure"]

_STEPS = 50
_SIZES = (1_000, 10_000, 100_000)
_FED = 1_000


class Machine(RuleBasedStateMachine):
    """Three rules, each drawn a number, that do something or nothing."""

    does: ClassVar[bool] = False

    def __init__(self) -> None:
        """Open a fresh world where there is one."""
        super().__init__()
        if self.does:
            self.sandbox, self.platform, self.polls = _opened()

    @rule(on=st.sampled_from(Platform))
    def a_buyer_orders(self, on: Platform) -> None:
        """Place an order and pay it."""
        if self.does:
            self.sandbox.world.place_order("shop-1", on=on)

    @rule(times=st.integers(1, 3))
    def the_system_asks(self, times: int) -> None:
        """Ask Get Shop Info, without any HTTP."""
        for _ in range(times if self.does else 0):
            self.platform(self.polls)

    @rule(minutes=st.integers(1, 55))
    def time_passes(self, minutes: int) -> None:
        """Let minutes pass."""
        if self.does:
            self.sandbox.clock.leap(self.sandbox.clock.now + minutes * 60_000)


class Playing(Machine):
    """The same over the sandbox, with every invariant watching."""

    does = True


def _opened() -> tuple[Sandbox, Answers, Request]:
    sandbox = Sandbox(settings=Settings(tokopedia_rate=100_000))
    Bench(sandbox.journal)
    platform = journalled(sandbox, sandbox.journal)
    return sandbox, platform, Caller(sandbox, platform).polls().request(Host.TOKOPEDIA_API, sandbox.clock.now)


def _machine(kind: type[Machine]) -> Contender:
    @contextmanager
    def contender() -> Iterator[Run]:
        def run(plays: int) -> None:
            drawn = settings(
                max_examples=plays,
                stateful_step_count=_STEPS,
                derandomize=True,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                verbosity=Verbosity.quiet,
                suppress_health_check=list(HealthCheck),
            )
            run_state_machine_as_test(kind, settings=drawn)

        yield run

    return contender


def _judging(size: int) -> float:
    """Give the microseconds that all judges together take for an entry behind a journal of `size` entries."""
    sandbox, platform, polls = _opened()
    bench = Bench(sandbox.journal)
    platform(polls)
    poll = next(entry for entry in reversed(sandbox.journal.entries) if isinstance(entry, Call))
    _feed(bench, poll, size)
    began = process_time()
    _feed(bench, poll, _FED)
    return (process_time() - began) / _FED * 1e6


def _feed(bench: Bench, entry: Entry, times: int) -> None:
    for _ in range(times):
        bench.sees(entry)


def _search(plays: int) -> tuple[float, int]:
    """Search over the careful system in process; give steps a second of CPU and the steps taken."""
    logging.disable(logging.CRITICAL)
    ground = Ground(load("examples.careful:Careful"), Settings(), Face.INPROCESS)
    exploration = Exploration(ground, trouble=TroubleLevel.NORMAL, cells=EVERY_CELL, seed=0)
    began = process_time()
    exploration.run(examples=plays, steps=12, drawn_from=0, keeps=False)
    return exploration.steps / (process_time() - began), exploration.steps


def measure(options: Options) -> Result:
    """Measure both machines in turns, then the judges, then a whole search."""
    rounds = paired({"empty": _machine(Machine), "playing": _machine(Playing)}, Pace(5 if options.quick else 21, 10, 2))
    playing = rounds.ratio(("playing",), ("empty",))
    judging = [min(_judging(size) for _ in range(3)) for size in _SIZES]
    speed, taken = _search(5 if options.quick else 30)
    rows = (
        Row(
            "a machine of three rules over the sandbox, judged, next to the same over nothing", playing.median, bound=1.2, note=str(playing)
        ),
        Row(f"judging an entry behind {_SIZES[-1]:,} next to behind {_SIZES[0]:,}", judging[-1] / judging[0], bound=1.2),
        Row("all judges together, an entry, on this machine", judging[0], unit="us"),
        Row("a step of the empty machine, on this machine", rounds.microseconds("empty") / _STEPS, unit="us"),
        Row(
            "a search over the careful example in process, on this machine",
            speed,
            unit="steps/s",
            note=f"{taken} steps; its polling is in it",
        ),
    )
    return Result("P7", "a search", rows, {"seconds": dict(rounds.seconds), "judging": dict(zip(map(str, _SIZES), judging, strict=True))})
