"""One rehearsal: what a scenario is given, and how it is performed from the first tick of the system to the last word of the judges."""

from __future__ import annotations

from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from gladi.judge.bench import Bench, Judgement
from gladi.platforms.journalled import journalled
from gladi.platforms.trouble import Troubles, troubled
from gladi.play.backstage import Backstage
from gladi.play.faults import RehearsalError
from gladi.play.observer import compares_ids
from gladi.play.people import Buyer, Clerk, Seller
from gladi.play.shelves import Shelves
from gladi.play.standing import stand
from gladi.play.system import LinksShops, SeesOrders, TellsSeller
from gladi.play.troublemaker import Troublemaker
from gladi.play.venue import make_venue
from gladi.play.webhooks import Webhooks
from gladi.record.clock import moment
from gladi.record.journal import What
from gladi.record.words import SHOP, Face, Stage
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import seller

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from gladi.faces.server import Served
    from gladi.judge.identity import Identity
    from gladi.play.adapter import Adapter
    from gladi.play.system import ShopLink, System, Venue
    from gladi.record.journal import Journal
    from gladi.sandbox.merge import StockAtMerge
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.world import Seeded, World

__all__ = ["Plan", "Rehearsal"]

T = TypeVar("T")

_SETTLING = timedelta(hours=1)
_PATIENCE = timedelta(days=4)
_LINK_AFTER = timedelta(minutes=10)
_HALF_A_MINUTE = 30_000


@dataclass(frozen=True, slots=True)
class Plan:
    """With what a scenario is rehearsed: the system, the face, the seed, the settings, and a folder for the system."""

    adapter: Adapter
    settings: Settings
    storage: Path
    face: Face = Face.INPROCESS
    seed: int = 0
    server: Served | None = None
    seeded: Seeded | None = None
    begins: Stage = Stage.PENDING
    shops: int = 1
    """How many sellers there are, unless `seeded` says it."""
    without_grant: tuple[str, ...] = ()
    """The shops whose owner has not authorized the app on Tokopedia & Shop."""


class Rehearsal:
    """What a scenario is given: people, time, and what there is to see. It is performed once."""

    def __init__(self, plan: Plan) -> None:
        """Open a fresh world as `plan` says; nothing happens before `perform`."""
        self._plan = plan
        self._sandbox = Sandbox(seed=plan.seed, settings=plan.settings, seeded=plan.seeded or seller(plan.seed, sellers=plan.shops))
        self.backstage = Backstage(self._sandbox, plan.adapter.capabilities)
        """What moves time and wakes the system; a scenario has no need of it."""
        self.seller = Seller(self.backstage)
        self.buyer = Buyer(self.backstage)
        self.clerk = Clerk(self.backstage)
        self.webhooks = Webhooks(self.backstage)
        self._troubles = Troubles()
        self.trouble = Troublemaker(self._sandbox, self._troubles)
        self.shelves = Shelves(self.backstage)
        self.began_at = self._sandbox.clock.now
        self.bench = Bench(self.journal)
        self.judgements: tuple[Judgement, ...] = ()
        self.identities: dict[str, Identity] = {}
        self.body_began = 0
        """How many entries the journal had when the body began, and when it ended: what lies before was GIVEN, behind it settled."""
        self.body_ended = 0

    # -- what there is to see ------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The virtual time, aware, UTC."""
        return moment(self._sandbox.clock.now)

    @property
    def journal(self) -> Journal:
        """What has happened so far."""
        return self._sandbox.journal

    @property
    def world(self) -> World:
        """The world behind both platforms, for what no person could see; a scenario seldom needs it."""
        return self._sandbox.world

    @property
    def system(self) -> System:
        """The adapter of the system under rehearsal."""
        return self.backstage.system

    @property
    def stage(self) -> Stage:
        """Where the merge of the seller's shops stands."""
        return self.world.stage(self.backstage.shop_named(None))

    @property
    def merged_shop_ids(self) -> list[str]:
        """The Tokopedia ids of the shops that have merged, as text."""
        return [str(shop.tokopedia_id) for shop in self.world.all_shops() if shop.stage.rank >= Stage.MERGED.rank]

    # -- time ----------------------------------------------------------------------------------------------------------

    async def passes(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass; whatever falls due on the way happens.

        Raises:
            RehearsalError: the time is negative.
        """
        duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if duration < timedelta():
            raise RehearsalError(f"time cannot pass backwards ({duration.total_seconds():.0f} seconds); write a duration of zero or more")
        await self.backstage.passes(duration)

    async def passes_without_the_system(self, *, hours: float = 0, minutes: float = 0) -> None:
        """Let time pass while the system is down: nobody wakes it and webhooks meet nobody. It is woken as soon as it is back.

        Raises:
            RehearsalError: the time is negative.
        """
        self.webhooks.the_receiver_dies()
        self.backstage.wake = None
        await self.passes(hours=hours, minutes=minutes)
        self.webhooks.the_receiver_comes_back()
        self.backstage.wake = self._sandbox.clock.now
        await self.backstage.catches_up()

    async def until(self, stage: Stage, *, shop: str | None = None) -> None:
        """Let time pass until the shops have reached `stage`.

        Raises:
            RehearsalError: they do not reach it within four days, for instance because nobody linked them.
        """
        key = self.backstage.shop_named(shop)
        end = self._sandbox.clock.now + round(_PATIENCE.total_seconds() * 1000)
        if not await self.backstage.goes_to(end, unless=lambda: self.world.stage(key).rank >= stage.rank):
            raise RehearsalError(f"the shops are still {self.world.stage(key)} after four days; to reach {stage} the seller must act first")

    async def until_the_last_minute(self, *, shop: str | None = None) -> None:
        """Let time pass until half a minute before the integration ends; nobody on stage could know that instant.

        Raises:
            RehearsalError: the shops are not merging.
        """
        name = f"integration of {self.backstage.shop_named(shop)}"
        ends = next((timer.at for timer in self._sandbox.clock.pending() if timer.name == name), None)
        if ends is None:
            raise RehearsalError(f"the shops are {self.stage}, so no integration is about to end; the seller must link them first")
        await self.backstage.goes_to(max(self._sandbox.clock.now, ends - _HALF_A_MINUTE))

    async def until_late_orders_arrive(self) -> None:
        """Let time pass until every order that a merge put out of sight has come back, at most 48 hours; no time where none is.

        Nobody on stage could know that instant either.
        """
        while (late := [timer.at for timer in self._sandbox.clock.pending() if timer.name.startswith("late arrival")]) != []:
            await self.backstage.goes_to(max(late))

    def lets_the_integration_fail(self) -> None:
        """Let the next integration fail: after its hours the shops are pending again, as if nobody had linked them."""
        self.world.next_integration_fails = True

    def lets_the_merge_renumber_the_warehouses(self) -> None:
        """Let every warehouse have another id on Tokopedia & Shop once the shops have merged; nobody documents whether it keeps its own."""
        self.world.warehouse_ids_survive = False

    def lets_the_product_merge_give(self, *, stock: StockAtMerge) -> None:
        """Say what stock a product that both platforms sold has after the product merge; nobody documents it."""
        self.world.stock_at_merge = stock

    # -- the performance -----------------------------------------------------------------------------------------------

    async def perform(self, body: Callable[[], Awaitable[None]]) -> None:
        """Bring the world to where the scenario begins, play it, let everything settle, and have it judged, also when it fails.

        Raises:
            HarnessFault: the platform itself raised, whether or not the system swallowed it.
        """
        platform = journalled(troubled(self._sandbox, self._troubles, self.journal), self.journal)
        with ExitStack() as faces:
            face = faces.enter_context(stand(self._plan.face, platform, self._sandbox, self._plan.server))
            self.backstage.lock = face.lock
            venue = make_venue(
                self._sandbox, url=face.url, storage=self._plan.storage, transport=face.transport, without_grant=self._plan.without_grant
            )
            try:
                await self._performs(venue, body)
            finally:
                face.speaks_up(self.journal)

    async def _performs(self, venue: Venue, body: Callable[[], Awaitable[None]]) -> None:
        async with AsyncExitStack() as systems:
            made: Any = self._plan.adapter.factory(venue)
            self.backstage.system = await systems.enter_async_context(made) if hasattr(made, "__aenter__") else made
            for shop in self._plan.without_grant:
                self.journal.fact(What.NOT_AUTHORIZED, shop=shop, platform=SHOP)
            await self._brings_to(self._plan.begins)
            self.body_began = len(self.journal.entries)
            try:
                await body()
            except KeyboardInterrupt:
                raise
            except BaseException:  # pytest.fail raises no Exception, and a system may call sys.exit
                self.body_ended = len(self.journal.entries)
                await self._settles_quietly()
                raise
            self.body_ended = len(self.journal.entries)
            await self._settles()
            self.webhooks.settle()
            # A breach is told first: it may be why the call that a trouble waited for was never made.
            if not any(one.fails for one in self.judgements):
                self.trouble.settle()

    async def _brings_to(self, stage: Stage) -> None:
        await self.backstage.catches_up()
        if stage.rank >= Stage.MERGING.rank:
            await self.passes(minutes=_LINK_AFTER.total_seconds() / 60)
            # What only leads up to a scenario is kept short: a whole day of polling before each would rehearse nothing more.
            shortest = self._plan.settings.merge_takes_at_least.total_seconds() / 3600 if stage.rank > Stage.MERGING.rank else None
            await self.seller.links_every_shop(takes=shortest)
            await self.passes(minutes=_LINK_AFTER.total_seconds() / 60)
        if stage.rank >= Stage.MERGED.rank:
            for shop in self.world.all_shops():
                await self.until(Stage.MERGED, shop=shop.key)
            await self.passes(minutes=_LINK_AFTER.total_seconds() / 60)
        if stage is Stage.CONFIRMED:
            for shop in self.world.all_shops():
                await self.seller.confirms_the_product_merge(shop=shop.key)
            await self.passes(hours=1)

    async def _settles(self) -> None:
        await self.backstage.passes(_SETTLING)
        while (late := [timer for timer in self._sandbox.clock.pending() if timer.name.startswith("late arrival")]) != []:
            await self.backstage.goes_to(late[-1].at)
            await self.backstage.passes(_SETTLING)
        if self.backstage.can(SeesOrders):
            await self.backstage.looks_at_orders()
        if self.backstage.can(TellsSeller):
            await self.backstage.looks_at_notices()
        links: Sequence[ShopLink] | None = None
        if self.backstage.can(LinksShops):
            links = await self.backstage.looks_at_links()
        self.identities = compares_ids(self._sandbox, self.backstage.post.sent, links)
        self.judgements = self.bench.settle(self._sandbox.clock.now)

    async def _settles_quietly(self) -> None:
        """Settle after a failure, so that an invariant's story is told beside it; a second failure adds nothing."""
        try:
            await self._settles()
        except Exception:  # noqa: BLE001 - the first failure is the one to report
            self.judgements = self.judgements or self.bench.settle(self._sandbox.clock.now)
