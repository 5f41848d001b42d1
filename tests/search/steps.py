"""Ten thousand steps over each careful system at each level of trouble: `python -m tests.search.steps [--steps N] [--over SPEC]`.

`nox -s long` runs it. No search may find anything broken, or miss what it must meet, or try what the world does not allow.
"""

from __future__ import annotations

import argparse
import logging
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product

from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.exploring.search import Searched, explore
from gladi.record.words import TroubleLevel
from tests.rogues.company import ROOT
from tests.search.ground import ground

_OVER = ("examples.careful:Careful", "examples.evented:Evented")
_STEPS = 12
_AT_ONCE = 50
"""Plays of one search; each search begins with another seed, so that a breach is found again by a small one."""


def over(spec: str, level: TroubleLevel, steps: int) -> list[tuple[int, Searched]]:
    """Search until so many steps were taken, or something was found; give each search with its seed."""
    logging.disable(logging.CRITICAL)  # what it meets is told by the journal
    found: list[tuple[int, Searched]] = []
    while sum(one.steps for _, one in found) < steps:
        seed = len(found)
        one = explore(ground(load(spec, root=ROOT)), examples=_AT_ONCE, steps=_STEPS, trouble=level, seed=seed, sandbox_seed=seed)
        found.append((seed, one))
        if one.outcome is not Outcome.UPHELD:
            break
    return found


def main() -> int:
    """Search, print what was found, and say whether nothing was."""
    parser = argparse.ArgumentParser(prog="python -m tests.search.steps", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000, help="how many steps over each system at each level")
    parser.add_argument("--over", action="append", help="an adapter as module:name; by default both careful systems")
    parser.add_argument("--trouble", action="append", choices=list(TroubleLevel), help="a level; by default all three")
    asked = parser.parse_args()
    cases = list(product(asked.over or _OVER, [TroubleLevel(one) for one in asked.trouble or TroubleLevel]))
    failed = False
    with ProcessPoolExecutor() as pool:
        for (spec, level), found in zip(cases, pool.map(over, *zip(*cases, strict=True), [asked.steps] * len(cases)), strict=True):
            last = found[-1][1]
            _says(f"{spec}, trouble {level}: {sum(one.steps for _, one in found)} steps, {last.outcome}")
            if last.outcome is not Outcome.UPHELD:
                failed = True
                _says(f"  seed {found[-1][0]}: {last.why}\n{last.story}\n{last.script}")
    return int(failed)


def _says(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
