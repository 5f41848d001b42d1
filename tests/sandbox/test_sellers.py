"""Sellers of four kinds: what each of them has on which platform, and what that leaves of the others."""

from __future__ import annotations

from typing import Any

import pytest

from gladi.record.words import SHOP, TOKOPEDIA, SellerKind, Stage
from gladi.sandbox.seed import seller
from gladi.sandbox.world.world import WorldError
from tests.sandbox.shop import Caller as ShopCaller
from tests.sandbox.tokopedia import Caller

KINDS: dict[str, Any] = {"sellers": 3, "solely_on_shop": ("shop-2",), "new_here": ("shop-3",)}
SHOP_INFO = "GET /v1/shop/fs/{fs_id}/shop-info"
ORDER = "GET /v2/fs/{fs_id}/order"


def test_a_seller_with_stores_on_both_sides_is_what_he_was_beside_sellers_of_other_kinds() -> None:
    alone, among = seller(5, sellers=3), seller(5, **KINDS)

    assert among.shops.records["shop-1"] == alone.shops.records["shop-1"]
    assert [one for one in among.listings.records.values() if one.shop == "shop-1"] == [
        one for one in alone.listings.records.values() if one.shop == "shop-1"
    ]


def test_who_was_never_on_tokopedia_has_nothing_there_and_who_is_new_has_no_past_at_all() -> None:
    seeded = seller(0, **KINDS)

    listed = {(one.shop, one.platform) for one in seeded.listings.records.values()}
    ordered = {(one.shop, platform) for one in seeded.orders.records.values() for platform in (TOKOPEDIA, SHOP) if one.on(platform)}
    assert listed == {("shop-1", TOKOPEDIA), ("shop-1", SHOP), ("shop-2", SHOP), ("shop-3", SHOP)}
    assert ordered == {("shop-1", TOKOPEDIA), ("shop-1", SHOP), ("shop-2", SHOP)}
    assert [seeded.shops.records[f"shop-{number}"].tokopedia_id for number in (2, 3)] == [0, 0]


def test_a_merge_makes_a_pending_seller_a_migrated_one() -> None:
    caller = Caller(seeded=seller(0, **KINDS))

    before = [shop.kind for shop in caller.world.all_shops()]
    caller.world.link("shop-1")
    caller.clock.leap(caller.clock.now + 48 * 3_600_000)

    assert before == [SellerKind.PENDING, SellerKind.SOLELY_ON_SHOP, SellerKind.NEW_HERE]
    assert caller.world.shops["shop-1"].kind is SellerKind.MIGRATED


def test_get_shop_info_knows_only_who_has_a_store() -> None:
    caller = Caller(seeded=seller(0, **KINDS))

    rows = caller.data(caller.calls(SHOP_INFO))

    assert [row["shop_id"] for row in rows] == [caller.shop.tokopedia_id]


@pytest.mark.parametrize("key", ["shop-2", "shop-3"])
def test_tokopedia_refuses_to_tell_of_a_seller_it_never_had_and_that_he_was_asked_for_is_noted(key: str) -> None:
    caller = Caller(seeded=seller(0, **KINDS))

    response = caller.calls(SHOP_INFO, shop_id=caller.world.shops[key].shop_id)

    assert (response.status, response.notes.shop, response.notes.misplaced) == (403, key, key)


def test_an_order_that_lives_on_the_shop_alone_is_not_found_on_tokopedia_and_that_is_noted() -> None:
    caller = Caller(seeded=seller(0, **KINDS))
    order = caller.world.place_order("shop-3", on=TOKOPEDIA)
    assert order.shop_view is not None

    response = caller.calls(ORDER, order_id=order.shop_view.id)

    assert caller.code(response) == (400, "ORD_API_008")
    assert (response.notes.shop, response.notes.misplaced) == ("shop-3", f"order {order.key}")


@pytest.mark.parametrize("key", ["shop-2", "shop-3"])
def test_what_a_buyer_of_tokopedia_orders_from_him_lives_on_the_shop(key: str) -> None:
    caller = ShopCaller(seeded=seller(0, **KINDS))

    order = caller.world.place_order(key, on=TOKOPEDIA)

    assert (order.bought_on, order.tokopedia, order.shop_view is None) == (TOKOPEDIA, None, False)
    assert caller.world.conversations.home_of(key, TOKOPEDIA) is SHOP


def test_there_is_nothing_to_link_for_who_has_one_shop() -> None:
    caller = Caller(seeded=seller(0, **KINDS))

    with pytest.raises(WorldError, match="has no store on Tokopedia: there is nothing to be linked with"):
        caller.world.link("shop-2")

    assert caller.world.shops["shop-2"].stage is Stage.PENDING


def test_a_list_that_begins_after_the_merge_is_noted_as_asked_in_the_wrong_place() -> None:
    caller = Caller()
    caller.world.link("shop-1")
    caller.clock.leap(caller.clock.now + 48 * 3_600_000)
    merged_at = (caller.shop.merged_at or 0) // 1000
    query: dict[str, Any] = {
        "fs_id": caller.fs_id,
        "shop_id": caller.shop.tokopedia_id,
        "page": 1,
        "per_page": 10,
        "to_date": merged_at + 3600,
    }

    answers = [caller.calls("GET /v2/order/list", from_date=merged_at + late, **query) for late in (0, 1)]

    assert [one.notes.misplaced for one in answers] == [None, "orders placed after the merge"]
