"""Products: reading them by ids of both sides, and writing prices, stock and texts row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.tokopedia.listings import STATUS
from gladi.sandbox.world.records import ListingStatus
from tests.sandbox.tokopedia import Caller

INFO = "GET /inventory/v1/fs/{fs_id}/product/info"
PRICE = "POST /inventory/v1/fs/{fs_id}/price/update"
STOCK = "POST /inventory/v1/fs/{fs_id}/stock/update"
EDIT = "PATCH /v3/products/fs/{fs_id}/edit"


def test_a_product_is_printed_nested_and_its_name_has_a_capital() -> None:
    caller = Caller()
    listing = caller.single()

    (row,) = caller.data(caller.calls(INFO, product_id=listing.id))

    assert row["basic"]["productID"] == int(listing.id)
    assert row["basic"]["Name"] == listing.title
    assert row["basic"]["status"] == 1
    assert row["price"]["value"] == listing.offers[0].price
    assert row["stock"]["value"] == listing.offers[0].units
    assert [place["stock"]["value"] for place in row["warehouses"]] == [units for _, units in listing.offers[0].stock]
    assert "tts_product_id" not in row


def test_parents_name_their_children_and_children_their_parent() -> None:
    caller = Caller()
    listing = caller.variants()

    parent, child = caller.data(caller.calls(INFO, product_id=f"{listing.id},{listing.offers[1].id}"))

    assert parent["variant"]["isParent"] is True
    assert parent["variant"]["childrenID"] == [int(offer.id) for offer in listing.offers]
    assert child["variant"] == {"isParent": False, "isVariant": True, "parentID": int(listing.id)}
    assert child["other"]["sku"] == listing.offers[1].sku


def test_statuses_are_the_documented_integers() -> None:
    assert STATUS == {
        ListingStatus.SUSPENDED: -2,
        ListingStatus.PENDING: -1,
        ListingStatus.DELETED: 0,
        ListingStatus.ACTIVE: 1,
        ListingStatus.INACTIVE: 3,
    }


def test_pages_of_a_shop_put_together_are_the_whole_shop() -> None:
    caller = Caller()
    ask: dict[str, Any] = {"shop_id": caller.shop.tokopedia_id}

    whole = caller.data(caller.calls(INFO, page=1, per_page=50, **ask))
    parts = [row for page in range(1, 9) for row in caller.data(caller.calls(INFO, page=page, per_page=7, **ask))]

    assert whole == parts
    assert len({row["basic"]["productID"] for row in whole}) == len(whole)
    assert sum(not row["variant"].get("isVariant", False) for row in whole) == 12


def test_a_product_is_found_by_its_id_on_either_side_once_linked() -> None:
    caller = Caller()
    caller.reaches(Stage.CONFIRMED)
    listing = caller.single()
    assert listing.twin is not None

    from_here = caller.data(caller.calls(INFO, product_id=listing.id))
    from_there = caller.data(caller.calls(INFO, product_id=listing.twin))

    assert from_here == from_there
    assert from_here[0]["tts_product_id"] == listing.twin


def test_before_the_product_merge_an_id_of_the_other_side_is_unknown() -> None:
    caller = Caller()
    native = next(caller.world.listings.rows("shop", (SHOP, "shop-1")))

    assert caller.code(caller.calls(INFO, product_id=native.id)) == (400, "PRD_GRPC_001")


def test_a_suspended_listing_has_no_twin_after_the_product_merge() -> None:
    caller = Caller()
    caller.reaches(Stage.CONFIRMED)

    rows = caller.data(caller.calls(INFO, shop_id=caller.shop.tokopedia_id, page=1, per_page=50))

    assert {row["basic"]["status"] for row in rows if "tts_product_id" not in row} == {-2}


def test_the_parameter_of_the_changelog_is_a_leniency_and_refused_when_strict() -> None:
    lenient = Caller()
    strict = Caller(settings=replace(DEFAULTS, strict=True))

    accepted = lenient.calls(INFO, product=lenient.single().id)
    refused = strict.calls(INFO, product=strict.single().id)

    assert [use.leniency for use in accepted.notes.leniencies] == ["seed_product_query"]
    assert strict.code(refused) == (400, "PRD_DLV_016")
    assert lenient.calls(INFO, product_id=lenient.single().id).notes.leniencies == ()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "PRD_DLV_016"),
        ({"shop_id": 6500001}, "PRD_DLV_005"),
        ({"shop_id": 6500001, "page": 1}, "PRD_DLV_009"),
        ({"shop_id": 6500001, "page": 1, "per_page": 51}, "PRD_DLV_012"),
        ({"shop_id": 6500001, "page": -1, "per_page": 5}, "PRD_DLV_042"),
        ({"shop_id": "x"}, "PRD_DLV_042"),
        ({"product": "123456?shop_id=78910"}, "PRD_USC_024"),
        ({"product_id": "1e3"}, "PRD_USC_024"),
        ({"product_id": "١٢٣"}, "PRD_USC_024"),
        ({"product_id": ""}, "PRD_USC_024"),
        ({"product_id": 1}, "PRD_GRPC_001"),
        ({"product_id": 1, "sku": "A"}, "PRD_DLV_038"),
        ({"sku": "NO-SUCH"}, "PRD_GRPC_001"),
    ],
)
def test_a_malformed_question_is_refused(query: dict[str, Any], code: str) -> None:
    caller = Caller()

    assert caller.code(caller.calls(INFO, **query)) == (400, code)


def test_a_shop_id_narrows_the_search_to_its_own_products() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    mine = caller.single().id

    found = caller.calls(INFO, product_id=mine, shop_id=caller.shop.tokopedia_id)
    refused = caller.calls(INFO, product_id=mine, shop_id=caller.world.shops["shop-2"].tokopedia_id)

    assert found.status == 200
    assert caller.code(refused) == (400, "PRD_USC_002")


def test_a_product_is_found_by_its_sku() -> None:
    caller = Caller()
    offer = caller.variants().offers[0]

    (row,) = caller.data(caller.calls(INFO, sku=offer.sku))

    assert row["basic"]["productID"] == int(offer.id)


def test_a_price_is_set_row_by_row_and_a_bad_row_does_not_stop_the_others() -> None:
    caller = Caller()
    good, other = caller.variants().offers[:2]
    rows: list[dict[str, Any]] = [
        {"sku": good.sku, "new_price": 123_000},
        {"product_id": int(other.id), "new_price": 124_000},
        {"sku": "NO-SUCH", "new_price": 5_000},
        {"product_id": 1, "new_price": 5_000},
        {"sku": good.sku, "new_price": -1},
        {"sku": "NO-SUCH", "product_id": int(good.id), "new_price": 5_000},
    ]

    response = caller.calls(PRICE, rows, shop_id=caller.shop.tokopedia_id)
    data = caller.data(response)

    assert (data["succeed_rows"], data["failed_rows"]) == (2, 4)
    assert [row["message"] for row in data["failed_rows_data"]] == ["Invalid SKU.", "Invalid Product ID.", "Invalid Price.", "Invalid SKU."]
    assert (caller.offer(good.sku).price, caller.offer(other.sku).price) == (123_000, 124_000)
    assert response.notes.touches == good.sku


def test_a_call_whose_rows_all_failed_is_still_200() -> None:
    caller = Caller()

    response = caller.calls(PRICE, [{"sku": "NO-SUCH", "new_price": 5_000}], shop_id=caller.shop.tokopedia_id)

    assert caller.data(response)["failed_rows"] == 1
    assert response.notes.touches == "NO-SUCH"


def test_the_price_of_a_parent_is_not_set() -> None:
    caller = Caller()
    row = {"product_id": int(caller.variants().id), "new_price": 5_000}

    assert caller.data(caller.calls(PRICE, [row], shop_id=caller.shop.tokopedia_id))["failed_rows"] == 1


def test_stock_is_set_in_the_default_warehouse_or_in_the_one_that_is_named() -> None:
    caller = Caller()
    sku = caller.variants().offers[0].sku
    second = caller.shop.warehouses[1]

    caller.data(caller.calls(STOCK, [{"sku": sku, "new_stock": 7}], shop_id=caller.shop.tokopedia_id))
    caller.data(caller.calls(STOCK, [{"sku": sku, "new_stock": 9}], shop_id=caller.shop.tokopedia_id, warehouse_id=second.tokopedia_id))

    assert caller.offer(sku).stock == (("Jakarta", 7), ("Surabaya", 9))


@pytest.mark.parametrize("bypass", [False, True])
def test_the_last_unit_gone_makes_a_product_inactive_unless_that_is_bypassed(bypass: bool) -> None:  # noqa: FBT001 - a parameter of the test
    caller = Caller()
    sku = caller.single().offers[0].sku
    query: dict[str, Any] = {"shop_id": caller.shop.tokopedia_id, **({"bypass_update_product_status": "true"} if bypass else {})}

    for warehouse in caller.shop.warehouses:
        caller.calls(STOCK, [{"sku": sku, "new_stock": 0}], warehouse_id=warehouse.tokopedia_id, **query)
    gone = caller.single().status
    caller.calls(STOCK, [{"sku": sku, "new_stock": 3}], **query)

    assert gone is (ListingStatus.ACTIVE if bypass else ListingStatus.INACTIVE)
    assert caller.single().status is ListingStatus.ACTIVE


def test_restocking_does_not_activate_what_the_seller_switched_off() -> None:
    caller = Caller()
    inactive = next(one for one in caller.world.listings.rows("shop", (TOKOPEDIA, "shop-1")) if one.status is ListingStatus.INACTIVE)

    caller.calls(STOCK, [{"sku": inactive.offers[0].sku, "new_stock": 3}], shop_id=caller.shop.tokopedia_id)

    assert caller.world.listings[inactive.key].status is ListingStatus.INACTIVE


@pytest.mark.parametrize("call", [PRICE, STOCK])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "PRD_DLV_043"),
        (b"{}", "PRD_DLV_043"),
        (b"[]", "PRD_DLV_043"),
        (b"[1]", "PRD_DLV_043"),
        (b'[{"sku":"A","new_price":NaN,"new_stock":NaN}]', "PRD_DLV_043"),
        (b'[{"sku":"A","new_price":1e400,"new_stock":1e400}]', "PRD_DLV_043"),
        (b'[{"sku":"A","new_price":' + b"9" * 30 + b',"new_stock":' + b"9" * 30 + b"}]", "PRD_DLV_043"),
        (b'[{"sku":"\xff","new_price":1,"new_stock":1}]', "PRD_DLV_043"),
        (b'[{"x":' + b"[" * 100_000, "PRD_DLV_043"),
        (b"[" + b",".join([b'{"sku":"A","new_price":1000,"new_stock":1}'] * 101) + b"]", "PRD_DLV_018"),
    ],
)
def test_a_malformed_body_is_refused_and_nothing_changes(call: str, body: bytes, code: str) -> None:
    caller = Caller()
    before = caller.state()

    assert caller.code(caller.calls(call, body, shop_id=caller.shop.tokopedia_id)) == (400, code)
    assert caller.state() == before


def test_an_edit_changes_what_it_names_and_nothing_else() -> None:
    caller = Caller()
    listing = caller.single()
    edit = {"id": int(listing.id), "name": "Teak Tray, large", "price": 170_000}

    response = caller.calls(EDIT, {"products": [edit]}, shop_id=caller.shop.tokopedia_id)
    now = caller.single()

    assert caller.data(response)["success_rows_data"] == [{"product_id": int(listing.id)}]
    assert (now.title, now.description, now.offers[0].price) == ("Teak Tray, large", listing.description, 170_000)
    assert now.offers[0].stock == listing.offers[0].stock
    assert response.notes.touches == listing.offers[0].sku


def test_an_edit_with_a_fault_changes_nothing_of_its_row() -> None:
    caller = Caller()
    listing = caller.single()
    before = caller.state()
    edit = {"id": int(listing.id), "name": "x" * 71, "price": 170_000}

    data = caller.data(caller.calls(EDIT, {"products": [edit]}, shop_id=caller.shop.tokopedia_id))

    assert (data["success_data"], data["fail_data"]) == (0, 1)
    assert caller.state() == before


def test_a_suspended_product_is_not_edited() -> None:
    caller = Caller()
    suspended = next(one for one in caller.world.listings.rows("shop", (TOKOPEDIA, "shop-1")) if one.status is ListingStatus.SUSPENDED)

    data = caller.data(caller.calls(EDIT, {"products": [{"id": int(suspended.id), "name": "Mat"}]}, shop_id=caller.shop.tokopedia_id))

    assert data["failed_rows_data"][0]["error"][0].startswith("PRD_USC_028")
