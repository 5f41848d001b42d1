# noqa: INP001 - pages, not a package
"""The page on the gallery: the bugs that a migration is known for, and what catches each of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.markdown import table
from docs.rogues import kept_matrix, link, names
from examples.rogues import GALLERY
from gladi.judge.invariants import INVARIANTS
from gladi.record.words import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["gallery"]

_KEPT = Path(__file__).parents[1] / "examples" / "rogues" / "gallery.json"
_MANY = 3
"""So many scenarios are printed in a cell."""
_WARNING = {kind.id for kind in INVARIANTS if kind.level is Level.WARNING}
"""What fails nothing but a strict run, so that no search stops at it."""


def gallery() -> Iterator[str]:
    """Give the page: a row for each bug and each rogue that has it."""
    matrix, kept = kept_matrix(), _kept()
    searches = kept["rogues"]
    found = [rogue for rogue, sought in searches.items() if sought["broke"]]
    yield (
        f"{len({bug for bug, _ in GALLERY})} bugs that somebody really makes in this migration, planted one at a time into a system that "
        "is otherwise careful, and what catches each. Scenarios and invariants are those of [the matrix](matrix.md), where every rogue "
        "stands; a scenario is named where its own assertion fails, or else where an invariant is broken in it."
    )
    yield (
        f"[The search](search.md) was let loose on each with its defaults, {kept['plays']} plays of {kept['steps']} steps under "
        f"*{kept['trouble']}* trouble, and a fixed seed: of {len(searches)} rogues it finds {len(found)} by itself. It says what broke "
        "first, which may be another rule than a scenario would name. It judges by invariants alone, so a bug of which none speaks is "
        "a matter for scenarios. `python -m tests.rogues.gallery` searches anew; tests hold a sample against it, `nox -s long` all."
    )
    yield table(
        ("the bug", "the rogue", "scenarios", "invariants", "the search"),
        ((bug, link(rogue), *_caught(matrix[rogue]), _sought(searches[rogue], kept["plays"], matrix[rogue])) for bug, rogue in GALLERY),
    )


def _caught(row: dict[str, dict[str, list[str]]]) -> tuple[str, str]:
    failed = [scenario for scenario, broken in row.items() if "assertion" in broken]
    return names(failed or list(row), many=_MANY), names(_invariants(row)) or "none"


def _sought(sought: dict[str, Any], plays: int, row: dict[str, dict[str, list[str]]]) -> str:
    if sought["broke"]:
        return f"`{sought['broke']}`, in play {sought['play']}"
    rules = set(_invariants(row))
    why = "" if rules - _WARNING else ": the invariant only warns" if rules else ": no invariant speaks of it"
    return f"not by the search, within {plays} plays{why}"


def _invariants(row: dict[str, dict[str, list[str]]]) -> list[str]:
    return sorted({thing for broken in row.values() for thing in broken} - {"assertion"})


def _kept() -> dict[str, Any]:
    """Read what was found; SystemExit where it was found in other rogues than hang here."""
    kept: dict[str, Any] = json.loads(_KEPT.read_text(encoding="utf-8"))
    hung = {rogue for _, rogue in GALLERY}
    if strangers := sorted(hung ^ kept["rogues"].keys()):
        raise SystemExit(
            f"gallery.json is not about the rogues of the gallery: {names(strangers)} stand in one of the two alone; "
            "run `python -m tests.rogues.gallery`"
        )
    return kept
