"""Orders that nobody's system made: what people do to them by hand in the platforms' consoles, and what a seller left out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.words import TOKOPEDIA, Platform
from gladi.sandbox.world.records import OrderStatus
from gladi.sandbox.world.world import WorldError

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Order, Parcel, View
    from gladi.sandbox.world.world import World

__all__ = ["accept_by_hand", "place_without_sku", "ship_by_hand"]

_TO_SHIP = (OrderStatus.PAID, OrderStatus.ACCEPTED, OrderStatus.PARTLY_ARRANGED)


def ship_by_hand(world: World, key: str, platform: Platform) -> Parcel:
    """Have an order shipped in the console of a platform, accepting it first where that is still to be done.

    Raises:
        WorldError: that platform does not hold it, does not have it shipped there, or has had it shipped.
    """
    _to_be_settled(world, key, platform, _TO_SHIP)
    return world.send(world.orders[key], platform, by_hand=True)


def accept_by_hand(world: World, key: str) -> None:
    """Accept an order in the console of Tokopedia, the only platform where that is a step of its own.

    Raises:
        WorldError: Tokopedia does not hold it, does not let it be accepted, or has it accepted already.
    """
    _to_be_settled(world, key, TOKOPEDIA, (OrderStatus.PAID,))
    world.hold(world.orders[key], TOKOPEDIA, OrderStatus.ACCEPTED, accepted_at=world.clock.now)


def place_without_sku(world: World, key: str, *, on: Platform, sku: str) -> Order:
    """Place an order for a product to which the seller never gave a SKU: both platforms then print an empty one.

    Raises:
        WorldError: what the world calls `sku` is not on sale in that app, or no unit is left.
    """
    order = world.place_order(key, on=on, sku=sku)
    return world.orders.put(order.key, replace(order, lines=tuple(replace(line, sku="") for line in order.lines)))


def _to_be_settled(world: World, key: str, platform: Platform, statuses: tuple[OrderStatus, ...]) -> View:
    view = world.orders[key].on(platform)
    if view is None or not view.listed:
        msg = f"{platform.label} does not show order {key}, so nothing can be done to it there by hand"
        raise WorldError(msg)
    if view.status not in statuses:
        msg = f"order {key} is {view.status} on {platform.label} already"
        raise WorldError(msg)
    if not view.actionable:
        msg = f"{platform.label} shows order {key} and lets nobody act on it there; the cell of the in-flight matrix says so"
        raise WorldError(msg)
    return view
