"""The matrix of rogues by scenarios and invariants, as it was last observed: `python -m tests.rogues.matrix` observes it anew.

It is kept as `examples/rogues/matrix.json` and printed into `docs/matrix.md`; tests hold a sample of it, or all of it, against
what a rogue does today.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from typing import TYPE_CHECKING

import msgspec

from tests.rogues.company import FOUR_CELLS, LONG, NAMES, ROGUES, ROOT, adapter_of, declared, play

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.rogues.company import Broken

KEPT = ROOT / "examples" / "rogues" / "matrix.json"
Matrix = dict[str, dict[str, dict[str, list[str]]]]


def kept() -> Matrix:
    """Give the matrix as it is kept: by rogue, then by scenario, what was broken in it."""
    return msgspec.json.decode(KEPT.read_bytes(), type=Matrix)


def observe(rogue: str, only: Collection[str] = ()) -> tuple[str, Broken, dict[str, str]]:
    """Play every scenario with one rogue, or `only` some; the long ones only where it declares that it fails them."""
    _, fails = declared(rogue)
    names = [name for name in NAMES if (name not in LONG or name in fails) and (not only or name in only)]
    seen = play(adapter_of(rogue), names, among=FOUR_CELLS, directly=True)
    return rogue, {name: dict(sorted(broken.items())) for name, broken in sorted(seen.broken_in.items())}, seen.faults | seen.raised


def main(words: list[str]) -> int:
    """Observe the rogues that are named, or all; keep what was seen, or with `--check` hold it against what is kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.rogues.matrix", description=__doc__)
    parser.add_argument("--check", action="store_true", help="keep nothing; fail where a rogue is not seen to do what is kept of it")
    parser.add_argument("rogues", nargs="*", metavar="ROGUE", help="a file of examples/rogues without its .py; all of them by default")
    parser.add_argument("--only", action="append", default=[], metavar="SCENARIO", help="play this scenario alone; may be given again")
    asked = parser.parse_args(words)
    before = {rogue: row for rogue, row in (kept() if KEPT.exists() else {}).items() if rogue in ROGUES}
    wanted, matrix, wrong = asked.rogues or ROGUES, dict(before), 0
    with ProcessPoolExecutor() as pool:
        for number, (rogue, seen, raised) in enumerate(pool.map(observe, wanted, repeat(asked.only)), start=1):
            rest = {name: one for name, one in before.get(rogue, {}).items() if asked.only and name not in asked.only and name in NAMES}
            broken = dict(sorted((rest | seen).items()))
            matrix[rogue] = broken
            changed = sorted(name for name in {*broken, *before.get(rogue, {})} if broken.get(name) != before.get(rogue, {}).get(name))
            wrong += bool(changed or raised)
            sys.stderr.write(f"{number} of {len(wanted)}  {rogue}: {len(broken)} scenarios broken\n")
            for text in (f"not as it is kept: {', '.join(changed)}" * bool(changed), f"raised {raised}" * bool(raised)):
                sys.stderr.write(f"    {text}\n" if text else "")
    if asked.check:
        return 1 if wrong else 0
    packed = msgspec.json.format(msgspec.json.encode({rogue: matrix[rogue] for rogue in sorted(matrix)}), indent=1)
    KEPT.write_bytes(packed + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
