"""Shipping documents: where the label of a package that was shipped is to be had, for a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.fulfilment import found_package
from gladi.sandbox.shop.order_sheet import ORDER_STATUS
from gladi.sandbox.shop.refusals import (
    DOCUMENT_AFTER_DELIVERY,
    DOCUMENT_AFTER_PICKUP,
    DOCUMENT_BEFORE_SHIPMENT,
    DOCUMENT_IN_THE_MAKING,
    DOCUMENT_OF_CANCELLED,
    INVALID_PARAMETER,
    PACKAGE_FOREIGN,
)
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.world import World

__all__ = ["DOCUMENTS", "shipping_document"]

DOCUMENTS = "https://documents.example.com/"
"""Where the documents of the platform lie."""

_VALID = timedelta(hours=24)
_ENDINGS = {
    "SHIPPING_LABEL": "pdf",
    "PACKING_SLIP": "pdf",
    "SHIPPING_LABEL_AND_PACKING_SLIP": "pdf",
    "SHIPPING_LABEL_PICTURE": "png",
}
"""The documents of ordinary goods in Indonesia; the other two are of dangerous goods and of Brazil."""

_NOT_TO_PRINT: dict[str, Refusal] = {
    "UNPAID": DOCUMENT_BEFORE_SHIPMENT,
    "ON_HOLD": DOCUMENT_BEFORE_SHIPMENT,
    "AWAITING_SHIPMENT": DOCUMENT_BEFORE_SHIPMENT,
    "PARTIALLY_SHIPPING": DOCUMENT_BEFORE_SHIPMENT,
    "IN_TRANSIT": DOCUMENT_AFTER_PICKUP,
    "DELIVERED": DOCUMENT_AFTER_DELIVERY,
    "COMPLETED": DOCUMENT_AFTER_DELIVERY,
    "CANCELLED": DOCUMENT_OF_CANCELLED,
}
"""After ship and before pick-up (tiktok-shop-api.md 9.1): the one status that is missing here is printed."""


def shipping_document(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Package Shipping Document: a URL that is good for 24 hours, and the tracking number.

    The URL leads to no host of the platform and to none at all: this sandbox prints nothing.
    """
    params = arrival.request.params
    kind = params.get("document_type", "")
    if kind not in _ENDINGS:
        raise Refused(INVALID_PARAMETER.saying(f"Invalid 'document_type'; one of {', '.join(_ENDINGS)}"))
    if params.get("document_size", "A6") not in ("A6", "A5"):
        raise Refused(INVALID_PARAMETER.saying("Invalid 'document_size'; A6 or A5"))
    if params.get("document_format", "PDF") != "PDF":
        raise Refused(INVALID_PARAMETER.saying("Invalid 'document_format'; PDF"))
    order, view = found_package(world, arrival, held(arrival), PACKAGE_FOREIGN)
    arrival.touches = order.key
    refusal = _NOT_TO_PRINT.get(ORDER_STATUS[view.status])
    if refusal is not None:
        raise Refused(refusal)
    parcel = world.parcels.get(view.parcel) if view.parcel else None
    if parcel is not None and world.clock.now < parcel.left_at + world.settings.document_takes.total_seconds() * 1000:
        arrival.assumes += world.settings.assumption("document_takes")
        raise Refused(DOCUMENT_IN_THE_MAKING)
    ends = (world.clock.now + round(_VALID.total_seconds() * 1000)) // 1000
    return {
        "doc_url": f"{DOCUMENTS}{view.package}/{kind.lower()}.{_ENDINGS[kind]}?expires={ends}",
        "tracking_number": view.tracking,
    }
