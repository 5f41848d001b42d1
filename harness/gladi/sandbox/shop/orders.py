"""Orders: Get Order List by index and page, Get Order Detail by id."""

from __future__ import annotations

from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.printing import printed
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.order_sheet import UNDER_STATUS, sheet
from gladi.sandbox.shop.pages import after, beginning, size
from gladi.sandbox.shop.refusals import INVALID_PARAMETER, ORDER_FOREIGN
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Order, Parcel, Shop
    from gladi.sandbox.world.world import World

__all__ = ["OrderFilter", "detail", "matches", "position", "search"]

_MOST_IDS = 50
_FOREVER = float("inf")
_ABSURD = 1 << 53
"""Seconds; beyond it every bound means the same."""

OrderWord = Literal[
    "UNPAID",
    "ON_HOLD",
    "AWAITING_SHIPMENT",
    "PARTIALLY_SHIPPING",
    "AWAITING_COLLECTION",
    "IN_TRANSIT",
    "DELIVERED",
    "COMPLETED",
    "CANCELLED",
]


class OrderFilter(msgspec.Struct, frozen=True):
    """The body of Get Order List; `_ge` is inclusive and `_lt` exclusive, in seconds."""

    order_status: OrderWord | None = None
    create_time_ge: int | None = None
    create_time_lt: int | None = None
    update_time_ge: int | None = None
    update_time_lt: int | None = None
    shipping_type: Literal["TIKTOK", "SELLER"] | None = None
    buyer_user_id: str | None = None
    is_buyer_request_cancel: bool | None = None
    warehouse_ids: tuple[str, ...] | None = None


_filter = msgspec.json.Decoder(OrderFilter)


class Span(NamedTuple):
    """A stretch of one of the two sorted indexes."""

    by: str
    low: tuple[Any, ...]
    high: tuple[Any, ...]

    def holds(self, key: tuple[Any, ...]) -> bool:
        """Tell whether a sort key lies in it."""
        return self.low <= key < self.high


def search(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Order List. Work grows with the page, or with the matches where a filter has no index; never with the shop."""
    shop = held(arrival)
    request = arrival.request
    wanted = read(arrival, world.settings, _filter)
    field = request.params.get("sort_field") or "create_time"
    direction = request.params.get("sort_order") or "DESC"
    if field not in ("create_time", "update_time") or direction not in ("ASC", "DESC"):
        raise Refused(INVALID_PARAMETER.saying("Invalid 'sort_field' or 'sort_order'"))
    limit = size(request, default="20", instead=INVALID_PARAMETER.saying("Invalid 'page_size'; valid range: [1, 100]"))
    bound = (shop.key, wanted, field, direction)
    last = beginning(request, *bound)
    keys, total = matches(world, shop, wanted, field, position(last) if last else None, descending=direction == "DESC")
    page = list(islice(keys, limit + 1))
    more = len(page) > limit
    orders = [world.orders[key[-1]] for key in page[:limit]]
    return {
        "orders": [_shown(world, arrival, shop, order) for order in orders],
        "next_page_token": after("{}.{}.{}".format(*page[limit - 1]), *bound) if more else "",
        "total_count": total,
    }


def position(text: str) -> tuple[int, int, str]:
    """Give the sort key that a page token holds."""
    at, number, key = text.split(".", 2)
    return int(at), int(number), key


def matches(  # noqa: PLR0913 - a search is its parts
    world: World,
    shop: Shop,
    wanted: OrderFilter,
    field: str,
    last: tuple[int, int, str] | None,
    *,
    descending: bool,
    buckets: list[Any] | None = None,
) -> tuple[Iterator[tuple[Any, ...]], int]:
    """Give the sort keys behind `last`, in order, and the number of all matches.

    `buckets` of the two indexes narrow it further; without them the filter's own status does.
    """
    if buckets is None:
        buckets = [(shop.key, status) for status in UNDER_STATUS[wanted.order_status]] if wanted.order_status else [shop.key]
    created = Span("shop.created", *_bounds(wanted.create_time_ge, wanted.create_time_lt))
    updated = Span("shop.updated", *_bounds(wanted.update_time_ge, wanted.update_time_lt))
    main, other = (created, updated) if field == "create_time" else (updated, created)
    if not _excludes(world, buckets, other) and _ordinary(shop, wanted):
        low, high = main.low, main.high
        total = _count(world, buckets, main)
        if last is not None:
            low, high = (low, min(high, last)) if descending else (max(low, (*last, "")), high)
        streams = [world.orders.keys(main.by, bucket, low, high, descending=descending) for bucket in buckets]
        return (streams[0] if len(streams) == 1 else merge(*streams, reverse=descending)), total
    narrow = min((created, updated), key=lambda span: _count(world, buckets, span))
    found = [
        (order.placed_at if field == "create_time" else view.updated_at, order.number, order.key)
        for bucket in buckets
        for order in world.orders.rows(narrow.by, bucket, narrow.low, narrow.high)
        if (view := order.shop_view) is not None
        and created.holds((order.placed_at, order.number, order.key))
        and updated.holds((view.updated_at, order.number, order.key))
        and _passes(shop, order, wanted)
    ]
    found.sort(reverse=descending)
    rest = found if last is None else [key for key in found if (key < last if descending else key > last)]
    return iter(rest), len(found)


def _bounds(least: int | None, below: int | None) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    return (
        () if least is None else (max(min(least, _ABSURD), -_ABSURD) * 1000,),
        (_FOREVER,) if below is None else (max(min(below, _ABSURD), -_ABSURD) * 1000,),
    )


def _count(world: World, buckets: list[Any], span: Span) -> int:
    return sum(world.orders.count(span.by, bucket, span.low, span.high) for bucket in buckets)


def _excludes(world: World, buckets: list[Any], span: Span) -> bool:
    if span.low == () and span.high == (_FOREVER,):
        return False
    return _count(world, buckets, span) < _count(world, buckets, Span(span.by, (), (_FOREVER,)))


def _ordinary(shop: Shop, wanted: OrderFilter) -> bool:
    """Whether no filter is set that would have to look at each order."""
    every = {warehouse.shop_id for warehouse in shop.warehouses}
    return (
        wanted.shipping_type != "SELLER"
        and not wanted.is_buyer_request_cancel
        and not wanted.buyer_user_id
        and (not wanted.warehouse_ids or every <= set(wanted.warehouse_ids))
    )


def _passes(shop: Shop, order: Order, wanted: OrderFilter) -> bool:
    if wanted.shipping_type == "SELLER":
        return False  # every order here is shipped by the platform
    if wanted.is_buyer_request_cancel and (order.shop_view is None or order.shop_view.cancel_requested_at is None):
        return False
    if wanted.buyer_user_id and order.buyer.id != wanted.buyer_user_id:
        return False
    if not wanted.warehouse_ids:
        return True
    return any(one.name == order.warehouse and one.shop_id in wanted.warehouse_ids for one in shop.warehouses)


def detail(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Order Detail of at most 50 ids, comma-joined or repeated; an id that nothing bears is left out."""
    shop = held(arrival)
    ids = dict.fromkeys(one.strip() for value in arrival.request.every("ids") for one in value.split(",") if one.strip())
    if not ids:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'ids'"))
    if len(ids) > _MOST_IDS:
        raise Refused(INVALID_PARAMETER.saying("At most 50 'ids'"))
    found = [order for one in ids if (order := world.order_where(SHOP, one)) is not None]
    if any(order.shop != shop.key for order in found):
        raise Refused(ORDER_FOREIGN)
    listed = [order for order in found if order.shop_view is not None and order.shop_view.listed]
    if len(listed) < len(ids):
        arrival.assumes.append("shop.unknown_ids_left_out")
        arrival.misses += [order.key for one in ids if (order := world.order_where(TOKOPEDIA, one)) is not None and _is_elsewhere(order)]
    arrival.placed = bool(listed or arrival.misses)
    return {"orders": [_shown(world, arrival, shop, order) for order in listed]}


def _is_elsewhere(order: Order) -> bool:
    """Whether Tokopedia shows an order and this platform does not: one that both show was asked for by the wrong id, and is here."""
    here, there = order.shop_view, order.tokopedia
    return there is not None and there.listed and (here is None or not here.listed)


def _shown(world: World, arrival: Arrival, shop: Shop, order: Order) -> msgspec.Raw:
    arrival.shows_order(order)
    view = order.shop_view
    return _printed(order, shop, world.parcels.get(view.parcel) if view is not None and view.parcel else None)


@lru_cache(maxsize=4096)
def _printed(order: Order, shop: Shop, parcel: Parcel | None) -> msgspec.Raw:
    """Print an order once: it is immutable, and so is all that its sheet shows."""
    view = order.shop_view
    if view is None:
        msg = f"{order.key} was found in an index of Tokopedia & Shop without a view there"
        raise RuntimeError(msg)
    return msgspec.Raw(printed(sheet(order, view, shop, parcel)))
