"""The stocktaking of a live play: its model bears the shop's goods as the platforms show them, at the hour at which they were seen."""

from __future__ import annotations

import asyncio
from threading import Lock
from typing import TYPE_CHECKING

from gladi.play.backstage import Backstage
from gladi.play.faults import UncuedError
from gladi.play.live.keeping import Keeping
from gladi.play.live.stock import Stock
from gladi.record.words import Level

if TYPE_CHECKING:
    from gladi.play.live.ground import Ground
    from gladi.record.clock import Instant
    from gladi.record.words import Platform
    from gladi.sandbox.sandbox import Sandbox
    from gladi.sandbox.world.world import World

__all__ = ["Stocktaking"]


class Stocktaking(Backstage):
    """What is behind the scenes, with the goods of one test shop."""

    def __init__(self, sandbox: Sandbox, capabilities: frozenset[type], ground: Ground, stock: Stock | None) -> None:
        """Stand on `ground`, with the goods of its shop in `stock`, which the sandbox bears already; without one, with none known."""
        super().__init__(sandbox, capabilities)
        self.ground = ground
        self.stock = stock or Stock(ground.eyes, reads=False)
        self._stocked_at: tuple[int, int] | None = None
        self._shop = sandbox.world.all_shops()[0].key
        self._told: set[str] = set()
        self._reading = Lock()
        self.kept = Keeping(sandbox.clock.now)
        """What the play has met with so far."""
        for platform in (*self.stock.goods, *self.stock.unread):
            self.kept.sold(sandbox.clock.now, platform, self.stock.goods.get(platform))
        self.stock.tells = lambda platform, goods: self.kept.sold(sandbox.clock.now, platform, goods)

    def _follows_the_clock(self, at: Instant = 0, *, acts: bool = True) -> None:
        """Go on to now, or to `at` where that was waited for; else somebody `acts` or has looked, which takes its time."""
        clock = self.sandbox.clock
        since = clock.now
        with self.lock:
            clock.leap(max(at, clock.now, self.ground.time.now()))
            # What the model would send, the platforms send themselves.
            self.sandbox.outbox.clear()
        if at:
            self.kept.waited(clock.now)
        elif acts:
            self.kept.acted(since, clock.now)

    def differs(self, sentence: str) -> None:
        """Note, once in a play, that the platforms did otherwise than the model: the sandbox may be wrong about them."""
        if sentence not in self._told:
            self._told.add(sentence)
            self.sandbox.journal.finding(Level.NOTE, "model", sentence)

    def stocked(self) -> World:
        """Give the model's world with the shelves as the platforms show them: they are read anew where anything has happened since.

        Raises:
            UncuedError: the goods of a platform were never read in this play.
        """
        if self._stocked_at != self._here():
            self._reads_the_stock()
            self._bears_the_stock()
        for platform, why in self.stock.unread.items():
            if platform not in self.stock.goods:
                raise UncuedError(f"what the test shop sells on {platform.label} is not known: {why}")
        return self.sandbox.world

    def looks_closely_at(self, sku: str) -> None:
        """Have the page of its product read as well, whenever the goods are read from now on."""
        if sku not in self.stock.in_detail:
            self.stock.in_detail.add(sku)
            self._stocked_at = None

    async def takes_stock(self) -> None:
        """Read the shop's goods, and let the model bear them."""
        await asyncio.to_thread(self._reads_the_stock)
        self._bears_the_stock()

    async def units_at_the_default_warehouse(self, platform: Platform, sku: str) -> int | None:
        """Look at how many units of a SKU a platform shows in the default warehouse; the model bears nothing of it yet."""
        await asyncio.to_thread(self._reads_the_stock)
        self._stocked_at = None
        return self.stock.units_at_the_default_warehouse(platform, sku, self.sandbox.world.shops[self._shop])

    def _reads_the_stock(self) -> None:
        # A webhook may have it read while the play does.
        with self._reading:
            self.stock.reads(self.ground.eyes)

    def _bears_the_stock(self) -> None:
        self._follows_the_clock()
        with self.lock:
            differences = self.stock.borne_by(self.sandbox.world, self._shop)
            self.sandbox.outbox.clear()
        for sentence in differences:
            self.differs(sentence)
        for platform, why in self.stock.unread.items():
            self.differs(f"the goods on {platform.label} could not be read again: {why}")
        self._stocked_at = self._here()

    def _here(self) -> tuple[int, int]:
        return self.sandbox.clock.now, len(self.sandbox.journal.entries)
