"""The matrix of rogues by scenarios and invariants, as it was last observed: `python -m tests.rogues.matrix` observes it anew.

It is kept as `examples/rogues/matrix.json` and printed into `docs/matrix.md`; tests hold a sample of it, or all of it, against
what a rogue does today.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import msgspec

from tests.rogues.company import LONG, NAMES, ROGUES, ROOT, adapter_of, declared, play

if TYPE_CHECKING:
    from tests.rogues.company import Broken

KEPT = ROOT / "examples" / "rogues" / "matrix.json"
Matrix = dict[str, dict[str, dict[str, list[str]]]]


def kept() -> Matrix:
    """Give the matrix as it is kept: by rogue, then by scenario, what was broken in it."""
    return msgspec.json.decode(KEPT.read_bytes(), type=Matrix)


def observe(rogue: str) -> tuple[str, Broken, dict[str, str]]:
    """Play every scenario with one rogue; the long ones only where it declares that it fails them."""
    _, fails = declared(rogue)
    seen = play(adapter_of(rogue), [name for name in NAMES if name not in LONG or name in fails])
    return rogue, {name: dict(sorted(broken.items())) for name, broken in sorted(seen.broken_in.items())}, seen.faults | seen.raised


def main(words: list[str]) -> int:
    """Observe the rogues that are named, or all, and keep what was seen."""
    matrix = {rogue: row for rogue, row in (kept() if KEPT.exists() else {}).items() if rogue in ROGUES}
    wanted = words or ROGUES
    with ProcessPoolExecutor() as pool:
        for number, (rogue, broken, raised) in enumerate(pool.map(observe, wanted), start=1):
            matrix[rogue] = broken
            sys.stderr.write(
                f"{number} of {len(wanted)}  {rogue}: {len(broken)} scenarios broken{f', RAISED {raised}' if raised else ''}\n"
            )
    text = msgspec.json.format(msgspec.json.encode({rogue: matrix[rogue] for rogue in sorted(matrix)}), indent=1)
    KEPT.write_bytes(text + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
