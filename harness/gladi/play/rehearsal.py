"""One rehearsal: what a scenario is given. How it is performed stands in `performance`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from gladi.judge.bench import Bench, Judgement
from gladi.platforms.troubles.trouble import Troubles
from gladi.play.backstage import Backstage
from gladi.play.faults import RehearsalError
from gladi.play.people import Buyer, Clerk, Courier, Moderator, Operator, Seller
from gladi.play.performance import Performance
from gladi.play.plan import Plan
from gladi.play.records import HeldRecords
from gladi.play.shelves import Shelves
from gladi.play.system import Restarts
from gladi.play.troublemaker import Troublemaker
from gladi.play.webhooks import Webhooks
from gladi.record.clock import moment
from gladi.record.journal import What
from gladi.record.words import Provenance, Stage, Target, TroubleLevel
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import seller

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from gladi.judge.identity import Identity
    from gladi.play.system import System
    from gladi.record.journal import Journal
    from gladi.sandbox.merge import StockAtMerge
    from gladi.sandbox.settings import ShipErrorCodes
    from gladi.sandbox.world.world import Seeded, World

__all__ = ["Plan", "Rehearsal"]

_PATIENCE = timedelta(days=4)
_HALF_A_MINUTE = 30_000
_PATIENT = 3
"""How often people ask again where there is trouble all day long."""


class Rehearsal:
    """What a scenario is given: people, time, and what there is to see. It is performed once."""

    performance: ClassVar[type[Performance]] = Performance
    """How it is performed."""

    def __init__(self, plan: Plan) -> None:
        """Open a fresh world as `plan` says; nothing happens before `perform`."""
        self._plan = plan
        self._sandbox = self._opens(plan)
        if plan.target is not Target.SANDBOX:
            self.journal.facts_are = Provenance.INFERRED
            self.journal.about["target"] = str(plan.target)
        self.backstage = self._moves(plan)
        """What moves time and wakes the system; a scenario has no need of it."""
        self.seller = Seller(self.backstage)
        self.buyer = Buyer(self.backstage)
        self.clerk = Clerk(self.backstage)
        self.courier = Courier(self.backstage)
        self.moderator = Moderator(self.backstage)
        self.platform = Operator(self.backstage)
        self.webhooks = Webhooks(self.backstage)
        self._troubles = Troubles()
        self.backstage.patience = _PATIENT if plan.trouble is TroubleLevel.HARSH else 0
        self.trouble = Troublemaker(self.backstage, self._troubles, seed=plan.seed)
        self.shelves = Shelves(self.backstage)
        self.records = HeldRecords(self.backstage)
        self.began_at = self._sandbox.clock.now
        self.bench = Bench(self.journal)
        self.judgements: tuple[Judgement, ...] = ()
        self.identities: dict[str, Identity] = {}
        self.body_began = 0
        """How many entries the journal had when the body began, and when it ended: what lies before was GIVEN, behind it settled."""
        self.body_ended = 0
        self.raised_at = 0
        """How many entries the journal had when the body raised, if it did: what the system does after that explains nothing."""

    def _opens(self, plan: Plan) -> Sandbox:
        return Sandbox(seed=plan.seed, settings=plan.settings, seeded=plan.seeded or _sellers(plan))

    def _moves(self, plan: Plan) -> Backstage:
        return Backstage(self._sandbox, plan.adapter.capabilities)

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
        self.journal.fact(What.SYSTEM_DOWN)
        await self.passes(hours=hours, minutes=minutes)
        self.journal.fact(What.SYSTEM_BACK)
        self.webhooks.the_receiver_comes_back()
        self.backstage.wake = self._sandbox.clock.now
        await self.backstage.catches_up()

    async def system_crashes(self) -> None:
        """Let the system's process go between two things that it does; seconds later it has begun again on what it left on disk.

        Raises:
            RehearsalError: the system does not declare that it restarts.
        """
        self.backstage.must(Restarts)
        self.backstage.loses_the_process()
        await self.backstage.is_back()

    async def until(self, stage: Stage, *, shop: str | None = None) -> None:
        """Let time pass until the shops have reached `stage`.

        Raises:
            RehearsalError: time alone does not bring them there, for instance because nobody linked them.
        """
        key = self.backstage.shop_named(shop)
        end = self._sandbox.clock.now + round(_PATIENCE.total_seconds() * 1000)
        # Only an integration comes to its end by itself; past it nothing is to be waited for, and hundreds of shops make waiting dear.
        await self.backstage.goes_to(
            end, unless=lambda: self.world.stage(key).rank >= stage.rank or self.world.stage(key) is not Stage.MERGING
        )
        if self.world.stage(key).rank < stage.rank:
            raise RehearsalError(f"the shops are {self.world.stage(key)}; to reach {stage} the seller must act first")

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
        """Let time pass until every order of this play that the merge put out of sight has come back: at most 48 hours, or none.

        Nobody on stage could know that instant either. Orders from before the play are not waited for: meanwhile the deadline for
        accepting one that has come back would pass.
        """
        while (late := [timer.at for timer in self._sandbox.clock.pending() if timer.name.startswith("late arrival of INV-")]) != []:
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

    def lets_ship_errors_follow(self, codes: ShipErrorCodes) -> None:
        """Say which document's codes Ship Package gives for a missed or missing collection time; the two documents have different ones."""
        self.world.ship_error_codes = codes

    # -- the performance -----------------------------------------------------------------------------------------------

    async def perform(self, body: Callable[[], Awaitable[None]]) -> None:
        """Bring the world to where the scenario begins, play it, let everything settle, and have it judged, also when it fails.

        Raises:
            HarnessFault: the platform itself raised, whether or not the system swallowed it.
        """
        await self.performance(self, self._plan, self._sandbox, self._troubles).perform(body)


def _sellers(plan: Plan) -> Seeded:
    return seller(plan.seed, sellers=plan.shops, solely_on_shop=plan.solely_on_shop, new_here=plan.new_here)
