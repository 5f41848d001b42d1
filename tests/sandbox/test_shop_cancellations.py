"""Orders that are taken back or held back on the shop side, and what the seller may answer."""

from __future__ import annotations

from typing import Any

import pytest

from gladi.record.journal import Fact, What
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.seed import seller
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.records import OrderStatus
from gladi.sandbox.world.withdrawals import hand_over, withdraw
from tests.sandbox.shop import Caller, view_of

HOUR = 3_600_000
PATH = "/return_refund/202309/cancellations"


def placed(caller: Caller, *, on_hold: bool = False) -> str:
    return caller.world.place_order("shop-1", on=SHOP, on_hold=on_hold).key


def status(caller: Caller, key: str) -> OrderStatus:
    return view_of(caller.world.orders[key]).status


def facts(caller: Caller) -> list[str]:
    return [entry.what for entry in caller.journal.entries if isinstance(entry, Fact)]


def sought(caller: Caller, body: dict[str, Any], **params: str) -> Any:
    return caller.json(caller.posts(f"{PATH}/search", body, tuple(params.items())))["data"]


def test_an_order_on_hold_is_not_shipped_before_it_is_released() -> None:
    caller = Caller()
    key = placed(caller, on_hold=True)

    early = caller.ships(caller.world.orders[key])
    shown = caller.json(caller.gets("/order/202309/orders", (("ids", view_of(caller.world.orders[key]).id),)))["data"]["orders"][0]
    caller.clock.leap(caller.clock.now + HOUR)
    late = caller.ships(caller.world.orders[key])

    assert (caller.json(early)["code"], late.notes.refusal) == (21011044, None)
    assert (shown["status"], shown["is_on_hold_order"], shown["recipient_address"]) == ("ON_HOLD", True, {})


def test_a_cancelled_order_is_not_released() -> None:
    caller = Caller()
    key = placed(caller, on_hold=True)

    withdraw(caller.world, key)
    caller.clock.leap(caller.clock.now + HOUR)

    assert status(caller, key) is OrderStatus.CANCELLED_BY_BUYER


def test_tokopedia_holds_nothing_back() -> None:
    caller = Caller()

    with pytest.raises(WorldError, match="Tokopedia puts no order on hold"):
        caller.world.place_order("shop-1", on=TOKOPEDIA, on_hold=True)


def test_before_the_courier_has_come_a_buyer_cancels_at_once_and_his_units_are_on_sale_again() -> None:
    caller = Caller()
    before = caller.listing().offers[0].units
    order = caller.world.place_order("shop-1", on=SHOP, sku=caller.listing().offers[0].sku)
    caller.ships(order)

    withdraw(caller.world, order.key)

    assert status(caller, order.key) is OrderStatus.CANCELLED_BY_BUYER
    assert caller.listing().offers[0].units == before
    assert facts(caller)[-1] == What.ORDER_CANCELLED


def test_the_courier_does_not_collect_what_was_cancelled_unless_it_is_handed_to_him() -> None:
    caller = Caller()
    kept, handed = placed(caller), placed(caller)
    for key in (kept, handed):
        caller.ships(caller.world.orders[key])
        withdraw(caller.world, key)

    hand_over(caller.world, handed)
    caller.clock.leap(caller.clock.now + 80 * HOUR)

    assert {status(caller, key) for key in (kept, handed)} == {OrderStatus.CANCELLED_BY_BUYER}
    taken = [entry.order for entry in caller.journal.entries if isinstance(entry, Fact) and entry.what == What.PARCEL_TAKEN]
    assert taken == [handed]


def test_a_parcel_that_is_handed_over_is_on_its_way_and_is_handed_over_once() -> None:
    caller = Caller()
    key = placed(caller)
    caller.ships(caller.world.orders[key])

    hand_over(caller.world, key)
    hand_over(caller.world, key)

    assert status(caller, key) is OrderStatus.SHIPPED
    assert facts(caller).count(What.PARCEL_TAKEN) == 1


def test_a_buyer_cannot_cancel_what_the_courier_has_nor_cancel_twice_nor_on_tokopedia() -> None:
    caller = Caller()
    gone, asked = placed(caller), placed(caller)
    elsewhere = caller.world.place_order("shop-1", on=TOKOPEDIA).key
    caller.ships(caller.world.orders[gone])
    hand_over(caller.world, gone)
    withdraw(caller.world, asked)

    for key, words in ((gone, "is shipped already"), (asked, "was asked to be cancelled already"), (elsewhere, "does not hold order")):
        with pytest.raises(WorldError, match=words):
            withdraw(caller.world, key)


def test_a_request_to_cancel_stops_the_shipment_until_it_is_rejected() -> None:
    caller = Caller()
    key = placed(caller)
    request = withdraw(caller.world, key)

    stopped = caller.ships(caller.world.orders[key])
    found = caller.searches_orders({"is_buyer_request_cancel": True})["orders"]
    caller.posts(f"{PATH}/{request.id}/reject", {})
    goes_on = caller.ships(caller.world.orders[key])

    assert (caller.json(stopped)["code"], goes_on.notes.refusal) == (21011007, None)
    asked_at = request.created_at // 1000
    assert [(row["id"], row["request_cancel_time"]) for row in found] == [(view_of(caller.world.orders[key]).id, asked_at)]
    assert caller.searches_orders({"is_buyer_request_cancel": True})["orders"] == []


def test_a_request_that_is_approved_cancels_the_order_and_is_answered_once() -> None:
    caller = Caller()
    key = placed(caller)
    request = withdraw(caller.world, key)

    first = caller.posts(f"{PATH}/{request.id}/approve", {})
    second = caller.posts(f"{PATH}/{request.id}/approve", {})

    assert (first.notes.refusal, first.notes.touches, second.notes.refusal) == (None, key, "cancel_of_ended")
    assert status(caller, key) is OrderStatus.CANCELLED_BY_BUYER


def test_the_request_of_another_shop_is_not_answered_and_not_found() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    request = withdraw(caller.world, caller.world.place_order("shop-2", on=SHOP).key)

    answer = caller.posts(f"{PATH}/{request.id}/approve", {})

    assert answer.notes.refusal == "cancel_foreign"
    assert sought(caller, {})["total_count"] == 0


def test_the_seller_cancels_what_was_not_shipped_and_nothing_else() -> None:
    caller = Caller()
    fresh, shipped, asked = placed(caller), placed(caller), placed(caller)
    caller.ships(caller.world.orders[shipped])
    withdraw(caller.world, asked)

    def cancels(key: str) -> Any:
        body = {"order_id": view_of(caller.world.orders[key]).id, "cancel_reason": "seller_cancel_reason_out_of_stock"}
        return caller.json(caller.posts(PATH, body))

    answers = [cancels(key) for key in (fresh, fresh, shipped, asked)]

    assert [answer["code"] for answer in answers] == [0, 25001051, 25001045, 25001011]
    assert answers[0]["data"]["cancel_status"] == "CANCELLATION_REQUEST_COMPLETE"
    assert status(caller, fresh) is OrderStatus.REJECTED


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, "parameter_invalid"),
        ({"order_id": "1"}, "parameter_invalid"),
        ({"order_id": "1", "cancel_reason": "why"}, "cancel_foreign"),
    ],
    ids=str,
)
def test_an_order_that_is_not_there_is_not_cancelled(body: dict[str, str], refusal: str) -> None:
    caller = Caller()

    answer = caller.posts(PATH, body)

    assert answer.notes.refusal == refusal


def test_cancellations_are_found_page_by_page_by_their_order_id_and_status() -> None:
    caller = Caller()
    keys = [placed(caller) for _ in range(3)]
    made = [withdraw(caller.world, key) for key in keys]
    caller.posts(f"{PATH}/{made[1].id}/approve", {})

    first = sought(caller, {}, page_size="2")
    rest = sought(caller, {}, page_size="2", page_token=first["next_page_token"])
    done = sought(caller, {"cancel_status": ["CANCELLATION_REQUEST_COMPLETE"]})
    one = sought(caller, {"order_ids": [view_of(caller.world.orders[keys[2]]).id]})

    assert [row["cancel_id"] for row in first["cancellations"] + rest["cancellations"]] == [one.id for one in made]
    assert (first["total_count"], rest["next_page_token"]) == (3, "")
    assert [row["cancel_id"] for row in done["cancellations"]] == [made[1].id]
    assert [(row["cancel_type"], row["role"]) for row in one["cancellations"]] == [("BUYER_CANCEL", "BUYER")]
