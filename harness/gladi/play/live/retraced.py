"""A rehearsal that goes through a live play once more: the model takes over what it took over then, and a recording answers.

It is a live rehearsal in everything but its ground, which is the past (`past`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from gladi.play.live.backstage import LiveBackstage
from gladi.play.live.past import WEBHOOK_URL, Past
from gladi.play.live.people import LiveBuyer
from gladi.play.live.performance import LivePerformance
from gladi.play.live.rehearsal import LiveRehearsal
from gladi.play.performance import Performance

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from gladi.platforms.recording.course import Course
    from gladi.play.backstage import Backstage
    from gladi.play.live.stock import Stock
    from gladi.play.plan import Plan
    from gladi.record.clock import Instant
    from gladi.record.wire import Answers, Delivery
    from gladi.record.words import Platform, Stage
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["RetracedRehearsal"]


class RetracedBackstage(LiveBackstage):
    """Behind the scenes of a play that is gone through once more."""

    def __init__(self, sandbox: Sandbox, capabilities: frozenset[type], past: Past, stock: Stock) -> None:
        """Stand on the past."""
        super().__init__(sandbox, capabilities, past.ground, stock)
        self.past = past

    def _follows_the_clock(self, at: Instant = 0, *, acts: bool = True) -> None:
        if acts and not at:
            self.past.acts(self.sandbox.clock.now)
        super()._follows_the_clock(at, acts=acts)

    def follows(self, stage: Stage) -> None:
        """Follow where the merge was seen to have gone, as of then."""
        self.past.reaches(stage)
        super().follows(stage)


class RetracedBuyer(LiveBuyer):
    """The buyer, who buys what he bought then."""

    def __init__(self, backstage: Backstage, past: Past) -> None:
        """Enter the stage that `backstage` moves; the `past` is asked what was bought."""
        super().__init__(backstage)
        self._past = past

    async def _appears(self, before: Mapping[Platform, set[str]]) -> dict[Platform, tuple[str, str | None]]:
        self._past.expects_an_order()
        return await super()._appears(before)


class RetracedPerformance(LivePerformance):
    """Plays it once more, with no way in from outside."""

    async def perform(self, body: Callable[[], Awaitable[None]]) -> None:
        """Have the webhooks come that came, then perform as ever."""
        loop = asyncio.get_running_loop()

        def receives(delivery: Delivery) -> object:
            return asyncio.run_coroutine_threadsafe(self._backstage.arrives(delivery), loop).result()

        cast("RetracedBackstage", self._backstage).past.receives = receives
        self._url = self._backstage.kept.webhook_url = WEBHOOK_URL
        await Performance.perform(self, body)

    def _answering(self) -> Answers:
        return self._with_tidings(self._plan.answered_by(self._sandbox))


class RetracedRehearsal(LiveRehearsal):
    """A rehearsal that goes through a live play once more."""

    performance = RetracedPerformance

    def __init__(self, plan: Plan, *, course: Course, behind: Mapping[str | float, str | float]) -> None:
        """Go through the play of `course`, with what stands `behind` the pseudonyms of its recording; nothing happens before `perform`."""
        self._past = Past(course, seed=plan.seed, behind=behind)
        super().__init__(plan, ground=self._past.ground)
        self.buyer = RetracedBuyer(self.backstage, self._past)

    def _moves(self, plan: Plan) -> Backstage:
        return RetracedBackstage(self._sandbox, plan.adapter.capabilities, self._past, self._stock)
