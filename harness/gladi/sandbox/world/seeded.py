"""A seller's business as it stands when the rehearsal begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from gladi.sandbox.world.table import Base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.record.clock import Instant
    from gladi.record.words import Platform
    from gladi.sandbox.world.records import Buyer, Listing, Order, Shop

__all__ = ["Seeded"]


@dataclass(frozen=True, slots=True)
class Seeded:
    """Shops, listings and orders, built once a seed, shared by every world over it."""

    shops: Base[Shop]
    listings: Base[Listing]
    orders: Base[Order]
    buyers: tuple[Buyer, ...]
    seed: int
    began_at: Instant

    def bearing(self, shops: Iterable[tuple[int, str, str]]) -> Seeded:
        """Give the same business whose shops, one after the other, bear the Tokopedia id, the shop id and the name of others."""
        records = dict(self.shops.records)
        for key, (tokopedia_id, shop_id, name) in zip(tuple(records), shops, strict=False):
            records[key] = msgspec.structs.replace(records[key], tokopedia_id=tokopedia_id, shop_id=shop_id, name=name)
        return replace(self, shops=Base(records.items(), **self.shops.keys))

    def without_orders(self) -> Seeded:
        """Give the same business of which nobody ever bought anything: whatever was ordered elsewhere, this world knows nothing of it."""
        return replace(self, orders=Base((), **self.orders.keys))

    def without_listings(self, platforms: Iterable[Platform]) -> Seeded:
        """Give the same business that sells nothing on `platforms`: what is sold there, somebody else tells."""
        left_out = set(platforms)
        kept = ((key, one) for key, one in self.listings.records.items() if one.platform not in left_out)
        return replace(self, listings=Base(kept, **self.listings.keys))
