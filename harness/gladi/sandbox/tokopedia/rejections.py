"""Rejecting an order: the seller says why he will not send it, and the buyer gets his money back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.reading import Whole, body
from gladi.sandbox.tokopedia.slips import view_of
from gladi.sandbox.world.cancellation import reject
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Order

__all__ = ["reject_order"]

REASONS: dict[int, str] = {
    0: "reject shipping",
    1: "out of stock",
    2: "variant unavailable",
    3: "wrong price or weight",
    4: "shop closed",
    5: "others",
    7: "courier problem",
    8: "buyer's request",
}
"""Reason codes and what they mean (tokopedia-api.md 6.1)."""

_SHOP_CLOSED = 4
_FOR_THE_BUYER = (0, 7, 8)
"""The reasons for which an accepted order is given up, once its buyer has asked for that."""
_REASON = 200
_ACCEPTED = (OrderStatus.ACCEPTED, OrderStatus.ARRANGED)


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """The body; an empty `reason_code` is 0."""

    reason_code: Whole = 0
    reason: str = ""
    shop_close_end_date: str = ""
    shop_close_note: str = ""
    empty_products: list[Whole] = []


_rejection = msgspec.json.Decoder(Rejection)


def reject_order(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /v1/order/:order_id/fs/:fs_id/nack`: a paid order that is not accepted yet is rejected, once, as a whole."""
    order = desk.order_in_path(arrival)
    if not arrival.request.body.strip():
        raise Refused(refusals.ORDER_BODY_EMPTY)
    rejection = body(arrival.request.body, _rejection, refusals.ORDER_BODY)
    _check(rejection, order)

    def rejects() -> bytes:
        desk.check_whose(arrival, order)
        status = view_of(order).status
        if status in _ACCEPTED and rejection.reason_code in _FOR_THE_BUYER:
            raise Refused(refusals.BUYER_DID_NOT_ASK)
        if status is not OrderStatus.PAID:
            raise Refused(refusals.NOT_ELIGIBLE_TO_REJECT)
        reject(desk.world, order)
        return envelope.modern("success")

    return rejects


def _check(rejection: Rejection, order: Order) -> None:
    if rejection.reason_code not in REASONS:
        raise Refused(refusals.REASON_CODE_UNKNOWN)
    if not rejection.reason.strip():
        raise Refused(refusals.REASON_EMPTY)
    if len(rejection.reason) > _REASON:
        raise Refused(refusals.REASON_TOO_LONG)
    if not {str(one) for one in rejection.empty_products} <= {line.offer for line in order.lines}:
        raise Refused(refusals.EMPTY_PRODUCT_UNKNOWN)
    if rejection.reason_code == _SHOP_CLOSED:
        if not rejection.shop_close_end_date or not rejection.shop_close_note.strip():
            raise Refused(refusals.SHOP_CLOSE_EMPTY)
        if not _is_date(rejection.shop_close_end_date):
            raise Refused(refusals.SHOP_CLOSE_INVALID)


def _is_date(text: str) -> bool:
    """Tell whether a text is a day as `DD/MM/YYYY`."""
    try:
        return f"{datetime.strptime(text, '%d/%m/%Y'):%d/%m/%Y}" == text  # noqa: DTZ007 - a day on the seller's wall
    except ValueError:
        return False
