"""Taking over what was seen elsewhere: a world that goes along with a platform bears the platform's own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP
from gladi.sandbox.world.in_flight import mirror

if TYPE_CHECKING:
    from gladi.record.words import Platform
    from gladi.sandbox.world.records import Order
    from gladi.sandbox.world.world import World

__all__ = ["bear_copy", "bear_ids", "bear_seller"]


def bear_ids(world: World, order: Order, platform: Platform, order_id: str, package: str | None) -> Order:
    """Let an order be known on a platform by the id, and on Tokopedia & Shop its package by the one, that the platform itself gave.

    Where this world does not hold it on that platform, nothing changes.
    """
    view = order.on(platform)
    if view is None:
        return order
    return world.orders.put(order.key, order.seen(platform, replace(view, id=order_id, package=package or view.package)))


def bear_copy(world: World, order: Order, order_id: str, package: str | None) -> Order:
    """Let an order of Tokopedia that the merge caught be known on Tokopedia & Shop as well, as the platform itself shows it.

    Where the cell of this world would not have it there, the platform is believed: it can be shipped from there, too.
    """
    if order.shop_view is None and order.tokopedia is not None:
        order = world.orders.put(order.key, order.seen(SHOP, mirror(world, order, order.tokopedia, actionable=True)))
        world.journal.fact(What.ORDER_APPEARED, order=order.key, shop=order.shop, platform=SHOP)
    return bear_ids(world, order, SHOP, order_id, package)


def bear_seller(world: World, key: str, *, seller_id: str | None = None, cipher: str | None = None) -> None:
    """Let a shop's seller, and its cipher, be those that the platform gave; what is None stays."""
    shop = world.shops[key]
    world.shops.put(key, replace(shop, seller_id=seller_id or shop.seller_id, cipher=cipher or shop.cipher))
