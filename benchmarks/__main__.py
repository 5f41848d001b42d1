"""`python -m benchmarks [--quick] [--peers FOLDER] [P1 P2 ...]` measures, prints the table, and writes the raw numbers as JSON."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from benchmarks.target import Options, Result, table

if TYPE_CHECKING:
    from collections.abc import Callable

_TARGETS = {
    "P1": "p1_inprocess",
    "P2": "p2_transport",
    "P3": "p3_served",
    "P4": "p4_rehearsal",
    "P5": "p5_polling",
    "P6": "p6_size",
    "P7": "p7_search",
    "P8": "p8_startup",
    "P9": "p9_ledger",
    "P9-INBOX": "p9_inbox",
    "P10": "p10_replay",
}
_RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure what was asked for, one target after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure Gladi next to the floor and next to its peers.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"any of {', '.join(_TARGETS)}; all of them by default")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and 50,000 requests in P3 instead of 1,000,000")
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER", help="a throw-away folder for the peers; what is missing there is installed"
    )
    asked = parser.parse_args()
    targets = [name.upper() for name in asked.targets] or list(_TARGETS)
    unknown = [name for name in targets if name not in _TARGETS]
    if unknown:
        parser.error(f"{', '.join(unknown)} is no target here; write any of {', '.join(_TARGETS)}")
    options = Options(quick=asked.quick, peers=asked.peers.resolve() if asked.peers else None)
    print(table(_measured(name, options) for name in targets))


def _measured(name: str, options: Options) -> Result:
    print(f"{name} ...", file=sys.stderr, flush=True)
    module = _TARGETS[name]
    measure: Callable[[Options], Result] = import_module(f"benchmarks.{module}").measure
    result = measure(options)
    _RESULTS.mkdir(exist_ok=True)
    written = msgspec.json.encode(result.as_json() | {"quick": options.quick, "python": sys.version.split()[0]})
    (_RESULTS / f"{module}.json").write_bytes(msgspec.json.format(written, indent=2))
    return result


main()
