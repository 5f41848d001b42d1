"""Shop mirroring: the platform copies a shop's listings to the Tokopedia storefront, which merges nothing and moves no order."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from gladi.record.journal import What
from gladi.record.words import SHOP, Stage
from gladi.sandbox.world.faults import WorldError

if TYPE_CHECKING:
    from gladi.sandbox.world.world import World

__all__ = ["Mirroring", "mirror"]


class Mirroring(StrEnum):
    """How far the mirroring of a shop has come (tiktok-shop-api.md 14, type 35)."""

    MIRRORED = "MIRRORED"
    ROLLED_BACK = "ROLLED_BACK"
    CANCELED = "CANCELED"


def mirror(world: World, key: str, status: Mirroring) -> None:
    """The platform mirrors a shop whose seller it has selected, or takes that back.

    Raises:
        WorldError: the shop has merged, so it has a Tokopedia storefront already; or it has that status.
    """
    shop = world.shops[key]
    if shop.stage is not Stage.PENDING:
        msg = f"the shops of {shop.name} are {shop.stage}; only a shop that was never linked is mirrored"
        raise WorldError(msg)
    if world.mirrored.get(key) is status:
        msg = f"the shop {shop.name} is {status} already"
        raise WorldError(msg)
    world.mirrored[key] = status
    world.journal.fact(What.SHOP_MIRRORED, shop=key, platform=SHOP, value=status.value)
    world.when_mirrored(key, status)
