"""Whether a search finds the rogues of the gallery, and after how many plays: `python -m tests.rogues.gallery` searches anew.

It is kept as `examples/rogues/gallery.json` and printed into `docs/gallery.md`; tests search a sample again, `nox -s long` all.

1. The search is the one of `pytest --rehearse-search` with its defaults and a fixed seed, up to what breaks first.
2. Hypothesis draws some numbers out of the source of whatever modules are imported. Here it does not: any edit would change them.
"""

from __future__ import annotations

import argparse
import logging
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

import msgspec
from hypothesis.internal.constants_ast import Constants

from examples.rogues import GALLERY
from gladi.play.exploring.exploration import Exploration
from gladi.play.exploring.search import EXAMPLES, STEPS
from gladi.record.words import TroubleLevel
from gladi.sandbox.merge import EVERY_CELL
from tests.rogues.company import ROOT
from tests.rogues.shortcut import shortcut
from tests.search.ground import rogue as ground_of

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = ROOT / "examples" / "rogues" / "gallery.json"
HUNG = sorted({rogue for _, rogue in GALLERY})
"""The rogues that hang in the gallery."""
SEED = 0


class Sought(msgspec.Struct, frozen=True):
    """What a search over one rogue came to: what it found broken, in its how many-th play; neither where it found nothing."""

    broke: str | None = None
    play: int | None = None


class Kept(msgspec.Struct, frozen=True):
    """All searches: so many plays of so many steps at most, under this trouble, and what each came to."""

    plays: int
    steps: int
    trouble: TroubleLevel
    rogues: dict[str, Sought]


def kept() -> Kept:
    """Give the searches as they are kept."""
    return msgspec.json.decode(KEPT.read_bytes(), type=Kept)


def search(rogue: str) -> Sought:
    """Search over one rogue until something breaks, or the search is over."""
    logging.getLogger("careful").setLevel(logging.CRITICAL)  # what it meets is told by the journal
    exploration = Exploration(ground_of(rogue), trouble=TroubleLevel.NORMAL, cells=EVERY_CELL, seed=0)
    with shortcut(), _undisturbed():
        exploration.run(examples=EXAMPLES, steps=STEPS, drawn_from=SEED, keeps=False)
    if exploration.found is None:
        return Sought()
    return Sought(exploration.found.about, exploration.plays + 1)


@contextmanager
def _undisturbed() -> Iterator[None]:
    with patch("hypothesis.internal.conjecture.providers._get_local_constants", Constants):
        yield


def main(words: list[str]) -> int:
    """Search over the rogues that are named, or all; keep what was found, or with `--check` hold it against what is kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.rogues.gallery", description=__doc__)
    parser.add_argument("--check", action="store_true", help="keep nothing; fail where a search does not come to what is kept of it")
    parser.add_argument("rogues", nargs="*", metavar="ROGUE", help="one of the gallery; all of them by default")
    asked = parser.parse_args(words)
    if strangers := sorted(set(asked.rogues) - set(HUNG)):
        parser.error(f"{', '.join(strangers)} does not hang in the gallery; write some of {', '.join(HUNG)}")
    before = kept().rogues if KEPT.exists() else {}
    found, wrong = {rogue: before[rogue] for rogue in HUNG if rogue in before}, 0
    wanted = asked.rogues or HUNG
    with ProcessPoolExecutor() as pool:
        for number, (rogue, sought) in enumerate(zip(wanted, pool.map(search, wanted), strict=True), start=1):
            changed = sought != before.get(rogue)
            wrong += changed
            found[rogue] = sought
            what = f"{sought.broke} in play {sought.play}" if sought.broke else f"nothing in {EXAMPLES} plays"
            sys.stderr.write(f"{number} of {len(wanted)}  {rogue}: {what}{', not as it is kept' * changed}\n")
    if asked.check:
        return 1 if wrong else 0
    all_of_it = Kept(EXAMPLES, STEPS, TroubleLevel.NORMAL, {rogue: found[rogue] for rogue in HUNG if rogue in found})
    KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(all_of_it), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
