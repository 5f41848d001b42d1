"""Returns as Tokopedia knows them: resolution tickets, by shop and by the days on which buyers opened them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.record.clock import WIB, moment
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.bookkeeping import days
from gladi.sandbox.world.returns import ReturnStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.returns import Return

__all__ = ["tickets"]

_CLOSED = frozenset((ReturnStatus.DONE, ReturnStatus.REFUSED))
_WORDS = {
    ReturnStatus.ASKED: "Waiting for the seller",
    ReturnStatus.AGREED: "Waiting for the buyer",
    ReturnStatus.ON_ITS_WAY: "Being sent back",
    ReturnStatus.DONE: "Finished",
    ReturnStatus.REFUSED: "Cancelled",
}


def tickets(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /resolution/v1/fs/:fs_id/ticket`: dates are days as YYYY-MM-DD, both inclusive (tokopedia-api.md 3, 8)."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.ORDER_SHOP_FORMAT)
    since, until = days(arrival, refusals.TICKET_DATES)

    def answers() -> bytes:
        arrival.assumes.append("tokopedia.ticket_words")
        found = desk.world.returns.each(shop.key, TOKOPEDIA, low=(since,), high=(until,))
        rows = [_ticket(desk, one) for one in found]
        ask = arrival.request.params
        shops = [{"shop_id": shop.tokopedia_id, "shop_name": shop.name, "ticket": rows}] if rows else []
        return envelope.modern({"is_success": True, "startdate": ask["from_date"], "enddate": ask["to_date"], "shops": shops})

    return answers


def _ticket(desk: Desk, one: Return) -> dict[str, Any]:
    order = desk.world.orders[one.order]
    return {
        "id": int(one.id),
        "problem_type": "The product is not as described",
        "status": _WORDS[one.status],
        "open_date": _day(one.asked_at),
        "sla_date": _day(one.asked_at + 3 * 86_400_000),
        "close_date": _day(one.updated_at) if one.status in _CLOSED else "",
        "invoice_number": order.invoice,
        "solution": "Return of the goods and refund",
        "complaint_product": [
            {"id": int(line.offer), "Name": line.title, "qty": line.quantity, "price": line.price, "final_price": line.price, "image": ""}
            for line in order.lines
        ],
        "fault": "",
        "shipping_amt": 0,
        "total_issued_amt": order.goods,
    }


def _day(at: int) -> str:
    return f"{moment(at) + WIB:%Y-%m-%d}"
