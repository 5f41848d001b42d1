# noqa: INP001 - pages, not a package
"""The page on the rogues: what each breaks, and which of them fails a scenario or an invariant."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from docs.markdown import table
from gladi.judge.invariants import INVARIANTS
from gladi.play.catalogue import catalogue
from gladi.record.words import Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Matrix", "kept_matrix", "link", "matrix", "names"]

_ROGUES = Path(__file__).parents[1] / "examples" / "rogues"
_MANY = 6
"""So many names are printed in a cell; of more, their number is said."""


Matrix = dict[str, dict[str, dict[str, list[str]]]]
"""By rogue, then by scenario, what was broken in it, and the kinds of journal entries that prove it."""


def matrix() -> Iterator[str]:
    """Give the page: the rogues first, then who fails what."""
    kept = kept_matrix()
    yield (
        f"{len(kept)} systems, each wrong in one way that somebody would really be wrong in, were rehearsed with all {len(catalogue())} "
        "scenarios, in four of the nine cells of the in-flight matrix where it matters, and judged by all "
        f"{len(INVARIANTS)} invariants. What a rogue declares it breaks and what was observed are equal both "
        "ways, and each is broken for the reason it names: the kinds of journal entries behind a breach are compared too. "
        "`python -m tests.rogues.matrix` observes everything anew; tests hold a sample against it, `nox -s long` all of it."
    )
    yield "## Rogues"
    yield table(("rogue", "what is wrong with it", "fails", "breaks"), (_rogue(name, row) for name, row in kept.items()))
    yield "## Who fails a scenario"
    yield "By the scenario's own assertion; an invariant broken in it fails it as well, and is not counted here."
    for phase in Phase:
        yield f"### {phase.label}"
        yield table(
            ("scenario", "failed by"),
            (
                (f"`{one.id}`", names([name for name, row in kept.items() if "assertion" in row.get(one.id, {})]))
                for one in catalogue()
                if one.phase is phase
            ),
        )
    yield "## Who breaks an invariant"
    yield table(
        ("invariant", "broken by", "proved by"),
        (
            (
                f"`{kind.id}`",
                names([name for name, row in kept.items() if any(kind.id in broken for broken in row.values())]),
                ", ".join(sorted({proof for row in kept.values() for broken in row.values() for proof in broken.get(kind.id, ())})),
            )
            for kind in INVARIANTS
        ),
    )


def kept_matrix() -> Matrix:
    """Read what was observed; SystemExit where it was observed of other rogues than there are."""
    kept = msgspec.json.decode((_ROGUES / "matrix.json").read_bytes(), type=Matrix)
    there = {path.stem for path in _ROGUES.glob("*.py")} - {"__init__"}
    wrong = [
        f"{word} {names(sorted(ids))}"
        for word, ids in (("has no row for", there - kept.keys()), ("has a row for", kept.keys() - there))
        if ids
    ]
    if wrong:
        raise SystemExit(
            f"matrix.json {' and '.join(wrong)}, so it is not about the rogues in examples/rogues; run `python -m tests.rogues.matrix`"
        )
    return kept


def _rogue(name: str, row: dict[str, dict[str, list[str]]]) -> tuple[str, str, str, str]:
    told = ast.get_docstring(ast.parse((_ROGUES / f"{name}.py").read_text(encoding="utf-8"))) or ""
    breaks = sorted({thing for broken in row.values() for thing in broken} - {"assertion"})
    fails = [scenario for scenario, broken in row.items() if "assertion" in broken]
    return link(name), told.partition("\n")[0], names(fails) or "no assertion", names(breaks) or "none"


def link(rogue: str) -> str:
    """Give the name of a rogue, leading to its file."""
    return f"[`{rogue}`](../examples/rogues/{rogue}.py)"


def names(ids: list[str], *, many: int = _MANY) -> str:
    """Give names for a cell: `many` of them, and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in ids[:many])
    return f"{shown} and {len(ids) - many} more" if len(ids) > many else shown
