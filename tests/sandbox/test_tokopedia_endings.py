"""How an order ends before it leaves (rejected, or expired), and the label of one that goes on its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.record.journal import Call, Fact, Journal, What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Host, Request
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.reports.exchanges import one as report
from gladi.sandbox.merge import Actionable, InFlight, Visible
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.tokopedia.slips import wall_clock
from gladi.sandbox.world.records import OrderStatus
from tests.sandbox.tokopedia import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response
    from gladi.sandbox.world.records import Order

GET = "GET /v2/fs/{fs_id}/order"
SORRY: dict[str, Any] = {"reason_code": 1, "reason": "Sold out in the market hall"}


def does(caller: Caller, order: Order, deed: str, body: Any = None, *, method: str = "POST") -> Response:
    return caller.calls(f"{method} /v1/order/{caller.view(order).id}/fs/{{fs_id}}/{deed}", body)


def placed(caller: Caller, quantity: int = 1) -> Order:
    return caller.world.place_order("shop-1", on=TOKOPEDIA, sku=caller.single().offers[0].sku, quantity=quantity)


def accepted(caller: Caller) -> Order:
    order = placed(caller)
    caller.data(does(caller, order, "ack"))
    return order


def label(caller: Caller, order: Order) -> Response:
    return does(caller, order, "shipping-label", method="GET")


def endings(caller: Caller) -> list[tuple[str, str | None, str | None]]:
    wanted = (What.ORDER_CANCELLED, What.ORDER_EXPIRED)
    return [(one.what, one.order, one.value) for one in caller.journal.entries if isinstance(one, Fact) and one.what in wanted]


def hidden(cell: InFlight, **settings: Any) -> tuple[Caller, Order]:
    """Let an order be placed in the middle of a merge, and the shops merge around it."""
    caller = Caller(settings=replace(DEFAULTS, in_flight=cell, **settings))
    caller.world.link("shop-1")
    order = placed(caller)
    due = caller.clock.due
    assert due is not None
    caller.clock.leap(due)
    assert caller.shop.merged_at == caller.clock.now
    return caller, order


# -- rejecting ---------------------------------------------------------------------------------------------------------


def test_an_order_is_rejected_once_and_its_units_are_on_sale_again() -> None:
    caller = Caller()
    stock = caller.single().offers[0].stock
    order = placed(caller, quantity=3)

    first = does(caller, order, "nack", SORRY | {"empty_products": [int(order.lines[0].offer)]})
    second = does(caller, order, "nack", SORRY)

    assert caller.data(first) == "success"
    assert caller.code(second) == (400, "ORD_USC_008")
    assert caller.view(order).status is OrderStatus.REJECTED
    assert caller.single().offers[0].stock == stock
    assert endings(caller) == [(What.ORDER_CANCELLED, order.key, "rejected by the seller")]
    assert (first.notes.touches, second.notes.touches) == (order.key, order.key)


def test_a_rejected_order_is_neither_accepted_nor_shipped() -> None:
    caller = Caller()
    order = placed(caller)
    does(caller, order, "nack", SORRY)

    assert caller.code(does(caller, order, "ack")) == (400, "ORD_USC_001")
    assert caller.code(does(caller, order, "status", {"order_status": 500, "shipping_ref_num": "A1"})) == (400, "LGS_USC_006")
    assert caller.code(label(caller, order)) == (500, "ORD_API_008")


def test_the_history_of_a_rejected_order_names_the_seller() -> None:
    caller = Caller()
    order = placed(caller)
    does(caller, order, "nack", SORRY)

    history = caller.data(caller.calls(GET, order_id=caller.view(order).id))["order_info"]["order_history"]

    assert [(step["hist_status_code"], step["action_by"]) for step in history] == [
        (10, "seller"),
        (220, "system-automatic"),
        (100, "buyer"),
    ]


@pytest.mark.parametrize(
    ("reason", "code"), [(0, "ORD_USC_019"), (7, "ORD_USC_019"), (8, "ORD_USC_019"), (1, "ORD_USC_008"), (5, "ORD_USC_008")]
)
def test_an_accepted_order_is_not_rejected(reason: int, code: str) -> None:
    caller = Caller()
    order = accepted(caller)

    assert caller.code(does(caller, order, "nack", SORRY | {"reason_code": reason})) == (400, code)
    assert caller.view(order).status is OrderStatus.ACCEPTED


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "ORD_DLV_019"),
        (b"[]", "ORD_DLV_020"),
        ({"reason_code": 6, "reason": "x"}, "ORD_DLV_020"),
        ({"reason_code": 1}, "ORD_USC_009"),
        ({"reason_code": 1, "reason": " "}, "ORD_USC_009"),
        ({"reason_code": 1, "reason": "x" * 201}, "ORD_DLV_020"),
        ({"reason_code": 1, "reason": "x", "empty_products": [1]}, "ORD_USC_011"),
        ({"reason_code": 4, "reason": "x"}, "ORD_USC_012"),
        ({"reason_code": 4, "reason": "x", "shop_close_end_date": "17/08/2025"}, "ORD_USC_012"),
        ({"reason_code": 4, "reason": "x", "shop_close_end_date": "2025-08-17", "shop_close_note": "Lebaran"}, "ORD_USC_013"),
        ({"reason_code": 4, "reason": "x", "shop_close_end_date": "31/02/2025", "shop_close_note": "Lebaran"}, "ORD_USC_013"),
        ({"reason_code": 4, "reason": "x", "shop_close_end_date": "1/2/2025", "shop_close_note": "Lebaran"}, "ORD_USC_013"),
    ],
)
def test_a_malformed_rejection_is_refused_and_the_order_stays(body: Any, code: str) -> None:
    caller = Caller()
    order = placed(caller)
    before = caller.state()

    assert caller.code(does(caller, order, "nack", body)) == (400, code)
    assert caller.state() == before


@pytest.mark.parametrize(
    "body", [{"reason": "x"}, {"reason_code": 4, "reason": "x", "shop_close_end_date": "17/08/2025", "shop_close_note": "Lebaran"}]
)
def test_a_rejection_needs_no_code_and_a_closed_shop_its_day_and_a_note(body: dict[str, Any]) -> None:
    caller = Caller()
    order = placed(caller)

    assert caller.data(does(caller, order, "nack", body)) == "success"


# -- the deadline ------------------------------------------------------------------------------------------------------


def test_an_order_that_nobody_accepts_is_cancelled_at_its_deadline_and_its_units_come_back() -> None:
    caller = Caller()
    stock = caller.single().offers[0].stock
    order = placed(caller, quantity=2)

    caller.passes(hours=23.999)
    before = caller.view(order).status
    caller.passes(hours=0.001)
    data = caller.data(caller.calls(GET, order_id=caller.view(order).id))

    assert before is OrderStatus.PAID
    assert (data["order_status"], data["order_info"]["order_history"][0]["action_by"]) == (0, "system-automatic")
    assert data["shipment_fulfillment"]["accept_deadline"] == data["update_time"] == wall_clock(caller.clock.now)
    assert caller.single().offers[0].stock == stock
    assert endings(caller) == [(What.ORDER_EXPIRED, order.key, None)]
    assert caller.code(does(caller, order, "ack")) == (400, "ORD_USC_001")


def test_what_was_accepted_rejected_or_shipped_in_time_does_not_expire() -> None:
    caller = Caller()
    kept, rejected, shipped = accepted(caller), placed(caller), accepted(caller)
    does(caller, rejected, "nack", SORRY)
    does(caller, shipped, "status", {"order_status": 500, "shipping_ref_num": "A1"})

    caller.passes(days=7)

    assert [caller.view(one).status for one in (kept, rejected, shipped)] == [
        OrderStatus.ACCEPTED,
        OrderStatus.REJECTED,
        OrderStatus.DELIVERED,
    ]
    assert [what for what, _, _ in endings(caller)] == [What.ORDER_CANCELLED]


def test_the_time_to_accept_is_a_switch() -> None:
    caller = Caller(settings=replace(DEFAULTS, accept_within=timedelta(hours=2)))
    placed(caller)

    caller.passes(hours=2)

    assert [what for what, _, _ in endings(caller)] == [What.ORDER_EXPIRED]


def test_what_the_seller_began_with_does_not_expire_and_costs_a_fresh_world_no_timer() -> None:
    caller = Caller()
    order = caller.order(OrderStatus.PAID)

    caller.passes(days=7)

    assert caller.view(order).status is OrderStatus.PAID
    assert Caller().clock.pending() == []


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize("cell", InFlight.cells(), ids=str)
def test_an_order_in_flight_expires_where_it_can_be_acted_on_and_nowhere_else(cell: InFlight, waits: bool) -> None:  # noqa: FBT001 - a parameter of the test
    caller, order = hidden(cell, deadline_waits_for_hidden_orders=waits)

    caller.passes(days=7)

    here = cell.actionable is not Actionable.SHOP
    assert caller.view(order).status is (OrderStatus.EXPIRED if here else OrderStatus.PAID)
    assert [what for what, _, _ in endings(caller)] == [What.ORDER_EXPIRED] * here


@pytest.mark.parametrize(("waits", "assumes"), [(True, ("setting.deadline_waits_for_hidden_orders",)), (False, ())])
def test_a_hidden_order_has_its_whole_time_again_from_when_it_appears_unless_time_does_not_wait(
    waits: bool,  # noqa: FBT001 - a parameter of the test
    assumes: tuple[str, ...],
) -> None:
    caller, order = hidden(
        InFlight(Visible.NEITHER, Actionable.ORIGIN),
        merge_takes_at_most=timedelta(hours=3),
        late_orders_within=timedelta(hours=2),
        deadline_waits_for_hidden_orders=waits,
    )

    due = next(timer.at for timer in caller.clock.pending() if timer.name == f"late arrival of {order.key}")
    caller.clock.leap(due)
    begins = due if waits else order.placed_at
    shown = caller.data(caller.calls(GET, order_id=caller.view(order).id))["shipment_fulfillment"]["accept_deadline"]
    caller.clock.leap(begins + 86_399_999)
    before = caller.view(order).status
    caller.passes(seconds=0.001)

    assert shown == wall_clock(begins + 86_400_000)
    assert (before, caller.view(order).status) == (OrderStatus.PAID, OrderStatus.EXPIRED)
    expired = next(one for one in caller.journal.entries if isinstance(one, Fact) and one.what == What.ORDER_EXPIRED)
    assert expired.assumes == assumes


def test_a_deadline_that_does_not_wait_cancels_an_order_that_nobody_could_see() -> None:
    three, half_an_hour_more = timedelta(hours=3), timedelta(hours=3, minutes=30)
    caller, order = hidden(
        InFlight(Visible.NEITHER, Actionable.ORIGIN),
        merge_takes_at_least=three,
        merge_takes_at_most=three,
        accept_within=half_an_hour_more,
        deadline_waits_for_hidden_orders=False,
    )

    caller.passes(hours=0.5)

    assert endings(caller) == [(What.ORDER_EXPIRED, order.key, None)]
    assert not caller.view(order).listed


def test_an_order_that_left_through_the_other_platform_does_not_expire() -> None:
    caller, order = hidden(InFlight(Visible.BOTH, Actionable.BOTH))
    caller.world.send(caller.world.orders[order.key], SHOP)

    caller.passes(days=3)

    assert endings(caller) == []


def test_the_units_of_an_order_that_lives_on_under_its_other_id_stay_taken() -> None:
    caller, order = hidden(InFlight(Visible.BOTH, Actionable.BOTH))
    units = caller.single().offers[0].units

    does(caller, order, "nack", SORRY)

    assert caller.view(order).status is OrderStatus.REJECTED
    assert caller.single().offers[0].units == units


# -- the label ---------------------------------------------------------------------------------------------------------


def test_the_label_is_a_page_of_html_for_the_parcel() -> None:
    caller = Caller()
    order = accepted(caller)
    does(caller, order, "status", {"order_status": 500, "shipping_ref_num": "JNE<1>"})

    response = label(caller, order)
    page = response.body.decode()

    assert response.status == 200
    assert dict(response.headers)["Content-Type"] == "text/html; charset=utf-8"
    assert page.startswith("<!DOCTYPE html>")
    assert "JNE&lt;1&gt;" in page
    assert all(text in page for text in (order.invoice, order.buyer.name, order.buyer.address, order.lines[0].sku))
    assert response.notes.shows == (order.key,)
    assert response.notes.touches is None
    assert "TikTok" not in page


@pytest.mark.parametrize("order_id", ["1", "1100000001"])
def test_there_is_no_label_before_the_order_is_accepted_and_the_refusal_is_json(order_id: str) -> None:
    caller = Caller()
    ident = caller.view(placed(caller)).id if order_id != "1" else order_id

    refused = caller.calls(f"GET /v1/order/{ident}/fs/{{fs_id}}/shipping-label", printed=0)

    assert caller.code(refused) == (500, "ORD_API_008")
    assert dict(refused.headers)["Content-Type"] == "application/json"
    assert caller.json(refused)["header"]["messages"] == "Our server encounters an error, please try again later"


def test_an_order_that_moved_has_no_label_here() -> None:
    caller, order = hidden(InFlight(Visible.ORIGIN, Actionable.SHOP))

    assert caller.code(label(caller, order)) == (400, "ORD_USC_005")


def test_no_report_and_no_journal_shows_whose_parcel_a_label_is_for() -> None:
    caller = Caller()
    order = accepted(caller)
    journal = Journal(caller.clock)
    operation = next(one for one in OPERATIONS if one.name == "tokopedia.get_shipping_label")
    request = Request("GET", Host.TOKOPEDIA_API, f"/v1/order/{caller.view(order).id}/fs/{caller.fs_id}/shipping-label", caller.clock.now)

    entry = journal.call(request, label(caller, order), operation, TOKOPEDIA)
    exchange = journal.exchange(entry.n)
    assert exchange is not None
    written = bytes(journal).decode() + report(exchange).decode() + msgspec.json.encode(entry).decode()

    assert isinstance(entry, Call)
    assert [text for text in (order.buyer.name, order.buyer.phone, order.buyer.address, order.buyer.email) if text in written] == []
