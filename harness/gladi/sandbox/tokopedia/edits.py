"""Edit Products V3: whatever a listing says may be changed, row by row, as long as the merge leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.bulk import PRICES, UNITS
from gladi.sandbox.tokopedia.listings import Product, owned
from gladi.sandbox.tokopedia.reading import Whole, body
from gladi.sandbox.tokopedia.shops import default_warehouse
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Shop
    from gladi.sandbox.world.world import World

__all__ = ["edit_products"]

_ROWS = 25
_NAME = range(1, 71)
_DESCRIPTION = range(2001)
_STATUS = ("LIMITED",)
_WORDS = {"title": "name", "description": "description", "price": "price", "stock": "stock"}


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """A row; a field that is left out stays as it is, and one that the sandbox does not keep is passed over."""

    id: Whole
    name: str | None = None
    description: str | None = None
    price: Whole | None = None
    stock: Whole | None = None
    status: str | None = None


class Edits(msgspec.Struct, frozen=True):
    """The body."""

    products: list[Edit]


_edits = msgspec.json.Decoder(Edits)


def edit_products(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `PATCH /v3/products/fs/:fs_id/edit?shop_id=`. A row is carried out as a whole or not at all."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    edits = body(arrival.request.body, _edits, refusals.PRODUCT_BODY).products
    if not edits:
        raise Refused(refusals.PRODUCT_BODY)
    if len(edits) > _ROWS:
        raise Refused(refusals.TOO_MANY_ROWS)
    arrival.touches = next((found.listing.offers[0].sku for edit in edits if (found := owned(desk.world, shop, edit.id))), None)
    arrival.changes = tuple(ours for ours, word in _WORDS.items() if any(getattr(edit, word) is not None for edit in edits))

    def writes() -> bytes:
        results = [(edit, _carried_out(desk.world, shop, edit)) for edit in edits]
        done = [{"product_id": edit.id} for edit, faults in results if not faults]
        failed = [
            {"product_name": edit.name or "", "product_price": edit.price or 0, "product_sku": "", "error": faults}
            for edit, faults in results
            if faults
        ]
        return envelope.modern(
            {
                "total_data": len(edits),
                "success_data": len(done),
                "fail_data": len(failed),
                "success_rows_data": done,
                "failed_rows_data": failed,
            }
        )

    return writes


def _carried_out(world: World, shop: Shop, edit: Edit) -> list[str]:
    """Carry out one row; give what is wrong with it, or nothing."""
    product = owned(world, shop, edit.id)
    if product is None:
        return ["Invalid Product ID."]
    faults = list(_faults(product, edit))
    if faults:
        return faults
    listing, offer = product
    texts: dict[str, Any] = {"title": edit.name, "description": edit.description}
    changes = {name: text for name, text in texts.items() if text is not None}
    if changes:
        listing = world.edit(listing, **changes)
    if offer is not None and edit.price is not None:
        world.set_price(listing, offer, edit.price)
        offer = next(one for one in world.listings[listing.key].offers if one.id == offer.id)
    if offer is not None and edit.stock is not None:
        world.set_stock(listing, offer, default_warehouse(shop).name, edit.stock)
    return []


def _faults(product: Product, edit: Edit) -> Iterator[str]:
    if product.listing.status not in (ListingStatus.ACTIVE, ListingStatus.INACTIVE):
        yield f"{refusals.LOCKED_BY_THE_MERGE.code}: product status is neither active nor inactive"
    if edit.name is not None and len(edit.name) not in _NAME:
        yield "name must have 1 to 70 characters"
    if edit.description is not None and len(edit.description) not in _DESCRIPTION:
        yield "description must have at most 2000 characters"
    if edit.price is not None and (product.offer is None or edit.price not in PRICES):
        yield "price must be 100 to 100000000, of a product without variants or of one variant"
    if edit.stock is not None and (product.offer is None or edit.stock not in UNITS):
        yield "stock must not be negative, and must be of a product without variants or of one variant"
    if edit.status is not None and edit.status not in _STATUS:
        yield f"status must be one of {', '.join(_STATUS)}"
