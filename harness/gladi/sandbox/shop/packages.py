"""Packages in a list, and when the courier could come for one."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal

import msgspec

from gladi.record.clock import WIB, moment
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.fulfilment import found_package
from gladi.sandbox.shop.order_sheet import CARRIER, ORDER_STATUS, PACKAGE_STATUS, UNDER_STATUS, line_ids, seconds
from gladi.sandbox.shop.orders import OrderFilter, matches, position
from gladi.sandbox.shop.pages import after, beginning, size
from gladi.sandbox.shop.refusals import INVALID_PARAMETER, ORDER_FOREIGN
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.couriers import Absence

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Order, OrderStatus
    from gladi.sandbox.world.world import World

__all__ = ["search", "time_slots"]

_MOST = 50
PackageWord = Literal["TO_FULFILL", "PROCESSING", "FULFILLING", "COMPLETED", "CANCELLED"]
_SORTS = {"create_time": "create_time", "order_pay_time": "create_time", "update_time": "update_time"}
"""A package exists from payment on, so that its creation and its order's payment are one instant."""
_HELD: dict[str, tuple[OrderStatus, ...]] = {
    word: tuple(
        status for under, status in PACKAGE_STATUS.items() if status == word and under != "UNPAID" for status in UNDER_STATUS[under]
    )
    for word in dict.fromkeys(PACKAGE_STATUS.values())
}
"""The world's statuses under each of a package's; an order that is not paid for has no package."""

_DAYS = 3
_HOURS = ((9, 13), (13, 17))


class PackageFilter(msgspec.Struct, frozen=True):
    """The body of Search Package; `_ge` is inclusive and `_lt` exclusive, in seconds."""

    create_time_ge: int | None = None
    create_time_lt: int | None = None
    update_time_ge: int | None = None
    update_time_lt: int | None = None
    package_status: PackageWord | None = None


_filter = msgspec.json.Decoder(PackageFilter)


def search(world: World, arrival: Arrival) -> dict[str, object]:
    """Search Package: `page_size` 1 to 50 is required; newest first unless asked otherwise (tiktok-shop-api.md 6, 9.2)."""
    shop = held(arrival)
    request = arrival.request
    wanted = read(arrival, world.settings, _filter)
    named = request.params.get("sort_field") or "create_time"
    direction = request.params.get("sort_order") or "DESC"
    if named not in _SORTS or direction not in ("ASC", "DESC"):
        raise Refused(INVALID_PARAMETER.saying("Invalid 'sort_field' or 'sort_order'"))
    limit = size(request, default="0", instead=INVALID_PARAMETER.saying("Invalid 'page_size'; valid range: [1, 50]"), most=_MOST)
    statuses = _HELD[wanted.package_status] if wanted.package_status else tuple(one for some in _HELD.values() for one in some)
    bound = (shop.key, wanted, named, direction)
    last = beginning(request, *bound)
    times = OrderFilter(
        create_time_ge=wanted.create_time_ge,
        create_time_lt=wanted.create_time_lt,
        update_time_ge=wanted.update_time_ge,
        update_time_lt=wanted.update_time_lt,
    )
    buckets = [(shop.key, status) for status in statuses]
    keys, total = matches(
        world, shop, times, _SORTS[named], position(last) if last else None, descending=direction == "DESC", buckets=buckets
    )
    page = list(islice(keys, limit + 1))
    more = len(page) > limit
    return {
        "packages": [_row(arrival, world.orders[key[-1]]) for key in page[:limit]],
        "next_page_token": after("{}.{}.{}".format(*page[limit - 1]), *bound) if more else "",
        "total_count": total,
    }


def _row(arrival: Arrival, order: Order) -> dict[str, object]:
    view = order.shop_view
    if view is None:
        msg = f"{order.key} was found in an index of Tokopedia & Shop without a view there"
        raise RuntimeError(msg)
    arrival.shows_order(order)
    carrier, carrier_name = CARRIER if view.tracking else ("", "")
    return {
        "id": view.package,
        "orders": [{"id": view.id, "skus": [_sku(line.offer, line.title, line.quantity) for line in order.lines]}],
        "status": PACKAGE_STATUS[ORDER_STATUS[view.status]],
        "create_time": seconds(order.paid_at or order.placed_at),
        "update_time": seconds(view.updated_at),
        "tracking_number": view.tracking,
        "shipping_provider_id": carrier,
        "shipping_provider_name": carrier_name,
        "order_line_item_ids": line_ids(order, view),
    }


def _sku(offer: str, title: str, quantity: int) -> dict[str, object]:
    return {"id": offer, "name": title, "quantity": quantity, "image_url": f"https://images.example.com/{offer}.jpeg"}


def time_slots(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Package Handover Time Slots: morning and afternoon of the next three days, and none once the package is arranged.

    `avaliable` is the platform's own spelling. Choosing a slot has no effect in Indonesia since 30 October 2024.
    """
    order, view = found_package(world, arrival, held(arrival), ORDER_FOREIGN)
    arrival.assumes.append("shop.pickup_slots")
    waits = PACKAGE_STATUS[ORDER_STATUS[view.status]] == "TO_FULFILL" and world.couriers.absence(order.key) is not Absence.MISSING
    return {
        "can_pickup": waits,
        "can_drop_off": False,
        "can_van_collection": False,
        "drop_off_point_url": "",
        "pickup_slots": _slots(world.couriers.back_at(order.key)) if waits else [],
    }


def _slots(now: int) -> list[dict[str, object]]:
    today = (moment(now) + WIB).replace(hour=0, minute=0, second=0, microsecond=0) - WIB
    return [
        {
            "start_time": int((today + timedelta(days=day, hours=start)).timestamp()),
            "end_time": int((today + timedelta(days=day, hours=end)).timestamp()),
            "avaliable": True,
        }
        for day in range(1, 1 + _DAYS)
        for start, end in _HOURS
    ]
