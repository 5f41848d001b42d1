"""One search: which plays it draws, what it has met, and what it has found broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, Verbosity, seed
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test

from gladi.play.exploring.deeds import Deeds
from gladi.play.exploring.goals import sought
from gladi.play.exploring.leads import LEADS
from gladi.play.exploring.mishaps import Mishaps
from gladi.play.exploring.times import Times
from gladi.record.words import TroubleLevel

if TYPE_CHECKING:
    from gladi.play.exploring.breach import Broken
    from gladi.play.exploring.goals import Goal
    from gladi.play.exploring.leads import Lead
    from gladi.play.exploring.opening import Ground
    from gladi.play.exploring.told_play import ToldPlay
    from gladi.sandbox.merge import InFlight

__all__ = ["Exploration"]

_LIKE_A_PLAY = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example)
"""What Hypothesis holds against a test that plays days of a business."""


class _Play(Deeds, Mishaps, Times):
    """Everything that can happen in a play of a search."""


class Exploration:
    """A search over one system. It is run once."""

    def __init__(self, ground: Ground, *, trouble: TroubleLevel, cells: tuple[InFlight, ...], seed: int) -> None:
        """Search on this ground, in these cells of the in-flight matrix, with sandboxes of this seed and the two behind it."""
        declared = ground.adapter.capabilities
        self.ground = ground
        self.trouble = trouble
        self.cells = cells
        self.seeds = (seed, seed + 1, seed + 2)
        self.leads: tuple[Lead, ...] = tuple(
            lead for lead in LEADS if declared.issuperset(lead.needs) and not (lead.makes_trouble and trouble is TroubleLevel.OFF)
        )
        self.sought: tuple[Goal, ...] = sought(declared, trouble, cells)
        self.reached: set[str] = set()
        self.found: Broken | None = None
        self.plays = 0
        """How many plays settled unbroken, and how many steps they had in all."""
        self.steps = 0
        self.refused: dict[str, str] = {}
        """Steps that the world did not allow, and why: rules that should have known better."""

    @property
    def missed(self) -> tuple[str, ...]:
        """The goals that no play reached."""
        return tuple(goal.name for goal in self.sought if goal.name not in self.reached)

    def notes(self, play: ToldPlay) -> None:
        """Take note of what a play that settled unbroken has met."""
        self.plays += 1
        self.steps += len(play.steps)
        self.refused |= {step.line: why for step, why in play.refused}
        self.reached.update(goal.name for goal in self.sought if goal.name not in self.reached and goal.met(play.rehearsal.journal))

    def follows_leads(self, *, drawn_from: int) -> None:
        """Play each lead a few times more, one after the other, until nothing is missed; what still is then, this system does not meet."""
        for lead in self.leads[1:]:
            self.leads = (lead,)
            self.run(examples=4, steps=2, drawn_from=drawn_from, keeps=False)
            if self.found is not None or not self.missed:
                break

    def run(self, *, examples: int, steps: int, drawn_from: int, keeps: bool) -> None:
        """Draw so many plays of so many steps each, until one breaks; `shortening` then makes that one short.

        `drawn_from` is the seed of the draws; with `keeps` what failed is tried first the next time, out of Hypothesis's own database.
        """
        machine = type(f"PlaysOf_{self.ground.adapter.name}_{self.trouble}", (_Play,), {"exploration": self, "__module__": __name__})
        wanted = hypothesis_settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            verbosity=Verbosity.quiet,
            print_blob=False,
            report_multiple_bugs=False,
            derandomize=False,
            suppress_health_check=_LIKE_A_PLAY,
            phases=(Phase.reuse, Phase.generate) if keeps else (Phase.generate,),
        )
        if not keeps:
            wanted = hypothesis_settings(wanted, database=None)
        try:
            run_state_machine_as_test(seed(drawn_from)(machine), settings=wanted)
        except Exception:
            # What a play raised is found; anything else is Hypothesis's, or ours.
            if self.found is None:
                raise
