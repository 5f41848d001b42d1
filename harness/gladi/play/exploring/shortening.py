"""Making a broken play short: steps are left out and numbers made small as long as the same thing breaks.

Hypothesis shrinks what it drew; here the play itself is shortened, by playing it again without the search around it. So what is left
breaks by itself, and a play costs a fraction of what Hypothesis would spend on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gladi.play.exploring.steps import step
from gladi.play.exploring.told_play import replay
from gladi.play.faults import RehearsalError, SystemFault
from gladi.record.words import TroubleLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.play.exploring.breach import Broken
    from gladi.play.exploring.opening import Ground, Opening
    from gladi.play.exploring.steps import Step

__all__ = ["shorten"]

_BEHIND = (3, 13, 26)
"""Hours; the longest that a search delays a webhook is 12."""
_MOST_PLAYS = 150
"""A play takes some ten milliseconds; nobody waits for minutes to have one line less."""


def shorten(ground: Ground, broken: Broken, *, seed: int) -> Broken:
    """Give the shortest play found that breaks the same thing, calm and from `seed` where that does not matter.

    What does not break again, as a system that does not do the same twice, is given as it is.
    """
    shortening = _Shortening(ground, broken)
    if not shortening.tries(broken.opening, broken.steps):
        return broken
    shortening.calms(seed)
    shortening.leaves_out()
    shortening.makes_small()
    shortening.leaves_out()
    shortening.lets_all_strike()
    return shortening.best


class _Shortening:
    def __init__(self, ground: Ground, broken: Broken) -> None:
        self.best = broken
        self._ground = ground
        self._left = _MOST_PLAYS

    def tries(self, opening: Opening, steps: tuple[Step, ...]) -> bool:
        """Play it, and keep it if the same thing breaks."""
        if self._left == 0:
            return False
        self._left -= 1
        found = replay(self._ground, opening, steps)
        if found is None or found.about != self.best.about:
            return False
        self.best = found
        return True

    def calms(self, seed: int) -> None:
        """Do without trouble throughout, and with the seed of the run."""
        self.tries(replace(self.best.opening, trouble=TroubleLevel.OFF), self.best.steps)
        if self.best.opening.seed != seed:
            self.tries(replace(self.best.opening, seed=seed), self.best.steps)

    def leaves_out(self) -> None:
        """Leave out halves, then quarters, down to single steps, the last first."""
        size = max(1, len(self.best.steps) // 2)
        while True:
            end = len(self.best.steps)
            while end > 0:
                self.tries(self.best.opening, _without(self.best.steps, max(0, end - size), end))
                end = min(end, len(self.best.steps) + size) - size
            if size == 1:
                return
            size //= 2

    def makes_small(self) -> None:
        """Make numbers small, one after the other."""
        for at in range(len(self.best.steps)):
            for smaller in _smaller(self.best.steps[at]):
                if self.tries(self.best.opening, (*self.best.steps[:at], smaller, *self.best.steps[at + 1 :])):
                    break

    def lets_all_strike(self) -> None:
        """Let time pass behind it until each mishap has struck: a scenario in which one never does has rehearsed nothing."""
        steps = self.best.steps
        self._left = max(self._left, len(_BEHIND))  # however many plays shortening has taken
        for hours in _BEHIND:
            if _all_struck(self.best):
                return
            self.tries(self.best.opening, (*steps, step("passes", hours=hours)))


def _all_struck(broken: Broken) -> bool:
    try:
        broken.rehearsal.webhooks.settle()
        broken.rehearsal.trouble.settle()
    except (RehearsalError, SystemFault):
        return False
    return True


def _without(steps: tuple[Step, ...], begin: int, end: int) -> tuple[Step, ...]:
    """Leave steps out, and those that speak of an order that they gave."""
    gone = {one.gives for one in steps[begin:end] if one.gives}
    return tuple(one for one in (*steps[:begin], *steps[end:]) if gone.isdisjoint(one.uses))


_SMALL: dict[str, tuple[float, ...]] = {"minutes": (5, 15, 30), "hours": (1, 2, 6), "takes": (3,), "to": (1, 100_000)}


def _smaller(one: Step) -> Iterator[Step]:
    for at, (name, value) in enumerate(one.named):
        for small in _SMALL.get(name, ()):
            if not isinstance(value, str) and isinstance(value, int | float) and small < value:
                yield replace(one, named=(*one.named[:at], (name, small), *one.named[at + 1 :]))
