"""The rows of a bulk call: what each of them names, whether there was room for it, and what the answer says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import refusals
from gladi.sandbox.tokopedia.listings import Product, owned
from gladi.sandbox.tokopedia.reading import Whole, number
from gladi.sandbox.tokopedia.shops import default_warehouse
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Desk
    from gladi.sandbox.world.records import Shop, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["TOO_MANY", "Outcome", "Row", "answer", "carried_out", "counted", "named", "warehouse_in_query"]

TOO_MANY = "ERR_TOO_MANY_REQUEST"
"""What is wrong with a row for which the rate limit left no room (Bulk Request Adjustment)."""
_ROWS = 100
_UNKNOWN = "unknown"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a bulk call: which product, by SKU or by id; the SKU wins when both are given."""

    sku: str = ""
    product_id: Whole | None = None


class Outcome(NamedTuple):
    """What became of a row: what it asked for, and what is wrong with it (or nothing)."""

    row: Row
    asked: dict[str, Any]
    fault: str


def warehouse_in_query(desk: Desk, arrival: Arrival, shop: Shop) -> Warehouse:
    """Find the warehouse of the shop that the query names; the default one if it names none."""
    text = arrival.request.params.get("warehouse_id", "")
    if not text:
        return default_warehouse(shop)
    found = desk.warehouse(number(text, refusals.PRODUCT_WAREHOUSE))
    if found is None or found[0].key != shop.key:
        raise Refused(refusals.PRODUCT_WAREHOUSE)
    return found[1]


def counted(desk: Desk, arrival: Arrival, shop: Shop, rows: Sequence[Row]) -> None:
    """Refuse too few and too many rows, and note the first product that is named."""
    if not rows:
        raise Refused(refusals.PRODUCT_BODY)
    if len(rows) > _ROWS:
        raise Refused(refusals.TOO_MANY_ROWS)
    for row in rows:
        product = named(desk.world, shop, row)
        sku = product.offer.sku if product is not None and product.offer is not None else row.sku
        if sku:
            arrival.touches = sku
            return


def named(world: World, shop: Shop, row: Row) -> Product | None:
    """Find the product of a row as it stands now; an earlier row may have changed it."""
    if row.sku:
        listing = world.listing_of_sku(TOKOPEDIA, shop.key, row.sku)
        offer = next((one for one in listing.offers if one.sku == row.sku), None) if listing is not None else None
        return Product(listing, offer) if listing is not None and listing.status is not ListingStatus.DELETED else None
    return owned(world, shop, row.product_id) if row.product_id is not None else None


def carried_out(desk: Desk, arrival: Arrival, shop: Shop, row: Row, asked: dict[str, Any], write: Callable[[Product], str]) -> Outcome:  # noqa: PLR0913, PLR0917 - a row, and all that it is held against
    """Carry out one row, if there is room for it; `write` changes the product and says what is wrong, or nothing."""
    if not desk.has_room(arrival):
        return Outcome(row, asked, TOO_MANY)
    product = named(desk.world, shop, row)
    fault = write(product) if product is not None and product.offer is not None else _UNKNOWN
    return Outcome(row, asked, fault)


def answer(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Sum up: how many rows failed and succeeded, and why each of those that failed did."""
    failed = [
        {
            "product_id": row.product_id or 0,
            "sku": row.sku,
            "product_url": "",
            **asked,
            "message": fault if fault != _UNKNOWN else "Invalid SKU." if row.sku else "Invalid Product ID.",
        }
        for row, asked, fault in outcomes
        if fault
    ]
    return {"failed_rows": len(failed), "failed_rows_data": failed, "succeed_rows": len(outcomes) - len(failed)}
