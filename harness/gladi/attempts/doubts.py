"""What speaks against believing a verdict at all: it contradicts itself, or another Gladi with other scenarios gave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall, conclude

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.judge.verdict import Verdict

__all__ = ["Catalogue", "doubts"]

_WROTE = "so somebody wrote in it; rehearse again"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a whole rehearsal is over, as the Gladi that is asked knows it."""

    gladi: str
    """Its version: another one has another sandbox and other judges."""
    digest: str
    """The hash over its scenarios and invariants, as `catalogue` of a verdict."""
    scenarios: frozenset[str]
    """The ids; a verdict may hold more, a team's own."""


def doubts(verdict: Verdict, catalogue: Catalogue) -> Iterator[str]:
    """Give a sentence for each thing that no run of this Gladi would have written; none where the verdict can be believed."""
    said = conclude(verdict.scenarios, verdict.searches)
    if verdict.verdict is not Overall.FAULT and said is not verdict.verdict:
        yield f"it says {verdict.verdict} and its scenarios say {said}, {_WROTE}"
    for one in verdict.scenarios:
        failing = next((rule.id for rule in one.invariants if rule.fails), None)
        if one.outcome is Outcome.UPHELD and failing is not None:
            yield f"it says that {one.id} is upheld and that {failing} fails in it, {_WROTE}"
        broken = next((cell for cell, outcome in one.cells.items() if outcome in (Outcome.BROKEN, Outcome.FAULT)), None)
        if one.outcome is Outcome.UPHELD and broken is not None:
            yield f"it says that {one.id} is upheld, and {one.cells[broken]} in {broken}, {_WROTE}"
    if verdict.gladi != catalogue.gladi:
        yield f"Gladi {verdict.gladi} wrote it, and this is Gladi {catalogue.gladi}; rehearse again with this one"
    elif verdict.catalogue != catalogue.digest:
        yield f"it is over another catalogue ({verdict.catalogue}) than this Gladi's ({catalogue.digest}); rehearse again"
    elif left_out := sorted(catalogue.scenarios - {one.id for one in verdict.scenarios}):
        many = f"{len(left_out)} scenarios of the catalogue, {left_out[0]} among them" if len(left_out) > 1 else left_out[0]
        yield f"it says nothing of {many}, {_WROTE}"
