"""The shipping label: a page of HTML for the parcel, from the moment at which its order was accepted."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import refusals
from gladi.sandbox.tokopedia.slips import view_of
from gladi.sandbox.tokopedia.statuses import CODES
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Order, Shop, View

__all__ = ["get_shipping_label"]

_FROM = CODES[OrderStatus.ACCEPTED]


def get_shipping_label(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v1/order/:order_id/fs/:fs_id/shipping-label`; a refusal is JSON. `printed` is passed over."""
    order = desk.order_in_path(arrival, unknown=refusals.LABEL_NOT_FOUND)

    def prints() -> bytes:
        desk.check_whose(arrival, order)
        view = view_of(order)
        if CODES[view.status] < _FROM:
            raise Refused(refusals.LABEL_NOT_READY)
        arrival.shows_order(order)
        return _page(order, view, desk.world.shops[order.shop]).encode()

    return prints


def _page(order: Order, view: View, shop: Shop) -> str:
    buyer = order.buyer
    rows = (
        ("Invoice", order.invoice),
        ("Courier", f"Gladi Express, {view.tracking or 'number to come'}"),
        ("From", f"{shop.name}, {order.warehouse}"),
        ("To", f"{buyer.name}, {buyer.phone}"),
        ("Address", f"{buyer.address}, {buyer.district}, {buyer.city}, {buyer.province} {buyer.postal_code}"),
        *((line.sku or line.title, f"{line.title}, {line.quantity} pcs") for line in order.lines),
    )
    body = "".join(f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in rows)
    head = '<meta charset="utf-8"><title>Shipping label</title>'
    return f'<!DOCTYPE html><html lang="id"><head>{head}</head><body><table>{body}</table></body></html>'
