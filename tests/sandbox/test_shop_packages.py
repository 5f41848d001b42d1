"""Packages in a list, the courier's times and the documents of a package, on the shop side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gladi.record.words import SHOP
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.records import OrderStatus
from tests.sandbox.shop import Caller, Pairs, view_of

HOUR = 3_600_000
MANY = seller(0, orders=60)


def searched(caller: Caller, body: dict[str, Any], **params: str) -> Any:
    return caller.json(caller.posts("/fulfillment/202309/packages/search", body, tuple(params.items())))["data"]


def printed(caller: Caller, package: str | None, *pairs: tuple[str, str]) -> Any:
    asked: Pairs = pairs or (("document_type", "SHIPPING_LABEL"),)
    return caller.gets(f"/fulfillment/202309/packages/{package}/shipping_documents", asked)


@pytest.mark.parametrize("field", ["create_time", "update_time", "order_pay_time"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("body", [{}, {"package_status": "COMPLETED"}, {"update_time_ge": 1_737_000_000}], ids=str)
def test_pages_of_packages_show_every_match_once_and_in_order(field: str, direction: str, body: dict[str, Any]) -> None:
    caller = Caller(seeded=MANY)
    whole = searched(caller, body, page_size="50", sort_field=field, sort_order=direction)

    rows: list[dict[str, Any]] = []
    token = ""
    while not rows or token:
        page = searched(caller, body, page_size="7", sort_field=field, sort_order=direction, **({"page_token": token} if token else {}))
        rows += page["packages"]
        token = page["next_page_token"]

    times = [row["update_time" if field == "update_time" else "create_time"] for row in rows]
    assert times == sorted(times, reverse=direction == "DESC")
    assert len({row["id"] for row in rows}) == len(rows) == whole["total_count"] > 7
    assert {row["status"] for row in rows} <= {body.get("package_status")} or "package_status" not in body


def test_packages_and_paid_orders_are_the_same_in_number() -> None:
    caller = Caller()
    orders = caller.searches_orders({}, page_size="100")["orders"]

    packages = searched(caller, {}, page_size="50")["packages"]

    assert {row["id"] for row in packages} == {package["id"] for row in orders for package in row["packages"]}
    assert {row["orders"][0]["id"] for row in packages} == {row["id"] for row in orders if row["status"] != "UNPAID"}


@pytest.mark.parametrize(
    "params", [{}, {"page_size": "51"}, {"page_size": "0"}, {"page_size": "5", "sort_field": "id"}, {"page_size": "5", "sort_order": "UP"}]
)
def test_a_search_without_a_lawful_page_or_order_is_refused(params: dict[str, str]) -> None:
    caller = Caller()

    answer = caller.posts("/fulfillment/202309/packages/search", {}, tuple(params.items()))

    assert answer.notes.refusal == "parameter_invalid"


def test_a_package_has_no_tracking_number_before_it_is_shipped_wherever_it_is_shown() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)

    def numbers() -> set[str]:
        detail = caller.json(caller.gets("/order/202309/orders", (("ids", view_of(order).id),)))["data"]["orders"][0]
        package = caller.json(caller.gets(f"/fulfillment/202309/packages/{view_of(order).package}"))["data"]
        listed = searched(caller, {}, page_size="1")["packages"][0]
        line = detail["line_items"][0]
        return {shown["tracking_number"] for shown in (detail, line, package, listed)}

    before = numbers()
    caller.ships(order)
    after = numbers()

    assert before == {""}
    assert len(after) == 1
    assert after != before


def test_the_courier_can_be_asked_until_the_package_is_arranged() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    path = f"/fulfillment/202309/packages/{view_of(order).package}/handover_time_slots"

    before = caller.json(caller.gets(path))["data"]
    caller.ships(order)
    after = caller.json(caller.gets(path))["data"]

    now = caller.clock.now // 1000
    assert before["can_pickup"]
    assert len(before["pickup_slots"]) == 6
    assert all(now < slot["start_time"] < slot["end_time"] and slot["avaliable"] for slot in before["pickup_slots"])
    assert (after["can_pickup"], after["pickup_slots"]) == (False, [])


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("SHIPPING_LABEL", "pdf"), ("PACKING_SLIP", "pdf"), ("SHIPPING_LABEL_AND_PACKING_SLIP", "pdf"), ("SHIPPING_LABEL_PICTURE", "png")],
)
def test_a_document_of_a_shipped_package_is_a_url_that_is_good_for_a_day(kind: str, ending: str) -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.ships(order)

    answer = printed(caller, view_of(order).package, ("document_type", kind), ("document_size", "A5"))

    data = caller.json(answer)["data"]
    url, _, ends = data["doc_url"].partition("?expires=")
    assert url == f"https://documents.example.com/{view_of(order).package}/{kind.lower()}.{ending}"
    assert int(ends) == caller.clock.now // 1000 + 24 * 3600
    assert data["tracking_number"] == view_of(caller.world.orders[order.key]).tracking != ""
    assert answer.notes.touches == order.key


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (OrderStatus.ON_HOLD, 21023035),
        (OrderStatus.PAID, 21023035),
        (OrderStatus.SHIPPED, 21042102),
        (OrderStatus.DELIVERED, 21023046),
        (OrderStatus.COMPLETED, 21023046),
        (OrderStatus.CANCELLED_BY_BUYER, 21023059),
    ],
)
def test_a_document_is_printed_after_shipping_and_before_pick_up(status: OrderStatus, code: int) -> None:
    caller = Caller()

    answer = printed(caller, view_of(caller.order_that_is(status)).package)

    assert (answer.status, caller.json(answer)["code"]) == (200, code)


@pytest.mark.parametrize(
    "pairs",
    [
        (("document_size", "A6"),),
        (("document_type", "INVOICE_LABEL"),),
        (("document_type", "SHIPPING_LABEL"), ("document_size", "A4")),
        (("document_type", "SHIPPING_LABEL"), ("document_format", "ZPL")),
    ],
    ids=str,
)
def test_a_document_of_no_known_kind_size_or_format_is_refused(pairs: Pairs) -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.ships(order)

    answer = printed(caller, view_of(order).package, *pairs)

    assert answer.notes.refusal == "parameter_invalid"


def test_a_document_may_take_its_time_where_a_setting_says_so() -> None:
    caller = Caller(settings=Settings(document_takes=timedelta(minutes=1)))
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.ships(order)

    early = printed(caller, view_of(order).package)
    caller.clock.leap(caller.clock.now + 60_000)
    late = printed(caller, view_of(order).package)

    assert (early.notes.refusal, early.notes.assumes[0]) == ("document_in_the_making", "setting.document_takes")
    assert late.notes.refusal is None


def test_the_packages_of_another_shop_are_not_shown_and_not_printed() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    order = caller.world.place_order("shop-2", on=SHOP)
    package = view_of(order).package

    answers = (printed(caller, package), caller.gets(f"/fulfillment/202309/packages/{package}/handover_time_slots"))
    listed = searched(caller, {}, page_size="50")["packages"]

    assert [answer.notes.refusal for answer in answers] == ["package_foreign", "order_foreign"]
    assert package not in {row["id"] for row in listed}
