"""Which calls to Tokopedia after the merge are lawful, and why."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from gladi.record.journal import What
from gladi.record.operations import Does
from gladi.record.wire import Lost
from gladi.record.words import TOKOPEDIA, Stage
from gladi.reports.legacy import LegacyCall, as_csv, as_html, legacy
from tests.reports.journals import MERGED_AT, Told

SECONDS = MERGED_AT // 1000


def merged_and_told() -> Told:
    return Told().order("OLD-1").merges().at(1).webhook().at(5)


def only(told: Told) -> LegacyCall:
    (call,) = legacy(told.kept)
    return call


def test_what_comes_before_the_merge_or_goes_to_the_shop_is_no_legacy_call() -> None:
    told = Told().calls("tokopedia.list_orders").merges().at(1).webhook().calls("shop.search_orders")

    assert legacy(told.kept) == []


def test_a_call_of_a_system_that_was_not_told_is_lawful() -> None:
    call = only(Told().merges().at(2).calls("tokopedia.update_price", touches="SKU-1"))

    assert (call.lawful, call.why, call.after) == (True, "the system had not been told of the merge", 120_000)


@pytest.mark.parametrize("fields", [{"lost": True}, {"genuine": False}])
def test_a_webhook_that_was_lost_or_forged_tells_nothing(fields: dict[str, Any]) -> None:
    call = only(Told().merges().webhook(**fields).calls("tokopedia.update_price", touches="SKU-1"))

    assert call.lawful


@pytest.mark.parametrize(("lost", "lawful"), [(Lost.ANSWER, True), (None, False)])
def test_an_answer_that_was_lost_tells_nothing(lost: Lost | None, lawful: bool) -> None:  # noqa: FBT001 - a parameter
    told = Told().merges().calls("tokopedia.get_shop_info", tells_merged=("shop-1",), lost=lost)

    call = legacy(told.calls("tokopedia.update_price", touches="SKU-1").kept)[1]

    assert call.lawful is lawful


@pytest.mark.parametrize(("minutes", "lawful"), [(60 + 5, True), (60 + 6, False)])
def test_a_call_for_all_shops_may_look_for_orders_up_to_a_poll_after_the_last_was_told_of(
    minutes: int,
    lawful: bool,  # noqa: FBT001 - a parameter
) -> None:
    told = Told().merges()
    told.journal.fact(What.STAGE, stage=Stage.MERGED, shop="shop-2")
    told.at(1).webhook().at(60).journal.webhook(TOKOPEDIA, "merge", 200, shop="shop-2", tells_merged=("shop-2",))

    call = only(told.at(90).calls("tokopedia.list_orders", shop=None, query=[["to_date", str(SECONDS + minutes * 60)]]))

    assert call.lawful is lawful


@pytest.mark.parametrize(
    ("operation", "fields"),
    [
        ("tokopedia.get_token", {"shop": None}),
        ("tokopedia.list_webhooks", {"shop": None}),
        ("tokopedia.get_shop_info", {}),
        ("tokopedia.get_product_info", {}),
        ("tokopedia.get_order", {"shows": ("OLD-1",)}),
        ("tokopedia.list_orders", {"query": [["to_date", str(SECONDS + 1)]], "shows": ("OLD-1",)}),
        ("tokopedia.accept_order", {"touches": "OLD-1"}),
        ("tokopedia.a_chat", {"does": Does.CHATS}),
    ],
)
def test_history_orders_in_flight_and_ids_are_lawful(operation: str, fields: dict[str, Any]) -> None:
    call = only(merged_and_told().calls(operation, **fields))

    assert call.lawful


@pytest.mark.parametrize(
    ("operation", "fields", "why"),
    [
        ("tokopedia.update_price", {"touches": "SKU-1"}, "writes a product to Tokopedia"),
        ("tokopedia.edit_products", {"touches": "SKU-1", "status": 400}, "writes a product to Tokopedia"),
        ("tokopedia.list_orders", {"query": [["to_date", str(SECONDS + 600)]]}, "looks on Tokopedia for orders placed after"),
        ("tokopedia.get_order", {"misses": ("NEW-1",)}, "asks Tokopedia for NEW-1"),
        ("tokopedia.accept_order", {"touches": "NEW-1"}, "fulfils NEW-1 on Tokopedia"),
        ("tokopedia.ship_order", {}, "fulfils an order it does not hold on Tokopedia"),
        ("tokopedia.a_chat", {"does": Does.CHATS, "method": "POST"}, "writes to a buyer on Tokopedia"),
        ("tokopedia.unheard_of", {}, "a call that Gladi does not know"),
    ],
)
def test_new_orders_and_products_are_not_lawful(operation: str, fields: dict[str, Any], why: str) -> None:
    told = merged_and_told().order("NEW-1").calls(operation, **fields)

    call = only(told)

    assert not call.lawful
    assert call.why.startswith(why)


def test_a_call_without_a_shop_counts_once_every_shop_has_merged() -> None:
    told = merged_and_told()
    told.journal.fact("order paid", order="OTHER", shop="shop-2")

    assert legacy(told.calls("tokopedia.get_token", shop=None).kept) == []


def test_the_page_names_each_call_by_scenario_and_entry_and_the_table_has_them_all() -> None:
    calls = legacy(merged_and_told().calls("tokopedia.update_price", touches="SKU-1").calls("tokopedia.get_shop_info").kept)

    page, rows = as_html(calls), list(csv.DictReader(io.StringIO(as_csv(calls))))

    assert "called Tokopedia 2 times: 1 lawful, 1 not" in page
    assert page.index("not lawful</span>") < page.index("a_scenario") < page.index("1 lawful calls")
    assert [(row["entry"], row["after the merge"], row["lawful"]) for row in rows] == [
        ("4", "T+00:05", "not lawful"),
        ("5", "T+00:05", "lawful"),
    ]
