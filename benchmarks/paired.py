"""Measuring: contenders take turns within each round, and what counts is the median of the rounds' ratios.

1. CPU time of this process, never wall time: another process on the machine must not decide.
2. What a contender needs is opened and closed outside the measured stretch, and a few calls warm it up.
3. The garbage collector runs between the stretches and never within one.
4. The standard library alone is imported, so that a peer in an environment of its own is measured by the same lines.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import fmean, median, quantiles
from time import process_time

__all__ = ["Contender", "Pace", "Ratio", "Rounds", "Run", "paired", "spread"]

Run = Callable[[int], object]
"""Makes so many calls."""
Contender = Callable[[], AbstractContextManager[Run]]
"""Opens what a contender needs and gives what makes its calls."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often is measured: rounds, calls in each stretch, calls before it."""

    rounds: int
    calls: int
    warm_up: int = 20


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of the rounds' ratios, and the quartiles on both sides of it."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.3f} ({self.low:.3f} to {self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds of CPU a call, by contender, a number for each round."""

    seconds: Mapping[str, list[float]]

    def mean(self, *names: str) -> list[float]:
        """Give the mean of some contenders, round by round."""
        return [fmean(one) for one in zip(*(self.seconds[name] for name in names), strict=True)]

    def ratio(self, names: tuple[str, ...], to: tuple[str, ...]) -> Ratio:
        """Give the mean ratio of contenders to others, each to the one in its own place, within each round."""
        pairs = [[a / b for a, b in zip(self.seconds[one], self.seconds[other], strict=True)] for one, other in zip(names, to, strict=True)]
        return spread([fmean(of_round) for of_round in zip(*pairs, strict=True)])

    def microseconds(self, *names: str) -> float:
        """Give the median CPU time of a call, for orientation on the machine of the run."""
        return median(self.mean(*names)) * 1e6


def spread(ratios: list[float]) -> Ratio:
    """Sum up the rounds' ratios."""
    low, middle, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return Ratio(middle, low, high)


def paired(contenders: Mapping[str, Contender], pace: Pace) -> Rounds:
    """Measure: in every other round the order is turned round, so that nobody always comes first."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(pace.rounds + 1):
        for name in names if number % 2 else reversed(names):
            with contenders[name]() as run:
                taken = _stretch(run, pace)
            if number:  # the first round warms everything up
                seconds[name].append(taken / pace.calls)
    return Rounds(seconds)


def _stretch(run: Run, pace: Pace) -> float:
    run(pace.warm_up)
    gc.collect()
    gc.disable()
    try:
        begins = process_time()
        run(pace.calls)
        return process_time() - begins
    finally:
        gc.enable()
