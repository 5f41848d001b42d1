"""The world: one seller's business, or many, seen through two platforms. Everything that happens in it becomes a fact in the journal."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import TOKOPEDIA, Stage
from gladi.sandbox.world.closing import Regime, schedule
from gladi.sandbox.world.conversations import Conversations
from gladi.sandbox.world.couriers import Couriers
from gladi.sandbox.world.faults import SoldOut, WorldError
from gladi.sandbox.world.in_flight import scatter
from gladi.sandbox.world.joining import join, renumber_warehouses
from gladi.sandbox.world.ledger import Ledger
from gladi.sandbox.world.moderation import Moderation
from gladi.sandbox.world.orders import Orders
from gladi.sandbox.world.returns import Returns
from gladi.sandbox.world.seeded import Seeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.clock import Clock
    from gladi.record.journal import Journal
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.mirroring import Mirroring
    from gladi.sandbox.world.records import Shop
    from gladi.sandbox.world.withdrawals import Withdrawal

__all__ = ["Seeded", "SoldOut", "World", "WorldError"]


class World(Orders):
    """Shops, catalogue, orders and parcels, and the merge that they live through. Pure: it moves only when called or when a timer fires."""

    def __init__(self, seeded: Seeded, *, clock: Clock, journal: Journal, settings: Settings) -> None:
        """Lay a fresh world over a seeded one."""
        super().__init__(seeded, clock=clock, journal=journal, settings=settings)
        self.conversations = Conversations(self, seeded.buyers)
        self.couriers = Couriers(clock)
        self.withdrawals: dict[str, Withdrawal] = {}
        """Every attempt to take an order back on Tokopedia & Shop, by its id, oldest first."""
        self.when_withdrawn: Callable[[Withdrawal], None] = lambda withdrawal: None  # noqa: ARG005 - a webhook hangs here too
        self.ship_error_codes = settings.ship_error_codes
        self.moderation = Moderation()
        self.launched: dict[tuple[str, str], str] = {}
        """The product that each idempotency key of a shop made."""
        self.shared: dict[tuple[str, str], str] = {}
        """The seller SKU to which a sharing link leads, by the tag that it was made for and its address."""
        self.when_merged: Callable[[str], None] = lambda shop: None  # noqa: ARG005 - the sandbox hangs its webhook here
        self.mirrored: dict[str, Mirroring] = {}
        """The shops whose listings the platform mirrors on the Tokopedia storefront, or has mirrored."""
        self.when_mirrored: Callable[[str, Mirroring], None] = lambda shop, status: None  # noqa: ARG005 - as above
        self.regime = Regime.OPEN
        """What Tokopedia's API still serves."""
        self.returns = Returns(self)
        self.ledger = Ledger(self)
        self.when_delivered = self.ledger.pays_out
        self.next_integration_fails = False
        self.stock_at_merge = settings.stock_at_merge
        self.warehouse_ids_survive = settings.warehouse_ids_survive_the_merge
        self._random: Random | None = None
        if settings.tokopedia_closes:
            schedule(self)

    @property
    def random(self) -> Random:
        """The world's own chance, made from the seed when first needed."""
        if self._random is None:
            self._random = Random(f"gladi {self._seeded.seed}")
        return self._random

    def link(self, key: str, *, takes: timedelta | None = None) -> timedelta:
        """The seller links the shops; give the time that the integration will take, drawn from the seed where `takes` says nothing.

        Raises:
            WorldError: the shops are merging or have merged, as a merge cannot be repeated; no merge takes that long; or there is but one.
        """
        shop = self.shops[key]
        if not shop.is_on_tokopedia:
            msg = f"{shop.name} has no store on {TOKOPEDIA.label}: there is nothing to be linked with"
            raise WorldError(msg)
        if shop.stage is not Stage.PENDING:
            msg = f"the shops of {shop.name} are {shop.stage} already; shops are linked once, from pending"
            raise WorldError(msg)
        least, most = self.settings.merge_takes_at_least, self.settings.merge_takes_at_most
        if takes is None:
            takes = least + timedelta(minutes=self.random.randrange(max(1, int((most - least).total_seconds() // 60))))
        elif not least <= takes <= most:
            msg = f"a merge takes between {least} and {most} (rehearsal guide, Verification), not {takes}"
            raise WorldError(msg)
        self._enter(shop, Stage.MERGING)
        self.clock.after(takes, lambda: self._integrate(key), name=f"integration of {key}")
        return takes

    def confirm(self, key: str) -> None:
        """The seller confirms the product merge: his Tokopedia listings are copied, and each pair is linked.

        Raises:
            WorldError: the shops have not merged, or the product merge was confirmed before.
        """
        shop = self.shops[key]
        if shop.stage is not Stage.MERGED:
            msg = f"the shops of {shop.name} are {shop.stage}; the product merge is confirmed once, after the shops have merged"
            raise WorldError(msg)
        join(self, shop)
        self._enter(shop, Stage.CONFIRMED)

    def follow(self, key: str, stage: Stage) -> None:
        """Go one step of the merge because it was seen elsewhere, where this world only goes along with a platform; no timer ends it.

        Raises:
            WorldError: no step leads there from where the shops are.
        """
        shop = self.shops[key]
        if shop.stage is Stage.PENDING and stage is Stage.MERGING:
            self._enter(shop, stage)
        elif shop.stage is Stage.MERGING and stage is Stage.MERGED:
            self._integrate(key)
        elif shop.stage is Stage.MERGING and stage is Stage.PENDING:
            self.next_integration_fails = True
            self._integrate(key)
        elif stage is Stage.CONFIRMED:
            self.confirm(key)
        else:
            msg = f"the shops of {shop.name} are {shop.stage}, and no step leads to {stage}"
            raise WorldError(msg)

    def _enter(self, shop: Shop, stage: Stage, *, merged_at: int | None = None, assumes: tuple[str, ...] = ()) -> None:
        self.shops.put(shop.key, replace(shop, stage=stage, merged_at=merged_at if merged_at is not None else shop.merged_at))
        self.journal.fact(What.STAGE, shop=shop.key, stage=stage, assumes=assumes)

    def _integrate(self, key: str) -> None:
        shop = self.shops[key]
        if self.next_integration_fails or self.settings.merge_fails:
            by = None if self.next_integration_fails else "merge_fails"
            self.next_integration_fails = False
            self.journal.fact(What.MERGE_FAILED, shop=key, value=by, assumes=self.settings.assumption("merge_fails"))
            self._enter(shop, Stage.PENDING)
            return
        self._enter(shop, Stage.MERGED, merged_at=self.clock.now)
        scatter(self, shop)
        if not self.warehouse_ids_survive:
            renumber_warehouses(self, self.shops[key])
        if self.settings.product_map_at_merge:
            join(self, self.shops[key])
        self.when_merged(key)
