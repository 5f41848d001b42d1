"""Ten thousand steps over each careful system at each level of trouble: `python -m tests.search.steps`.

`nox -s long` runs it; `--help` says how to search less, or to go on at another seed.
No search may find anything broken, or miss what it must meet, or try what the world does not allow.
"""

from __future__ import annotations

import argparse
import logging
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count, islice, product, repeat
from os import cpu_count
from typing import TYPE_CHECKING

from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.exploring.search import Searched, explore
from gladi.record.words import TroubleLevel
from tests.rogues.company import ROOT
from tests.search.ground import ground

if TYPE_CHECKING:
    from collections.abc import Iterator

_OVER = ("examples.careful:Careful", "examples.evented:Evented")
_STEPS = 12
_AT_ONCE = 50
"""Plays of one search; each search begins with another seed, so that a breach is found again by a small one."""


def one(spec: str, level: TroubleLevel, seed: int) -> Searched:
    """Search once, in a process of its own; what broke is told in words, for the play itself cannot leave the process."""
    logging.disable(logging.CRITICAL)  # what it meets is told by the journal
    system = ground(load(spec, root=ROOT))
    return replace(explore(system, examples=_AT_ONCE, steps=_STEPS, trouble=level, seed=seed, sandbox_seed=seed), broken=None)


def over(pool: ProcessPoolExecutor, spec: str, level: TroubleLevel, steps: int, seeds: Iterator[int]) -> bool:
    """Search until so many steps were taken, or something was found; say how it goes, and give whether nothing was found."""
    taken = 0
    while taken < steps:
        wave = list(islice(seeds, cpu_count() or 1))
        for seed, found in zip(wave, pool.map(one, repeat(spec), repeat(level), wave), strict=False):
            taken += found.steps
            _says(f"{spec}, trouble {level}, seed {seed}: {found.steps} steps, {found.outcome}; {taken} of {steps}")
            if found.outcome is not Outcome.UPHELD:
                _says(f"{found.why}\n{found.story}\n{found.script}")
                return False
    return True


def main() -> int:
    """Search, print how it goes and what was found, and say whether nothing was."""
    parser = argparse.ArgumentParser(prog="python -m tests.search.steps", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000, help="how many steps over each system at each level")
    parser.add_argument("--over", action="append", help="an adapter as module:name; by default both careful systems")
    parser.add_argument("--trouble", action="append", choices=list(TroubleLevel), help="a level; by default all three")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first search; the others follow it")
    asked = parser.parse_args()
    levels = [TroubleLevel(level) for level in asked.trouble or TroubleLevel]
    with ProcessPoolExecutor() as pool:
        held = [over(pool, spec, level, asked.steps, count(asked.seed)) for spec, level in product(asked.over or _OVER, levels)]
    return int(not all(held))


def _says(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
