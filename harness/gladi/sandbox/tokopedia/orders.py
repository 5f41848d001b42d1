"""Reading orders: the list, a window of less than three days at a time, and the single order."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals, slips
from gladi.sandbox.tokopedia.reading import number
from gladi.sandbox.tokopedia.statuses import STATUSES
from gladi.sandbox.world.cancellation import accept_by

if TYPE_CHECKING:
    from collections.abc import Hashable

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Order
    from gladi.sandbox.world.world import World

__all__ = ["get_order", "list_orders"]

_INDEX = "tokopedia.list"
_WINDOW = 3 * 86_400
_PER_PAGE = 100


class Span(NamedTuple):
    """A stretch of the index: a bucket, and the instants [low, high) of creation in it."""

    bucket: Hashable
    low: int
    high: int


def list_orders(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v2/order/list`: paid orders of one shop or one warehouse, newest first."""
    since, until = _window(arrival)
    page = _asked(arrival, "page", refusals.ORDER_PAGE_EMPTY, refusals.ORDER_PAGE_FORMAT, least=1)
    per_page = _asked(arrival, "per_page", refusals.ORDER_PER_PAGE_EMPTY, refusals.ORDER_PER_PAGE_FORMAT, least=1)
    if per_page > _PER_PAGE:
        raise Refused(refusals.ORDER_PER_PAGE_RANGE)
    bucket = _bucket(desk, arrival)
    span = Span(bucket, since * 1000, (until + 1) * 1000)
    arrival.assumes.extend(("tokopedia.orders_by_creation", "tokopedia.wall_clock_times"))
    merged_at = arrival.shop.merged_at if arrival.shop is not None else None
    if merged_at is not None:
        arrival.placed = True
        if since * 1000 > merged_at:
            arrival.misplaced = "orders placed after the merge"

    def answers() -> bytes:
        rows = []
        for order in _page(desk.world, span, (page - 1) * per_page, per_page) if bucket is not None else ():
            arrival.shows_order(order)
            rows.append(slips.row(order, desk.world.shops[order.shop], desk.app.fs_id, accept_by(desk.world, order)))
        return envelope.modern(rows)

    return answers


def get_order(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v2/fs/:fs_id/order` for exactly one of `order_id` and `invoice_num`."""
    ask = arrival.request.params
    by_id, invoice = ask.get("order_id", ""), ask.get("invoice_num", "")
    if not by_id and not invoice:
        raise Refused(refusals.ORDER_UNNAMED)
    if by_id and invoice:
        raise Refused(refusals.ORDER_NAMED_TWICE)
    if by_id:
        order = desk.order(arrival, TOKOPEDIA, str(number(by_id, refusals.ORDER_ID_FORMAT)))
    else:
        order = desk.order(arrival, "invoice", invoice)
    arrival.assumes.append("tokopedia.wall_clock_times")

    def answers() -> bytes:
        arrival.shows_order(order)
        return envelope.modern(slips.detail(order, desk.world.shops[order.shop], accept_by(desk.world, order)))

    return answers


def _asked(arrival: Arrival, name: str, empty: Refusal, malformed: Refusal, *, least: int = 0) -> int:
    text = arrival.request.params.get(name, "")
    if not text:
        raise Refused(empty)
    return number(text, malformed, least=least)


def _window(arrival: Arrival) -> tuple[int, int]:
    since = _asked(arrival, "from_date", refusals.FROM_DATE_EMPTY, refusals.FROM_DATE_FORMAT)
    until = _asked(arrival, "to_date", refusals.TO_DATE_EMPTY, refusals.TO_DATE_FORMAT)
    if until < since:
        raise Refused(refusals.DATES_REVERSED)
    if until - since >= _WINDOW:
        raise Refused(refusals.DATE_RANGE)
    return since, until


def _bucket(desk: Desk, arrival: Arrival) -> Hashable | None:
    """Find the bucket of the index that holds just what is asked for; None when no order can be in it."""
    ask = arrival.request.params
    if ("shop_id" in ask) == ("warehouse_id" in ask):
        raise Refused(refusals.SHOP_OR_WAREHOUSE)
    code = number(ask["status"], refusals.STATUS_FORMAT) if "status" in ask else None
    place: Hashable
    if "shop_id" in ask:
        place = desk.shop(arrival, number(ask["shop_id"], refusals.ORDER_SHOP_FORMAT)).key
    else:
        found = desk.warehouse(number(ask["warehouse_id"], refusals.ORDER_WAREHOUSE_FORMAT))
        if found is None:
            raise Refused(refusals.SHOP_NOT_CONNECTED)
        arrival.shop = desk.world.shops[found[0].key]
        place = (found[0].key, "from", found[1].name)
    if code is None:
        return place
    return (place, STATUSES[code]) if code in STATUSES else None


def _page(world: World, span: Span, skip: int, take: int) -> list[Order]:
    """Give `take` orders of a span, newest first, after the `skip` newest.

    Nothing before the page is looked at: the index is asked how many orders are younger than an instant, until the one is
    found at which the page begins.
    """
    orders = world.orders
    bucket, low, high = span
    if skip >= orders.count(_INDEX, bucket, (low,), (high,)):
        return []
    oldest, youngest = low, high
    while oldest < youngest:
        middle = (oldest + youngest) // 2
        if orders.count(_INDEX, bucket, (middle,), (high,)) <= skip:
            youngest = middle
        else:
            oldest = middle + 1
    skip -= orders.count(_INDEX, bucket, (youngest,), (high,))
    return list(islice(orders.rows(_INDEX, bucket, (low,), (youngest,), descending=True), skip, skip + take))
