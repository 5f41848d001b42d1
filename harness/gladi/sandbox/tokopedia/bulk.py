"""Prices and stock, written row by row: a call whose rows all failed is still HTTP 200, with what went wrong beside each row."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.reading import Whole, body
from gladi.sandbox.tokopedia.rows import Row, answer, carried_out, counted, named, warehouse_in_query
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.tokopedia.listings import Product
    from gladi.sandbox.world.records import Listing, Offer, Shop, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["PRICES", "UNITS", "decrement_stock", "increment_stock", "update_price", "update_stock"]

PRICES = range(100, 100_000_001)
"""Lawful prices in whole rupiah (Create Products)."""
UNITS = range(1_000_000)
"""Units that a warehouse may hold; the documents state no maximum for updates, so it is a generous one."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,20}")


class PriceRow(Row, frozen=True, kw_only=True):
    """A row of a price update."""

    new_price: Whole


class StockRow(Row, frozen=True, kw_only=True):
    """A row of a stock update."""

    new_stock: Whole


class ChangeRow(Row, frozen=True, kw_only=True):
    """A row of a change of stock: the documentation's example says `stock_value`, its text `new_stock`."""

    stock_value: Whole | None = None
    new_stock: Whole | None = None

    @property
    def units(self) -> int | None:
        """How many units come or go; None when the row does not say."""
        return self.stock_value if self.stock_value is not None else self.new_stock


_prices = msgspec.json.Decoder(list[PriceRow])
_stocks = msgspec.json.Decoder(list[StockRow])
_changes = msgspec.json.Decoder(list[ChangeRow])


def update_price(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /inventory/v1/fs/:fs_id/price/update?shop_id=`."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    if "warehouse_id" in arrival.request.params:
        warehouse_in_query(desk, arrival, shop)
        arrival.assumes.append("tokopedia.price_in_every_warehouse")
    rows = body(arrival.request.body, _prices, refusals.PRODUCT_BODY)
    counted(desk, arrival, shop, rows)

    def writes() -> bytes:
        outcomes = [
            carried_out(desk, arrival, shop, row, {"new_price": row.new_price}, partial(_price, desk.world, price=row.new_price))
            for row in rows
        ]
        return envelope.modern(answer(outcomes))

    return writes


def update_stock(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /inventory/v1/fs/:fs_id/stock/update?shop_id=` for one warehouse, the default one if none is named."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    warehouse = warehouse_in_query(desk, arrival, shop)
    rows = body(arrival.request.body, _stocks, refusals.PRODUCT_BODY)
    counted(desk, arrival, shop, rows)

    def writes() -> bytes:
        write = _Stock(desk.world, warehouse, follows=_follows(arrival))
        outcomes = [
            carried_out(desk, arrival, shop, row, {"new_stock": row.new_stock}, partial(write.sets, units=row.new_stock)) for row in rows
        ]
        return envelope.modern(answer(outcomes))

    return writes


def increment_stock(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /inventory/v1/fs/:fs_id/stock/increment?shop_id=`."""
    return _change_stock(desk, arrival, 1)


def decrement_stock(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /inventory/v1/fs/:fs_id/stock/decrement?shop_id=`."""
    return _change_stock(desk, arrival, -1)


def _change_stock(desk: Desk, arrival: Arrival, sign: int) -> Deed:
    """Add units or take them away; the same `request_id` again gets the first answer and changes nothing."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    warehouse = warehouse_in_query(desk, arrival, shop)
    request_id = arrival.request.params.get("request_id", "")
    if request_id and not _REQUEST_ID.fullmatch(request_id):
        raise Refused(refusals.REQUEST_ID)
    rows = body(arrival.request.body, _changes, refusals.PRODUCT_BODY)
    units = [row.units for row in rows if row.units is not None]
    if len(units) < len(rows):
        raise Refused(refusals.PRODUCT_BODY)
    counted(desk, arrival, shop, rows)
    asked_before = (arrival.operation.name, shop.key, request_id)

    def writes() -> bytes:
        if asked_before in desk.stock_requests:
            arrival.assumes.append("tokopedia.request_id_answers_again")
            return desk.stock_requests[asked_before]
        write = _Stock(desk.world, warehouse, follows=_follows(arrival))
        outcomes = [
            carried_out(desk, arrival, shop, row, {"stock_value": value}, partial(write.changes, by=value, sign=sign))
            for row, value in zip(rows, units, strict=True)
        ]
        done = [_row(named(desk.world, shop, one.row), shop, warehouse) for one in outcomes if not one.fault]
        given = envelope.modern(answer(outcomes) | {"succeed_rows_data": done})
        if request_id:
            desk.stock_requests[asked_before] = given
        return given

    return writes


class _Stock:
    """Writes units into one warehouse, and switches a product off with its last unit and on with its first, unless that is bypassed."""

    def __init__(self, world: World, warehouse: Warehouse, *, follows: bool) -> None:
        self._world = world
        self._warehouse = warehouse.name
        self._follows = follows

    def sets(self, product: Product, units: int) -> str:
        """Set a number of units; give what is wrong with the row, or nothing."""
        if units not in UNITS or product.offer is None:
            return "Invalid Stock."
        self._world.set_stock(product.listing, product.offer, self._warehouse, units)
        if self._follows:
            _follow_stock(self._world, product.listing)
        return ""

    def changes(self, product: Product, by: int, sign: int) -> str:
        """Add to the units or, with sign -1, take away; a warehouse never holds less than nothing."""
        if by < 1 or product.offer is None:
            return "Invalid Stock."
        return self.sets(product, dict(product.offer.stock).get(self._warehouse, 0) + sign * by)


def _follows(arrival: Arrival) -> bool:
    return arrival.request.params.get("bypass_update_product_status", "").lower() not in ("true", "1")


def _row(product: Product | None, shop: Shop, warehouse: Warehouse) -> dict[str, Any]:
    """Print the product of a row that succeeded, as it stands after all of them."""
    if product is None or product.offer is None:
        return {}
    return {
        "productID": product.id,
        "warehouseID": warehouse.tokopedia_id,
        "shopID": shop.tokopedia_id,
        "stock": dict(product.offer.stock).get(warehouse.name, 0),
        "price": product.offer.price,
    }


def _price(world: World, product: Product, price: int) -> str:
    """Set a price; give what is wrong with the row, or nothing."""
    if price not in PRICES or product.offer is None:
        return "Invalid Price."
    world.set_price(product.listing, product.offer, price)
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
