"""A seller's business as it stands when the rehearsal begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.record.clock import Instant
    from gladi.sandbox.world.records import Buyer, Listing, Order, Shop
    from gladi.sandbox.world.table import Base

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
