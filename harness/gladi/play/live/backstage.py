"""Behind the scenes of a live play: time is waited for, webhooks come from outside, and the world follows what is seen.

1. Nothing here makes anything happen on the platforms: people do, by their cues, and the system does.
2. Get Shop Info is asked every five minutes and no faster, whatever the number of plays (API changelog).
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import timedelta
from inspect import currentframe
from typing import TYPE_CHECKING, TypeVar

from gladi.platforms.recording.course import Copied
from gladi.play.faults import UncuedError
from gladi.play.live.inbox import told_by
from gladi.play.live.stocktaking import Stocktaking
from gladi.play.people.person import Person
from gladi.play.post import Letter
from gladi.record.journal import Fact, What
from gladi.record.words import Platform, Stage
from gladi.sandbox.world.accompanying import bear_copy, bear_seller

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from gladi.play.live.ground import Ground
    from gladi.play.live.stock import Stock
    from gladi.record.clock import Instant
    from gladi.record.journal import Entry
    from gladi.record.wire import Delivery
    from gladi.sandbox.sandbox import Sandbox
    from gladi.sandbox.world.world import World

__all__ = ["LiveBackstage"]

T = TypeVar("T")

_FIVE_MINUTES = round(timedelta(minutes=5).total_seconds() * 1000)
_LONGEST = timedelta(hours=2)
"""Our own measure of what a run may wait for at once; a merge is waited for as long as it takes."""
_UNAVAILABLE = 503


class LiveBackstage(Stocktaking):
    """One system on the platforms, and the sandbox that goes along."""

    def __init__(self, sandbox: Sandbox, capabilities: frozenset[type], ground: Ground, stock: Stock | None = None) -> None:
        """Stand on `ground`, with the goods of its shop in `stock`, which the sandbox bears already; without one, with none known."""
        super().__init__(sandbox, capabilities, ground, stock)
        self._caught: dict[str, str] = {}
        """The orders that the merge caught and that Tokopedia & Shop has not been seen to show, each with its id on Tokopedia."""
        self._sought_at: Instant | None = None
        self._heard: str | None = None
        """The seller's id, from an answer that the system was given while the model did not know of the merge yet."""
        self._holds = False
        self._looking = asyncio.Lock()

    # -- time ----------------------------------------------------------------------------------------------------------

    async def goes_to(self, end: Instant, *, unless: Callable[[], bool] | None = None) -> bool:
        """Wait until `end`, through one due thing after the other; stop early and give True as soon as `unless` holds."""
        clock = self.sandbox.clock
        while True:
            await self.looks()
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

    # -- what is seen --------------------------------------------------------------------------------------------------

    def _looks_next(self) -> Instant | None:
        if self._caught:
            return 0 if self._sought_at is None else self._sought_at + _FIVE_MINUTES
        if self._holds or self.sandbox.world.stage(self._shop) is not Stage.MERGING:
            return None
        return 0 if self._heard is not None or self.ground.looked_at is None else self.ground.looked_at + _FIVE_MINUTES

    async def looks(self) -> None:
        """Look whether the shops have merged, or where the orders are that the merge caught, as long as that is not known."""
        async with self._looking:
            due = self._looks_next()
            if due is None or due > self.sandbox.clock.now:
                return
            if self._caught:
                await self._seeks_the_caught()
            elif await self._has_merged():
                self.follows(Stage.MERGED)
                await self.takes_stock()

    @contextmanager
    def holding(self) -> Generator[None]:
        """Follow no merge meanwhile: a person buys, and nobody knows yet on which side of it."""
        self._holds = True
        try:
            yield
        finally:
            self._holds = False

    def hears(self, seller_id: str) -> None:
        """Be told of the merge by the system's own Get Shop Info, so that it is followed at the next look, which is due at once."""
        if self._heard is None and self.sandbox.world.stage(self._shop) is Stage.MERGING:
            self._heard, self.ground.looked_at = seller_id, self.sandbox.clock.now

    async def follows_what_was_bought(self) -> bool:
        """Follow the merge that an order on Tokopedia & Shop gives away, if Get Shop Info tells of it too; the goods stay as they were."""
        async with self._looking:
            merges = self.sandbox.world.stage(self._shop) is Stage.MERGING and await self._has_merged()
            if merges:
                self.follows(Stage.MERGED)
            return merges

    async def _seeks_the_caught(self) -> None:
        """Let the model know by which id Tokopedia & Shop has an order of Tokopedia, where it shows it too."""
        looked_at = self._sought_at = self.sandbox.clock.now
        for key, order_id in tuple(self._caught.items()):
            try:
                copy = await asyncio.to_thread(self.ground.eyes.copy_of, order_id)
            except UncuedError:
                return
            if copy is not None:
                self.bears_copy(key, copy)
                self.kept.events.append(Copied(looked_at, order_id, *copy))

    def bears_copy(self, key: str, copy: tuple[str, str | None]) -> None:
        """Let the model know an order that the merge caught by its id, and its package, on Tokopedia & Shop; no other order is touched."""
        world = self.sandbox.world
        if self._caught.pop(key, None) is not None:
            self._follows_the_clock()
            with self.lock:
                bear_copy(world, world.orders[key], *copy)

    async def _has_merged(self) -> bool:
        """Ask Get Shop Info, unless the system has just been told by it, and keep the seller's id that it gives."""
        if self._heard is not None:
            self.ground.seller_id = self._heard
            return True
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
                behind = len(self.sandbox.journal.entries)
                world.follow(self._shop, step)
                self._caught |= _caught(world, self.sandbox.journal.entries[behind:])
                self.sandbox.outbox.clear()
                self.kept.went(step, self.sandbox.clock.now, self.ground)
        if self.ground.door.stage().rank < stage.rank:
            self.ground.door.records(stage)

    # -- what comes from outside ---------------------------------------------------------------------------------------

    async def arrives(self, delivery: Delivery) -> int:
        """Take a webhook from outside to the system, and give the status that it answers."""
        statuses: list[int | None] = []
        url = self.ground.post.url
        outgoing, genuine = told_by(
            delivery, self.ground.credentials, shop=self._shop, shop_id=self.ground.shop[0], url=url, answered=statuses.append
        )
        self._follows_the_clock(acts=False)
        self.kept.came(self.sandbox.clock.now, Platform(outgoing.platform), delivery, genuine=genuine)
        if genuine and outgoing.tells_merged and self.sandbox.world.stage(self._shop) is Stage.MERGING:
            await self._confirms()
        self.post.sent.append(outgoing)
        await self._carries(Letter(outgoing, genuine=genuine))
        return next((status for status in statuses if status is not None), _UNAVAILABLE)

    async def _confirms(self) -> None:
        """Have Get Shop Info confirm what a webhook tells, which is not believed by itself."""
        # Whoever holds looks when he is done, and whoever was looking already may have seen it.
        self.ground.looked_at = None
        if self._holds:
            return
        await self.looks()
        if self.sandbox.world.stage(self._shop) is Stage.MERGING:
            self.differs("the webhook tells of the merge, and Get Shop Info does not yet")

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


def _caught(world: World, entries: Sequence[Entry]) -> dict[str, str]:
    keys = (one.order for one in entries if isinstance(one, Fact) and one.what == What.ORDER_CAUGHT and one.order is not None)
    return {key: view.id for key in keys if (view := world.orders[key].tokopedia) is not None}


def _act() -> str:
    """Name what a scenario asked a person for, such as `the seller ships by hand`."""
    frame = currentframe()
    while frame is not None:
        person = frame.f_locals.get("self")
        if isinstance(person, Person):
            return f"{person.who} {frame.f_code.co_name.replace('_', ' ')}"
        frame = frame.f_back
    return "something in the world"
