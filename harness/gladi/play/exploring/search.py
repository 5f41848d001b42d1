"""A search: plays that nobody wrote, drawn over a system until one breaks it or enough were played, and what it has to say."""

from __future__ import annotations

import os
import unittest
from dataclasses import dataclass
from random import SystemRandom
from typing import TYPE_CHECKING

from gladi.judge.bench import Outcome
from gladi.judge.story import tell
from gladi.play.adapter import load, of_factory
from gladi.play.exploring.breach import BreachError
from gladi.play.exploring.opening import Ground
from gladi.play.exploring.script import name_of, script
from gladi.play.exploring.shortening import shorten
from gladi.play.faults import RehearsalError
from gladi.play.frames import where
from gladi.record.redact import clean_text
from gladi.record.words import Face, Level, TroubleLevel
from gladi.sandbox.merge import EVERY_CELL, InFlight
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from gladi.play.exploring.breach import Broken
    from gladi.play.system import Factory

__all__ = ["EXAMPLES", "STEPS", "MissedError", "Searched", "drawn_from", "explore", "search"]

EXAMPLES = 60
"""How many plays a search draws unless told otherwise: what has to be met is met, and a system in process is through in a minute."""
STEPS = 12
"""How many steps each of them has, beside those that lead to something worth meeting."""


class MissedError(unittest.SkipTest):
    """A search met nothing of what it must have met: it is *not rehearsed*, which pytest shows as skipped."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search has to say."""

    outcome: Outcome
    why: str
    """The reason in one sentence; empty where it is upheld."""
    trouble: TroubleLevel
    plays: int
    steps: int
    seed: int
    """The seed of the draws: the same system, the same seed, the same plays."""
    reached: tuple[str, ...]
    missed: tuple[str, ...]
    story: str = ""
    """What broke, in order of time."""
    name: str = ""
    """The name of the scenario that the broken play makes."""
    script: str = ""
    """That scenario, as a file for a folder of scenarios."""
    broken: Broken | None = None


def search(  # noqa: PLR0913 - each word is one circumstance
    adapter: str | Factory,
    *,
    examples: int = EXAMPLES,
    steps: int = STEPS,
    trouble: TroubleLevel = TroubleLevel.NORMAL,
    seed: int | None = None,
    in_flight: tuple[InFlight, ...] = EVERY_CELL,
) -> Searched:
    """Search for a play that breaks a system, for a team's own tests; the system is played in process.

    `adapter` is what `rehearse_system` names, or the class or factory itself. So many `examples` are played, of so many `steps` each.
    Under `trouble` *off* nothing goes wrong; else webhooks and calls suffer, and the level says how the platforms behave throughout.
    `seed` is that of the draws: by default one at random, and always the same where `CI` is set.

    Raises:
        BreachError: a play broke an invariant; the text tells it, and writes it down as a scenario.
        MissedError: nothing broke, and something that every search must meet was not met; pytest shows it as skipped.
        AdapterError: the adapter cannot be used.
        RehearsalError: Hypothesis is not installed, or a number is none.
        HarnessFault: the sandbox raised.
        Exception: what the system raised, with the play in a note.
    """
    ground = Ground(load(adapter) if isinstance(adapter, str) else of_factory(adapter), Settings(), Face.INPROCESS)
    found = explore(ground, examples=examples, steps=steps, trouble=trouble, seed=drawn_from(seed), keeps=seed is None, cells=in_flight)
    if found.broken is not None and found.broken.error is not None:
        found.broken.error.add_note(f"{found.story}\n\n{found.script}")
        raise found.broken.error
    if found.outcome is Outcome.BROKEN:
        raise BreachError(f"{found.story}\n\n{found.script}")
    if found.outcome is Outcome.NOT_REHEARSED:
        raise MissedError(found.why)
    return found


def drawn_from(seed: int | None) -> int:
    """Give the seed of the draws: the one that was asked for, else the same in every run of a CI, else one at random."""
    if seed is not None:
        return seed
    return 0 if os.environ.get("CI") else SystemRandom().randrange(10**9)


def explore(  # noqa: PLR0913 - each word is one circumstance
    ground: Ground,
    *,
    examples: int,
    steps: int,
    trouble: TroubleLevel,
    seed: int,
    keeps: bool = False,
    cells: tuple[InFlight, ...] = EVERY_CELL,
    sandbox_seed: int = 0,
    follows_leads: bool = True,
) -> Searched:
    """Search on a ground, and give what was found.

    With `keeps` what broke is tried first the next time, never where `CI` is set. With `follows_leads` what chance has not met is looked
    for once more.

    Raises:
        RehearsalError: Hypothesis is not installed, or a number is none.
        HarnessFault: the sandbox raised.
    """
    if examples < 1 or steps < 1:
        raise RehearsalError(f"{examples} plays of {steps} steps are no search; write 1 or more of either")
    try:
        from gladi.play.exploring.exploration import Exploration  # noqa: PLC0415 - it brings Hypothesis, which few install
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "hypothesis":
            raise
        raise RehearsalError("a search needs Hypothesis, which is not installed; install gladi[search]") from None
    exploration = Exploration(ground, trouble=trouble, cells=cells, seed=sandbox_seed)
    exploration.run(examples=examples, steps=steps, drawn_from=seed, keeps=keeps and not os.environ.get("CI"))
    if follows_leads and exploration.found is None and exploration.missed:
        exploration.follows_leads(drawn_from=seed)
    broken = exploration.found
    if broken is not None:
        broken = shorten(ground, broken, seed=sandbox_seed)
    return Searched(
        outcome=Outcome.BROKEN if broken is not None else Outcome.NOT_REHEARSED if exploration.missed else Outcome.UPHELD,
        why=_why(broken, exploration.missed),
        trouble=trouble,
        plays=exploration.plays,
        steps=exploration.steps,
        seed=seed,
        reached=tuple(goal.name for goal in exploration.sought if goal.name in exploration.reached),
        missed=exploration.missed,
        story=_story(broken) if broken is not None else "",
        name=name_of(broken) if broken is not None else "",
        script=script(broken) if broken is not None else "",
        broken=broken,
    )


def _why(broken: Broken | None, missed: tuple[str, ...]) -> str:
    if broken is not None:
        return _sentence(broken)
    return f"not rehearsed: the search never met {', nor '.join(missed)}; let it draw more plays" if missed else ""


def _sentence(broken: Broken) -> str:
    if broken.judgement is None:
        error = broken.error
        said = f"{type(error).__name__}: {error}".partition("\n")[0] if error is not None else ""
        return clean_text(f"the system raised {said}{f' ({where(error)})' if error is not None else ''}")
    return next(one.text for one in broken.judgement.violations if one.level is Level.VIOLATION)


def _story(broken: Broken) -> str:
    if broken.judgement is None:
        return _sentence(broken)
    violation = next(one for one in broken.judgement.violations if one.level is Level.VIOLATION)
    rule = broken.judgement.invariant
    cell = f"In flight: {broken.opening.cell}."
    return tell(broken.rehearsal.journal, violation, rule=rule.title(), source=rule.source.place, closing=(cell,))
