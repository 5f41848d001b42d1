"""How orders were fulfilled: the bookings with couriers, newest first, and the conversations that buyers began on Tokopedia."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from gladi.record.clock import WIB, moment
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.reading import number
from gladi.sandbox.tokopedia.slips import view_of, wall_clock
from gladi.sandbox.tokopedia.statuses import CODES
from gladi.sandbox.world.conversations import Sender
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.conversations import Conversation
    from gladi.sandbox.world.records import Order, Shop

__all__ = ["BOOKED", "chats", "fulfilment_orders"]

BOOKED = frozenset(
    (
        OrderStatus.ACCEPTED,
        OrderStatus.ARRANGED,
        OrderStatus.SHIPPED,
        OrderStatus.NUMBER_MISSING,
        OrderStatus.NUMBER_WRONG,
        OrderStatus.NUMBER_DISPUTED,
        OrderStatus.AT_PICKUP_POINT,
        OrderStatus.COMING_BACK,
        OrderStatus.DELIVERED,
        OrderStatus.CASE_OPEN,
        OrderStatus.UNDER_REVIEW,
        OrderStatus.COMPLETED,
    )
)
"""A booking code is there from the acceptance on, status 400 (tokopedia-api.md 6.1)."""
_MOST = 100
_MOST_CHATS = 15


def fulfilment_orders(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v1/fs/:fs_id/fulfillment_order` by `order_id` or `shop_id`; `next_order_id` asks for the page behind that order."""
    ask = arrival.request.params
    per_page = number(ask.get("per_page") or "10", refusals.ORDER_PER_PAGE_FORMAT, least=1)
    if per_page > _MOST:
        raise Refused(refusals.ORDER_PER_PAGE_RANGE)
    only = desk.order(arrival, TOKOPEDIA, str(number(ask["order_id"], refusals.ORDER_ID_FORMAT))) if ask.get("order_id") else None
    if only is None:
        shop = desk.shop_in_query(arrival, refusals.SHOP_OR_WAREHOUSE, refusals.ORDER_SHOP_FORMAT)
        behind = ask.get("next_order_id", "0")
        last = desk.order(arrival, TOKOPEDIA, behind) if number(behind, refusals.ORDER_ID_FORMAT) else None
        found = list(islice(_booked(desk, shop, last), per_page + 1))
    else:
        found = [only] if view_of(only).status in BOOKED else []

    def answers() -> bytes:
        arrival.assumes.append("tokopedia.wall_clock_times")
        rows = found[:per_page]
        for order in rows:
            arrival.shows_order(order)
        return envelope.modern(
            {
                "order_data": [_booking(order) for order in rows],
                "first_order_id": int(view_of(rows[0]).id) if rows else 0,
                "next_order_id": int(view_of(rows[-1]).id) if len(found) > per_page else 0,
            }
        )

    return answers


def chats(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v1/chat/fs/:fs_id/messages`: the conversations that Tokopedia holds, newest first, at most 15 a page."""
    ask = arrival.request.params
    shop = desk.shop_in_query(arrival, refusals.SHOP_ID_EMPTY, refusals.SHOP_ID_FORMAT)
    page = number(ask.get("page") or "1", refusals.SHOP_PAGE_FORMAT, least=1)
    per_page = number(ask.get("per_page") or "15", refusals.SHOP_PER_PAGE_FORMAT, least=1)
    if per_page > _MOST_CHATS or ask.get("filter", "all") not in ("all", "read", "unread"):
        raise Refused(refusals.SHOP_PER_PAGE_FORMAT)

    def answers() -> bytes:
        wanted = {"all": (True, False), "read": (False,), "unread": (True,)}[ask.get("filter", "all")]
        found = (one for one in desk.world.conversations.latest(shop.key, TOKOPEDIA) if (one.unread > 0) in wanted)
        return envelope.modern([_chat(shop, one) for one in islice(found, (page - 1) * per_page, page * per_page)])

    return answers


def _booked(desk: Desk, shop: Shop, last: Order | None) -> Iterator[Order]:
    high = () if last is None else ((last.placed_at, last.number, last.key),)
    rows = desk.world.orders.rows("tokopedia.list", shop.key, (), *high, descending=True)
    return (order for order in rows if view_of(order).status in BOOKED)


def _booking(order: Order) -> dict[str, Any]:
    view = view_of(order)
    return {
        "order": {"order_id": int(view.id), "invoice_number": order.invoice, "order_status": CODES[view.status]},
        "order_history": [],
        "order_detail": [{"product_id": int(line.offer), "product_name": line.title, "quantity": line.quantity} for line in order.lines],
        "type_meta": {},
        "order_shipment_fulfillment": {"id": order.number, "order_id": int(view.id), "payment_date_time": wall_clock(order.placed_at)},
        "booking_data": {"order_id": int(view.id), "booking_code": f"BOOK{order.number:010d}", "booking_status": 200},
    }


def _chat(shop: Shop, one: Conversation) -> dict[str, Any]:
    last = one.messages[-1] if one.messages else None
    return {
        "message_key": f"user-{one.buyer.id[-8:]}~shop-{shop.tokopedia_id}",
        "msg_id": int(one.id),
        "attributes": {
            "contact": {
                "id": int(one.buyer.id[-8:]),
                "role": "User",
                "attributes": {"name": one.buyer.name, "tag": "Pengguna", "thumbnail": ""},
            },
            "last_reply_msg": last.content if last is not None and last.sender is Sender.BUYER else "",
            "last_reply_time": one.last_at // 1000,
            "last_reply_at": f"{moment(one.last_at) + WIB:%Y-%m-%d %H:%M:%S}",
            "read_status": 1 if one.unread else 2,
            "unreads": one.unread,
            "pin_status": 0,
        },
    }
