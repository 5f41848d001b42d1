"""Fulfilling orders: accept, ship with an airwaybill, or ask the courier to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.record.clock import WIB, moment
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.reading import Whole, body, number
from gladi.sandbox.tokopedia.slips import view_of
from gladi.sandbox.tokopedia.statuses import CODES
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Order

__all__ = ["accept_order", "request_pickup", "ship_order"]

_AWB = 64


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a product is accepted."""

    product_id: Whole
    quantity_deliver: Whole = 0
    quantity_reject: Whole = 0


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """The older body of accept; the newer one is empty."""

    products: list[Portion] = []


class Shipment(msgspec.Struct, frozen=True, kw_only=True):
    """The body of ship."""

    order_status: Whole
    shipping_ref_num: str = ""


class Pickup(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a pick-up; an id in quotes is a format of its own to refuse."""

    order_id: Whole | str | None = None
    shop_id: Whole | str | None = None


_acceptance = msgspec.json.Decoder(Acceptance)
_shipment = msgspec.json.Decoder(Shipment)
_pickup = msgspec.json.Decoder(Pickup)


def accept_order(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /v1/order/:order_id/fs/:fs_id/ack`: a paid order is accepted, once."""
    order = desk.order_in_path(arrival)
    _hold_against_warehouse(desk, arrival, order)
    if arrival.request.body.strip():
        portions = body(arrival.request.body, _acceptance, refusals.ORDER_BODY).products
        if any(portion.quantity_reject for portion in portions):
            raise Refused(refusals.PARTIAL_NOT_ALLOWED)

    def accepts() -> bytes:
        desk.check_whose(arrival, order)
        if view_of(order).status is not OrderStatus.PAID:
            raise Refused(refusals.NOT_ELIGIBLE_TO_ACCEPT)
        desk.world.hold(order, TOKOPEDIA, OrderStatus.ACCEPTED, accepted_at=arrival.request.at)
        return envelope.modern("success")

    return accepts


def ship_order(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /v1/order/:order_id/fs/:fs_id/status`: the parcel was handed to a courier, under his airwaybill number."""
    order = desk.order_in_path(arrival)
    if not arrival.request.body.strip():
        raise Refused(refusals.ORDER_BODY_EMPTY)
    shipment = body(arrival.request.body, _shipment, refusals.ORDER_BODY)
    if shipment.order_status != CODES[OrderStatus.SHIPPED]:
        raise Refused(refusals.STATUS_NOT_SUPPORTED)
    awb = shipment.shipping_ref_num.strip()
    if not awb:
        raise Refused(refusals.AWB_EMPTY)
    if len(awb) > _AWB or not awb.isprintable():
        raise Refused(refusals.ORDER_BODY)

    def ships() -> bytes:
        desk.check_whose(arrival, order)
        status = view_of(order).status
        if status is OrderStatus.ACCEPTED:
            desk.world.send(order, TOKOPEDIA, tracking=awb, handed_over=True)
        elif status is OrderStatus.ARRANGED:
            arrival.assumes.append("tokopedia.ship_after_pickup_is_one_parcel")
            desk.world.hold(order, TOKOPEDIA, OrderStatus.SHIPPED, tracking=awb)
        else:
            raise Refused(refusals.NOT_ELIGIBLE_TO_SHIP)
        return envelope.modern("Success")  # the capital is the platform's

    return ships


def request_pickup(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /inventory/v1/fs/:fs_id/pick-up`: the courier comes for an order that was accepted five seconds ago or more."""
    pickup = body(arrival.request.body, _pickup, refusals.ORDER_BODY)
    if pickup.order_id is None:
        raise Refused(refusals.PICKUP_ORDER_MISSING)
    if not isinstance(pickup.order_id, int):
        raise Refused(refusals.PICKUP_ORDER_FORMAT)
    if not isinstance(pickup.shop_id, int):
        raise Refused(refusals.ORDER_SHOP_FORMAT)
    shop = desk.shop(arrival, pickup.shop_id)
    order = desk.order(arrival, TOKOPEDIA, str(pickup.order_id))
    if order.shop != shop.key:
        arrival.shop = shop
        raise Refused(refusals.PICKUP_ORDER_OF_ANOTHER_SHOP)

    def calls_the_courier() -> bytes:
        desk.check_whose(arrival, order)
        view = view_of(order)
        if view.status is not OrderStatus.ACCEPTED:
            raise Refused(refusals.NOT_ELIGIBLE_FOR_PICKUP)
        wait = desk.world.settings.pickup_after_accept.total_seconds() * 1000
        if view.accepted_at is not None and arrival.request.at - view.accepted_at < wait:
            raise Refused(refusals.TOO_EARLY_FOR_PICKUP)
        desk.world.send(order, TOKOPEDIA)
        return envelope.modern(
            {
                "order_id": pickup.order_id,
                "shop_id": pickup.shop_id,
                "request_time": f"{moment(arrival.request.at) + WIB:%Y-%m-%d %H:%M:%S}",
                "result": "Success",
            }
        )

    return calls_the_courier


def _hold_against_warehouse(desk: Desk, arrival: Arrival, order: Order) -> None:
    text = arrival.request.params.get("warehouse_id", "")
    if not text:
        return
    found = desk.warehouse(number(text, refusals.ORDER_WAREHOUSE_FORMAT))
    if found is None or found[0].key != order.shop or found[1].name != order.warehouse:
        raise Refused(refusals.ORDER_OF_ANOTHER_WAREHOUSE)
