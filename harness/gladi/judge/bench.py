"""The judges' bench: fresh invariants over one run, and what they say when it has settled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gladi.judge.invariants import INVARIANTS
from gladi.record.words import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gladi.judge.invariants import Invariant, Violation
    from gladi.record.clock import Instant
    from gladi.record.journal import Entry, Journal

__all__ = ["Bench", "Judgement", "Outcome"]


class Outcome(StrEnum):
    """What is said of a scenario or an invariant. A fault of the harness is the fourth thing, and never a breach."""

    UPHELD = "upheld"
    BROKEN = "broken"
    NOT_REHEARSED = "not rehearsed"
    FAULT = "harness fault"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one invariant says of one run."""

    invariant: type[Invariant]
    outcome: Outcome
    chances: int
    violations: tuple[Violation, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether the run fails by it; a warning does not."""
        return any(violation.level is Level.VIOLATION for violation in self.violations)


class Bench:
    """Invariants that judge as entries come."""

    def __init__(self, journal: Journal, invariants: Sequence[type[Invariant]] = INVARIANTS) -> None:
        """Seat a fresh invariant of each kind and let it see every entry of `journal` from now on."""
        self._seated = [(kind, kind()) for kind in invariants]
        self._violations: dict[str, list[Violation]] = {kind.id: [] for kind in invariants}
        self._looking: dict[type[Entry], list[tuple[Callable[[Entry], Iterator[Violation]], list[Violation]]]] = {}
        """Who looks at a kind of entry, in their order: most look at one kind or two, and there are many entries."""
        journal.watch(self.sees)

    def sees(self, entry: Entry) -> None:
        """Show one entry to every invariant that looks at its kind."""
        looking = self._looking.get(type(entry))
        if looking is None:
            looking = self._looking[type(entry)] = [
                (invariant.sees, self._violations[kind.id]) for kind, invariant in self._seated if isinstance(entry, kind.looks_at)
            ]
        for sees, found in looking:
            # Most generators yield nothing, and to extend a list by one of those takes twice as long.
            for violation in sees(entry):
                found.append(violation)

    def so_far(self) -> tuple[Judgement, ...]:
        """Say what is broken by now, before anything has settled; a rule that nobody broke yet is not mentioned."""
        return tuple(
            Judgement(kind, Outcome.BROKEN, invariant.chances, tuple(found))
            for kind, invariant in self._seated
            if (found := self._violations[kind.id])
        )

    def settle(self, at: Instant) -> tuple[Judgement, ...]:
        """Ask every invariant for its last word; to be called once."""
        judgements: list[Judgement] = []
        for kind, invariant in self._seated:
            found = self._violations[kind.id]
            found.extend(invariant.settles(at))
            outcome = Outcome.BROKEN if found else Outcome.UPHELD if invariant.chances else Outcome.NOT_REHEARSED
            judgements.append(Judgement(kind, outcome, invariant.chances, tuple(found)))
        return tuple(judgements)
