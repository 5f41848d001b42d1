"""What Tokopedia keeps of a seller's past: bookings, tickets, saldo history, slash prices and conversations, and how it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.world.conversations import Sender
from gladi.sandbox.world.records import OrderStatus
from gladi.sandbox.world.world import WorldError
from tests.sandbox.tokopedia import Caller

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Order

BOOKINGS = "GET /v1/fs/{fs_id}/fulfillment_order"
TICKETS = "GET /resolution/v1/fs/{fs_id}/ticket"
OFFERS = "GET /v2/slash-price/fs/{fs_id}/view"
CHATS = "GET /v1/chat/fs/{fs_id}/messages"
PAST: dict[str, Any] = {"from_date": "2024-11-01", "to_date": "2025-03-10"}
MONTH: dict[str, Any] = {"from_date": "2025-02-20", "to_date": "2025-03-20"}


def saldo(caller: Caller) -> str:
    """Name the path of the saldo history."""
    return f"GET /v1/fs/{{fs_id}}/shop/{caller.shop.tokopedia_id}/saldo-history"


def delivered(caller: Caller) -> Order:
    """Have an order of Tokopedia reach its buyer."""
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    caller.world.send(order, TOKOPEDIA)
    caller.clock.leap(caller.clock.now + 57 * 3_600_000)
    return caller.world.orders[order.key]


def test_bookings_are_read_a_page_at_a_time_newest_first_and_none_twice() -> None:
    caller = Caller()
    ids: list[int] = []
    query: dict[str, Any] = {"shop_id": caller.shop.tokopedia_id, "per_page": 5}

    while query.get("next_order_id") != 0:
        page = caller.data(caller.calls(BOOKINGS, **query))
        ids += [row["order"]["order_id"] for row in page["order_data"]]
        query["next_order_id"] = page["next_order_id"]

    whole = caller.data(caller.calls(BOOKINGS, shop_id=caller.shop.tokopedia_id, per_page=100))
    assert ids == [row["order"]["order_id"] for row in whole["order_data"]]
    assert len(set(ids)) == len(ids) > 10


def test_an_order_that_was_not_accepted_has_no_booking() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)

    before = caller.data(caller.calls(BOOKINGS, order_id=caller.view(order).id))
    caller.world.hold(order, TOKOPEDIA, OrderStatus.ACCEPTED)
    after = caller.data(caller.calls(BOOKINGS, order_id=caller.view(order).id))

    assert (before["order_data"], [row["booking_data"]["booking_code"] for row in after["order_data"]]) == (
        [],
        [f"BOOK{order.number:010d}"],
    )


def test_a_payout_stands_in_the_saldo_history_once_the_buyer_has_his_order() -> None:
    caller = Caller()
    before = caller.data(caller.calls(saldo(caller), **MONTH))["saldo_history"]

    order = delivered(caller)
    after = caller.data(caller.calls(saldo(caller), **MONTH))["saldo_history"]

    (paid,) = [row for row in after if row not in before]
    assert (paid["amount"], order.invoice in paid["note"]) == (order.goods, True)


def test_the_saldo_history_is_paged() -> None:
    caller = Caller()
    for _ in range(3):
        delivered(caller)

    pages = [caller.data(caller.calls(saldo(caller), **MONTH, page=page, per_page=2)) for page in (1, 2)]

    assert next((len(page["saldo_history"]), page["have_next_page"]) for page in pages) == (2, True)
    assert pages[0]["saldo_history"][0]["deposit_id"] != pages[1]["saldo_history"][0]["deposit_id"]


def test_a_return_is_a_ticket_of_the_day_on_which_the_buyer_opened_it() -> None:
    caller = Caller()
    order = delivered(caller)
    asked = caller.world.returns.ask(order.key)
    day = "2025-03-05"

    found = [
        caller.data(caller.calls(TICKETS, shop_id=caller.shop.tokopedia_id, from_date=since, to_date=until))["shops"]
        for since, until in ((day, day), ("2025-03-06", "2025-03-09"))
    ]

    assert [ticket["id"] for shop in found[0] for ticket in shop["ticket"]] == [int(asked.id)]
    assert found[1] == []


def test_a_promotion_stands_among_the_slash_prices_and_cannot_begin_there_after_the_merge() -> None:
    caller = Caller()
    begun = caller.world.ledger.promotes("shop-1", TOKOPEDIA)

    rows = caller.data(caller.calls(OFFERS, shop_id=caller.shop.tokopedia_id))
    caller.world.link("shop-1")
    caller.clock.leap(caller.clock.now + 48 * 3_600_000)

    assert [row["slash_price_product_id"] for row in rows][-1:] == [int(begun.id)]
    with pytest.raises(WorldError, match=r"a promotion of his begins on Tokopedia & Shop"):
        caller.world.ledger.promotes("shop-1", TOKOPEDIA)


def test_a_conversation_of_tokopedia_is_listed_with_what_is_unread() -> None:
    caller = Caller()
    conversations = caller.world.conversations
    begun = conversations.begin("shop-1", conversations.stranger(), on=TOKOPEDIA, home=TOKOPEDIA)
    conversations.write(begun.key, "TEXT", "hello", sender=Sender.BUYER)

    rows = {word: caller.data(caller.calls(CHATS, shop_id=caller.shop.tokopedia_id, filter=word)) for word in ("all", "unread", "read")}

    assert [[row["msg_id"] for row in rows[word]] for word in rows] == [[int(begun.id)], [int(begun.id)], []]


def test_what_the_shop_made_is_not_told_by_tokopedia() -> None:
    caller = Caller()
    asks = (
        (saldo(caller), MONTH),
        (TICKETS, PAST | {"shop_id": caller.shop.tokopedia_id}),
        (OFFERS, {"shop_id": caller.shop.tokopedia_id}),
    )
    before = [caller.calls(call, **query).body for call, query in asks]
    order = caller.world.place_order("shop-1", on=SHOP)
    caller.world.send(order, SHOP)
    caller.clock.leap(caller.clock.now + 57 * 3_600_000)

    caller.world.returns.ask(order.key)
    caller.world.ledger.promotes("shop-1", SHOP)

    assert [caller.calls(call, **query).body for call, query in asks] == before


@pytest.mark.parametrize(
    ("call", "query", "code"),
    [
        ("saldo", {"from_date": "2025-01-01", "to_date": "2025-02-01"}, "SHP_DLV_007"),
        ("saldo", {"from_date": "2025-02-02", "to_date": "2025-02-01"}, "SHP_DLV_007"),
        ("saldo", {"from_date": "2025-02-31", "to_date": "2025-03-01"}, "SHP_DLV_007"),
        ("saldo", MONTH | {"per_page": 501}, "SHP_DLV_004"),
        (TICKETS, {"shop_id": "mine", **PAST}, "ORD_DLV_006"),
        (TICKETS, {"from_date": "01-01-2025", "to_date": "2025-03-01"}, "PRD_DLV_016"),
        (BOOKINGS, {}, "ORD_DLV_008"),
        (BOOKINGS, {"per_page": 101}, "ORD_DLV_017"),
        (BOOKINGS, {"order_id": "1"}, "ORD_API_008"),
        (OFFERS, {}, "PRD_DLV_016"),
        (CHATS, {}, "SHP_USC_004"),
        (CHATS, {"shop_id": 0, "per_page": 16}, "RBAC_MDLW_001"),
    ],
)
def test_what_is_malformed_is_refused(call: str, query: dict[str, Any], code: str) -> None:
    caller = Caller()

    response = caller.calls(saldo(caller) if call == "saldo" else call, **query)

    assert caller.code(response)[1] == code


def test_thirty_one_days_of_saldo_are_not_too_many() -> None:
    caller = Caller()

    response = caller.calls(saldo(caller), from_date="2025-01-01", to_date="2025-01-31")

    assert response.status == 200
