"""What is asked and answered of orders: Get Order List and Get Order Detail print the same object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, EMPTY, ID, MONEY, SECONDS, TEXT, Kind, Shaped, either, one_of, words
from gladi.sandbox.shop.orders import OrderFilter, OrderWord
from gladi.sandbox.shop.packages import PackageWord
from gladi.sandbox.shop.shapes.parts import APP, IDR, NOTHING, TOTAL, paged, sorted_by

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["ADDRESS", "CARRIER", "OPTION", "PACKAGE_STATUS", "SHAPES"]

_NONE = one_of("")
_LINE_STATUS = words(OrderWord, but=("ON_HOLD", "PARTIALLY_SHIPPING"))
_WHO = one_of("", "BUYER", "SELLER", "SYSTEM")
PACKAGE_STATUS = words(PackageWord)
CARRIER = either(ID, _NONE)
"""The id of a carrier; empty before there is one."""
OPTION: Keys = {"delivery_option_id": ID, "delivery_option_name": TEXT}

_PAYMENT: Keys = {
    "currency": IDR,
    **dict.fromkeys(
        (
            "tax",
            "product_tax",
            "seller_discount",
            "platform_discount",
            "shipping_fee_seller_discount",
            "shipping_fee_platform_discount",
            "shipping_fee_cofunded_discount",
            "shipping_fee_tax",
            "small_order_fee",
            "retail_delivery_fee",
            "buyer_service_fee",
            "handling_fee",
            "item_insurance_fee",
            "original_total_product_price",
            "sub_total",
            "original_shipping_fee",
            "shipping_fee",
            "shipping_insurance_fee",
            "total_amount",
        ),
        MONEY,
    ),
}

ADDRESS: Keys = dict.fromkeys(
    (
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
    ),
    TEXT,
)
_RECIPIENT: Keys = {
    **ADDRESS,
    **dict.fromkeys(("first_name", "last_name", "first_name_local_script", "last_name_local_script"), TEXT),
    "district_info": [{"address_level": one_of("L0", "L1", "L2", "L3"), "address_level_name": TEXT, "address_name": TEXT}],
    "delivery_preferences": {"drop_off_location": TEXT},
}

_LINE: Keys = {
    "id": ID,
    "sku_type": one_of("NORMAL"),
    "product_id": ID,
    "product_name": TEXT,
    "sku_id": ID,
    "sku_name": TEXT,
    "sku_image": TEXT,
    "seller_sku": TEXT,
    "currency": IDR,
    **dict.fromkeys(
        (
            "original_price",
            "sale_price",
            "platform_discount",
            "seller_discount",
            "small_order_fee",
            "buyer_service_fee",
            "retail_delivery_fee",
        ),
        MONEY,
    ),
    "is_gift": BOOL,
    "item_tax": EMPTY,
    "combined_listing_skus": EMPTY,
    "is_dangerous_good": BOOL,
    "needs_prescription": BOOL,
    "handling_duration_days": TEXT,
    "display_status": _LINE_STATUS,
    "package_id": CARRIER,
    "package_status": either(PACKAGE_STATUS, _NONE),
    "shipping_provider_id": CARRIER,
    "shipping_provider_name": TEXT,
    "tracking_number": TEXT,
    "cancel_user": _WHO,
    "cancel_reason": TEXT,
    "rts_time?": SECONDS,
}

_ORDER: Keys = {
    "id": ID,
    "user_id": ID,
    "status": words(OrderWord),
    "create_time": SECONDS,
    "update_time": SECONDS,
    "buyer_email": TEXT,
    "commerce_platform": APP,
    "warehouse_id": ID,
    "shipping_provider": TEXT,
    "shipping_provider_id": CARRIER,
    "tracking_number": TEXT,
    "packages": [{"id": ID}],
    "payment": _PAYMENT,
    "recipient_address": either(_RECIPIENT, NOTHING),
    "line_items": [_LINE],
    **OPTION,
    "fulfillment_type": one_of("FULFILLMENT_BY_SELLER"),
    "shipping_type": one_of("TIKTOK"),
    "delivery_type": one_of("HOME_DELIVERY"),
    "need_upload_invoice": one_of("UNKNOWN"),
    **dict.fromkeys(
        (
            "is_on_hold_order",
            "is_buyer_request_cancel",
            "is_cod",
            "is_sample_order",
            "is_replacement_order",
            "is_exchange_order",
            "has_updated_recipient_address",
        ),
        BOOL,
    ),
    **dict.fromkeys(
        (
            "order_type",
            "buyer_message",
            "seller_note",
            "split_or_combine_tag",
            "replaced_order_id",
            "exchange_source_order_id",
            "payment_method_name",
            "auto_combine_group_id",
            "cpf",
            "cpf_name",
            "consultation_id",
            "fast_delivery_program",
        ),
        TEXT,
    ),
    **dict.fromkeys(
        (
            "request_cancel_time?",
            "paid_time?",
            "shipping_due_time?",
            "rts_sla_time?",
            "collection_due_time?",
            "tts_sla_time?",
            "cancel_order_sla_time?",
            "delivery_sla_time?",
            "delivery_due_time?",
            "rts_time?",
            "collection_time?",
            "delivery_time?",
            "cancel_time?",
        ),
        SECONDS,
    ),
    "cancellation_initiator?": _WHO,
    "cancel_reason?": TEXT,
}

_IDS = Kind({"type": "array", "items": {"type": "string", "pattern": "^[0-9]+$"}, "minItems": 1, "maxItems": 50})

SHAPES: dict[str, Shaped] = {
    "search_orders": Shaped({"orders": [_ORDER], **TOTAL}, {**paged(1, 100), **sorted_by("create_time", "update_time")}, OrderFilter),
    "get_orders": Shaped({"orders": [_ORDER]}, {"ids": _IDS}),
}
"""By the operation's name, without the platform's."""
