"""Verdicts made by hand, for what reads them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from gladi.attempts.doubts import Catalogue
from gladi.cli.verdicts import installed
from gladi.judge.bench import Outcome
from gladi.judge.verdict import ScenarioResult, Verdict, conclude

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CATALOGUE = Catalogue("0.1.0", "0", frozenset())
"""A catalogue over which any of these verdicts is whole, but for those of `whole`."""
JOURNAL = b'{"journal":1,"seed":0}\n{"kind":"deed","n":1}\n'


def summed(name: str, content: bytes = JOURNAL) -> str:
    """Give what a verdict says of a journal."""
    return f"{sha256(content).hexdigest()}  {name}"


def result(name: str, outcome: Outcome = Outcome.UPHELD, **more: Any) -> ScenarioResult:
    """Make what is said of a scenario whose journal is `JOURNAL`."""
    said: dict[str, Any] = {"id": name, "title": name, "phase": "post_merge", "platform": "", "process": "", "rehearses": ()}
    return ScenarioResult(**said | {"outcome": outcome, "journals": (summed(f"{name}.jsonl"),)} | more)


def verdict(*results: ScenarioResult, **more: Any) -> Verdict:
    """Make a verdict of a clean rehearsal of version 7.1 that says what its scenarios say."""
    said: dict[str, Any] = {
        "verdict": conclude(results),
        "gladi": "0.1.0",
        "target": "sandbox",
        "face": "inprocess",
        "seed": 0,
        "strict": False,
        "in_flight": "every",
        "system": {"adapter": "a:B", "version": "7.1", "capabilities": [], "commit": {"id": COMMIT, "dirty": False, "root": "."}},
        "commit": {"id": COMMIT, "dirty": False},
        "catalogue": "0",
        "scenarios": results,
        "finished_at": "2026-01-02T03:04:05+00:00",
    }
    return Verdict(**said | more)


def whole(*results: ScenarioResult, **more: Any) -> Verdict:
    """Make a verdict over the catalogue of the Gladi that runs, in which all that is not given is upheld."""
    catalogue = installed()
    rest = [result(name) for name in sorted(catalogue.scenarios - {one.id for one in results})]
    return verdict(*results, *rest, **{"gladi": catalogue.gladi, "catalogue": catalogue.digest} | more)
