"""What a search has found broken: the play in which it broke, as short as it could be made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.judge.bench import Judgement
    from gladi.play.exploring.opening import Opening
    from gladi.play.exploring.steps import Step
    from gladi.play.placed_order import PlacedOrder
    from gladi.play.rehearsal import Rehearsal

__all__ = ["BreachError", "Broken", "breach_of"]


class BreachError(AssertionError):
    """A play broke an invariant; each invariant has a class of its own, so that shrinking does not slip from one to another."""


@cache
def breach_of(invariant: str) -> type[BreachError]:
    """Give the class of the breaches of one invariant."""
    return type(f"BreachOf_{invariant}", (BreachError,), {"__doc__": f"A play broke `{invariant}`."})


@dataclass(frozen=True, slots=True)
class Broken:
    """A play that broke something: how it began, its steps, and what was seen of it; `error` is what the system raised instead."""

    opening: Opening
    steps: tuple[Step, ...]
    orders: tuple[PlacedOrder, ...]
    rehearsal: Rehearsal
    judgement: Judgement | None
    error: BaseException | None = None

    @property
    def about(self) -> str:
        """What was broken: the id of the invariant, or the name of the exception that the system raised."""
        return self.judgement.invariant.id if self.judgement is not None else type(self.error).__name__
