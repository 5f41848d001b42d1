"""Records of the seller's business: what each platform holds of them, and the seller who looks for them in the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.play.faults import SystemFault
from gladi.play.system import KeepsRecords, RecordKind, SeenRecord
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.tokopedia.bookings import BOOKED
from gladi.sandbox.world.ledger import Account
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.play.backstage import Backstage
    from gladi.sandbox.world.world import World

__all__ = ["HeldRecords", "LooksAtRecords"]


class HeldRecords:
    """What the platforms hold, as the world knows it: what a system shows is held against this."""

    def __init__(self, backstage: Backstage) -> None:
        """Look into the world of `backstage`."""
        self._backstage = backstage

    def of(self, kind: RecordKind, *, on: Platform | None = None, shop: str | None = None) -> set[SeenRecord]:
        """Give every record of a kind; of one platform, or of one shop, where they are named."""
        world = self._backstage.sandbox.world
        shops = [world.shops[shop]] if shop is not None else world.all_shops()
        return {
            SeenRecord(platform, record_id)
            for platform in ((on,) if on is not None else Platform)
            for one in shops
            for record_id in _ids(world, kind, platform, one.key)
        }

    def every(self, *, on: Platform | None = None, shop: str | None = None) -> dict[RecordKind, set[SeenRecord]]:
        """Give every record of every kind."""
        return {kind: self.of(kind, on=on, shop=shop) for kind in RecordKind}


class LooksAtRecords:
    """A seller who looks at the records of his business."""

    _backstage: Backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        raise NotImplementedError

    async def looks_at(self, kind: RecordKind) -> set[SeenRecord]:
        """Look at every record of a kind in the system, which needs *keeps records*.

        Raises:
            SystemFault: it shows something else, or one record twice.
        """
        self._backstage.must(KeepsRecords)
        self._did(f"looked at the records of {kind}")
        shown = await self._backstage.says(lambda system: system.records(kind))
        rows = list(shown)
        for row in rows:
            if not isinstance(row, SeenRecord) or type(row.record_id) is not str:
                raise SystemFault(f"records answered {row!r} for {kind!s}; return a list of gladi.SeenRecord, whose ids are text")
        if len(set(rows)) < len(rows):
            raise SystemFault(f"records showed a record of {kind!s} twice; show each once")
        noted = tuple({"kind": str(kind), "platform": str(row.platform), "record_id": row.record_id} for row in rows)
        self._backstage.sandbox.journal.showed("KeepsRecords", noted)
        return set(rows)

    async def looks_at_every_record(self) -> dict[RecordKind, set[SeenRecord]]:
        """Look at the records of every kind; needs *keeps records*."""
        return {kind: await self.looks_at(kind) for kind in RecordKind}

    async def begins_a_promotion(self, *, on: Platform, shop: str | None = None) -> None:
        """Begin a promotion of a week in the console of a platform, past the system.

        Raises:
            RehearsalError: his Tokopedia store is history, or he never had one.
        """
        key = self._backstage.shop_named(shop)
        self._did(f"began a promotion in the console of {on.label}", shop=key)
        await self._backstage.in_the_world(lambda world: world.ledger.promotes(key, on))


def _ids(world: World, kind: RecordKind, platform: Platform, shop: str) -> Iterator[str]:
    match kind:
        case RecordKind.FULFILMENT:
            yield from _parcels(world, platform, shop)
        case RecordKind.RETURNS:
            yield from (one.id for one in world.returns.each(shop, platform))
        case RecordKind.PROMOTION:
            yield from (one.id for one in world.ledger.posts(shop, platform, Account.PROMOTIONS))
        case RecordKind.FINANCE:
            yield from (one.id for one in world.ledger.posts(shop, platform, Account.PAYOUTS))
        case RecordKind.CUSTOMER_SERVICE:
            yield from (one.id for one in world.conversations.latest(shop, platform))


def _parcels(world: World, platform: Platform, shop: str) -> Iterator[str]:
    for order in world.orders.rows({TOKOPEDIA: "tokopedia.list", SHOP: "shop.created"}[platform], shop):
        view = order.on(platform)
        if view is None:
            continue
        if platform is TOKOPEDIA and view.status in BOOKED:
            yield view.id
        elif platform is SHOP and view.package is not None and view.status is not OrderStatus.UNPAID:
            yield view.package
