"""One performance: a rehearsal from the first tick of the system to the last word of the judges.

1. The system is made from its venue and lives up to the stage at which the scenario begins.
2. The body is played; then everything settles, and the judges speak, also when the body failed.
"""

from __future__ import annotations

from contextlib import AsyncExitStack, ExitStack, nullcontext, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, cast

from gladi.platforms.journalled import journalled
from gladi.platforms.troubles.crash import mortal
from gladi.platforms.troubles.level import troubles_of
from gladi.platforms.troubles.loss import patient
from gladi.platforms.troubles.trouble import troubled
from gladi.play.faults import RehearsalError
from gladi.play.observer import compares_ids
from gladi.play.process import Process
from gladi.play.standing import stand
from gladi.play.system import LinksShops, SeesOrders, TellsSeller
from gladi.play.venue import make_venue
from gladi.record.journal import What
from gladi.record.words import SHOP, Stage, TroubleLevel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from gladi.platforms.troubles.trouble import Troubles, Weather
    from gladi.play.plan import Plan
    from gladi.play.rehearsal import Rehearsal
    from gladi.play.system import ShopLink, System, Venue
    from gladi.record.wire import Answers
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["Performance"]

_LINK_AFTER = timedelta(minutes=10)
_WEBHOOKS_SUFFER = 0.1
"""How often something befalls a webhook where there is harsh trouble."""


class Performance:
    """Brings a rehearsal to its beginning, plays it, and has it judged."""

    settling: ClassVar[timedelta] = timedelta(hours=1)
    """What time passes behind a scenario, so that whatever was under way is over when the judges speak."""

    def __init__(self, rehearsal: Rehearsal, plan: Plan, sandbox: Sandbox, troubles: Troubles) -> None:
        """Perform `rehearsal`, whose world is in `sandbox` and whose mishaps wait among `troubles`."""
        self._rehearsal = rehearsal
        self._backstage = rehearsal.backstage
        self._plan = plan
        self._sandbox = sandbox
        self._troubles = troubles

    async def perform(self, body: Callable[[], Awaitable[None]]) -> None:
        """Bring the world to where the scenario begins, play it, let everything settle, and have it judged, also when it fails.

        Raises:
            HarnessFault: the platform itself raised, whether or not the system swallowed it.
        """
        self._troubles.weathers(self._weather())
        if self._plan.trouble is TroubleLevel.HARSH:
            self._rehearsal.webhooks.suffer(chance=_WEBHOOKS_SUFFER)
        troublesome = troubled(self._answering(), self._troubles, self._sandbox.journal)
        platform = mortal(patient(journalled(troublesome, self._sandbox.journal), self._waits), self._is_dead)
        with ExitStack() as faces:
            face = faces.enter_context(stand(self._plan.face, platform, self._sandbox, self._plan.server, lets_pass=self._lets_pass))
            self._backstage.lock = face.lock
            venue = make_venue(
                self._sandbox, url=face.url, storage=self._plan.storage, transport=face.transport, without_grant=self._plan.without_grant
            )
            try:
                await self._performs(self._given(venue), body)
            finally:
                face.speaks_up(self._sandbox.journal)

    def _answering(self) -> Answers:
        return self._plan.answered_by(self._sandbox)

    def _lets_pass(self) -> bool:
        return False

    def _given(self, venue: Venue) -> Venue:
        return venue

    async def _performs(self, venue: Venue, body: Callable[[], Awaitable[None]]) -> None:
        async with AsyncExitStack() as processes:
            process = self._backstage.process = Process(self._plan.adapter.factory, venue)
            processes.push_async_exit(process.ends)
            system = await process.begins()
            if not process.is_gone:
                self._backstage.system = cast("System", system)  # whatever the factory made is looked at there
            for shop in self._plan.without_grant:
                self._sandbox.journal.fact(What.NOT_AUTHORIZED, shop=shop, platform=SHOP)
            for one in self._sandbox.world.all_shops():
                if not one.is_on_tokopedia:
                    self._sandbox.journal.fact(What.NO_TOKOPEDIA_STORE, shop=one.key, platform=SHOP, value=str(one.kind))
            await self._brings_to(self._plan.begins)
            self._rehearsal.body_began = len(self._sandbox.journal.entries)
            try:
                await body()
            except KeyboardInterrupt:
                raise
            except BaseException:  # pytest.fail raises no Exception, and a system may call sys.exit
                self._rehearsal.raised_at = self._rehearsal.body_ended = len(self._sandbox.journal.entries)
                await self._settles_quietly()
                raise
            self._rehearsal.body_ended = len(self._sandbox.journal.entries)
            await self._settles()
            # A breach is told first: it may be why the call or the webhook that a trouble waited for never came.
            is_broken = any(one.fails for one in self._rehearsal.judgements)
            with suppress(RehearsalError) if is_broken else nullcontext():
                self._rehearsal.webhooks.settle()
            if not is_broken:
                self._rehearsal.trouble.settle()

    def _weather(self) -> Weather | None:
        plan = self._plan
        return troubles_of(plan.trouble, plan.seed, ends=self._sandbox.ends_tokens, readings=self._troubles.readings)

    def _waits(self, milliseconds: int) -> None:
        clock = self._sandbox.clock
        clock.leap(clock.now + milliseconds)

    def _is_dead(self) -> bool:
        process = self._backstage.process
        return process is not None and process.is_dead()

    async def _brings_to(self, stage: Stage) -> None:
        await self._backstage.catches_up()
        if stage.rank >= Stage.MERGING.rank:
            await self._rehearsal.passes(minutes=_LINK_AFTER.total_seconds() / 60)
            # What only leads up to a scenario is kept short: a whole day of polling before each would rehearse nothing more.
            shortest = self._plan.settings.merge_takes_at_least.total_seconds() / 3600 if stage.rank > Stage.MERGING.rank else None
            await self._rehearsal.seller.links_every_shop(takes=shortest)
            await self._rehearsal.passes(minutes=_LINK_AFTER.total_seconds() / 60)
        if stage.rank >= Stage.MERGED.rank:
            for shop in self._sandbox.world.tokopedia_shops():
                await self._rehearsal.until(Stage.MERGED, shop=shop.key)
            await self._rehearsal.passes(minutes=_LINK_AFTER.total_seconds() / 60)
        if stage is Stage.CONFIRMED:
            for shop in self._sandbox.world.tokopedia_shops():
                await self._rehearsal.seller.confirms_the_product_merge(shop=shop.key)
            await self._rehearsal.passes(hours=1)

    async def _settles(self) -> None:
        # Trouble has had its time: what it left undone is made up for now, or never.
        self._troubles.weathers(None)
        self._rehearsal.webhooks.suffer_no_more()
        await self._backstage.is_back()
        await self._backstage.passes(self.settling)
        while (late := [timer for timer in self._sandbox.clock.pending() if timer.name.startswith("late arrival")]) != []:
            await self._backstage.goes_to(late[-1].at)
            await self._backstage.passes(self.settling)
        if self._backstage.can(SeesOrders):
            await self._backstage.looks_at_orders()
        if self._backstage.can(TellsSeller):
            await self._backstage.looks_at_notices()
        links: Sequence[ShopLink] | None = None
        if self._backstage.can(LinksShops):
            links = await self._backstage.looks_at_links()
        self._rehearsal.identities = compares_ids(self._sandbox, self._backstage.post.sent, links)
        self._rehearsal.judgements = self._rehearsal.bench.settle(self._sandbox.clock.now)

    async def _settles_quietly(self) -> None:
        """Settle after a failure, so that an invariant's story is told beside it; a second failure adds nothing."""
        try:
            await self._settles()
        except Exception:  # noqa: BLE001 - the first failure is the one to report
            self._rehearsal.judgements = self._rehearsal.judgements or self._rehearsal.bench.settle(self._sandbox.clock.now)
