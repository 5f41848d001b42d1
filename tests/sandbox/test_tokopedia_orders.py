"""Orders: the list and its window, the single order and its times, and the ways in which an order leaves."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gladi.record.journal import Fact, What
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.seed import seller
from gladi.sandbox.tokopedia.slips import wall_clock
from gladi.sandbox.tokopedia.statuses import CODES
from gladi.sandbox.world.records import Order, OrderStatus
from gladi.sandbox.world.table import Table
from tests.sandbox.tokopedia import Caller

LIST = "GET /v2/order/list"
GET = "GET /v2/fs/{fs_id}/order"
PICKUP = "POST /inventory/v1/fs/{fs_id}/pick-up"
_THREE_DAYS = 3 * 86_400


def window(caller: Caller, **more: Any) -> dict[str, Any]:
    """Give the query of a list over the last day."""
    now = caller.clock.now // 1000
    query: dict[str, Any] = {"fs_id": caller.fs_id, "from_date": now - 86_400, "to_date": now, "page": 1, "per_page": 100}
    return query | {"shop_id": caller.shop.tokopedia_id} | more


def placed(caller: Caller) -> Order:
    """Let a buyer order on Tokopedia."""
    return caller.world.place_order("shop-1", on=TOKOPEDIA)


def path(caller: Caller, order: Order, deed: str) -> str:
    """Give the call that acts on an order."""
    return f"POST /v1/order/{caller.view(order).id}/fs/{{fs_id}}/{deed}"


def accepted(caller: Caller) -> Order:
    """Let a buyer order, and accept it."""
    order = placed(caller)
    caller.data(caller.calls(path(caller, order, "ack")))
    return order


def departures(caller: Caller) -> int:
    """Count the parcels that left."""
    return sum(isinstance(entry, Fact) and entry.what == What.PARCEL_LEFT for entry in caller.journal.entries)


def test_a_new_order_is_listed_with_its_numbers_and_its_fs_id_as_text() -> None:
    caller = Caller()
    order = placed(caller)

    response = caller.calls(LIST, **window(caller, status=220))
    row = caller.data(response)[0]

    assert row["order_id"] == int(caller.view(order).id)
    assert row["fs_id"] == str(caller.fs_id)
    assert row["create_time"] == order.placed_at // 1000
    assert row["invoice_ref_num"] == order.invoice
    assert row["products"][0]["Name"] == order.lines[0].title
    assert row["buyer"]["phone"].count("*") > 8
    assert row["amt"]["ttl_amount"] == order.total
    assert response.notes.shows[0] == order.key


def test_unpaid_orders_are_not_listed() -> None:
    caller = Caller()

    rows = caller.data(caller.calls(LIST, **window(caller)))

    assert rows
    assert {100, 103}.isdisjoint(row["order_status"] for row in rows)


@pytest.mark.parametrize(("length", "status"), [(_THREE_DAYS - 1, 200), (_THREE_DAYS, 400)])
def test_the_window_is_less_than_three_days(length: int, status: int) -> None:
    caller = Caller()
    now = caller.clock.now // 1000

    response = caller.calls(LIST, **window(caller, from_date=now - length))

    assert response.status == status
    if status == 400:
        assert caller.code(response) == (400, "ORD_DLV_013")
        assert caller.json(response)["header"]["reason"] == "Date Range must be less than 3 days"


def test_pages_put_together_are_the_list_newest_first_and_each_order_once() -> None:
    caller = Caller(seeded=seller(0, orders=2000))
    now = caller.clock.now // 1000
    span = window(caller, from_date=now - 80 * 86_400, to_date=now - 80 * 86_400 + _THREE_DAYS - 1)

    whole = caller.data(caller.calls(LIST, **span))
    parts = [row for page in range(1, 20) for row in caller.data(caller.calls(LIST, **(span | {"per_page": 7, "page": page})))]

    assert len(whole) > 20
    assert parts == whole
    assert [row["create_time"] for row in whole] == sorted((row["create_time"] for row in whole), reverse=True)


def test_pages_hold_when_many_orders_were_placed_in_one_instant_and_some_vanished() -> None:
    caller = Caller()
    orders = [placed(caller) for _ in range(10)]
    hidden = caller.world.orders[orders[4].key]
    caller.world.orders.put(hidden.key, hidden.seen(TOKOPEDIA, replace(caller.view(hidden), listed=False)))

    parts = [key for page in range(1, 8) for key in caller.calls(LIST, **window(caller, status=220, page=page, per_page=3)).notes.shows]

    assert sorted(key for key in parts if key.startswith("INV")) == sorted(order.key for order in orders if order.key != hidden.key)
    assert len(parts) == len(set(parts))


def test_the_page_is_found_without_looking_at_the_orders_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(seeded=seller(0, orders=20_000))
    now = caller.clock.now // 1000
    span = window(caller, from_date=now - 80 * 86_400, to_date=now - 80 * 86_400 + _THREE_DAYS - 1, page=30, per_page=10)
    looked: list[str] = []
    get = Table.get

    def looks(table: Table[Any], key: Any) -> Any:
        looked.append(str(key))
        return get(table, key)

    monkeypatch.setattr(Table, "get", looks)

    rows = caller.data(caller.calls(LIST, **span))

    assert len(rows) == 10
    assert len([key for key in looked if key.startswith("OLD")]) <= 12


def test_a_list_of_one_warehouse_holds_its_orders_alone() -> None:
    caller = Caller()
    jakarta, surabaya = caller.shop.warehouses
    query = window(caller)
    del query["shop_id"]

    here = caller.data(caller.calls(LIST, **query, warehouse_id=jakarta.tokopedia_id))
    there = caller.data(caller.calls(LIST, **query, warehouse_id=surabaya.tokopedia_id))
    accepted_there = caller.data(caller.calls(LIST, **query, warehouse_id=surabaya.tokopedia_id, status=400))

    assert {row["warehouse_id"] for row in here} == {jakarta.tokopedia_id}
    assert {row["warehouse_id"] for row in there} == {surabaya.tokopedia_id}
    assert len(here) + len(there) == len(caller.data(caller.calls(LIST, **window(caller))))
    assert {row["order_status"] for row in accepted_there} <= {400}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"from_date": ""}, "ORD_DLV_009"),
        ({"from_date": "yesterday"}, "ORD_DLV_010"),
        ({"to_date": ""}, "ORD_DLV_011"),
        ({"to_date": "1e9"}, "ORD_DLV_012"),
        ({"to_date": 1}, "ORD_DLV_012"),
        ({"page": ""}, "ORD_DLV_014"),
        ({"page": -1}, "ORD_DLV_015"),
        ({"page": 0}, "ORD_DLV_015"),
        ({"per_page": ""}, "ORD_DLV_016"),
        ({"per_page": "NaN"}, "ORD_DLV_017"),
        ({"per_page": 10_000_000}, "ORD_DLV_017"),
        ({"status": "new"}, "ORD_DLV_018"),
        ({"shop_id": "x"}, "ORD_DLV_006"),
        ({"warehouse_id": 1}, "ORD_DLV_008"),
    ],
)
def test_a_malformed_list_is_refused(change: dict[str, Any], code: str) -> None:
    caller = Caller()

    assert caller.code(caller.calls(LIST, **window(caller, **change))) == (400, code)


def test_a_list_of_a_warehouse_needs_a_number() -> None:
    caller = Caller()
    query = window(caller, warehouse_id="Jakarta")
    del query["shop_id"]

    assert caller.code(caller.calls(LIST, **query)) == (400, "ORD_DLV_007")


def test_a_page_beyond_the_last_and_an_unknown_status_are_empty() -> None:
    caller = Caller()

    assert caller.data(caller.calls(LIST, **window(caller, page=9_999_999_999_999_999))) == []
    assert caller.data(caller.calls(LIST, **window(caller, status=999))) == []


def test_every_status_has_a_number_and_each_seeded_order_shows_its_own() -> None:
    caller = Caller()

    shown = {
        status: caller.data(caller.calls(GET, order_id=caller.view(caller.order(status)).id))["order_status"] for status in caller._ids()
    }

    assert shown == {status: CODES[status] for status in shown}
    assert len(set(shown.values())) == len(shown) == 22


def test_an_order_is_found_by_its_id_or_by_its_invoice() -> None:
    caller = Caller()
    order = placed(caller)

    by_id = caller.calls(GET, order_id=caller.view(order).id)
    by_invoice = caller.calls(GET, invoice_num=order.invoice)

    assert caller.data(by_id) == caller.data(by_invoice)
    assert by_id.notes.shows == (order.key,)
    assert by_id.notes.touches is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "ORD_DLV_003"),
        ({"order_id": 1, "invoice_num": "x"}, "ORD_DLV_004"),
        ({"order_id": "abc"}, "ORD_DLV_005"),
        ({"order_id": 1}, "ORD_API_008"),
        ({"invoice_num": "\0"}, "ORD_API_008"),
    ],
)
def test_exactly_one_name_of_an_order_is_asked_for(query: dict[str, Any], code: str) -> None:
    caller = Caller()

    assert caller.code(caller.calls(GET, **query)) == (400, code)


def test_the_times_of_a_single_order_are_the_wall_clock_of_jakarta_in_spite_of_their_z() -> None:
    caller = Caller()  # it is 2025-03-03 02:00 UTC
    order = placed(caller)

    response = caller.calls(GET, order_id=caller.view(order).id)

    assert caller.data(response)["create_time"] == "2025-03-03T09:00:00Z"
    assert caller.data(response)["shipment_fulfillment"]["accept_deadline"] == "2025-03-04T09:00:00Z"
    assert wall_clock(order.placed_at + 120) == "2025-03-03T09:00:00.12Z"
    assert "tokopedia.wall_clock_times" in response.notes.assumes


def test_none_of_the_times_of_an_unpaid_order_is_a_payment() -> None:
    caller = Caller()
    order = caller.order(OrderStatus.UNPAID)

    data = caller.data(caller.calls(GET, order_id=caller.view(order).id))

    assert data["payment_date"] == "0001-01-01T00:00:00Z"


def test_an_order_is_accepted_once() -> None:
    caller = Caller()
    order = placed(caller)

    first = caller.calls(path(caller, order, "ack"))
    second = caller.calls(path(caller, order, "ack"))

    assert caller.data(first) == "success"
    assert caller.view(order).status is OrderStatus.ACCEPTED
    assert caller.code(second) == (400, "ORD_USC_001")
    assert (first.notes.touches, second.notes.touches) == (order.key, order.key)
    assert first.notes.shop == "shop-1"


@pytest.mark.parametrize(("whose", "code"), [("another", "ORD_USC_003"), ("nobody's", "ORD_USC_003"), ("no number", "ORD_DLV_007")])
def test_an_order_is_not_accepted_for_a_warehouse_that_it_does_not_leave(whose: str, code: str) -> None:
    caller = Caller()
    order = placed(caller)
    other = next(one for one in caller.shop.warehouses if one.name != order.warehouse)
    warehouse = {"another": other.tokopedia_id, "nobody's": 1, "no number": "x"}[whose]

    refused = caller.calls(path(caller, order, "ack"), warehouse_id=warehouse)

    assert caller.code(refused) == (400, code)
    assert caller.view(order).status is OrderStatus.PAID


def test_an_order_is_accepted_for_the_warehouse_that_it_leaves() -> None:
    caller = Caller()
    order = placed(caller)
    its_own = next(one for one in caller.shop.warehouses if one.name == order.warehouse)

    accepts = caller.calls(path(caller, order, "ack"), warehouse_id=its_own.tokopedia_id)

    assert caller.data(accepts) == "success"


def test_the_history_of_an_order_is_told_newest_first() -> None:
    caller = Caller()
    order = accepted(caller)

    data = caller.data(caller.calls(GET, order_id=caller.view(order).id))

    assert [step["hist_status_code"] for step in data["order_info"]["order_history"]] == [400, 220, 100]


def test_an_accepted_order_is_shipped_once_and_leaves_once() -> None:
    caller = Caller()
    order = accepted(caller)
    shipment = {"order_status": 500, "shipping_ref_num": "JNE0001"}

    first = caller.calls(path(caller, order, "status"), shipment)
    second = caller.calls(path(caller, order, "status"), shipment)

    assert caller.data(first) == "Success"
    assert caller.code(second) == (400, "LGS_USC_006")
    assert caller.view(order).status is OrderStatus.SHIPPED
    assert caller.view(order).tracking == "JNE0001"
    assert departures(caller) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "ORD_DLV_019"),
        (b"{", "ORD_DLV_020"),
        (b"[]", "ORD_DLV_020"),
        (b'{"order_status":"500"}', "ORD_DLV_020"),
        (b'{"order_status":500.5,"shipping_ref_num":"A"}', "ORD_DLV_020"),
        (b'{"order_status":500,"shipping_ref_num":"A\\u0000"}', "ORD_DLV_020"),
        (b'{"order_status":500,"shipping_ref_num":"' + b"A" * 65 + b'"}', "ORD_DLV_020"),
        (b'{"order_status":500}', "ORD_DLV_021"),
        (b'{"order_status":500,"shipping_ref_num":"  "}', "ORD_DLV_021"),
        (b'{"order_status":600,"shipping_ref_num":"A"}', "ORD_DLV_023"),
    ],
)
def test_a_malformed_shipment_is_refused_and_nothing_leaves(body: bytes, code: str) -> None:
    caller = Caller()
    order = accepted(caller)
    before = caller.state()

    refused = caller.calls(path(caller, order, "status"), body)

    assert caller.code(refused) == (400, code)
    assert caller.state() == before


def test_an_order_that_is_not_accepted_is_not_shipped() -> None:
    caller = Caller()
    order = placed(caller)

    refused = caller.calls(path(caller, order, "status"), {"order_status": 500, "shipping_ref_num": "A"})

    assert caller.code(refused) == (400, "LGS_USC_006")
    assert departures(caller) == 0


def test_a_pick_up_waits_five_seconds_after_accept_and_happens_once() -> None:
    caller = Caller()
    order = accepted(caller)
    body = {"order_id": int(caller.view(order).id), "shop_id": caller.shop.tokopedia_id}

    caller.passes(seconds=4.999)
    early = caller.calls(PICKUP, body)
    caller.passes(seconds=0.001)
    data = caller.data(caller.calls(PICKUP, body))
    again = caller.calls(PICKUP, body)

    assert (caller.code(early), early.notes.refusal) == ((400, "LGS_USC_007"), "too_early_for_pickup")
    assert data["request_time"] == "2025-03-03 09:00:05"
    assert caller.code(again) == (400, "LGS_USC_007")
    assert caller.view(order).status is OrderStatus.ARRANGED
    assert departures(caller) == 1


def test_an_airwaybill_after_a_pick_up_is_the_same_parcel() -> None:
    caller = Caller()
    order = accepted(caller)
    caller.passes(seconds=5)
    caller.calls(PICKUP, {"order_id": int(caller.view(order).id), "shop_id": caller.shop.tokopedia_id})

    response = caller.calls(path(caller, order, "status"), {"order_status": 500, "shipping_ref_num": "A1"})

    assert caller.data(response) == "Success"
    assert caller.view(order).status is OrderStatus.SHIPPED
    assert departures(caller) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"order_id": None}, (400, "LGS_DLV_004")),
        ({"order_id": "12"}, (400, "LGS_DLV_006")),
        ({"order_id": 1}, (400, "ORD_API_008")),
        ({"order_id": 1.5}, (400, "ORD_DLV_020")),
        ({"shop_id": None}, (400, "ORD_DLV_006")),
        ({"shop_id": 1}, (403, "RBAC_MDLW_001")),
    ],
)
def test_a_malformed_pick_up_is_refused(change: dict[str, Any], code: tuple[int, str]) -> None:
    caller = Caller()
    order = accepted(caller)
    body = {"order_id": int(caller.view(order).id), "shop_id": caller.shop.tokopedia_id} | change

    assert caller.code(caller.calls(PICKUP, body)) == code


def test_an_order_of_another_shop_is_not_picked_up() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    order = accepted(caller)
    body = {"order_id": int(caller.view(order).id), "shop_id": caller.world.shops["shop-2"].tokopedia_id}

    assert caller.code(caller.calls(PICKUP, body)) == (400, "LGS_USC_010")


def test_a_part_of_an_order_is_not_rejected() -> None:
    caller = Caller()
    order = placed(caller)
    body = {"products": [{"product_id": int(order.lines[0].offer), "quantity_deliver": 0, "quantity_reject": 1}]}

    assert caller.code(caller.calls(path(caller, order, "ack"), body)) == (400, "ORD_API_010")
    assert caller.view(order).status is OrderStatus.PAID
