"""Packages: what is in one, and shipping it, which happens once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.settings import ShipErrorCodes
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.order_sheet import CARRIER, DELIVERY, ORDER_STATUS, PACKAGE_STATUS, line_ids, recipient, seconds
from gladi.sandbox.shop.refusals import (
    ALREADY_DELIVERED,
    ALREADY_SHIPPED,
    CANCELLATION_PENDING,
    COLLECTION_MISSED,
    COLLECTION_MISSED_OF_CHANGELOG,
    COLLECTION_MISSING,
    COLLECTION_MISSING_OF_CHANGELOG,
    ORDER_CANCELLED,
    ORDER_FOREIGN,
    ORDER_ON_HOLD,
    PACKAGE_FOREIGN,
    PACKAGE_FROZEN,
    PACKAGE_INCOMPLETE,
    PACKAGE_UNKNOWN,
)
from gladi.sandbox.shop.shops import held, warehouse_of
from gladi.sandbox.world.couriers import Absence

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Order, Shop, View
    from gladi.sandbox.world.world import World

__all__ = ["Held", "Shipment", "found_package", "package", "sends", "ship"]

_NOT_TO_SHIP: dict[str, Refusal] = {
    "UNPAID": PACKAGE_INCOMPLETE,
    "ON_HOLD": ORDER_ON_HOLD,
    "AWAITING_COLLECTION": ALREADY_SHIPPED,
    "IN_TRANSIT": ALREADY_SHIPPED,
    "DELIVERED": ALREADY_DELIVERED,
    "COMPLETED": ALREADY_DELIVERED,
    "CANCELLED": ORDER_CANCELLED,
}
"""What each status of the order says to Ship Package; the other two are shipped."""

_NOBODY_COLLECTS = {
    ShipErrorCodes.REFERENCE: {Absence.MISSED: COLLECTION_MISSED, Absence.MISSING: COLLECTION_MISSING},
    ShipErrorCodes.CHANGELOG: {Absence.MISSED: COLLECTION_MISSED_OF_CHANGELOG, Absence.MISSING: COLLECTION_MISSING_OF_CHANGELOG},
}


class Slot(msgspec.Struct, frozen=True):
    """When the courier may come, in seconds."""

    start_time: int | None = None
    end_time: int | None = None


class Shipment(msgspec.Struct, frozen=True):
    """The body of Ship Package. In Indonesia none of it has an effect on parcels that the platform ships (since 2024-10-30)."""

    handover_method: Literal["PICKUP", "DROP_OFF"] | None = None
    pickup_slot: Slot | None = None
    self_shipment: dict[str, str] | None = None


_shipment = msgspec.json.Decoder(Shipment)


class Held(NamedTuple):
    """A package: its order, and the order as this platform holds it."""

    order: Order
    view: View


def found_package(world: World, arrival: Arrival, shop: Shop, foreign: Refusal, *, named: str | None = None) -> Held:
    """Find the package that the path names, or `named`; one of another shop is refused with `foreign`, an unknown one as such."""
    order = world.order_where("package", arrival.params["package_id"] if named is None else named)
    view = order.shop_view if order is not None else None
    if order is None or view is None or not view.listed:
        raise Refused(PACKAGE_UNKNOWN)
    if order.shop != shop.key:
        raise Refused(foreign)
    return Held(order, view)


def ship(world: World, arrival: Arrival) -> dict[str, object]:
    """Ship Package: the parcel leaves, unless it has left, must not leave, or is not to leave from here."""
    package = found_package(world, arrival, held(arrival), PACKAGE_FOREIGN)
    arrival.touches = package.order.key
    read(arrival, world.settings, _shipment)
    sends(world, arrival, package)
    return {}


def sends(world: World, arrival: Arrival, package: Held) -> None:
    """Let a parcel leave, alone or in a batch.

    Raises:
        Refused: it has left, must not leave, or is not to leave from here or now.
    """
    order, view = package
    refusal = _NOT_TO_SHIP.get(ORDER_STATUS[view.status])
    if refusal is not None:
        raise Refused(refusal)
    if view.cancel_requested_at is not None:
        raise Refused(CANCELLATION_PENDING)
    if order.tokopedia is not None or not view.actionable:
        arrival.assumes += world.settings.assumption("in_flight")
    if not view.actionable:
        raise Refused(PACKAGE_FROZEN)
    absence = world.couriers.absence(order.key)
    if absence is not None:
        arrival.assumes += world.settings.assumption("ship_error_codes")
        raise Refused(_NOBODY_COLLECTS[world.ship_error_codes][absence])
    world.send(order, SHOP)


def package(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Package Detail."""
    shop = held(arrival)
    order, view = found_package(world, arrival, shop, ORDER_FOREIGN)
    arrival.shows_order(order)
    carrier, carrier_name = CARRIER if view.tracking else ("", "")
    lines = [
        {"id": line.offer, "name": line.title, "quantity": line.quantity, "image_url": f"https://images.example.com/{line.offer}.jpeg"}
        for line in order.lines
    ]
    return {
        "package_id": view.package,
        "package_status": PACKAGE_STATUS[ORDER_STATUS[view.status]],
        "orders": [{"id": view.id, "skus": lines}],
        "order_line_item_ids": line_ids(order, view),
        "shipping_type": "TIKTOK",
        **DELIVERY,
        "shipping_provider_id": carrier,
        "shipping_provider_name": carrier_name,
        "tracking_number": view.tracking,
        "last_mile_tracking_number": "",
        "handover_method": "PICKUP",
        "pickup_slot": {},
        "split_and_combine_tag": "",
        "has_multi_skus": len(order.lines) > 1,
        "note_tag": "",
        "recipient_address": {} if ORDER_STATUS[view.status] == "ON_HOLD" else _address(recipient(order.buyer)),
        "sender_address": _sender(shop, order),
        "weight": {"value": "500", "unit": "GRAM"},
        "dimension": {"length": "20", "width": "15", "height": "10", "unit": "CM"},
        "insurance": {"is_purchased": order.insurance_fee > 0, "coverage_amount": str(order.goods) if order.insurance_fee else "0"},
        "create_time": seconds(order.paid_at or order.placed_at),
        "update_time": seconds(view.updated_at),
    }


_LINES_OF_ADDRESS = (
    "full_address",
    "address_detail",
    "address_line1",
    "address_line2",
    "address_line3",
    "address_line4",
    "name",
    "phone_number",
    "postal_code",
    "region_code",
)


def _address(person: dict[str, object]) -> dict[str, object]:
    return {name: person[name] for name in _LINES_OF_ADDRESS}


def _sender(shop: Shop, order: Order) -> dict[str, object]:
    place = warehouse_of(shop, order.warehouse)
    return {
        "full_address": f"Indonesia, {place.province}, {place.city}, {place.district}",
        "address_detail": place.district,
        "address_line1": place.province,
        "address_line2": place.city,
        "address_line3": place.district,
        "address_line4": "",
        "name": shop.owner,
        "phone_number": "",
        "postal_code": place.postal_code,
        "region_code": "ID",
    }
