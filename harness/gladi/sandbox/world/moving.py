"""How a buyer has an order sent to another address: on Tokopedia & Shop, until its shipment is arranged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.words import SHOP
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from gladi.sandbox.world.orders import Orders
    from gladi.sandbox.world.records import Order

__all__ = ["move"]

_UNSHIPPED = (OrderStatus.ON_HOLD, OrderStatus.PAID, OrderStatus.AWAITING_PARTNER, OrderStatus.ACCEPTED)
_PLACES = (
    {"address": "Jalan Rehearsal Baru 4", "city": "Semarang", "province": "Jawa Tengah", "district": "Tembalang", "postal_code": "50275"},
    {"address": "Jalan Rehearsal Lama 9", "city": "Malang", "province": "Jawa Timur", "district": "Klojen", "postal_code": "65111"},
)
"""Invented streets in towns where no seller has a warehouse and no other buyer lives, so that no word is both old and new."""


def move(world: Orders, key: str) -> Order:
    """A buyer has his order sent to another address; who gets it stays the same.

    Raises:
        WorldError: Tokopedia holds the order, or its shipment was arranged.
    """
    order = world.orders[key]
    view = order.shop_view
    if view is None or not view.listed or order.tokopedia is not None:
        msg = f"{SHOP.label} alone lets a buyer change the address, and order {key} was not placed there; buy on {SHOP.label}"
        raise WorldError(msg)
    if view.status not in _UNSHIPPED:
        msg = f"order {key} is {view.status}; a buyer changes the address before shipment is arranged"
        raise WorldError(msg)
    place = next(one for one in _PLACES if one["district"] != order.buyer.district)
    moved = replace(order, buyer=replace(order.buyer, **place), moved_from=order.buyer)
    return world.orders.put(key, moved.seen(SHOP, replace(view, updated_at=world.clock.now)))
