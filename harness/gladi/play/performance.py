"""One performance: a rehearsal from the first tick of the system to the last word of the judges.

1. The system is made from its venue and lives up to the stage at which the scenario begins.
2. The body is played; then everything settles, and the judges speak, also when the body failed.
"""

from __future__ import annotations

from contextlib import AsyncExitStack, ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gladi.platforms.journalled import journalled
from gladi.platforms.trouble import troubled
from gladi.play.observer import compares_ids
from gladi.play.standing import stand
from gladi.play.system import LinksShops, SeesOrders, TellsSeller
from gladi.play.venue import make_venue
from gladi.record.journal import What
from gladi.record.words import SHOP, Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from gladi.platforms.trouble import Troubles
    from gladi.play.plan import Plan
    from gladi.play.rehearsal import Rehearsal
    from gladi.play.system import ShopLink, Venue
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["Performance"]

_SETTLING = timedelta(hours=1)
_LINK_AFTER = timedelta(minutes=10)


class Performance:
    """Brings a rehearsal to its beginning, plays it, and has it judged."""

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
        platform = journalled(troubled(self._sandbox, self._troubles, self._sandbox.journal), self._sandbox.journal)
        with ExitStack() as faces:
            face = faces.enter_context(stand(self._plan.face, platform, self._sandbox, self._plan.server))
            self._backstage.lock = face.lock
            venue = make_venue(
                self._sandbox, url=face.url, storage=self._plan.storage, transport=face.transport, without_grant=self._plan.without_grant
            )
            try:
                await self._performs(venue, body)
            finally:
                face.speaks_up(self._sandbox.journal)

    async def _performs(self, venue: Venue, body: Callable[[], Awaitable[None]]) -> None:
        async with AsyncExitStack() as systems:
            made: Any = self._plan.adapter.factory(venue)
            self._backstage.system = await systems.enter_async_context(made) if hasattr(made, "__aenter__") else made
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
            self._rehearsal.webhooks.settle()
            # A breach is told first: it may be why the call that a trouble waited for was never made.
            if not any(one.fails for one in self._rehearsal.judgements):
                self._rehearsal.trouble.settle()

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
        await self._backstage.passes(_SETTLING)
        while (late := [timer for timer in self._sandbox.clock.pending() if timer.name.startswith("late arrival")]) != []:
            await self._backstage.goes_to(late[-1].at)
            await self._backstage.passes(_SETTLING)
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
