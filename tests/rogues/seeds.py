"""The careful system under many seeds: `python -m tests.rogues.seeds [--seeds N]`, which `nox -s long` runs.

Each seed is another seller, another merge and another day. Playing all scenarios in all nine cells over both faces with 200 seeds
takes some eight hours; so each seed plays the scenarios about orders in flight, in the cell whose turn it is, and a tenth of the
others; every fourth seed does so over real HTTP. In nine seeds every cell has had its turn, in ten every scenario.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

from gladi.play.adapter import load
from gladi.play.catalogue import catalogue
from gladi.record.words import Face
from gladi.sandbox.merge import InFlight
from tests.rogues.company import LONG, ROOT, Seen, play

_EVERY_TENTH = 10
_EVERY_FOURTH = 4


def of_seed(seed: int) -> tuple[int, Seen]:
    """Play what is this seed's to play."""
    cells = InFlight.cells()
    in_flight = [one.id for one in catalogue() if len(one.cells) > 1]
    others = [one.id for one in catalogue() if len(one.cells) <= 1 and one.id not in LONG]
    names = in_flight + others[seed % _EVERY_TENTH :: _EVERY_TENTH]
    face = Face.INPROCESS if seed % _EVERY_FOURTH else Face.SERVED
    seen = play(
        load("examples.careful:Careful", root=ROOT),
        names,
        seed=seed,
        face=face,
        among=[cells[seed % len(cells)]],
        directly=face is Face.INPROCESS,
    )
    seen.journals.clear()  # nobody reads them where they would have to be carried to
    return seed, seen


def main(words: list[str]) -> int:
    """Play, say every ten seeds how far it is, and name what did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.rogues.seeds", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many, from 0 (default: %(default)s)")
    wanted: int = parser.parse_args(words).seeds
    plays, failed = 0, 0
    with ProcessPoolExecutor() as pool:
        for number, (seed, seen) in enumerate(pool.map(of_seed, range(wanted)), start=1):
            plays += seen.plays
            wrong = {"broken": seen.broken_in, "raised": seen.raised, "faults": seen.faults}
            if any(wrong.values()):
                failed += 1
                sys.stdout.write(f"seed {seed}: {', '.join(f'{word} {what}' for word, what in wrong.items() if what)}\n")
            if number % 10 == 0 or number == wanted:
                sys.stdout.write(f"{number} of {wanted} seeds, {plays} plays, {failed} seeds with something broken\n")
                sys.stdout.flush()
    return 1 if failed or not plays else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
