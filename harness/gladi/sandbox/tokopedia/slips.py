"""Orders as Tokopedia prints them: a row of the list, and the single order, each with names of its own for the same thing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.clock import WIB, moment
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.printing import printed
from gladi.sandbox.tokopedia.shops import domain, place_id
from gladi.sandbox.tokopedia.statuses import CODES
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from gladi.record.clock import Instant
    from gladi.sandbox.world.records import Order, Shop, View

__all__ = ["NEVER", "detail", "row", "view_of", "wall_clock"]

NEVER = "0001-01-01T00:00:00Z"
"""Go's zero time, printed for 'none'."""
_DAY = 86_400_000
_WEIGHT = 0.5
_COURIER = {"shipping_id": 999, "shipping_agency": "Gladi Express", "service_type": "Reguler"}
_ACCEPTED = frozenset((OrderStatus.ACCEPTED, OrderStatus.ARRANGED))


@lru_cache(maxsize=65_536)
def wall_clock(at: Instant) -> str:
    """Print an instant as the single order does: the wall clock of Jakarta with a Z that does not mean what it says."""
    there = (moment(at) + WIB).isoformat()[:19]
    fraction = f".{at % 1000:03d}".rstrip("0").rstrip(".")
    return f"{there}{fraction}Z"


@lru_cache(maxsize=1024)
def row(order: Order, shop: Shop, fs_id: int, accept_by: Instant | None) -> msgspec.Raw:
    """Print a row of Get All Orders; its `fs_id` is a string, its `create_time` seconds since the epoch, its buyer masked.

    It is printed once, for an order is immutable, and so is all that its row shows.
    """
    return msgspec.Raw(printed(_row(order, view_of(order), shop, fs_id, accept_by)))


@lru_cache(maxsize=1024)
def detail(order: Order, shop: Shop, accept_by: Instant | None) -> msgspec.Raw:
    """Print Get Single Order, whose times are strings; once, as `row`."""
    return msgspec.Raw(printed(_detail(order, view_of(order), shop, accept_by)))


def _row(order: Order, view: View, shop: Shop, fs_id: int, accept_by: Instant | None) -> dict[str, Any]:
    buyer = order.buyer
    return {
        "fs_id": str(fs_id),
        "order_id": int(view.id),
        "is_cod_mitra": False,
        "accept_partial": False,
        "invoice_ref_num": order.invoice,
        "have_product_bundle": False,
        "is_plus": False,
        "products": [
            {
                "id": int(line.offer),
                "Name": line.title,
                "quantity": line.quantity,
                "notes": "",
                "weight": _WEIGHT,
                "total_weight": _WEIGHT * line.quantity,
                "price": line.price,
                "total_price": line.price * line.quantity,
                "currency": "Rp",
                "sku": line.sku,
                "is_wholesale": False,
            }
            for line in order.lines
        ],
        "products_fulfilled": [
            {"product_id": int(line.offer), "quantity_deliver": line.quantity, "quantity_reject": 0} for line in order.lines
        ],
        "device_type": "",
        "buyer": {"id": int(buyer.id[-8:]), "Name": _masked(buyer.name), "phone": _masked(buyer.phone), "email": _masked(buyer.email)},
        "shop_id": shop.tokopedia_id,
        "payment_id": order.number,
        "recipient": {"Name": buyer.name, "phone": buyer.phone, "address": _address(order)},
        "logistics": {**_COURIER, "district_id": place_id(buyer.district), "city_id": place_id(buyer.city), "geo": ""},
        "amt": {
            "ttl_product_price": order.goods,
            "shipping_cost": order.shipping_fee,
            "insurance_cost": order.insurance_fee,
            "ttl_amount": order.total,
            "voucher_amount": 0,
            "toppoints_amount": 0,
        },
        "dropshipper_info": {},
        "voucher_info": {"voucher_code": "", "voucher_type": 0},
        "order_status": CODES[view.status],
        "warehouse_id": _warehouse(order, shop),
        "fulfill_by": 0,
        "create_time": order.placed_at // 1000,
        "custom_fields": {"awb": view.tracking},
        "shipment_fulfillment": _deadlines(order, accept_by),
        "promo_order_detail": {},
        "encryption": {"secret": "", "content": ""},
    }


def _detail(order: Order, view: View, shop: Shop, accept_by: Instant | None) -> dict[str, Any]:
    history = _history(order, view)
    return {
        "order_id": int(view.id),
        "buyer_id": int(order.buyer.id[-8:]),
        "seller_id": shop.tokopedia_id,
        "payment_id": order.number,
        "is_affiliate": False,
        "is_fulfillment": False,
        "order_warehouse": {"warehouse_id": _warehouse(order, shop), "fulfill_by": 0, "meta_data": {"warehouse_name": order.warehouse}},
        "order_status": CODES[view.status],
        "invoice_number": order.invoice,
        "invoice_url": f"https://www.tokopedia.com/{domain(shop)}/invoice/{order.number}",
        "open_amt": order.total,
        "item_price": order.goods,
        "comment": "",
        "create_time": wall_clock(order.placed_at),
        "update_time": wall_clock(view.updated_at),
        "payment_date": wall_clock(order.paid_at) if order.paid_at is not None else NEVER,
        "hold_info": None,
        "cancel_request_info": None,
        "order_info": {
            "order_detail": [
                {
                    "order_detail_id": order.number * 10 + at,
                    "product_id": int(line.offer),
                    "product_name": line.title,
                    "product_price": line.price,
                    "subtotal_price": line.price * line.quantity,
                    "quantity": line.quantity,
                    "quantity_deliver": line.quantity,
                    "quantity_reject": 0,
                    "sku": line.sku,
                }
                for at, line in enumerate(order.lines, start=1)
            ],
            "order_history": history,
            "shipping_info": {
                "shipping_id": _COURIER["shipping_id"],
                "logistic_name": _COURIER["shipping_agency"],
                "logistic_service": _COURIER["service_type"],
                "shipping_price": order.shipping_fee,
                "awb": view.tracking,
                "autoresi_awb": "",
                "isCashless": False,
            },
            "destination": {"receiver_name": order.buyer.name, "receiver_phone": order.buyer.phone, **_address(order)},
        },
        "shipment_fulfillment": {
            **_deadlines(order, accept_by),
            "is_accepted": view.status in _ACCEPTED or view.parcel is not None,
            "is_confirm_shipping": view.parcel is not None,
            "is_item_delivered": view.status in (OrderStatus.DELIVERED, OrderStatus.COMPLETED),
        },
        "payment_info": {
            "payment_ref_num": f"PYM/{order.number}",
            "payment_status": "Verified" if order.paid_at is not None else "",
            "gateway_name": "Gladi Pay",
        },
    }


def _history(order: Order, view: View) -> list[dict[str, Any]]:
    """Tell what has happened, newest first: placed, paid, accepted, and whatever came last."""
    steps = [(order.placed_at, CODES[OrderStatus.UNPAID], "buyer")]
    if order.paid_at is not None:
        steps.append((order.paid_at, CODES[OrderStatus.PAID], "system-automatic"))
    if view.accepted_at is not None:
        steps.append((view.accepted_at, CODES[OrderStatus.ACCEPTED], "seller"))
    if steps[-1][1] != CODES[view.status]:
        last = "seller" if view.status is OrderStatus.REJECTED else "system-automatic"
        steps.append((view.updated_at, CODES[view.status], last))
    return [
        {
            "action_by": by,
            "hist_status_code": code,
            "message": "",
            "timestamp": wall_clock(at),
            "comment": "",
            "create_by": 0,
            "update_by": by,
        }
        for at, code, by in reversed(steps)
    ]


def _deadlines(order: Order, accept_by: Instant | None) -> dict[str, str]:
    if order.paid_at is None or accept_by is None:
        return {"accept_deadline": NEVER, "confirm_shipping_deadline": NEVER}
    return {"accept_deadline": wall_clock(accept_by), "confirm_shipping_deadline": wall_clock(order.paid_at + 4 * _DAY)}


def _address(order: Order) -> dict[str, Any]:
    buyer = order.buyer
    return {
        "address_full": f"{buyer.address}, {buyer.district}, {buyer.city}",
        "district": buyer.district,
        "city": buyer.city,
        "province": buyer.province,
        "country": "Indonesia",
        "postal_code": buyer.postal_code,
        "district_id": place_id(buyer.district),
        "city_id": place_id(buyer.city),
        "province_id": place_id(buyer.province),
        "geo": "",
    }


def _warehouse(order: Order, shop: Shop) -> int:
    return next((warehouse.tokopedia_id for warehouse in shop.warehouses if warehouse.name == order.warehouse), 0)


def _masked(text: str) -> str:
    return text[:1] + "*" * (len(text) - 1)


def view_of(order: Order) -> View:
    """Give the order as Tokopedia holds it."""
    view = order.on(TOKOPEDIA)
    if view is None:
        msg = f"{order.key} is not on Tokopedia"
        raise LookupError(msg)
    return view
