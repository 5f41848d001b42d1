"""One rehearsal on the platforms: what a scenario is given there, and what it cannot be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.live.backstage import LiveBackstage
from gladi.play.live.people import Absent, LiveBuyer, LiveSeller
from gladi.play.live.performance import LivePerformance
from gladi.play.live.shelves import LiveShelves
from gladi.play.live.stock import Stock
from gladi.play.rehearsal import Rehearsal
from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.words import Provenance, Target
from gladi.sandbox.app import App
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import BEGINNING, seller
from gladi.sandbox.world.accompanying import bear_seller

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage
    from gladi.play.live.ground import Ground
    from gladi.play.plan import Plan

__all__ = ["LiveRehearsal"]

_NOBODYS = (
    "until_the_last_minute",
    "until_late_orders_arrive",
    "passes_without_the_system",
    "lets_the_integration_fail",
    "lets_the_merge_renumber_the_warehouses",
    "lets_the_product_merge_give",
    "lets_ship_errors_follow",
)
"""What a rehearsal does with the world of the sandbox, and with no other."""
_UNSEEN = ("grants_access", "takes_access_back", "shares", "writes_to_the_buyer")
"""What the seller does of which nobody can see, on the platforms, what came of it: only the sandbox shows that."""
_ABSENT = {
    "courier": "the courier",
    "moderator": "the moderator",
    "platform": "the platform",
    "webhooks": "webhooks:",
    "trouble": "trouble:",
    "records": "the records, which only the sandbox knows:",
}


class LiveRehearsal(Rehearsal):
    """A rehearsal on the platforms' own test shop. Its people act by cues; its time is the wall's."""

    performance = LivePerformance

    def __init__(self, plan: Plan, *, ground: Ground) -> None:
        """Stand on `ground`; nothing happens before `perform`."""
        self._ground = ground
        super().__init__(plan)
        self.journal.facts_are = Provenance.INFERRED
        self.seller = LiveSeller(self.backstage)
        self.buyer = LiveBuyer(self.backstage)
        self.shelves = LiveShelves(self.backstage)
        for name in _UNSEEN:
            setattr(self.seller, name, getattr(Absent("the seller", self.seller), name))
        for name, who in _ABSENT.items():
            setattr(self, name, Absent(who, getattr(self, name)))
        for name in _NOBODYS:
            setattr(self, name, getattr(Absent("rehearsal:", self), name))

    def _opens(self, plan: Plan) -> Sandbox:
        """Open the model: the app, the shop and the hour are the platforms' own."""
        keys = self._ground.credentials
        app = App(keys.fs_id, keys.client_id, keys.client_secret, keys.webhook_secret, keys.app_key, keys.app_secret)
        clock = Clock(max(BEGINNING, self._ground.time.now()))
        about = {"seed": plan.seed, "target": str(Target.LIVE)}
        # What cannot begin where the shop is need not know what it sells.
        is_past = self._ground.door.stage().rank > plan.begins.rank
        self._stock = Stock(self._ground.eyes, reads=not is_past)
        seeded = seller(plan.seed).bearing([self._ground.shop]).without_orders().without_listings(self._stock.goods)
        sandbox = Sandbox(
            seed=plan.seed, settings=plan.settings, seeded=seeded, clock=clock, journal=Journal(clock, about=about), serves=app
        )
        key = sandbox.world.all_shops()[0].key
        bear_seller(sandbox.world, key, cipher=self._ground.eyes.cipher())
        self._stock.borne_by(sandbox.world, key)
        return sandbox

    def _moves(self, plan: Plan) -> Backstage:
        return LiveBackstage(self._sandbox, plan.adapter.capabilities, self._ground, self._stock)
