"""The machine that Hypothesis drives: how a play of a search is opened, how a step is taken in it, and how it ends.

1. Rules are plain functions; the play runs on an event loop of its own and stands still between two rules.
2. A rule takes steps, and a step is a line of a scenario: nothing happens in a play that a scenario could not say.
3. A breach ends the play at once; what shows only when everything has settled is judged at its end.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from gladi.play.exploring.breach import breach_of
from gladi.play.exploring.moves import Moves
from gladi.play.exploring.opening import Opening
from gladi.play.exploring.told_play import ToldPlay
from gladi.play.faults import HarnessFault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.play.exploring.breach import Broken
    from gladi.play.exploring.exploration import Exploration
    from gladi.play.exploring.steps import Step

__all__ = ["PlayMachine", "one_of"]

T = TypeVar("T")


def one_of(offered: Callable[[Any], Sequence[T]]) -> st.SearchStrategy[T]:
    """Draw one of what the machine offers at that moment; the rule's precondition says that there is one."""
    return st.runner().flatmap(lambda machine: st.sampled_from(offered(machine)))


class PlayMachine(RuleBasedStateMachine):
    """One play of a search."""

    exploration: ClassVar[Exploration]
    """The search to which the plays belong."""

    def __init__(self) -> None:
        """Stand before an empty stage."""
        super().__init__()
        self.play: ToldPlay
        self.moves: Moves
        self.launches = 0
        self._has_failed = False

    @initialize(data=st.data())
    def the_play_begins(self, data: st.DataObject) -> None:
        """Bring the world to where the play begins, and take the steps that lead to something worth meeting."""
        exploration = self.exploration
        lead = data.draw(st.sampled_from(exploration.leads))
        opening = Opening(
            begins=data.draw(st.sampled_from(lead.begins)),
            cell=data.draw(st.sampled_from(lead.cells(exploration.cells))),
            seed=data.draw(st.sampled_from(exploration.seeds)),
            trouble=exploration.trouble,
        )
        self.play = ToldPlay(exploration.ground, opening)
        try:
            self.play.open()
        except HarnessFault:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a system may raise
            self._fails(self.play.raised(error), error)
        self.moves = Moves(self.play)
        for one in lead.steps(self.moves):
            self.take(one)

    def can(self, *capabilities: type) -> bool:
        """Tell whether the system declares all of these."""
        return self.exploration.ground.adapter.capabilities.issuperset(capabilities)

    def take(self, step: Step) -> None:
        """Take a step of the play.

        Raises:
            BreachError: it broke an invariant.
        """
        try:
            self.play.take(step)
        except HarnessFault:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a system may raise
            self._fails(self.play.raised(error), error)
        self._judges()

    def teardown(self) -> None:
        """Let the play settle, unless it has broken or Hypothesis has lost interest, and leave the stage.

        Raises:
            BreachError: what has settled breaks an invariant.
        """
        if not hasattr(self, "play"):
            return
        try:
            if not self._has_failed and sys.exc_info()[0] is None:
                try:
                    self.play.settle()
                except HarnessFault:
                    raise
                except Exception as error:  # noqa: BLE001 - whatever a system may raise
                    self._fails(self.play.raised(error), error)
                self._judges()
                self.exploration.notes(self.play)
        finally:
            self.play.close()

    def _judges(self) -> None:
        if (broken := self.play.broken) is not None:
            violation = next(one for one in broken.judgement.violations)  # type: ignore[union-attr]  # it is what is broken
            self._fails(broken, breach_of(broken.about)(violation.text))

    def _fails(self, broken: Broken, error: Exception) -> NoReturn:
        self._has_failed = True
        self.exploration.found = broken
        raise error
