"""An order as the TikTok Shop Open API prints it: the field set of 202309, one line item a unit, money as strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.shop.shops import warehouse_of
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Buyer, Order, Parcel, Shop, View

__all__ = ["CANCELLED", "DELIVERY", "ORDER_STATUS", "PACKAGE_STATUS", "UNDER_STATUS", "line_ids", "recipient", "seconds", "sheet"]

ORDER_STATUS: dict[OrderStatus, str] = {
    OrderStatus.UNPAID: "UNPAID",
    OrderStatus.CONFIRMING_PAYMENT: "UNPAID",
    OrderStatus.ON_HOLD: "ON_HOLD",
    OrderStatus.PAID: "AWAITING_SHIPMENT",
    OrderStatus.AWAITING_PARTNER: "AWAITING_SHIPMENT",
    OrderStatus.ACCEPTED: "AWAITING_SHIPMENT",
    OrderStatus.PARTLY_ARRANGED: "PARTIALLY_SHIPPING",
    OrderStatus.ARRANGED: "AWAITING_COLLECTION",
    OrderStatus.SHIPPED: "IN_TRANSIT",
    OrderStatus.NUMBER_MISSING: "IN_TRANSIT",
    OrderStatus.NUMBER_WRONG: "IN_TRANSIT",
    OrderStatus.NUMBER_DISPUTED: "IN_TRANSIT",
    OrderStatus.AT_PICKUP_POINT: "IN_TRANSIT",
    OrderStatus.COMING_BACK: "IN_TRANSIT",
    OrderStatus.DELIVERED: "DELIVERED",
    OrderStatus.CASE_OPEN: "DELIVERED",
    OrderStatus.UNDER_REVIEW: "DELIVERED",
    OrderStatus.COMPLETED: "COMPLETED",
    OrderStatus.REJECTED: "CANCELLED",
    OrderStatus.EXPIRED: "CANCELLED",
    OrderStatus.OUT_OF_STOCK: "CANCELLED",
    OrderStatus.FRAUDULENT: "CANCELLED",
    OrderStatus.CANCELLED_BY_PLATFORM: "CANCELLED",
    OrderStatus.CANCELLED_BY_BUYER: "CANCELLED",
}
"""The world's words in this API's; those it has no word for fall to the nearest."""

UNDER_STATUS: dict[str, tuple[OrderStatus, ...]] = {
    word: tuple(status for status, printed in ORDER_STATUS.items() if printed == word) for word in dict.fromkeys(ORDER_STATUS.values())
}

PACKAGE_STATUS = {
    "UNPAID": "TO_FULFILL",
    "ON_HOLD": "TO_FULFILL",
    "AWAITING_SHIPMENT": "TO_FULFILL",
    "PARTIALLY_SHIPPING": "TO_FULFILL",
    "AWAITING_COLLECTION": "PROCESSING",
    "IN_TRANSIT": "FULFILLING",
    "DELIVERED": "COMPLETED",
    "COMPLETED": "COMPLETED",
    "CANCELLED": "CANCELLED",
}
_LINE_STATUS = {"ON_HOLD": "AWAITING_SHIPMENT", "PARTIALLY_SHIPPING": "AWAITING_SHIPMENT"}
"""Lines know neither of the two."""

CANCELLED: dict[OrderStatus, tuple[str, str]] = {
    OrderStatus.CANCELLED_BY_BUYER: ("BUYER", "No longer needed"),
    OrderStatus.CANCELLED_BY_PLATFORM: ("SYSTEM", "Cancelled by the platform"),
    OrderStatus.EXPIRED: ("SYSTEM", "Not shipped in time"),
    OrderStatus.FRAUDULENT: ("SYSTEM", "Cancelled by the platform"),
    OrderStatus.REJECTED: ("SELLER", "Rejected by the seller"),
    OrderStatus.OUT_OF_STOCK: ("SELLER", "Out of stock"),
}

DELIVERY = {"delivery_option_id": shop_side_id("standard delivery", "7208"), "delivery_option_name": "Standard shipping"}
CARRIER = (shop_side_id("standard carrier", "7117"), "Standard carrier")
_HOUR = 3600

_ORDINARY: dict[str, object] = {
    "order_type": "",
    "buyer_message": "",
    "seller_note": "",
    "fulfillment_type": "FULFILLMENT_BY_SELLER",
    "shipping_type": "TIKTOK",
    "delivery_type": "HOME_DELIVERY",
    **DELIVERY,
    "split_or_combine_tag": "",
    "is_cod": False,
    "is_sample_order": False,
    "is_replacement_order": False,
    "replaced_order_id": "",
    "is_exchange_order": False,
    "exchange_source_order_id": "",
    "need_upload_invoice": "UNKNOWN",
    "payment_method_name": "Bank transfer",
    "auto_combine_group_id": "",
    "cpf": "",
    "cpf_name": "",
    "consultation_id": "",
    "fast_delivery_program": "",
}
"""What every order of an ordinary Indonesian seller says."""

_ORDINARY_LINE: dict[str, object] = {
    "sku_type": "NORMAL",
    "platform_discount": "0",
    "seller_discount": "0",
    "currency": "IDR",
    "is_gift": False,
    "item_tax": (),
    "combined_listing_skus": (),
    "small_order_fee": "0",
    "buyer_service_fee": "0",
    "retail_delivery_fee": "0",
    "is_dangerous_good": False,
    "needs_prescription": False,
    "handling_duration_days": "",
}

_ORDINARY_PAYMENT: dict[str, str] = {
    "currency": "IDR",
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
        ),
        "0",
    ),
}


def seconds(at: int) -> int:
    """Give an instant as this API does."""
    return at // 1000


def sheet(order: Order, view: View, shop: Shop, parcel: Parcel | None) -> dict[str, object]:
    """Print an order; search and detail print the same object."""
    status = ORDER_STATUS[view.status]
    carrier, carrier_name = CARRIER if view.tracking else ("", "")
    placed = seconds(order.placed_at)
    printed: dict[str, object] = {
        "id": view.id,
        "user_id": order.buyer.id,
        "status": status,
        "create_time": placed,
        "update_time": seconds(view.updated_at),
        "buyer_email": order.buyer.email,
        "commerce_platform": "TOKOPEDIA" if order.bought_on is TOKOPEDIA else "TIKTOK_SHOP",
        "warehouse_id": warehouse_of(shop, order.warehouse).shop_id,
        "shipping_provider": carrier_name,
        "shipping_provider_id": carrier,
        "tracking_number": view.tracking,
        "packages": ({"id": view.package},) if view.package else (),
        "is_on_hold_order": status == "ON_HOLD",
        "is_buyer_request_cancel": view.cancel_requested_at is not None,
        "payment": _payment(order),
        "recipient_address": {} if status == "ON_HOLD" else recipient(order.buyer),
        "has_updated_recipient_address": order.moved_from is not None,
        "line_items": _lines(order, view, status, parcel),
        **_ORDINARY,
    }
    if view.cancel_requested_at is not None:
        printed["request_cancel_time"] = seconds(view.cancel_requested_at)
    if order.paid_at is not None:
        _deadlines(printed, seconds(order.paid_at))
    if parcel is not None:
        printed["rts_time"] = seconds(parcel.left_at)
    _turning_points(printed, view, status)
    return printed


def _deadlines(printed: dict[str, object], paid: int) -> None:
    printed["paid_time"] = paid
    for name, hours in (("shipping_due_time", 48), ("rts_sla_time", 48), ("collection_due_time", 96), ("tts_sla_time", 96)):
        printed[name] = paid + hours * _HOUR
    printed["cancel_order_sla_time"] = paid + 72 * _HOUR
    printed["delivery_sla_time"] = printed["delivery_due_time"] = paid + 240 * _HOUR


def _turning_points(printed: dict[str, object], view: View, status: str) -> None:
    """Say when an order reached the status it has; the world keeps no earlier ones."""
    name = {"IN_TRANSIT": "collection_time", "DELIVERED": "delivery_time", "CANCELLED": "cancel_time"}.get(status)
    if name is not None:
        printed[name] = seconds(view.updated_at)
    if status == "CANCELLED":
        printed["cancellation_initiator"], printed["cancel_reason"] = CANCELLED[view.status]


def _payment(order: Order) -> dict[str, str]:
    goods = str(order.goods)
    return {
        **_ORDINARY_PAYMENT,
        "original_total_product_price": goods,
        "sub_total": goods,
        "original_shipping_fee": str(order.shipping_fee),
        "shipping_fee": str(order.shipping_fee),
        "shipping_insurance_fee": str(order.insurance_fee),
        "item_insurance_fee": str(order.item_insurance_fee),
        "total_amount": str(order.total),
    }


def line_ids(order: Order, view: View) -> list[str]:
    """Give the ids of the line items, one a unit."""
    return [shop_side_id(f"{view.id} line {unit}", "577") for unit in range(sum(line.quantity for line in order.lines))]


def _lines(order: Order, view: View, status: str, parcel: Parcel | None) -> list[dict[str, object]]:
    carrier, carrier_name = CARRIER if view.tracking else ("", "")
    common: dict[str, object] = {
        **_ORDINARY_LINE,
        "display_status": _LINE_STATUS.get(status, status),
        "package_id": view.package or "",
        "package_status": PACKAGE_STATUS[status] if view.package else "",
        "shipping_provider_id": carrier,
        "shipping_provider_name": carrier_name,
        "tracking_number": view.tracking,
        "cancel_user": "",
        "cancel_reason": "",
    }
    if parcel is not None:
        common["rts_time"] = seconds(parcel.left_at)
    if status == "CANCELLED":
        common["cancel_user"], common["cancel_reason"] = CANCELLED[view.status]
    ids = iter(line_ids(order, view))
    return [
        {
            **common,
            "id": next(ids),
            "product_id": line.listing,
            "product_name": line.title,
            "sku_id": line.offer,
            "sku_name": line.sku,
            "sku_image": f"https://images.example.com/{line.offer}.jpeg",
            "seller_sku": line.sku,
            "original_price": str(line.price),
            "sale_price": str(line.price),
        }
        for line in order.lines
        for _ in range(line.quantity)
    ]


def _masked(text: str) -> str:
    return f"{text[:1]}***"


def recipient(buyer: Buyer) -> dict[str, object]:
    """Give the recipient as the platform shows him of parcels that it ships itself: masked."""
    places = (
        ("L0", "Country", "Indonesia"),
        ("L1", "Province", buyer.province),
        ("L2", "City", buyer.city),
        ("L3", "District", buyer.district),
    )
    return {
        "full_address": f"Indonesia, {buyer.province}, {buyer.city}, {buyer.district}, {_masked(buyer.address)}",
        "address_detail": _masked(buyer.address),
        "address_line1": buyer.province,
        "address_line2": buyer.city,
        "address_line3": buyer.district,
        "address_line4": "",
        "name": _masked(buyer.name),
        "first_name": _masked(buyer.name),
        "last_name": "",
        "first_name_local_script": "",
        "last_name_local_script": "",
        "phone_number": f"(+62){buyer.phone[2:5]}*****{buyer.phone[-2:]}",
        "postal_code": buyer.postal_code,
        "region_code": "ID",
        "district_info": [{"address_level": level, "address_level_name": kind, "address_name": name} for level, kind, name in places],
        "delivery_preferences": {"drop_off_location": ""},
    }
