"""Search Returns: what buyers of Tokopedia & Shop send back, and the warehouse to which it comes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.order_sheet import CARRIER, DELIVERY, line_ids
from gladi.sandbox.shop.pages import after, beginning, size
from gladi.sandbox.shop.refusals import INVALID_PARAMETER
from gladi.sandbox.shop.shops import full_address, held
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.returns import ReturnStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.records import Line, Order
    from gladi.sandbox.world.returns import Return
    from gladi.sandbox.world.world import World

__all__ = ["RETURN_STATUS", "search"]

_LEAST, _MOST = 10, 50
_FOREVER = float("inf")
_THREE_DAYS = 3 * 86_400

Status = Literal[
    "RETURN_OR_REFUND_REQUEST_PENDING",
    "REFUND_OR_RETURN_REQUEST_REJECT",
    "AWAITING_BUYER_SHIP",
    "BUYER_SHIPPED_ITEM",
    "REJECT_RECEIVE_PACKAGE",
    "RETURN_OR_REFUND_REQUEST_SUCCESS",
    "RETURN_OR_REFUND_REQUEST_CANCEL",
    "RETURN_OR_REFUND_REQUEST_COMPLETE",
    "REPLACEMENT_REQUEST_PENDING",
    "REPLACEMENT_REQUEST_REJECT",
    "REPLACEMENT_REQUEST_REFUND_SUCCESS",
    "REPLACEMENT_REQUEST_CANCEL",
    "REPLACEMENT_REQUEST_COMPLETE",
]
RETURN_STATUS: dict[ReturnStatus, Status] = {
    ReturnStatus.ASKED: "RETURN_OR_REFUND_REQUEST_PENDING",
    ReturnStatus.REFUSED: "REFUND_OR_RETURN_REQUEST_REJECT",
    ReturnStatus.AGREED: "AWAITING_BUYER_SHIP",
    ReturnStatus.ON_ITS_WAY: "BUYER_SHIPPED_ITEM",
    ReturnStatus.DONE: "RETURN_OR_REFUND_REQUEST_COMPLETE",
}
_NEXT = {ReturnStatus.ASKED: "SELLER_RESPOND_RETURN", ReturnStatus.ON_ITS_WAY: "SELLER_RESPOND_RECEIVE_PACKAGE"}
"""What is the seller's to do, where anything is."""


class ReturnFilter(msgspec.Struct, frozen=True):
    """The body of Search Returns; `_ge` is inclusive and `_lt` exclusive, in seconds (tiktok-shop-api.md 11)."""

    return_ids: tuple[str, ...] | None = None
    order_ids: tuple[str, ...] | None = None
    buyer_user_ids: tuple[str, ...] | None = None
    return_types: tuple[Literal["REFUND", "RETURN_AND_REFUND", "REPLACEMENT"], ...] | None = None
    return_status: tuple[Status, ...] | None = None
    seller_proposed_return_type: tuple[str, ...] | None = None
    arbitration_status: tuple[Literal["IN_PROGRESS", "SUPPORT_BUYER", "SUPPORT_SELLER", "CLOSED"], ...] | None = None
    create_time_ge: int | None = None
    create_time_lt: int | None = None
    update_time_ge: int | None = None
    update_time_lt: int | None = None
    locale: str | None = None


_filter = msgspec.json.Decoder(ReturnFilter)


def search(world: World, arrival: Arrival) -> dict[str, object]:
    """Search Returns: oldest first unless asked otherwise, 10 to 50 a page."""
    shop = held(arrival)
    request = arrival.request
    wanted = read(arrival, world.settings, _filter)
    field = request.params.get("sort_field") or "create_time"
    direction = request.params.get("sort_order") or "ASC"
    if field not in ("create_time", "update_time") or direction not in ("ASC", "DESC"):
        raise Refused(INVALID_PARAMETER.saying("Invalid 'sort_field' or 'sort_order'"))
    wrong = INVALID_PARAMETER.saying("Invalid 'page_size'; valid range: [10, 50]")
    limit = size(request, default=str(_LEAST), instead=wrong, most=_MOST)
    if limit < _LEAST:
        raise Refused(wrong)
    bound = (shop.key, wanted, field, direction)
    last = beginning(request, *bound)
    _looks_elsewhere(world, arrival, wanted)
    descending = direction == "DESC"
    found = [one for one in world.returns.each(shop.key, SHOP, by=field, descending=descending) if _passes(world, one, wanted)]
    rest = found if last is None else found[1 + next((at for at, one in enumerate(found) if one.key == last), len(found)) :]
    page = list(islice(rest, limit))
    arrival.assumes.append("shop.returns_of_everything")
    return {
        "return_orders": [_sheet(world, one) for one in page],
        "total_count": len(found),
        "next_page_token": after(page[-1].key, *bound) if len(rest) > limit else "",
    }


def _looks_elsewhere(world: World, arrival: Arrival, wanted: ReturnFilter) -> None:
    """Note what is asked for by id and Tokopedia alone keeps: this platform leaves it out without a word."""
    for order_id in wanted.order_ids or ():
        arrival.placed = arrival.placed or world.order_where(SHOP, order_id) is not None
        order = world.order_where(TOKOPEDIA, order_id)
        if order is not None and order.shop_view is None:
            arrival.misplaced = f"returns of order {order.key}"
    for return_id in wanted.return_ids or ():
        arrival.placed = arrival.placed or world.returns.where(SHOP, return_id) is not None
        known = world.returns.where(TOKOPEDIA, return_id)
        if known is not None:
            arrival.misplaced = f"return {known.key}"


def _passes(world: World, one: Return, wanted: ReturnFilter) -> bool:
    order = world.orders[one.order]
    view = order.shop_view
    return (
        (not wanted.return_ids or one.id in wanted.return_ids)
        and (not wanted.order_ids or (view is not None and view.id in wanted.order_ids))
        and (not wanted.buyer_user_ids or order.buyer.id in wanted.buyer_user_ids)
        and (not wanted.return_types or "RETURN_AND_REFUND" in wanted.return_types)
        and (not wanted.return_status or RETURN_STATUS[one.status] in wanted.return_status)
        and not wanted.seller_proposed_return_type
        and not wanted.arbitration_status
        and _within(one.asked_at, wanted.create_time_ge, wanted.create_time_lt)
        and _within(one.updated_at, wanted.update_time_ge, wanted.update_time_lt)
    )


def _within(at: int, least: int | None, below: int | None) -> bool:
    return (least or 0) * 1000 <= at < (_FOREVER if below is None else below * 1000)


def _sheet(world: World, one: Return) -> dict[str, Any]:
    order = world.orders[one.order]
    view = order.shop_view
    carrier, carrier_name = CARRIER if one.tracking else ("", "")
    action = _NEXT.get(one.status)
    return {
        "order_id": view.id if view is not None else "",
        "return_id": one.id,
        "return_type": "RETURN_AND_REFUND",
        "return_status": RETURN_STATUS[one.status],
        "arbitration_status": "",
        "role": "BUYER",
        "return_reason": "ecom_order_delivered_refund_and_return_reason_product_not_match",
        "return_reason_text": "The product is not as described",
        "shipment_type": "PLATFORM",
        "handover_method": "DROP_OFF",
        "return_tracking_number": one.tracking,
        "return_provider_id": carrier,
        "return_provider_name": carrier_name,
        "pre_return_id": "",
        "next_return_id": "",
        "can_buyer_keep_item": False,
        "create_time": one.asked_at // 1000,
        "update_time": one.updated_at // 1000,
        "seller_next_action_response": [{"action": action, "deadline": one.updated_at // 1000 + _THREE_DAYS}] if action else [],
        "return_line_items": _items(one, order),
        "refund_amount": _refund(order.goods),
        "discount_amount": [],
        "shipping_fee_amount": [],
        "return_method": DELIVERY["delivery_option_name"],
        "return_shipping_document_type": "SHIPPING_LABEL",
        "is_combined_return": False,
        "combined_return_id": "",
        "return_warehouse_address": {"full_address": full_address(world.returns.comes_back_to(one))},
    }


def _items(one: Return, order: Order) -> list[dict[str, Any]]:
    units = [line for line in order.lines for _ in range(line.quantity)]
    view = order.shop_view
    return [_item(one, line, line_id) for line, line_id in zip(units, line_ids(order, view) if view is not None else (), strict=False)]


def _item(one: Return, line: Line, line_id: str) -> dict[str, Any]:
    return {
        "return_line_item_id": shop_side_id(f"{one.id} {line_id}", "4036"),
        "order_line_item_id": line_id,
        "sku_id": line.offer,
        "sku_name": "",
        "product_name": line.title,
        "seller_sku": line.sku,
        "product_image": {"url": f"https://images.example.com/{line.offer}.jpeg", "width": 200, "height": 200},
        "refund_amount": _refund(line.price),
    }


def _refund(amount: int) -> dict[str, str]:
    return {
        "currency": "IDR",
        "refund_total": str(amount),
        "refund_subtotal": str(amount),
        "refund_shipping_fee": "0",
        "refund_tax": "0",
        "retail_delivery_fee": "0",
        "buyer_service_fee": "0",
    }
