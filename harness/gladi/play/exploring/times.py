"""How time passes in a play of a search: by minutes, by hours, to the next due thing, and to the minute of the merge."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from gladi.play.exploring.machine import PlayMachine
from gladi.play.exploring.steps import step
from gladi.record.words import Stage

__all__ = ["Times"]


class Times(PlayMachine):
    """The rules of time. It leaps: a step of five minutes shows little more than one of an hour."""

    @rule(minutes=st.integers(1, 55))
    def minutes_pass(self, minutes: int) -> None:
        """A system that asks every five minutes has asked a few times."""
        self.take(step("passes", minutes=minutes))

    @rule(hours=st.integers(1, 30))
    def hours_pass(self, hours: int) -> None:
        """Long enough for a day's deadline, or a merge."""
        self.take(step("passes", hours=hours))

    @precondition(lambda self: self.moves.seconds_to_the_next > 0)
    @rule()
    def the_next_due_thing_happens(self) -> None:
        """Just so long that one more thing happens."""
        self.take(step("passes", seconds=self.moves.seconds_to_the_next))

    @precondition(lambda self: self.moves.stage is Stage.MERGING)
    @rule()
    def the_last_minute_of_the_merge_comes(self) -> None:
        """Half a minute is left."""
        self.take(step("until_the_last_minute"))

    @precondition(lambda self: self.moves.merges)
    @rule()
    def the_shops_have_merged(self) -> None:
        """The minute of the merge itself."""
        self.take(step("until", Stage.MERGED))

    @precondition(lambda self: self.moves.orders_come_late)
    @rule()
    def late_orders_arrive(self) -> None:
        """Every order that the merge put out of sight has come back."""
        self.take(step("until_late_orders_arrive"))
