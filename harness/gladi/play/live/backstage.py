"""Behind the scenes of a live play: time is waited for, webhooks come from outside, and the world follows what is seen.

1. Nothing here makes anything happen on the platforms: people do, by their cues, and the system does.
2. Get Shop Info is asked every five minutes and no faster, whatever the number of plays (API changelog).
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from inspect import currentframe
from typing import TYPE_CHECKING, TypeVar

from gladi.play.backstage import Backstage
from gladi.play.faults import UncuedError
from gladi.play.live.inbox import told_by
from gladi.play.people.person import Person
from gladi.play.post import Letter
from gladi.record.words import Level, Stage
from gladi.sandbox.world.accompanying import bear_seller

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.play.live.ground import Ground
    from gladi.record.clock import Instant
    from gladi.record.wire import Delivery
    from gladi.sandbox.sandbox import Sandbox
    from gladi.sandbox.world.world import World

__all__ = ["LiveBackstage"]

T = TypeVar("T")

_FIVE_MINUTES = round(timedelta(minutes=5).total_seconds() * 1000)
_LONGEST = timedelta(hours=2)
"""Our own measure of what a run may wait for at once; a merge is waited for as long as it takes."""
_UNAVAILABLE = 503


class LiveBackstage(Backstage):
    """One system on the platforms, and the sandbox that goes along."""

    def __init__(self, sandbox: Sandbox, capabilities: frozenset[type], ground: Ground) -> None:
        """Stand on `ground`."""
        super().__init__(sandbox, capabilities)
        self.ground = ground
        self._shop = sandbox.world.all_shops()[0].key
        self._told: set[str] = set()

    # -- time ----------------------------------------------------------------------------------------------------------

    async def goes_to(self, end: Instant, *, unless: Callable[[], bool] | None = None) -> bool:
        """Wait until `end`, through one due thing after the other; stop early and give True as soon as `unless` holds."""
        clock = self.sandbox.clock
        while True:
            await self._looks()
            await self.catches_up()
            if unless is not None and unless():
                return True
            if clock.now >= end:
                return False
            due = (clock.due, self.wake, self._looks_next())
            await self._waits_until(min((end, *(at for at in due if at is not None))))
            self._ticks_here = 0

    async def passes(self, duration: timedelta) -> None:
        """Wait so long.

        Raises:
            UncuedError: it is longer than anybody sits at a terminal for.
        """
        if duration > _LONGEST:
            hours, most = (one.total_seconds() / 3600 for one in (duration, _LONGEST))
            raise UncuedError(f"it lets {hours:g} hours pass, which pass really here, and a run waits {most:g} hours at once at most")
        await super().passes(duration)

    async def _waits_until(self, at: Instant) -> None:
        time = self.ground.time
        while (seconds := (at - time.now()) / 1000) > 0:
            # On another thread: meanwhile a webhook may come, and the system lives its own life.
            await asyncio.to_thread(time.wait, min(seconds, time.longest))
        self._follows_the_clock(at)

    def _follows_the_clock(self, at: Instant = 0) -> None:
        clock = self.sandbox.clock
        with self.lock:
            clock.leap(max(at, clock.now, self.ground.time.now()))
            # What the model would send, the platforms send themselves.
            self.sandbox.outbox.clear()

    # -- what is seen --------------------------------------------------------------------------------------------------

    def _looks_next(self) -> Instant | None:
        if self.sandbox.world.stage(self._shop) is not Stage.MERGING:
            return None
        return 0 if self.ground.looked_at is None else self.ground.looked_at + _FIVE_MINUTES

    async def _looks(self) -> None:
        """Look whether the shops have merged, where they are merging and it is time to."""
        due = self._looks_next()
        if due is None or due > self.sandbox.clock.now:
            return
        if await self._has_merged():
            self.follows(Stage.MERGED)

    async def _has_merged(self) -> bool:
        """Ask Get Shop Info, and keep the seller's id that it gives."""
        self.ground.looked_at = self.sandbox.clock.now
        self.ground.seller_id = await asyncio.to_thread(self.ground.eyes.seller_id)
        return self.ground.seller_id is not None

    def follows(self, stage: Stage) -> None:
        """Let the model's world go, step by step, to where the platforms were seen to be; what is new is recorded."""
        world = self.sandbox.world
        self._follows_the_clock()
        with self.lock:
            for step in tuple(Stage)[world.stage(self._shop).rank + 1 : stage.rank + 1]:
                if step is Stage.MERGED and self.ground.seller_id is not None:
                    bear_seller(world, self._shop, seller_id=self.ground.seller_id)
                world.follow(self._shop, step)
                self.sandbox.outbox.clear()
        if self.ground.door.stage().rank < stage.rank:
            self.ground.door.records(stage)

    def differs(self, sentence: str) -> None:
        """Note, once in a play, that the platforms did otherwise than the model: the sandbox may be wrong about them."""
        if sentence not in self._told:
            self._told.add(sentence)
            self.sandbox.journal.finding(Level.NOTE, "model", sentence)

    # -- what comes from outside ---------------------------------------------------------------------------------------

    async def arrives(self, delivery: Delivery) -> int:
        """Take a webhook from outside to the system, and give the status that it answers."""
        statuses: list[int | None] = []
        url = self.ground.post.url
        outgoing, genuine = told_by(
            delivery, self.ground.credentials, shop=self._shop, shop_id=self.ground.shop[0], url=url, answered=statuses.append
        )
        self._follows_the_clock()
        if genuine and outgoing.tells_merged and self.sandbox.world.stage(self._shop) is Stage.MERGING:
            # A webhook is confirmed by Get Shop Info rather than believed.
            if await self._has_merged():
                self.follows(Stage.MERGED)
            else:
                self.differs("the webhook tells of the merge, and Get Shop Info does not yet")
        self.post.sent.append(outgoing)
        await self._carries(Letter(outgoing, genuine=genuine))
        return next((status for status in statuses if status is not None), _UNAVAILABLE)

    # -- for the people ------------------------------------------------------------------------------------------------

    async def in_the_world(self, act: Callable[[World], T]) -> T:  # noqa: ARG002 - the signature is the sandbox's
        """Refuse: this is done by a person on the platforms, and there is no cue for it.

        Raises:
            UncuedError: always; it names the act.
        """
        raise UncuedError(f"on the platforms a person would have to do it, and there is no cue for this: {_act()}")

    async def in_the_model(self, act: Callable[[World], T]) -> T:
        """Let the model's world take over what a person was seen to have done."""
        self._follows_the_clock()
        return await super().in_the_world(act)


def _act() -> str:
    """Name what a scenario asked a person for, such as `the seller ships by hand`."""
    frame = currentframe()
    while frame is not None:
        person = frame.f_locals.get("self")
        if isinstance(person, Person):
            return f"{person.who} {frame.f_code.co_name.replace('_', ' ')}"
        frame = frame.f_back
    return "something in the world"
