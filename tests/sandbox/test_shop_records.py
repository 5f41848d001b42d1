"""Returns, statements and activities of Tokopedia & Shop: real fields, filters, pages, and what is asked for in the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.world.returns import ReturnStatus
from gladi.sandbox.world.world import WorldError
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from gladi.sandbox.world.returns import Return

RETURNS = "/return_refund/202309/returns/search"
STATEMENTS = "/finance/202309/statements"
ACTIVITIES = "/promotion/202309/activities/search"
HOME = "Tanah Abang, Jakarta, DKI Jakarta 10250, Indonesia"


def asked(caller: Caller, *, on: Any = SHOP) -> Return:
    """Have a buyer receive an order and ask to return it."""
    order = caller.world.place_order("shop-1", on=on)
    caller.world.send(order, on)
    caller.clock.leap(caller.clock.now + 57 * 3_600_000)
    caller.token = str(caller.json(caller.refreshes())["data"]["access_token"])
    return caller.world.returns.ask(order.key)


def found(caller: Caller, body: Any = None, **params: str) -> Any:
    """Search returns and give `data`."""
    return caller.json(caller.posts(RETURNS, body or {}, tuple(params.items())))["data"]


def test_a_return_says_to_which_warehouse_it_comes_back_under_the_official_key_alone() -> None:
    caller = Caller()
    one = asked(caller)

    (row,) = found(caller, {"return_ids": [one.id]})["return_orders"]

    assert row["return_warehouse_address"] == {"full_address": HOME}
    assert (row["return_type"], row["return_status"], row["role"]) == ("RETURN_AND_REFUND", "RETURN_OR_REFUND_REQUEST_PENDING", "BUYER")


def test_a_return_goes_its_way_and_says_what_the_seller_is_to_do() -> None:
    caller = Caller()
    one = asked(caller)
    seen: list[tuple[str, list[str]]] = []

    for status in (ReturnStatus.AGREED, ReturnStatus.ON_ITS_WAY, ReturnStatus.DONE):
        caller.world.returns.advance(one.key, status)
        (row,) = found(caller, {"return_ids": [one.id]})["return_orders"]
        seen.append((row["return_status"], [action["action"] for action in row["seller_next_action_response"]]))

    assert seen == [
        ("AWAITING_BUYER_SHIP", []),
        ("BUYER_SHIPPED_ITEM", ["SELLER_RESPOND_RECEIVE_PACKAGE"]),
        ("RETURN_OR_REFUND_REQUEST_COMPLETE", []),
    ]


def test_no_step_of_a_return_is_left_out() -> None:
    caller = Caller()
    one = asked(caller)

    with pytest.raises(WorldError, match="must be agreed to before it is on its way back"):
        caller.world.returns.advance(one.key, ReturnStatus.ON_ITS_WAY)

    assert caller.world.returns[one.key].status is ReturnStatus.ASKED


def test_an_order_is_returned_once_and_not_before_it_has_arrived() -> None:
    caller = Caller()
    one = asked(caller)
    under_way = caller.world.place_order("shop-1", on=SHOP)

    with pytest.raises(WorldError, match="was returned before"):
        caller.world.returns.ask(one.order)
    with pytest.raises(WorldError, match="has not been delivered"):
        caller.world.returns.ask(under_way.key)

    assert caller.world.returns.of_order(under_way.key) is None


def test_returns_are_filtered_by_their_status_order_buyer_and_time() -> None:
    caller = Caller()
    one = asked(caller)
    order = caller.world.orders[one.order]
    assert order.shop_view is not None
    now = caller.clock.now // 1000

    counts = [
        found(caller, body)["total_count"]
        for body in (
            {},
            {"return_status": ["RETURN_OR_REFUND_REQUEST_PENDING"]},
            {"order_ids": [order.shop_view.id]},
            {"order_ids": ["1"]},
            {"buyer_user_ids": ["1"]},
            {"create_time_ge": now},
            {"create_time_ge": now + 1},
            {"create_time_lt": now},
            {"return_types": ["REFUND"]},
        )
    ]

    assert counts == [2, 1, 1, 0, 0, 1, 0, 1, 0]


def test_returns_come_in_pages_of_ten_at_least() -> None:
    caller = Caller()
    for _ in range(10):
        asked(caller)

    first = found(caller, page_size="10")
    rest = found(caller, page_size="10", page_token=first["next_page_token"])

    assert (len(first["return_orders"]), len(rest["return_orders"]), rest["next_page_token"]) == (10, 1, "")
    assert caller.json(caller.posts(RETURNS, {}, (("page_size", "9"),)))["code"] == 36009004


def test_what_tokopedia_alone_keeps_is_left_out_and_that_it_was_asked_for_is_noted() -> None:
    caller = Caller()
    one = asked(caller, on=TOKOPEDIA)
    order = caller.world.orders[one.order]
    assert order.tokopedia is not None

    by_order = caller.posts(RETURNS, {"order_ids": [order.tokopedia.id]})
    by_id = caller.posts(RETURNS, {"return_ids": [one.id]})

    assert [caller.json(response)["data"]["return_orders"] for response in (by_order, by_id)] == [[], []]
    assert (by_order.notes.misplaced, by_id.notes.misplaced) == (f"returns of order {order.key}", f"return {one.key}")


def test_of_what_is_asked_for_by_id_it_is_noted_that_it_has_a_place_and_of_a_list_of_everything_not() -> None:
    caller = Caller()
    one = asked(caller)
    view = caller.world.orders[one.order].shop_view
    assert view is not None

    by_order = caller.posts(RETURNS, {"order_ids": [view.id]})
    by_id = caller.posts(RETURNS, {"return_ids": [one.id]})
    every = caller.posts(RETURNS, {})

    assert [answer.notes.placed for answer in (by_order, by_id, every)] == [True, True, False]
    assert {answer.notes.misplaced for answer in (by_order, by_id, every)} == {None}


def test_a_statement_is_there_once_the_buyer_has_his_order() -> None:
    caller = Caller()
    ask = (("sort_field", "statement_time"),)
    before = caller.json(caller.gets(STATEMENTS, ask))["data"]["statements"]

    one = asked(caller)
    after = caller.json(caller.gets(STATEMENTS, ask))["data"]["statements"]

    (paid,) = [row for row in after if row not in before]
    assert paid["statement_time"] == caller.world.began_at // 1000 + 56 * 3600
    assert (paid["settlement_amount"], paid["currency"]) == (str(caller.world.orders[one.order].goods), "IDR")


def test_statements_come_in_pages_and_between_two_times() -> None:
    caller = Caller()
    for _ in range(3):
        asked(caller)
    ask = (("sort_field", "statement_time"), ("page_size", "2"), ("statement_time_ge", str(caller.world.began_at // 1000)))

    first = caller.json(caller.gets(STATEMENTS, ask))["data"]
    rest = caller.json(caller.gets(STATEMENTS, (*ask, ("page_token", first["next_page_token"]))))["data"]

    assert (len(first["statements"]), len(rest["statements"]), rest["next_page_token"]) == (2, 1, "")


@pytest.mark.parametrize(
    "ask",
    [
        (),
        (("sort_field", "id"),),
        (("sort_field", "statement_time"), ("sort_order", "UP")),
        (("sort_field", "statement_time"), ("statement_time_ge", "now")),
        (("sort_field", "statement_time"), ("page_size", "101")),
    ],
)
def test_malformed_questions_for_statements_are_refused(ask: tuple[tuple[str, str], ...]) -> None:
    caller = Caller()

    response = caller.gets(STATEMENTS, ask)

    assert (response.status, caller.json(response)["code"]) == (400, 36009004)


def test_a_promotion_stands_among_the_activities_newest_first() -> None:
    caller = Caller()
    begun = caller.world.ledger.promotes("shop-1", SHOP)

    running = caller.json(caller.posts(ACTIVITIES, {"status": "ONGOING"}))["data"]["activities"]
    first = caller.json(caller.posts(ACTIVITIES, {"page_size": 1}))["data"]
    rest = caller.json(caller.posts(ACTIVITIES, {"page_token": first["next_page_token"]}))["data"]

    assert next(row["id"] for row in running) == begun.id
    assert [row["id"] for row in first["activities"]] == [begun.id]
    assert (len(rest["activities"]), first["total_count"], rest["next_page_token"]) == (2, 3, "")
    assert caller.json(caller.posts(ACTIVITIES, {"page_size": 0}))["code"] == 36009004
