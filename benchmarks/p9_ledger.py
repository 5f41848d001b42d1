"""P9: an attempt opened durably, next to the least that durability costs: the same bytes appended to a file and synced.

Wall time, not CPU: what is measured is waiting for the disk. Both take turns within each round, on the same disk.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from time import perf_counter, process_time

from benchmarks.paired import spread
from benchmarks.target import Options, Result, Row
from gladi.attempts.ledger import Ledger
from gladi.attempts.sqlite import SQLite

__all__ = ["measure"]

_RESULTS = Path(__file__).parent / "results"
_EACH = 5


@dataclass(slots=True)
class _Seconds:
    opens: list[float]
    cpu: list[float]
    raw: list[float]


def measure(options: Options) -> Result:
    """Open five attempts for one developer after the other, and after each of them append as many bytes and sync them."""
    _RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_RESULTS) as folder:
        found = _measured(Path(folder), 40 if options.quick else 400)
    ratio = spread([one / other for one, other in zip(found.opens, found.raw, strict=True)])
    rows = (
        Row(
            "an open on SQLite, next to append and fdatasync",
            ratio.median,
            "x",
            1.5,
            note=f"quartiles {ratio.low:.2f}, {ratio.high:.2f}",
        ),
        Row("opens a second, on this machine", 1 / median(found.opens), "/s"),
        Row("append and fdatasync a second, on this machine", 1 / median(found.raw), "/s"),
        Row("CPU of an open, on this machine", median(found.cpu) * 1e6, "us"),
    )
    return Result("P9", "an attempt opened durably", rows, {"opens_s": found.opens, "cpu_s": found.cpu, "raw_s": found.raw})


def _measured(folder: Path, developers: int) -> _Seconds:
    """Give the means of each developer's five; the first developer warms up."""
    found = _Seconds([], [], [])
    store = SQLite(folder / "attempts.sqlite", create=True)
    file = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    line = b"{}"
    try:
        for number in range(developers + 1):
            ledger = Ledger(store, developer=f"developer {number}", host="desk")
            walls, cpus, bare = [], [], []
            for shop in range(_EACH):
                begins, cpu = perf_counter(), process_time()
                ledger.open(f"shop {shop}", by="ana")
                walls.append(perf_counter() - begins)
                cpus.append(process_time() - cpu)
                begins = perf_counter()
                os.write(file, line)
                os.fdatasync(file)
                bare.append(perf_counter() - begins)
            line = json.dumps(ledger.extract()[-1]).encode() + b"\n"
            assert ledger.standing().used == _EACH
            if number:
                found.opens.append(fmean(walls))
                found.cpu.append(fmean(cpus))
                found.raw.append(fmean(bare))
    finally:
        store.close()
        os.close(file)
    return found
