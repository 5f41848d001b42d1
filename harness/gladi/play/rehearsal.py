"""One rehearsal: what a scenario is given, and how it is performed from the first tick of the system to the last word of the judges."""

from __future__ import annotations

from contextlib import AbstractContextManager, AsyncExitStack, ExitStack
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from gladi.judge.bench import Bench, Judgement
from gladi.judge.identity import Identity
from gladi.platforms.journalled import journalled
from gladi.play.backstage import Backstage, answer_of
from gladi.play.observer import compares_ids
from gladi.play.people import Buyer, Clerk, Seller, SentParcel
from gladi.play.standing import stand
from gladi.play.system import LinksShops, SeenOrder, SeesOrders, ShopLink
from gladi.play.venue import make_venue
from gladi.record.clock import moment
from gladi.record.journal import Journal, Webhook
from gladi.record.words import Face, Platform, Stage
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.world import World, WorldError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from gladi.faces.server import Served
    from gladi.play.adapter import Adapter
    from gladi.play.system import System, Venue
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.records import Listing
    from gladi.sandbox.world.world import Seeded

__all__ = ["Plan", "Rehearsal", "RehearsalError", "Shelf"]

T = TypeVar("T")

_SETTLING = timedelta(hours=1)
_PATIENCE = timedelta(days=4)
_LINK_AFTER = timedelta(minutes=10)
_HALF_A_MINUTE = 30_000


class RehearsalError(Exception):
    """A scenario asked for what cannot be; the text says what to ask for instead."""


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


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a platform sells under a seller SKU: price in whole rupiah, units over all warehouses, and what the page says."""

    price: int
    units: int
    at_default_warehouse: int
    title: str
    description: str


class Webhooks:
    """The way of webhooks from the platform to the system."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        """Watch over the deliveries of a rehearsal."""
        self._rehearsal = rehearsal

    def lose_the_next(self, count: int = 1) -> None:
        """Lose the next webhooks on their way: the platform sent them, nobody received them."""
        self._rehearsal.backstage.webhooks_to_lose += count

    @property
    def answers(self) -> list[int | None]:
        """The system's answers so far, in order: an HTTP status, or None for a webhook that was lost."""
        return [entry.status for entry in self._rehearsal.journal.entries if isinstance(entry, Webhook)]


class Rehearsal:
    """What a scenario is given: people, time, and what there is to see. It is performed once."""

    def __init__(self, plan: Plan) -> None:
        """Open a fresh world as `plan` says; nothing happens before `perform`."""
        self._plan = plan
        self._lock: AbstractContextManager[Any] = Lock()
        self._sandbox = Sandbox(seed=plan.seed, settings=plan.settings, seeded=plan.seeded)
        self._backstage: Backstage | None = None
        self.seller = Seller(self)
        self.buyer = Buyer(self)
        self.clerk = Clerk(self)
        self.webhooks = Webhooks(self)
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
        return self.world.stage(self.shop_named(None))

    def on_shelf(self, sku: str, *, on: Platform) -> Shelf:
        """Look at what a platform sells under a seller SKU.

        Raises:
            AssertionError: it sells no such thing.
        """
        shop = self.world.shops[self.shop_named(None)]
        listing = self.world.listing_of_sku(on, shop.key, sku)
        if listing is None:
            raise AssertionError(f"{sku} is not on the shelf of {on.label}")
        offer = next(one for one in listing.offers if one.sku == sku)
        default = next(one.name for one in shop.warehouses if one.is_default)
        return Shelf(offer.price, offer.units, dict(offer.stock)[default], listing.title, listing.description)

    def sku_on(self, *platforms: Platform) -> str:
        """Give a seller SKU that is on sale on all of `platforms` and on no other.

        Raises:
            RehearsalError: the seller has none.
        """
        return self._sku(lambda listing: listing.status is ListingStatus.ACTIVE, platforms)

    def sku_that_came_over(self) -> str:
        """Give a seller SKU that the product merge copied from Tokopedia to Tokopedia & Shop.

        Raises:
            RehearsalError: the product merge was not confirmed yet.
        """
        return self._sku(lambda listing: listing.twin is not None and listing.created_at > self.began_at, (Platform.SHOP,), exactly=False)

    def _sku(self, wanted: Callable[[Listing], bool], platforms: tuple[Platform, ...], *, exactly: bool = True) -> str:
        shop = self.shop_named(None)
        for listing in self.world.listings.rows("shop", (platforms[0], shop)):
            for offer in listing.offers:
                sold = {one for one in Platform if (there := self.world.listing_of_sku(one, shop, offer.sku)) is not None and wanted(there)}
                if sold == set(platforms) or (not exactly and sold >= set(platforms)):
                    return offer.sku
        raise RehearsalError(f"the seller, at stage {self.stage}, has no such SKU on {' and '.join(one.label for one in platforms)}")

    @property
    def twins(self) -> dict[str, str]:
        """The products that the product merge linked: the id on Tokopedia, and the id on Tokopedia & Shop."""
        listings = self.world.listings.rows("shop", (Platform.TOKOPEDIA, self.shop_named(None)))
        return {listing.id: listing.twin for listing in listings if listing.twin is not None}

    @property
    def merged_shop_ids(self) -> list[str]:
        """The Tokopedia ids of the shops that have merged, as text."""
        return [str(shop.tokopedia_id) for shop in self.world.all_shops() if shop.stage.rank >= Stage.MERGED.rank]

    def parcels_of(self, order: str) -> list[SentParcel]:
        """Give the parcels that left for an order, in order of time."""
        return [SentParcel(one.key, one.platform, moment(one.left_at)) for one in self.world.parcels.values() if one.order == order]

    def can(self, capability: type) -> bool:
        """Tell whether the system declares a capability."""
        return capability in self._plan.adapter.capabilities

    # -- time ----------------------------------------------------------------------------------------------------------

    async def passes(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass; whatever falls due on the way happens."""
        await self.backstage.passes(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))

    async def until(self, stage: Stage, *, shop: str | None = None) -> None:
        """Let time pass until the shops have reached `stage`.

        Raises:
            RehearsalError: they do not reach it within four days, for instance because nobody linked them.
        """
        key = self.shop_named(shop)
        end = self._sandbox.clock.now + round(_PATIENCE.total_seconds() * 1000)
        if not await self.backstage.goes_to(end, unless=lambda: self.world.stage(key).rank >= stage.rank):
            raise RehearsalError(f"the shops are still {self.world.stage(key)} after four days; to reach {stage} the seller must act first")

    async def until_the_last_minute(self, *, shop: str | None = None) -> None:
        """Let time pass until half a minute before the integration ends; nobody on stage could know that instant.

        Raises:
            RehearsalError: the shops are not merging.
        """
        name = f"integration of {self.shop_named(shop)}"
        ends = next((timer.at for timer in self._sandbox.clock.pending() if timer.name == name), None)
        if ends is None:
            raise RehearsalError(f"the shops are {self.stage}, so no integration is about to end; the seller must link them first")
        await self.backstage.goes_to(max(self._sandbox.clock.now, ends - _HALF_A_MINUTE))

    # -- the performance -----------------------------------------------------------------------------------------------

    async def perform(self, body: Callable[[], Awaitable[None]]) -> None:
        """Bring the world to where the scenario begins, play it, let everything settle, and have it judged, also when it fails.

        Raises:
            HarnessFault: the platform itself raised, whether or not the system swallowed it.
        """
        with ExitStack() as faces:
            face = faces.enter_context(stand(self._plan.face, journalled(self._sandbox, self.journal), self._sandbox, self._plan.server))
            self._lock = face.lock
            venue = make_venue(self._sandbox, url=face.url, storage=self._plan.storage)
            try:
                await self._performs(venue, body)
            finally:
                face.speaks_up(self.journal)

    async def _performs(self, venue: Venue, body: Callable[[], Awaitable[None]]) -> None:
        async with AsyncExitStack() as systems:
            made: Any = self._plan.adapter.factory(venue)
            system: System = await systems.enter_async_context(made) if hasattr(made, "__aenter__") else made
            self._backstage = Backstage(self._sandbox, system, self._lock)
            await self._brings_to(self._plan.begins)
            self.body_began = len(self.journal.entries)
            try:
                await body()
            except Exception:
                self.body_ended = len(self.journal.entries)
                await self._settles_quietly()
                raise
            self.body_ended = len(self.journal.entries)
            await self._settles()

    async def _brings_to(self, stage: Stage) -> None:
        await self.backstage.catches_up()
        if stage.rank >= Stage.MERGING.rank:
            await self.passes(minutes=_LINK_AFTER.total_seconds() / 60)
            await self.seller.links_the_shops()
            await self.passes(minutes=_LINK_AFTER.total_seconds() / 60)
        if stage.rank >= Stage.MERGED.rank:
            await self.until(Stage.MERGED)
            await self.passes(minutes=_LINK_AFTER.total_seconds() / 60)
        if stage is Stage.CONFIRMED:
            await self.seller.confirms_the_product_merge()
            await self.passes(hours=1)

    async def _settles(self) -> None:
        await self.backstage.passes(_SETTLING)
        while (late := [timer for timer in self._sandbox.clock.pending() if timer.name.startswith("late arrival")]) != []:
            await self.backstage.goes_to(late[-1].at)
            await self.backstage.passes(_SETTLING)
        if self.can(SeesOrders):
            await self.looks_at_orders()
        links: Sequence[ShopLink] | None = None
        if self.can(LinksShops):
            links = await self.hears(lambda system: system.shop_links())
        self.identities = compares_ids(self._sandbox, self.backstage.seen_webhooks, links)
        self.judgements = self.bench.settle(self._sandbox.clock.now)

    async def _settles_quietly(self) -> None:
        """Settle after a failure, so that an invariant's story is told beside it; a second failure adds nothing."""
        try:
            await self._settles()
        except Exception:  # noqa: BLE001 - the first failure is the one to report
            self.judgements = self.judgements or self.bench.settle(self._sandbox.clock.now)

    # -- for the people ------------------------------------------------------------------------------------------------

    def shop_named(self, key: str | None) -> str:
        """Give the shop of that name, or the seller's only one."""
        if key is None:
            return self.world.all_shops()[0].key
        if self.world.shops.get(key) is None:
            right = ", ".join(shop.key for shop in self.world.all_shops()[:5])
            raise RehearsalError(f"there is no shop {key!r}; write one of {right}")
        return key

    async def in_the_world(self, act: Callable[[World], T]) -> T:
        """Let something happen in the world, then let the system have the news that is due at once."""
        try:
            with self._lock:
                done = act(self.world)
        except WorldError as error:
            raise RehearsalError(str(error)) from None
        await self.backstage.catches_up()
        return done

    async def asks(self, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - the adapter's types are pinned by its protocols
        """Have the system do something."""
        backstage = self.backstage
        return await backstage.asks(lambda: ask(backstage.system))

    async def hears(self, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - as above
        """Have the system show something; nothing becomes due by looking."""
        return await answer_of(ask(self.backstage.system))

    async def looks_at_orders(self) -> Sequence[SeenOrder]:
        """Look at the system's list of orders, and note it in the journal."""
        shown: Sequence[SeenOrder] = await self.hears(lambda system: system.orders())
        rows: list[dict[str, str]] = []
        for row in shown:
            order = self.world.order_where(row.platform, row.order_id)
            rows.append(
                {"platform": row.platform, "order_id": row.order_id, "state": row.state}
                | ({"order": order.key} if order is not None else {})
            )
        self.journal.showed("SeesOrders", tuple(rows))
        return shown

    @property
    def backstage(self) -> Backstage:
        """What moves time and wakes the system; a scenario has no need of it."""
        if self._backstage is None:
            raise RehearsalError("the rehearsal has not begun; write `async def test_...(rehearsal)` and decorate it with @scenario(...)")
        return self._backstage
