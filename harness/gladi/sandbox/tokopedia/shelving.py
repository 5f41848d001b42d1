"""Putting products on the shelves and taking them off, up to 25 at a time; their stock stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.listings import owned
from gladi.sandbox.tokopedia.reading import Whole, body
from gladi.sandbox.tokopedia.rows import TOO_MANY
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import stand

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Shop

__all__ = ["activate_products", "deactivate_products"]

_IDS = 25
_TO_BE_SWITCHED = (ListingStatus.ACTIVE, ListingStatus.INACTIVE)


class Products(msgspec.Struct, frozen=True):
    """The body."""

    product_id: list[Whole]


_products = msgspec.json.Decoder(Products)


def activate_products(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /v1/products/fs/:fs_id/active?shop_id=`."""
    return _switched(desk, arrival, ListingStatus.ACTIVE)


def deactivate_products(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /v1/products/fs/:fs_id/inactive?shop_id=`."""
    return _switched(desk, arrival, ListingStatus.INACTIVE)


def _switched(desk: Desk, arrival: Arrival, status: ListingStatus) -> Deed:
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    ids = body(arrival.request.body, _products, refusals.PRODUCT_BODY).product_id
    if not ids:
        raise Refused(refusals.PRODUCT_BODY)
    if len(ids) > _IDS:
        raise Refused(refusals.TOO_MANY_ROWS)
    arrival.touches = next(((found.offer or found.listing.offers[0]).sku for one in ids if (found := owned(desk.world, shop, one))), None)

    def switches() -> bytes:
        faults = [fault for one in ids if (fault := _switch(desk, arrival, shop, one, status))]
        return envelope.modern(
            {
                "total_data": len(ids),
                "succeed_rows": len(ids) - len(faults),
                "failed_rows": len(faults),
                "failed_rows_data": faults or None,
            }
        )

    return switches


def _switch(desk: Desk, arrival: Arrival, shop: Shop, product_id: int, status: ListingStatus) -> str:
    """Switch one product on or off, a variant with its parent; give what is wrong with it, or nothing."""
    if not desk.has_room(arrival):
        return TOO_MANY
    product = owned(desk.world, shop, product_id)
    if product is None:
        return f"Invalid Product ID {product_id}."
    if product.offer is not None and product.offer.id != product.listing.id:
        arrival.assumes.append("tokopedia.variant_goes_with_its_parent")
    if product.listing.status not in _TO_BE_SWITCHED:
        return f"Product ID {product_id} is neither active nor inactive."
    if product.listing.status is not status:
        stand(desk.world, product.listing, {TOKOPEDIA: status})
    return ""
