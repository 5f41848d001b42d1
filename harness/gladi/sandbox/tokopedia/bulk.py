"""Prices and stock, written row by row: a call whose rows all failed is still HTTP 200, with what went wrong beside each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.listings import Product, owned
from gladi.sandbox.tokopedia.reading import Whole, body, number
from gladi.sandbox.tokopedia.shops import default_warehouse
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Listing, Offer, Shop, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["PRICES", "UNITS", "update_price", "update_stock"]

PRICES = range(100, 100_000_001)
"""Lawful prices in whole rupiah (Create Products)."""
UNITS = range(1_000_000)
"""Units that a warehouse may hold; the documents state no maximum for updates, so it is a generous one."""
_ROWS = 100


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a bulk call: which product, by SKU or by id; the SKU wins when both are given."""

    sku: str = ""
    product_id: Whole | None = None


class PriceRow(Row, frozen=True, kw_only=True):
    """A row of a price update."""

    new_price: Whole


class StockRow(Row, frozen=True, kw_only=True):
    """A row of a stock update."""

    new_stock: Whole


_prices = msgspec.json.Decoder(list[PriceRow])
_stocks = msgspec.json.Decoder(list[StockRow])


def update_price(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /inventory/v1/fs/:fs_id/price/update?shop_id=`."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    if "warehouse_id" in arrival.request.params:
        _warehouse(desk, arrival, shop)
        arrival.assumes.append("tokopedia.price_in_every_warehouse")
    rows = body(arrival.request.body, _prices, refusals.PRODUCT_BODY)
    _counted(desk, arrival, shop, rows)

    def writes() -> bytes:
        return _answer(
            [(row, {"new_price": row.new_price}, _price(desk.world, _named(desk.world, shop, row), row.new_price)) for row in rows]
        )

    return writes


def update_stock(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /inventory/v1/fs/:fs_id/stock/update?shop_id=` for one warehouse, the default one if none is named."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    warehouse = _warehouse(desk, arrival, shop)
    keeps_status = arrival.request.params.get("bypass_update_product_status", "").lower() in ("true", "1")
    rows = body(arrival.request.body, _stocks, refusals.PRODUCT_BODY)
    _counted(desk, arrival, shop, rows)

    def writes() -> bytes:
        results: list[tuple[Row, dict[str, Any], str]] = []
        for row in rows:
            product = _named(desk.world, shop, row)
            fault = _stock(desk.world, product, warehouse, row.new_stock)
            if not fault and product is not None and not keeps_status:
                _follow_stock(desk.world, product.listing)
            results.append((row, {"new_stock": row.new_stock}, fault))
        return _answer(results)

    return writes


def _warehouse(desk: Desk, arrival: Arrival, shop: Shop) -> Warehouse:
    text = arrival.request.params.get("warehouse_id", "")
    if not text:
        return default_warehouse(shop)
    found = desk.warehouse(number(text, refusals.PRODUCT_WAREHOUSE))
    if found is None or found[0].key != shop.key:
        raise Refused(refusals.PRODUCT_WAREHOUSE)
    return found[1]


def _counted(desk: Desk, arrival: Arrival, shop: Shop, rows: Sequence[Row]) -> None:
    """Refuse too few and too many rows, and note the first product that is named."""
    if not rows:
        raise Refused(refusals.PRODUCT_BODY)
    if len(rows) > _ROWS:
        raise Refused(refusals.TOO_MANY_ROWS)
    for row in rows:
        product = _named(desk.world, shop, row)
        sku = product.offer.sku if product is not None and product.offer is not None else row.sku
        if sku:
            arrival.touches = sku
            return


def _named(world: World, shop: Shop, row: Row) -> Product | None:
    """Find the product of a row as it stands now; an earlier row may have changed it."""
    if row.sku:
        listing = world.listing_of_sku(TOKOPEDIA, shop.key, row.sku)
        offer = next((one for one in listing.offers if one.sku == row.sku), None) if listing is not None else None
        return Product(listing, offer) if listing is not None and listing.status is not ListingStatus.DELETED else None
    return owned(world, shop, row.product_id) if row.product_id is not None else None


def _price(world: World, product: Product | None, price: int) -> str:
    """Set a price; give what is wrong with the row, or nothing."""
    if product is None or product.offer is None:
        return _UNKNOWN
    if price not in PRICES:
        return "Invalid Price."
    world.set_price(product.listing, product.offer, price)
    return ""


def _stock(world: World, product: Product | None, warehouse: Warehouse, units: int) -> str:
    """Set a number of units; give what is wrong with the row, or nothing."""
    if product is None or product.offer is None:
        return _UNKNOWN
    if units not in UNITS:
        return "Invalid Stock."
    world.set_stock(product.listing, product.offer, warehouse.name, units)
    return ""


def _follow_stock(world: World, before: Listing) -> None:
    """The last unit gone makes a product inactive, the first one back makes it active; this is no edit of the seller's."""
    held, holds = _units(before.offers), _units((after := world.listings[before.key]).offers)
    if not holds and after.status is ListingStatus.ACTIVE:
        world.listings.put(after.key, replace(after, status=ListingStatus.INACTIVE))
    if holds and not held and after.status is ListingStatus.INACTIVE:
        world.listings.put(after.key, replace(after, status=ListingStatus.ACTIVE))


def _units(offers: tuple[Offer, ...]) -> int:
    return sum(offer.units for offer in offers)


_UNKNOWN = "unknown"


def _answer(results: Sequence[tuple[Row, dict[str, Any], str]]) -> bytes:
    failed = [
        {
            "product_id": row.product_id or 0,
            "sku": row.sku,
            "product_url": "",
            **value,
            "message": fault if fault != _UNKNOWN else "Invalid SKU." if row.sku else "Invalid Product ID.",
        }
        for row, value, fault in results
        if fault
    ]
    return envelope.modern({"failed_rows": len(failed), "failed_rows_data": failed, "succeed_rows": len(results) - len(failed)})
