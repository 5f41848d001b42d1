"""What is asked and answered of packages: reading them, shipping them, and the document that goes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, DIGITS, ID, MONEY, SECONDS, TEXT, Shaped, either, one_of
from gladi.sandbox.shop.batches import Batch
from gladi.sandbox.shop.fulfilment import Shipment
from gladi.sandbox.shop.packages import PackageFilter
from gladi.sandbox.shop.shapes.orders import ADDRESS, CARRIER, OPTION, PACKAGE_STATUS
from gladi.sandbox.shop.shapes.parts import NOTHING, TOTAL, error, paged, sorted_by

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_COMMON: Keys = {
    "orders": [{"id": ID, "skus": [{"id": ID, "name": TEXT, "quantity": COUNT, "image_url": TEXT}]}],
    "order_line_item_ids": [ID],
    "shipping_provider_id": CARRIER,
    "shipping_provider_name": TEXT,
    "tracking_number": TEXT,
    "create_time": SECONDS,
    "update_time": SECONDS,
}
_WHOLE: Keys = {
    **_COMMON,
    **OPTION,
    "package_id": ID,
    "package_status": PACKAGE_STATUS,
    "shipping_type": one_of("TIKTOK"),
    "last_mile_tracking_number": TEXT,
    "handover_method": one_of("PICKUP"),
    "pickup_slot": NOTHING,
    "split_and_combine_tag": TEXT,
    "has_multi_skus": BOOL,
    "note_tag": TEXT,
    "recipient_address": either(ADDRESS, NOTHING),
    "sender_address": ADDRESS,
    "weight": {"value": DIGITS, "unit": one_of("GRAM")},
    "dimension": {"length": DIGITS, "width": DIGITS, "height": DIGITS, "unit": one_of("CM")},
    "insurance": {"is_purchased": BOOL, "coverage_amount": MONEY},
}
_SLOTS: Keys = {
    "can_pickup": BOOL,
    "can_drop_off": BOOL,
    "can_van_collection": BOOL,
    "drop_off_point_url": TEXT,
    # The platform's own spelling.
    "pickup_slots": [{"start_time": SECONDS, "end_time": SECONDS, "avaliable": BOOL}],
}
_DOCUMENT: Keys = {
    "document_type": one_of("SHIPPING_LABEL", "PACKING_SLIP", "SHIPPING_LABEL_AND_PACKING_SLIP", "SHIPPING_LABEL_PICTURE"),
    "document_size?": one_of("A6", "A5"),
    "document_format?": one_of("PDF"),
}

SHAPES: dict[str, Shaped] = {
    "search_packages": Shaped(
        {"packages": [{**_COMMON, "id": ID, "status": PACKAGE_STATUS}], **TOTAL},
        {**paged(1, 50, must=True), **sorted_by("create_time", "order_pay_time", "update_time")},
        PackageFilter,
    ),
    "get_package": Shaped(_WHOLE),
    "get_time_slots": Shaped(_SLOTS),
    "get_shipping_document": Shaped({"doc_url": TEXT, "tracking_number": TEXT}, _DOCUMENT),
    "ship_package": Shaped(NOTHING, body=Shipment),
    "batch_ship_packages": Shaped({"errors": [error({"package_id": TEXT})]}, body=Batch),
}
"""By the operation's name, without the platform's."""
