"""Behind the scenes of one rehearsal: it moves time, wakes the system, carries webhooks to it, and passes on what people do.

Nothing here decides anything about the platforms or the verdict. Time leaps to the next due thing, be it the sandbox's or
the system's; at each instant webhooks are delivered first, then the system is woken. What it shows is looked at in `showing`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from gladi.play.faults import RehearsalError, SoldOutError, SystemFault
from gladi.play.frames import where
from gladi.play.post import Letter, Post
from gladi.play.process import GONE
from gladi.play.showing import Showing
from gladi.play.system import LinksShops, SeesOrders, TellsSeller
from gladi.record.clock import instant, moment
from gladi.record.journal import What
from gladi.record.redact import clean_text
from gladi.record.words import SHOP, Level, Platform
from gladi.sandbox.world.world import SoldOut, WorldError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from gladi.record.clock import Instant
    from gladi.sandbox.sandbox import Sandbox
    from gladi.sandbox.world.world import World

__all__ = ["Backstage"]

T = TypeVar("T")

_TOO_OFTEN = 1000
_A_MINUTE = timedelta(minutes=1)
_RESTART_TAKES = 5000
"""Milliseconds from a crash until the system's factory is called again."""
_OK, _SERVER_ERROR = 200, 500
_LEAST_STATUS, _MOST_STATUS = 100, 599


class Backstage(Showing):
    """One sandbox, one system, and the time they share."""

    def __init__(self, sandbox: Sandbox, capabilities: frozenset[type]) -> None:
        """Take the sandbox; the system enters later, and declares `capabilities`."""
        super().__init__(sandbox, capabilities)
        self.lock: AbstractContextManager[Any] = Lock()
        """Held whenever the sandbox is moved, because a served face answers on another thread."""
        self.wake: Instant | None = sandbox.clock.now
        self.post = Post(sandbox)
        self._ticks_here = 0

    @property
    def now(self) -> datetime:
        """The virtual time, aware, UTC."""
        return moment(self.sandbox.clock.now)

    async def passes(self, duration: timedelta) -> None:
        """Let time pass."""
        await self.goes_to(self.sandbox.clock.now + round(duration.total_seconds() * 1000))

    async def goes_to(self, end: Instant, *, unless: Callable[[], bool] | None = None) -> bool:
        """Leap from due thing to due thing until `end`; stop early and give True as soon as `unless` holds."""
        clock = self.sandbox.clock
        while True:
            await self.catches_up()
            if unless is not None and unless():
                return True
            due = min((at for at in (clock.due, self.wake) if at is not None), default=None)
            if due is None or due > end:
                break
            with self.lock:
                clock.leap(max(due, clock.now))
            self._ticks_here = 0
        with self.lock:
            # A client that waited in vain for an answer may have waited past the end.
            clock.leap(max(end, clock.now))
        await self.catches_up()
        return unless is not None and unless()

    async def catches_up(self) -> None:
        """Deliver what is due and wake the system if it asked for that by now."""
        await self._delivers()
        while self.wake is not None and self.wake <= self.sandbox.clock.now:
            await self.wakes()
            await self._delivers()

    async def wakes(self) -> None:
        """Wake the system now and hear when it wants to be woken next."""
        self._ticks_here += 1
        if self._ticks_here > _TOO_OFTEN:
            raise SystemFault(
                f"tick({self.now:%H:%M:%S}) asked {_TOO_OFTEN} times to be woken at once; return a time in the future or None"
            )
        if not await self._lives():
            return
        wake = await self.does(lambda system: system.tick(self.now))
        if wake is GONE:
            return
        if wake is not None and (not isinstance(wake, datetime) or wake.tzinfo is None):
            raise SystemFault(f"tick returned {wake!r}; return an aware datetime, such as now + timedelta(minutes=5), or None")
        self.wake = None if wake is None else instant(wake)

    def must(self, capability: type) -> None:
        """Make sure that the system declares a capability.

        Raises:
            RehearsalError: it does not, and the scenario forgot to say that it needs it.
        """
        if not self.can(capability):
            name = capability.__name__
            raise RehearsalError(f"this needs {name}, which the system does not declare; write needs={name} in the scenario")

    async def asks(self, ask: Callable[[Any], Any], *, question: bool = False) -> Any:  # noqa: ANN401 - as `answer_of`
        """Put something to the system, then wake it: what it was told may be due at once. Nobody answers who went meanwhile: None."""
        await self.is_back()
        answer = await (self.finds_out(ask) if question else self.does(ask))
        self._ticks_here = 0
        if answer is GONE:
            return None
        await self.wakes()
        await self._delivers()
        return answer

    # -- the process that it lives in ----------------------------------------------------------------------------------

    @property
    def is_gone(self) -> bool:
        """Whether the system's process is gone, and has not begun again."""
        return self.process is not None and self.process.is_gone

    def loses_the_process(self) -> None:
        """Let the system's process be gone in this moment; a few seconds later it begins again on what it left on disk."""
        if self.process is None or self.is_gone:
            return
        self.process.dies()
        self.wake = self.sandbox.clock.now + _RESTART_TAKES
        self.sandbox.journal.fact(What.CRASHED)

    async def is_back(self) -> None:
        """Let time pass until the system's process is there again, if it is gone."""
        while self.is_gone and self.wake is not None:
            await self.goes_to(self.wake)

    async def waits(self) -> None:
        """Let a minute pass before a person asks again."""
        await self.passes(_A_MINUTE)

    async def _lives(self) -> bool:
        """Have the system's process begin again if it is gone; tell whether it is there."""
        if self.process is None or not self.process.is_gone:
            return True
        system = await self.process.begins_again()
        if system is None:
            return False
        self.system = system
        return True

    async def _delivers(self) -> None:
        while True:
            with self.lock:
                letter = self.post.next()
            if letter is None:
                return
            await self._carries(letter)

    async def _carries(self, letter: Letter) -> None:
        """Deliver one webhook; what the system shows is looked at on both sides of one that comes again."""
        outgoing, post, journal = letter.outgoing, self.post, self.sandbox.journal
        platform = Platform(outgoing.platform)
        if letter.lost or not post.is_heard or self.is_gone:
            if not letter.lost and not post.is_heard:
                post.meets_nobody()
            about: dict[str, Any] = {"shop": outgoing.shop, "genuine": letter.genuine, "notification": outgoing.notification}
            journal.webhook(platform, outgoing.event, None, lost=letter.lost, **about)
            with self.lock:
                outgoing.answered(_OK if letter.taken_by_another else None)
            return
        again = post.is_known(outgoing.delivery)
        if again:
            await self._looks_at_what_webhooks_change(platform)
        journal.fact(What.WEBHOOK_ARRIVED, shop=outgoing.shop, platform=platform, value=outgoing.event)
        status = await self._received(letter)
        told = outgoing.tells_merged if letter.genuine else ()
        about = {"shop": outgoing.shop, "genuine": letter.genuine, "notification": outgoing.notification}
        journal.webhook(platform, outgoing.event, status, tells_merged=told, again=again, **about)
        with self.lock:
            outgoing.answered(status)
        self._ticks_here = 0
        if status is None:
            return
        await self.wakes()
        if again:
            await self._looks_at_what_webhooks_change(platform)

    async def _received(self, letter: Letter) -> int | None:
        try:
            status = await self.does(lambda system: system.receive(letter.outgoing.delivery))
            if status is GONE:
                return None
        except Exception as error:  # noqa: BLE001 - a receiver that raises is a server that answers 500
            status = _SERVER_ERROR
            said = str(error).strip().partition("\n")[0]
            text = f"receive raised {type(error).__name__}: {said} ({where(error)}); counted as status 500"
            self.sandbox.journal.finding(Level.WARNING, "receive", clean_text(text))
        if not isinstance(status, int) or not _LEAST_STATUS <= status <= _MOST_STATUS:  # True is 1, and no status
            raise SystemFault(f"receive answered {status!r}; return the HTTP status as an int, such as 200")
        return status

    async def _looks_at_what_webhooks_change(self, platform: Platform) -> None:
        if platform is SHOP and self.can(SeesOrders):
            await self.looks_at_orders()
        if self.can(LinksShops):
            await self.looks_at_links()
        if self.can(TellsSeller):
            await self.looks_at_notices()

    def owns(self, sku: str, units: int | None) -> None:
        """Note how many units of a SKU the first seller owns from now on, over the default warehouse.

        None says that nobody can tell any more; so does another warehouse that holds units of it, which no system sets.
        """
        world = self.sandbox.world
        shop = world.all_shops()[0]
        default = next(one.name for one in shop.warehouses if one.is_default)
        listings = [found for platform in Platform if (found := world.listing_of_sku(platform, shop.key, sku)) is not None]
        elsewhere = any(
            held for one in listings for offer in one.offers if offer.sku == sku for name, held in offer.stock if name != default
        )
        self.sandbox.journal.fact(What.UNITS_OWNED, shop=shop.key, sku=sku, value="" if units is None or elsewhere else str(units))

    def stocked(self) -> World:
        """Give the world whose shelves are looked at, as they are now."""
        return self.sandbox.world

    # -- for the people ------------------------------------------------------------------------------------------------

    def shop_named(self, key: str | None) -> str:
        """Give the shop of that name, or the first seller's.

        Raises:
            RehearsalError: there is no such shop.
        """
        world = self.sandbox.world
        if key is None:
            return world.all_shops()[0].key
        if world.shops.get(key) is None:
            right = ", ".join(shop.key for shop in world.all_shops()[:5])
            raise RehearsalError(f"there is no shop {key!r}; write one of {right}")
        return key

    async def in_the_world(self, act: Callable[[World], T]) -> T:
        """Let something happen in the world, then let the system have the news that is due at once.

        Raises:
            RehearsalError: the world does not allow it.
        """
        try:
            with self.lock:
                done = act(self.sandbox.world)
        except SoldOut as error:
            raise SoldOutError(str(error)) from None
        except WorldError as error:
            raise RehearsalError(str(error)) from None
        await self.catches_up()
        return done
