"""Orders and packages on the shop side: found by index and page, shipped once."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.merge import InFlight
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.records import OrderStatus
from tests.sandbox.shop import Caller, view_of

MANY = seller(0, orders=60)


def every_page(caller: Caller, body: dict[str, Any], **params: str) -> list[dict[str, Any]]:
    """Walk through all pages."""
    rows: list[dict[str, Any]] = []
    token = ""
    while True:
        data = caller.searches_orders(body, **params, **({"page_token": token} if token else {}))
        rows += data["orders"]
        token = data["next_page_token"]
        if not token:
            assert len(rows) == data["total_count"]
            return rows
        assert re.fullmatch(r"[A-Za-z0-9._-]+", token)


@pytest.mark.parametrize("field", ["create_time", "update_time"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize(
    "body", [{}, {"order_status": "COMPLETED"}, {"order_status": "CANCELLED"}, {"update_time_ge": 1_737_000_000}], ids=str
)
def test_pages_show_every_match_once_and_in_order(field: str, direction: str, body: dict[str, Any]) -> None:
    caller = Caller(seeded=MANY)

    rows = every_page(caller, body, page_size="7", sort_field=field, sort_order=direction)

    times = [row[field] for row in rows]
    assert times == sorted(times, reverse=direction == "DESC")
    assert len({row["id"] for row in rows}) == len(rows) > 0


def test_filters_select_what_a_scan_would() -> None:
    caller = Caller(seeded=MANY)
    rows = every_page(caller, {}, page_size="100")
    times = sorted(row["create_time"] for row in rows)
    low, high = times[len(times) // 4], times[len(times) // 2]

    by_creation = every_page(caller, {"create_time_ge": low, "create_time_lt": high}, page_size="5")
    by_update = every_page(caller, {"update_time_ge": low, "update_time_lt": high, "order_status": "COMPLETED"}, page_size="5")
    by_both = every_page(caller, {"create_time_ge": low, "create_time_lt": high, "update_time_ge": low + 86_400}, page_size="5")
    by_other = every_page(caller, {"update_time_ge": low, "update_time_lt": high, "create_time_ge": low + 86_400}, page_size="5")
    by_buyer = every_page(caller, {"buyer_user_id": rows[0]["user_id"]}, page_size="5")
    by_place = every_page(caller, {"warehouse_ids": [rows[0]["warehouse_id"]]}, page_size="5")
    by_seller = every_page(caller, {"shipping_type": "SELLER"}, page_size="5")

    assert [row["id"] for row in by_creation] == [row["id"] for row in rows if low <= row["create_time"] < high]
    assert [row["id"] for row in by_update] == [
        row["id"] for row in rows if low <= row["update_time"] < high and row["status"] == "COMPLETED"
    ]
    assert [row["id"] for row in by_both] == [
        row["id"] for row in rows if low <= row["create_time"] < high and row["update_time"] >= low + 86_400
    ]
    assert [row["id"] for row in by_other] == [
        row["id"] for row in rows if low <= row["update_time"] < high and row["create_time"] >= low + 86_400
    ]
    assert {row["id"] for row in by_buyer} == {row["id"] for row in rows if row["user_id"] == rows[0]["user_id"]}
    assert {row["id"] for row in by_place} == {row["id"] for row in rows if row["warehouse_id"] == rows[0]["warehouse_id"]}
    assert by_seller == []


@pytest.mark.parametrize(
    "changed",
    [
        ({"order_status": "CANCELLED"}, {}),
        ({}, {"sort_order": "ASC"}),
        ({}, {"sort_field": "update_time"}),
        ({"create_time_ge": 1}, {}),
    ],
    ids=str,
)
def test_a_page_token_is_refused_for_other_filters_or_another_order(changed: tuple[dict[str, Any], dict[str, str]]) -> None:
    caller = Caller(seeded=MANY)
    token = caller.searches_orders({}, page_size="5")["next_page_token"]
    body, params = changed

    answer = caller.posts("/order/202309/orders/search", body, (("page_size", "5"), ("page_token", token), *params.items()))

    assert answer.notes.refusal == "parameter_invalid"


@pytest.mark.parametrize("token", ["x", "A" * 16, "A" * 17, "!!!", "é", "A" * 600])
def test_a_made_up_page_token_is_refused(token: str) -> None:
    caller = Caller()

    answer = caller.posts("/order/202309/orders/search", {}, (("page_token", token),))

    assert answer.notes.refusal == "parameter_invalid"


def test_an_order_has_one_line_item_a_unit_and_sums_that_add_up() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP, quantity=3)

    [shown] = caller.json(caller.gets("/order/202309/orders", (("ids", view_of(order).id),)))["data"]["orders"]

    payment = {name: int(value) for name, value in shown["payment"].items() if name != "currency"}
    assert len({line["id"] for line in shown["line_items"]}) == 3
    assert shown["commerce_platform"] == "TIKTOK_SHOP"
    assert (shown["tracking_number"], shown["packages"]) == ("", [{"id": view_of(order).package}])
    assert sum(int(line["sale_price"]) for line in shown["line_items"]) == payment["sub_total"]
    insurance = payment["shipping_insurance_fee"] + payment["item_insurance_fee"]
    assert payment["total_amount"] == payment["sub_total"] + payment["shipping_fee"] + insurance == order.total


def test_an_order_bought_on_tokopedia_after_the_merge_says_so() -> None:
    caller = Caller()
    caller.merges()
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)

    answer = caller.gets("/order/202507/orders", (("ids", view_of(order).id),))

    assert [row["commerce_platform"] for row in caller.json(answer)["data"]["orders"]] == ["TOKOPEDIA"]
    assert answer.notes.shows == (order.key,)


def test_ids_may_be_joined_or_repeated_and_only_known_ones_are_shown() -> None:
    caller = Caller()
    ids = [row["id"] for row in caller.searches_orders({}, page_size="3")["orders"]]

    joined = caller.gets("/order/202309/orders", (("ids", ",".join(ids)),))
    repeated = caller.gets("/order/202309/orders", (*(("ids", one) for one in ids), ("ids", "5760000000000000001")))

    assert [row["id"] for row in caller.json(joined)["data"]["orders"]] == ids
    assert [row["id"] for row in caller.json(repeated)["data"]["orders"]] == ids
    assert repeated.notes.assumes == ("shop.unknown_ids_left_out",)


@pytest.mark.parametrize("ids", ["", ",", ",".join(str(number) for number in range(51))])
def test_none_or_more_than_fifty_ids_are_refused(ids: str) -> None:
    caller = Caller()

    assert caller.gets("/order/202309/orders", (("ids", ids),)).notes.refusal == "parameter_invalid"


def test_another_shops_orders_and_packages_are_not_shown_or_shipped() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    order = caller.world.place_order("shop-2", on=SHOP)

    seen = caller.gets("/order/202309/orders", (("ids", view_of(order).id),))
    package = caller.gets(f"/fulfillment/202309/packages/{view_of(order).package}")
    shipped = caller.ships(order)

    assert [answer.notes.refusal for answer in (seen, package, shipped)] == ["order_foreign", "order_foreign", "package_foreign"]
    assert caller.world.parcels == {}


@pytest.mark.parametrize("body", [None, {}, {"handover_method": "PICKUP", "pickup_slot": {"start_time": 1, "end_time": 2}}], ids=str)
def test_a_package_leaves_once(body: Any) -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)

    first, second = caller.ships(order, body), caller.ships(order, body)

    assert caller.json(first)["data"] == {}
    assert first.notes.touches == second.notes.touches == order.key
    assert (caller.json(second)["code"], second.notes.refusal) == (21011040, "already_shipped")
    assert len(caller.world.parcels) == 1


def test_a_shipped_order_shows_its_number_and_moves_on() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.ships(order)
    path = f"/fulfillment/202309/packages/{view_of(order).package}"
    before = caller.json(caller.gets(path))["data"]
    caller.clock.leap(caller.clock.now + 8 * 3_600_000)

    after = caller.json(caller.gets(path))["data"]

    assert (before["package_status"], after["package_status"]) == ("PROCESSING", "FULFILLING")
    assert before["tracking_number"] == after["tracking_number"] != ""
    assert caller.searches_orders({"order_status": "IN_TRANSIT"})["orders"][0]["id"] == view_of(order).id


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (OrderStatus.ON_HOLD, "order_on_hold"),
        (OrderStatus.ARRANGED, "already_shipped"),
        (OrderStatus.SHIPPED, "already_shipped"),
        (OrderStatus.DELIVERED, "already_delivered"),
        (OrderStatus.COMPLETED, "already_delivered"),
        (OrderStatus.CANCELLED_BY_BUYER, "order_cancelled"),
    ],
)
def test_what_is_not_to_be_shipped_is_refused(status: OrderStatus, refusal: str) -> None:
    caller = Caller()

    assert caller.ships(caller.order_that_is(status)).notes.refusal == refusal
    assert caller.world.parcels == {}


def test_a_package_of_an_order_that_is_not_paid_is_incomplete() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.world.hold(order, SHOP, OrderStatus.UNPAID)

    answer = caller.ships(order)

    assert (caller.json(answer)["code"], answer.notes.refusal) == (21011008, "package_incomplete")
    assert caller.world.parcels == {}


def test_an_order_on_hold_shows_no_recipient() -> None:
    caller = Caller()

    [shown] = caller.searches_orders({"order_status": "ON_HOLD"})["orders"]

    assert (shown["is_on_hold_order"], shown["recipient_address"]) == (True, {})


def test_an_order_in_flight_that_is_not_to_leave_from_here_is_frozen() -> None:
    caller = Caller(settings=Settings(in_flight=InFlight.parse("both/origin")))
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    caller.merges()

    answer = caller.ships(caller.world.orders[order.key])

    assert answer.notes.refusal == "package_frozen"
    assert set(answer.notes.assumes) == {"setting.in_flight", "refusal.package_frozen"}
    assert caller.world.parcels == {}


@pytest.mark.parametrize("status", OrderStatus)
def test_every_status_of_the_world_can_be_printed(status: OrderStatus) -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.world.hold(order, SHOP, status)

    answer = caller.gets("/order/202309/orders", (("ids", view_of(order).id),))

    assert len(msgspec.json.decode(answer.body)["data"]["orders"]) == 1


def test_the_newest_comes_first_by_default() -> None:
    caller = Caller()

    rows = caller.searches_orders()["orders"]

    assert all(one["create_time"] >= other["create_time"] for one, other in pairwise(rows))
