"""Cancellations: the seller's own, and what he answers to those that buyers ask for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.order_sheet import ORDER_STATUS, line_ids, seconds
from gladi.sandbox.shop.pages import after, beginning, size
from gladi.sandbox.shop.refusals import CANCEL_ENDED, CANCEL_FOREIGN, CANCEL_IN_PROCESS, CANCEL_SHIPPED, INVALID_PARAMETER
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world import withdrawals
from gladi.sandbox.world.withdrawals import WithdrawalStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Order
    from gladi.sandbox.world.withdrawals import Withdrawal
    from gladi.sandbox.world.world import World

__all__ = ["CANCEL_STATUS", "approve", "cancel", "reject", "search"]

_MOST = 50
CANCEL_STATUS = {
    WithdrawalStatus.PENDING: "CANCELLATION_REQUEST_PENDING",
    WithdrawalStatus.DONE: "CANCELLATION_REQUEST_COMPLETE",
    WithdrawalStatus.REJECTED: "CANCELLATION_REQUEST_CANCELLED",
}
_NOT_TO_CANCEL: dict[str, Refusal] = {
    "UNPAID": CANCEL_IN_PROCESS,
    "PARTIALLY_SHIPPING": CANCEL_SHIPPED,
    "AWAITING_COLLECTION": CANCEL_SHIPPED,
    "IN_TRANSIT": CANCEL_SHIPPED,
    "DELIVERED": CANCEL_SHIPPED,
    "COMPLETED": CANCEL_ENDED,
    "CANCELLED": CANCEL_ENDED,
}
"""What each status says to Cancel Order; the seller cancels what is on hold or to be shipped (tiktok-shop-api.md 11)."""


class Wanted(msgspec.Struct, frozen=True):
    """The body of Search Cancellations."""

    cancel_ids: tuple[str, ...] = ()
    order_ids: tuple[str, ...] = ()
    cancel_status: tuple[str, ...] = ()


class Cancelled(msgspec.Struct, frozen=True):
    """The body of Cancel Order; an order is cancelled as a whole here."""

    order_id: str = ""
    cancel_reason: str = ""


_wanted, _cancelled = msgspec.json.Decoder(Wanted), msgspec.json.Decoder(Cancelled)


def search(world: World, arrival: Arrival) -> dict[str, object]:
    """Search Cancellations, oldest first. Work grows with the cancellations of the play, never with the orders."""
    shop = held(arrival)
    wanted = read(arrival, world.settings, _wanted)
    arrival.assumes += ["shop.cancelled_at_once", "shop.cancellations_of_whole_orders"]
    limit = size(arrival.request, default="10", instead=INVALID_PARAMETER.saying("Invalid 'page_size'; valid range: [1, 50]"), most=_MOST)
    bound = (shop.key, wanted)
    begins = int(beginning(arrival.request, *bound) or 0)
    found = [one for one in world.withdrawals.values() if one.shop == shop.key and _matches(world, one, wanted)]
    page = list(islice(found, begins, begins + limit))
    more = len(found) > begins + limit
    return {
        "cancellations": [_row(world, arrival, one) for one in page],
        "next_page_token": after(str(begins + limit), *bound) if more else "",
        "total_count": len(found),
    }


def _matches(world: World, one: Withdrawal, wanted: Wanted) -> bool:
    return (
        (not wanted.cancel_ids or one.id in wanted.cancel_ids)
        and (not wanted.order_ids or _order_id(world, one) in wanted.order_ids)
        and (not wanted.cancel_status or CANCEL_STATUS[one.status] in wanted.cancel_status)
    )


def _order_id(world: World, one: Withdrawal) -> str:
    view = world.orders[one.order].shop_view
    return view.id if view is not None else ""


def _row(world: World, arrival: Arrival, one: Withdrawal) -> dict[str, object]:
    order = world.orders[one.order]
    arrival.shows_order(order)
    return {
        "cancel_id": one.id,
        "order_id": _order_id(world, one),
        "cancel_type": "BUYER_CANCEL" if one.by_buyer else "CANCEL",
        "cancel_status": CANCEL_STATUS[one.status],
        "cancel_reason": one.reason,
        "cancel_reason_text": one.reason,
        "role": "BUYER" if one.by_buyer else "SELLER",
        "create_time": seconds(one.created_at),
        "update_time": seconds(one.updated_at),
        "cancel_line_items": _lines(order),
    }


def _lines(order: Order) -> list[dict[str, object]]:
    if order.shop_view is None:
        return []
    ids = iter(line_ids(order, order.shop_view))
    return [
        {
            "order_line_item_id": next(ids),
            "sku_id": line.offer,
            "sku_name": line.sku,
            "product_name": line.title,
            "seller_sku": line.sku,
        }
        for line in order.lines
        for _ in range(line.quantity)
    ]


def cancel(world: World, arrival: Arrival) -> dict[str, object]:
    """Cancel Order, of an order that is on hold or to be shipped."""
    shop = held(arrival)
    wanted = read(arrival, world.settings, _cancelled)
    if not wanted.order_id or not wanted.cancel_reason:
        raise Refused(INVALID_PARAMETER.saying("Missing required parameter 'order_id' or 'cancel_reason'"))
    order = world.order_where(SHOP, wanted.order_id)
    view = order.shop_view if order is not None else None
    if order is None or view is None or not view.listed or order.shop != shop.key:
        raise Refused(CANCEL_FOREIGN)
    arrival.touches = order.key
    refusal = _NOT_TO_CANCEL.get(ORDER_STATUS[view.status])
    if refusal is not None or view.cancel_requested_at is not None:
        raise Refused(refusal or CANCEL_IN_PROCESS)
    if order.tokopedia is not None or not view.actionable:
        arrival.assumes += world.settings.assumption("in_flight")
    if not view.actionable:
        raise Refused(CANCEL_IN_PROCESS)
    done = withdrawals.cancel_by_seller(world, order, wanted.cancel_reason)
    return {"cancel_id": done.id, "cancel_status": CANCEL_STATUS[done.status]}


def approve(world: World, arrival: Arrival) -> dict[str, object]:
    """Approve Cancellation."""
    withdrawals.answer(world, _pending(world, arrival), approves=True)
    return {}


def reject(world: World, arrival: Arrival) -> dict[str, object]:
    """Reject Cancellation: the order is to be shipped again."""
    withdrawals.answer(world, _pending(world, arrival), approves=False)
    return {}


def _pending(world: World, arrival: Arrival) -> Withdrawal:
    one = world.withdrawals.get(arrival.params["cancel_id"])
    if one is None or one.shop != held(arrival).key:
        raise Refused(CANCEL_FOREIGN)
    arrival.touches = one.order
    if one.status is not WithdrawalStatus.PENDING:
        raise Refused(CANCEL_ENDED)
    return one
