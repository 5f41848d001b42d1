"""What is said of a scenario over all its plays, above all over the cells of the in-flight matrix, as one result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.judge.bench import Outcome
from gladi.record.journal import Deed, Fact, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gladi.judge.verdict import ScenarioResult
    from gladi.record.journal import Entry

__all__ = ["caught", "drawn", "together"]

_GRAVITY = (Outcome.UPHELD, Outcome.NOT_REHEARSED, Outcome.FAULT, Outcome.BROKEN)
_IN_A_CELL = (Outcome.NOT_REHEARSED, Outcome.UPHELD, Outcome.FAULT, Outcome.BROKEN)
"""In a cell a play that did not come about says nothing against one that did: it was played in another cell."""
_FAILS = (Outcome.BROKEN, Outcome.FAULT)


def together(plays: Sequence[ScenarioResult]) -> ScenarioResult:
    """Make one result of the plays of one scenario: the worst of them, with all that was found; its `why` names the cells.

    Those are named in which it fails, or else those in which it was left out while it was upheld in others.

    A scenario is played more than once where it has parameters, or several cells of the in-flight matrix.
    """
    worst = max(plays, key=lambda one: _GRAVITY.index(one.outcome))
    cells = {cell: max((play.cells[cell] for play in plays), key=_IN_A_CELL.index) for cell in worst.cells}
    return msgspec.structs.replace(
        worst,
        cells=cells,
        why=_why(worst, plays, cells),
        asserted=all(play.asserted for play in plays),
        invariants=tuple(one for play in plays for one in play.invariants),
        findings=tuple(dict.fromkeys(one for play in plays for one in play.findings)),
        assumptions=tuple(sorted({one for play in plays for one in play.assumptions})),
        ids=_once(row for play in plays for row in play.ids),
        journals=tuple(dict.fromkeys(one for play in plays for one in play.journals)),
        reruns=sum(play.reruns for play in plays),
    )


def _once(rows: Iterable[dict[str, str]]) -> tuple[dict[str, str], ...]:
    found: list[dict[str, str]] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return tuple(found)


def _why(worst: ScenarioResult, plays: Sequence[ScenarioResult], cells: Mapping[str, Outcome]) -> str:
    if len(cells) > 1 and worst.outcome in _FAILS:
        return _in_cells(worst, plays, cells)
    if worst.outcome is Outcome.NOT_REHEARSED and Outcome.UPHELD in cells.values():
        # Its own words stay the first: by them a run knows what it was that left a play out.
        left = [cell for cell, outcome in cells.items() if outcome is Outcome.NOT_REHEARSED]
        return f"{worst.why} (in {len(left)} of {len(cells)} cells of the in-flight matrix: {', '.join(left)})"
    return worst.why


def _in_cells(worst: ScenarioResult, plays: Sequence[ScenarioResult], cells: Mapping[str, Outcome]) -> str:
    """Say in one sentence in which cells it fails and why there: `in 2 of 9 cells of the in-flight matrix (...): ...`."""
    where: dict[str, list[str]] = {}
    for play in plays:
        if play.outcome is worst.outcome:
            where.setdefault(play.why, []).extend(cell for cell, outcome in play.cells.items() if outcome in _FAILS)
    played = sum(outcome is not Outcome.NOT_REHEARSED for outcome in cells.values())
    reasons = [f"({', '.join(dict.fromkeys(names))}): {why.rstrip('.')}" for why, names in where.items()]
    counts = [len(set(names)) for names in where.values()]
    of = "cell" if played == 1 else "cells"
    first = f"in {counts[0]} of {played} {of} of the in-flight matrix {reasons[0]}"
    return "; ".join((first, *(f"in {count} {reason}" for count, reason in zip(counts[1:], reasons[1:], strict=True)))) + "."


def caught(entries: Iterable[Entry]) -> list[str]:
    """Name the orders that people dealt with and a merge caught in flight: what becomes of them hangs on the cell of the matrix."""
    entries = list(entries)
    touched = {entry.order for entry in entries if isinstance(entry, Deed)}
    facts = (entry for entry in entries if isinstance(entry, Fact) and entry.what == What.ORDER_CAUGHT)
    return [fact.order for fact in facts if fact.order is not None and fact.order in touched]


def drawn(cells: Mapping[str, Outcome]) -> list[str]:
    """Draw the matrix: a row for each place where an order in flight is visible, a column for each where it is actionable.

    `cells` maps `visible/actionable` to what is said there; a cell that is not in it stays empty.
    """
    rows = dict.fromkeys(cell.partition("/")[0] for cell in cells)
    columns = dict.fromkeys(cell.partition("/")[2] for cell in cells)
    lines = [("", *(f"actionable on {column}" for column in columns))]
    lines += [(f"visible on {row}", *(cells.get(f"{row}/{column}", "") for column in columns)) for row in rows]
    return ["".join(f"{word:<22}" for word in line).rstrip() for line in lines]
