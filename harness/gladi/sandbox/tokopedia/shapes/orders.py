"""What is asked and answered of orders: the list, the single order, and what a seller does with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, DIGITS, EMPTY, NULL, NUMBER, SECONDS, TEXT, Envelope, Shaped, one_of
from gladi.sandbox.tokopedia.fulfilment import Acceptance, Pickup, Shipment
from gladi.sandbox.tokopedia.rejections import Rejection
from gladi.sandbox.tokopedia.shapes.parts import CODE, GIVEN, NUMBER_OF, PLACE, WALL_CLOCK, pages

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_FULFILLED: Keys = {"product_id": NUMBER_OF, "quantity_deliver": COUNT, "quantity_reject": COUNT}
_DEADLINES: Keys = {"accept_deadline": WALL_CLOCK, "confirm_shipping_deadline": WALL_CLOCK}

_ROW: Keys = {
    "fs_id": DIGITS,
    "order_id": NUMBER_OF,
    "is_cod_mitra": BOOL,
    "accept_partial": BOOL,
    "invoice_ref_num": TEXT,
    "have_product_bundle": BOOL,
    "is_plus": BOOL,
    "products": [
        {
            "id": NUMBER_OF,
            "Name": TEXT,
            "quantity": COUNT,
            "notes": TEXT,
            "weight": NUMBER,
            "total_weight": NUMBER,
            "price": COUNT,
            "total_price": COUNT,
            "currency": one_of("Rp"),
            "sku": TEXT,
            "is_wholesale": BOOL,
        }
    ],
    "products_fulfilled": [_FULFILLED],
    "device_type": TEXT,
    "buyer": {"id": NUMBER_OF, "Name": TEXT, "phone": TEXT, "email": TEXT},
    "shop_id": NUMBER_OF,
    "payment_id": NUMBER_OF,
    "recipient": {"Name": TEXT, "phone": TEXT, "address": PLACE},
    "logistics": {
        "shipping_id": COUNT,
        "shipping_agency": TEXT,
        "service_type": TEXT,
        "district_id": COUNT,
        "city_id": COUNT,
        "geo": TEXT,
    },
    "amt": dict.fromkeys(
        ("ttl_product_price", "shipping_cost", "insurance_cost", "ttl_amount", "voucher_amount", "toppoints_amount"), COUNT
    ),
    "dropshipper_info": {},
    "voucher_info": {"voucher_code": TEXT, "voucher_type": COUNT},
    "order_status": CODE,
    "warehouse_id": NUMBER_OF,
    "fulfill_by": COUNT,
    "create_time": SECONDS,
    "custom_fields": {"awb": TEXT},
    "shipment_fulfillment": _DEADLINES,
    "promo_order_detail": {},
    "encryption": {"secret": TEXT, "content": TEXT},
}

_INFO: Keys = {
    "order_detail": [
        {
            **_FULFILLED,
            "order_detail_id": NUMBER_OF,
            "product_name": TEXT,
            "product_price": COUNT,
            "subtotal_price": COUNT,
            "quantity": COUNT,
            "sku": TEXT,
        }
    ],
    "order_history": [
        {
            "action_by": TEXT,
            "hist_status_code": CODE,
            "message": TEXT,
            "timestamp": WALL_CLOCK,
            "comment": TEXT,
            "create_by": COUNT,
            "update_by": TEXT,
        }
    ],
    "shipping_info": {
        "shipping_id": COUNT,
        "logistic_name": TEXT,
        "logistic_service": TEXT,
        "shipping_price": COUNT,
        "awb": TEXT,
        "autoresi_awb": TEXT,
        "isCashless": BOOL,
    },
    "destination": {"receiver_name": TEXT, "receiver_phone": TEXT, **PLACE},
}
_WHOLE: Keys = {
    "order_id": NUMBER_OF,
    "buyer_id": NUMBER_OF,
    "seller_id": NUMBER_OF,
    "payment_id": NUMBER_OF,
    "is_affiliate": BOOL,
    "is_fulfillment": BOOL,
    "order_warehouse": {"warehouse_id": NUMBER_OF, "fulfill_by": COUNT, "meta_data": {"warehouse_name": TEXT}},
    "order_status": CODE,
    "invoice_number": TEXT,
    "invoice_url": TEXT,
    "open_amt": COUNT,
    "item_price": COUNT,
    "comment": TEXT,
    "create_time": WALL_CLOCK,
    "update_time": WALL_CLOCK,
    "payment_date": WALL_CLOCK,
    "hold_info": NULL,
    "cancel_request_info": NULL,
    "order_info": _INFO,
    "shipment_fulfillment": {**_DEADLINES, "is_accepted": BOOL, "is_confirm_shipping": BOOL, "is_item_delivered": BOOL},
    "payment_info": {"payment_ref_num": TEXT, "payment_status": TEXT, "gateway_name": TEXT},
}

_BOOKING: Keys = {
    "order": {"order_id": NUMBER_OF, "invoice_number": TEXT, "order_status": CODE},
    "order_history": EMPTY,
    "order_detail": [{"product_id": NUMBER_OF, "product_name": TEXT, "quantity": COUNT}],
    "type_meta": {},
    "order_shipment_fulfillment": {"id": NUMBER_OF, "order_id": NUMBER_OF, "payment_date_time": WALL_CLOCK},
    "booking_data": {"order_id": NUMBER_OF, "booking_code": TEXT, "booking_status": COUNT},
}

_SUCCESS = one_of("success")
_FROM: Keys = {"warehouse_id?": NUMBER_OF}

SHAPES: dict[str, Shaped] = {
    "list_orders": Shaped(
        [_ROW],
        {
            "fs_id": NUMBER_OF,
            "shop_id?": NUMBER_OF,
            **_FROM,
            "from_date": SECONDS,
            "to_date": SECONDS,
            **pages(100, must=True),
            "status?": CODE,
        },
    ),
    "get_order": Shaped(_WHOLE, {"order_id?": NUMBER_OF, "invoice_num?": TEXT}),
    "accept_order": Shaped(_SUCCESS, _FROM, Acceptance),
    "reject_order": Shaped(_SUCCESS, body=Rejection),
    # The capital is the platform's.
    "ship_order": Shaped(one_of("Success"), body=Shipment),
    "request_pickup": Shaped(
        {"order_id": NUMBER_OF, "shop_id": NUMBER_OF, "request_time": GIVEN, "result": one_of("Success")}, body=Pickup
    ),
    "get_shipping_label": Shaped(TEXT, {"printed?": COUNT}, envelope=Envelope.HTML, breaks=True),
    "list_fulfilment_orders": Shaped(
        {"order_data": [_BOOKING], "first_order_id": NUMBER_OF, "next_order_id": NUMBER_OF},
        {"order_id?": NUMBER_OF, "shop_id?": NUMBER_OF, "next_order_id?": NUMBER_OF, "per_page?": pages(100)["per_page?"]},
    ),
}
"""By the operation's name, without the platform's."""
