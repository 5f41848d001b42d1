"""What is asked and answered of orders that are taken back: cancellations before they left, returns afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, EMPTY, ID, MONEY, SECONDS, TEXT, Shaped, one_of, words
from gladi.sandbox.shop.cancellations import CANCEL_STATUS, Cancelled, Wanted
from gladi.sandbox.shop.returns import ReturnFilter, Status
from gladi.sandbox.shop.shapes.orders import CARRIER
from gladi.sandbox.shop.shapes.parts import IDR, NOTHING, TOTAL, paged, sorted_by

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_CANCEL_STATUS = one_of(*CANCEL_STATUS.values())
_UNIT: Keys = {"order_line_item_id": ID, "sku_id": ID, "sku_name": TEXT, "product_name": TEXT, "seller_sku": TEXT}
_CANCELLATION: Keys = {
    "cancel_id": ID,
    "order_id": ID,
    "cancel_type": one_of("BUYER_CANCEL", "CANCEL"),
    "cancel_status": _CANCEL_STATUS,
    "cancel_reason": TEXT,
    "cancel_reason_text": TEXT,
    "role": one_of("BUYER", "SELLER"),
    "create_time": SECONDS,
    "update_time": SECONDS,
    "cancel_line_items": [_UNIT],
}

_REFUND: Keys = {
    "currency": IDR,
    **dict.fromkeys(
        ("refund_total", "refund_subtotal", "refund_shipping_fee", "refund_tax", "retail_delivery_fee", "buyer_service_fee"), MONEY
    ),
}
_RETURN: Keys = {
    "order_id": ID,
    "return_id": ID,
    "return_type": one_of("RETURN_AND_REFUND"),
    "return_status": words(Status),
    "arbitration_status": one_of(""),
    "role": one_of("BUYER"),
    "return_reason": TEXT,
    "return_reason_text": TEXT,
    "shipment_type": one_of("PLATFORM"),
    "handover_method": one_of("DROP_OFF"),
    "return_tracking_number": TEXT,
    "return_provider_id": CARRIER,
    "return_provider_name": TEXT,
    "pre_return_id": TEXT,
    "next_return_id": TEXT,
    "can_buyer_keep_item": BOOL,
    "create_time": SECONDS,
    "update_time": SECONDS,
    "seller_next_action_response": [{"action": TEXT, "deadline": SECONDS}],
    "return_line_items": [
        {**_UNIT, "return_line_item_id": ID, "product_image": {"url": TEXT, "width": COUNT, "height": COUNT}, "refund_amount": _REFUND}
    ],
    "refund_amount": _REFUND,
    "discount_amount": EMPTY,
    "shipping_fee_amount": EMPTY,
    "return_method": TEXT,
    "return_shipping_document_type": one_of("SHIPPING_LABEL"),
    "is_combined_return": BOOL,
    "combined_return_id": TEXT,
    "return_warehouse_address": {"full_address": TEXT},
}

SHAPES: dict[str, Shaped] = {
    "search_cancellations": Shaped({"cancellations": [_CANCELLATION], **TOTAL}, paged(1, 50), Wanted),
    "cancel_order": Shaped({"cancel_id": ID, "cancel_status": _CANCEL_STATUS}, body=Cancelled),
    "approve_cancellation": Shaped(NOTHING),
    "reject_cancellation": Shaped(NOTHING),
    "search_returns": Shaped(
        {"return_orders": [_RETURN], **TOTAL}, {**paged(10, 50), **sorted_by("create_time", "update_time")}, ReturnFilter
    ),
}
"""By the operation's name, without the platform's."""
