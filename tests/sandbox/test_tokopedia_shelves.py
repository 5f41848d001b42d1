"""New products, products on and off the shelves, and stock that comes and goes by the unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gladi.record.journal import Fact, What
from gladi.record.words import TOKOPEDIA, Stage
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.world.records import ListingStatus
from tests.sandbox.tokopedia import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response

CREATE = "POST /v3/products/fs/{fs_id}/create"
ACTIVE = "POST /v1/products/fs/{fs_id}/active"
INACTIVE = "POST /v1/products/fs/{fs_id}/inactive"
MORE = "POST /inventory/v1/fs/{fs_id}/stock/increment"
LESS = "POST /inventory/v1/fs/{fs_id}/stock/decrement"
STOCK = "POST /inventory/v1/fs/{fs_id}/stock/update"
INFO = "GET /inventory/v1/fs/{fs_id}/product/info"

BOWL: dict[str, Any] = {
    "name": "Coconut Bowl",
    "category_id": 600_100,
    "price_currency": "IDR",
    "price": 35_000,
    "status": "LIMITED",
    "min_order": 1,
    "weight": 300,
    "weight_unit": "GR",
    "condition": "NEW",
    "description": "A bowl.",
    "sku": "BWL-CCN",
    "stock": 12,
    "pictures": [{"file_path": "https://shop.example.com/bowl.jpg"}],
}
SHIRT = {
    "name": "Lurik Shirt",
    "category_id": 600_101,
    "price": 150_000,
    "variant": {
        "selection": [{"id": 1, "options": [{"value": "Red"}, {"value": "Blue"}]}, {"id": 2, "options": [{"value": "M"}]}],
        "products": [
            {"is_primary": True, "price": 150_000, "stock": 3, "sku": "LRK-RED", "combination": [0, 0]},
            {"price": 155_000, "stock": 4, "sku": "LRK-BLU", "combination": [1, 0]},
        ],
    },
}


def creates(caller: Caller, *products: dict[str, Any], **query: Any) -> Response:
    return caller.calls(CREATE, {"products": list(products)}, shop_id=caller.shop.tokopedia_id, **query)


def facts(caller: Caller, *whats: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.what, one.sku, one.platform) for one in caller.journal.entries if isinstance(one, Fact) and one.what in whats]


def changes(caller: Caller, call: str, *rows: dict[str, Any], **query: Any) -> Response:
    return caller.calls(call, list(rows), shop_id=caller.shop.tokopedia_id, **query)


# -- new products ------------------------------------------------------------------------------------------------------


def test_a_new_product_is_on_the_shelf_at_once_under_the_id_that_came_back() -> None:
    caller = Caller()

    response = creates(caller, BOWL)
    data = caller.data(response)
    (row,) = caller.data(caller.calls(INFO, product_id=data["success_rows_data"][0]["product_id"]))

    assert (data["total_data"], data["success_data"], data["fail_data"]) == (1, 1, 0)
    assert (row["basic"]["Name"], row["basic"]["status"], row["price"]["value"]) == ("Coconut Bowl", 1, 35_000)
    assert (row["other"]["sku"], [place["stock"]["value"] for place in row["warehouses"]]) == ("BWL-CCN", [12, 0])
    assert response.notes.touches == "BWL-CCN"
    assert facts(caller, What.PRODUCT_CREATED, What.PRODUCT_SHOWN) == [
        (What.PRODUCT_CREATED, "BWL-CCN", TOKOPEDIA),
        (What.PRODUCT_SHOWN, "BWL-CCN", TOKOPEDIA),
    ]


def test_a_new_product_can_be_bought() -> None:
    caller = Caller()
    creates(caller, BOWL)

    order = caller.world.place_order("shop-1", on=TOKOPEDIA, sku="BWL-CCN", quantity=5)

    assert caller.offer("BWL-CCN").units == 7
    assert order.lines[0].title == "Coconut Bowl"


def test_a_new_product_with_variants_has_an_id_for_its_parent_and_one_for_each_of_them() -> None:
    caller = Caller()

    product_id = caller.data(creates(caller, SHIRT))["success_rows_data"][0]["product_id"]
    (parent,) = caller.data(caller.calls(INFO, product_id=product_id))
    children = caller.data(caller.calls(INFO, product_id=",".join(str(one) for one in parent["variant"]["childrenID"])))

    assert [child["basic"]["Name"] for child in children] == ["Lurik Shirt - Red / M", "Lurik Shirt - Blue / M"]
    assert [(child["other"]["sku"], child["price"]["value"], child["stock"]["value"]) for child in children] == [
        ("LRK-RED", 150_000, 3),
        ("LRK-BLU", 155_000, 4),
    ]
    assert product_id not in parent["variant"]["childrenID"]


def test_two_new_products_never_share_an_id() -> None:
    caller = Caller()

    rows = caller.data(creates(caller, SHIRT, BOWL))["success_rows_data"] + caller.data(creates(caller, SHIRT))["success_rows_data"]

    ids = [offer.id for one in caller.world.listings.rows("shop", (TOKOPEDIA, "shop-1")) for offer in one.offers]
    assert len({row["product_id"] for row in rows}) == 3
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"name": ""}, "name must have 1 to 70 characters"),
        ({"name": "x" * 71}, "name must have 1 to 70 characters"),
        ({"description": "x" * 2001}, "description must have at most 2000 characters"),
        ({"category_id": 0}, "category_id must be a category"),
        ({"price": 99}, "price must be 100 to 100000000"),
        ({"price_currency": "USD"}, "price_currency must be IDR"),
        ({"stock": 0}, "stock must be 1 to 1000"),
        ({"stock": 1001}, "stock must be 1 to 1000"),
        ({"stock": None}, "stock must be 1 to 1000"),
        ({"status": "UNLIMITED"}, "status must be LIMITED"),
        ({"condition": "OLD"}, "condition must be NEW or USED"),
        ({"weight": 0}, "weight must be positive, in GR"),
        ({"weight_unit": "KG"}, "weight must be positive, in GR"),
        ({"min_order": 0}, "min_order must be at least 1"),
        ({"sku": "x" * 51}, "sku must have at most 50 characters"),
        ({"variant": {"products": []}}, "variant must have 1 to 99 products"),
        (
            {"variant": {"products": [{"price": 1, "stock": 1}]}},
            "price, stock, status and sku of a variant must be as those of a product",
        ),
        (
            {"variant": {"selection": [{"options": []}], "products": [{"price": 100, "stock": 1, "combination": [-1]}]}},
            "combination must name one option of each selection",
        ),
        (
            {"variant": {"selection": [{"options": []}], "products": [{"price": 100, "stock": 1}]}},
            "combination must name one option of each selection",
        ),
    ],
)
def test_a_row_with_a_fault_is_not_created_and_the_others_are(wrong: dict[str, Any], fault: str) -> None:
    caller = Caller()

    data = caller.data(creates(caller, BOWL | wrong, BOWL))

    assert (data["success_data"], data["fail_data"]) == (1, 1)
    assert data["failed_rows_data"][0]["error"] == [fault]
    assert set(data["failed_rows_data"][0]) == {"product_name", "product_price", "sku", "error"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "PRD_DLV_043"),
        (b'{"products":[]}', "PRD_DLV_043"),
        (b'{"products":[{"name":"x"}]}', "PRD_DLV_043"),
        ([BOWL] * 26, "PRD_DLV_018"),
    ],
)
def test_a_malformed_creation_is_refused_and_nothing_is_created(body: Any, code: str) -> None:
    caller = Caller()
    before = caller.state()

    refused = caller.calls(CREATE, {"products": body} if isinstance(body, list) else body, shop_id=caller.shop.tokopedia_id)

    assert caller.code(refused) == (400, code)
    assert caller.state() == before


def test_a_bare_list_of_new_products_is_a_leniency_and_refused_when_strict() -> None:
    lenient, strict = Caller(), Caller(settings=replace(DEFAULTS, strict=True))

    accepted = lenient.calls(CREATE, [BOWL], shop_id=lenient.shop.tokopedia_id)
    refused = strict.calls(CREATE, [BOWL], shop_id=strict.shop.tokopedia_id)

    assert [use.leniency for use in accepted.notes.leniencies] == ["bare_product_list"]
    assert strict.code(refused) == (400, "PRD_DLV_043")
    assert creates(lenient, BOWL).notes.leniencies == ()


@pytest.mark.parametrize("stage", [Stage.MERGING, Stage.MERGED, Stage.CONFIRMED])
def test_from_the_merge_on_no_product_is_created_or_switched(stage: Stage) -> None:
    caller = Caller()
    caller.reaches(stage)
    before = caller.state()
    listing = caller.single()

    refused = [
        creates(caller, BOWL),
        *(caller.calls(call, {"product_id": [int(listing.id)]}, shop_id=caller.shop.tokopedia_id) for call in (ACTIVE, INACTIVE)),
    ]

    assert [caller.code(one) for one in refused] == [(400, "PRD_USC_028")] * 3
    assert [one.notes.touches for one in refused] == ["BWL-CCN", listing.offers[0].sku, listing.offers[0].sku]
    assert caller.state() == before


# -- on and off the shelf ----------------------------------------------------------------------------------------------


def test_a_product_taken_off_the_shelf_keeps_its_stock_and_comes_back() -> None:
    caller = Caller()
    listing = caller.single()
    body, shop = {"product_id": [int(listing.id)]}, caller.shop.tokopedia_id

    off = caller.data(caller.calls(INACTIVE, body, shop_id=shop))
    hidden = caller.single()
    response = caller.calls(ACTIVE, body, shop_id=shop)

    assert off == {"total_data": 1, "succeed_rows": 1, "failed_rows": 0, "failed_rows_data": None}
    assert (hidden.status, hidden.offers) == (ListingStatus.INACTIVE, listing.offers)
    assert caller.single().status is ListingStatus.ACTIVE
    assert response.notes.touches == listing.offers[0].sku
    assert facts(caller, What.PRODUCT_SHOWN, What.PRODUCT_HIDDEN) == [
        (What.PRODUCT_HIDDEN, listing.offers[0].sku, TOKOPEDIA),
        (What.PRODUCT_SHOWN, listing.offers[0].sku, TOKOPEDIA),
    ]


def test_what_is_on_the_shelf_already_is_put_there_again_without_news() -> None:
    caller = Caller()
    before = caller.state()

    data = caller.data(caller.calls(ACTIVE, {"product_id": [int(caller.single().id)]}, shop_id=caller.shop.tokopedia_id))

    assert (data["succeed_rows"], facts(caller, What.PRODUCT_SHOWN)) == (1, [])
    assert caller.state() == before


def test_a_product_that_is_unknown_or_suspended_fails_alone() -> None:
    caller = Caller()
    suspended = next(one for one in caller.world.listings.rows("shop", (TOKOPEDIA, "shop-1")) if one.status is ListingStatus.SUSPENDED)
    ids = [1, int(suspended.id), int(caller.single().id)]

    data = caller.data(caller.calls(INACTIVE, {"product_id": ids}, shop_id=caller.shop.tokopedia_id))

    assert (data["total_data"], data["succeed_rows"], data["failed_rows"]) == (3, 1, 2)
    assert data["failed_rows_data"] == ["Invalid Product ID 1.", f"Product ID {suspended.id} is neither active nor inactive."]
    assert caller.single().status is ListingStatus.INACTIVE


def test_a_variant_leaves_the_shelf_together_with_its_parent() -> None:
    caller = Caller()
    offer = caller.variants().offers[1]

    response = caller.calls(INACTIVE, {"product_id": [int(offer.id)]}, shop_id=caller.shop.tokopedia_id)

    assert caller.variants().status is ListingStatus.INACTIVE
    assert response.notes.touches == offer.sku
    assert response.notes.assumes == ("tokopedia.variant_goes_with_its_parent",)


@pytest.mark.parametrize(("count", "code"), [(0, "PRD_DLV_043"), (26, "PRD_DLV_018")])
def test_one_to_twenty_five_products_are_switched_in_one_call(count: int, code: str) -> None:
    caller = Caller()
    body = {"product_id": [int(caller.single().id)] * count}

    assert caller.code(caller.calls(INACTIVE, body, shop_id=caller.shop.tokopedia_id)) == (400, code)
    assert caller.single().status is ListingStatus.ACTIVE


# -- stock by the unit -------------------------------------------------------------------------------------------------


def test_units_come_and_go_in_the_default_warehouse_or_in_the_one_that_is_named() -> None:
    caller = Caller()
    offer = caller.variants().offers[0]
    (_, here), (_, there) = offer.stock
    second = caller.shop.warehouses[1]

    more = changes(caller, MORE, {"sku": offer.sku, "stock_value": 5})
    less = caller.data(changes(caller, LESS, {"product_id": int(offer.id), "new_stock": 2}, warehouse_id=second.tokopedia_id))

    assert caller.offer(offer.sku).stock == (("Jakarta", here + 5), ("Surabaya", there - 2))
    assert more.notes.touches == offer.sku
    assert less == {
        "failed_rows": 0,
        "failed_rows_data": [],
        "succeed_rows": 1,
        "succeed_rows_data": [
            {
                "productID": int(offer.id),
                "warehouseID": second.tokopedia_id,
                "shopID": caller.shop.tokopedia_id,
                "stock": there - 2,
                "price": offer.price,
            }
        ],
    }
    assert facts(caller, What.STOCK_SET) == [(What.STOCK_SET, offer.sku, TOKOPEDIA)] * 2


def test_more_units_than_there_are_do_not_go() -> None:
    caller = Caller()
    offer = caller.single().offers[0]

    data = caller.data(
        changes(caller, LESS, {"sku": offer.sku, "stock_value": dict(offer.stock)["Jakarta"] + 1}, {"sku": offer.sku, "stock_value": -1})
    )

    assert [row["message"] for row in data["failed_rows_data"]] == ["Invalid Stock.", "Invalid Stock."]
    assert caller.offer(offer.sku).stock == offer.stock


def test_the_last_unit_that_goes_makes_a_product_inactive() -> None:
    caller = Caller()
    offer = caller.single().offers[0]

    for warehouse, (_, units) in zip(caller.shop.warehouses, offer.stock, strict=True):
        changes(caller, LESS, {"sku": offer.sku, "stock_value": units}, warehouse_id=warehouse.tokopedia_id)

    assert caller.single().status is ListingStatus.INACTIVE


def test_the_same_request_id_again_changes_nothing_and_gets_the_first_answer() -> None:
    caller = Caller()
    offer = caller.single().offers[0]
    row = {"sku": offer.sku, "stock_value": 5}

    first = changes(caller, MORE, row, request_id="restock-1")
    again = changes(caller, MORE, row, request_id="restock-1")
    other = changes(caller, MORE, row, request_id="restock-2")

    assert again.body == first.body != other.body
    assert caller.offer(offer.sku).units == offer.units + 10
    assert again.notes.assumes == ("tokopedia.request_id_answers_again",)


@pytest.mark.parametrize("call", [MORE, LESS])
@pytest.mark.parametrize(
    ("body", "query", "code"),
    [
        (b"", {}, "PRD_DLV_043"),
        (b"[]", {}, "PRD_DLV_043"),
        ([{"sku": "A"}], {}, "PRD_DLV_043"),
        ([{"sku": "A", "stock_value": 1}] * 101, {}, "PRD_DLV_018"),
        ([{"sku": "A", "stock_value": 1}], {"request_id": "x" * 21}, "PRD_DLV_038"),
        ([{"sku": "A", "stock_value": 1}], {"request_id": "a b"}, "PRD_DLV_038"),
        ([{"sku": "A", "stock_value": 1}], {"warehouse_id": 1}, "PRD_DLV_038"),
    ],
)
def test_a_malformed_change_of_stock_is_refused(call: str, body: Any, query: dict[str, Any], code: str) -> None:
    caller = Caller()
    before = caller.state()

    assert caller.code(caller.calls(call, body, shop_id=caller.shop.tokopedia_id, **query)) == (400, code)
    assert caller.state() == before


# -- the rate of rows --------------------------------------------------------------------------------------------------


def test_rows_beyond_the_rate_fail_alone_in_an_answer_that_is_200() -> None:
    caller = Caller(settings=replace(DEFAULTS, tokopedia_bulk_rate=2))
    offer = caller.single().offers[0]
    rows = [{"sku": offer.sku, "stock_value": 1}] * 3

    response = changes(caller, MORE, *rows)
    data = caller.data(response)
    caller.passes(seconds=0.5)
    regained = caller.data(changes(caller, MORE, rows[0]))

    assert (data["succeed_rows"], data["failed_rows"]) == (2, 1)
    assert data["failed_rows_data"][0]["message"] == "ERR_TOO_MANY_REQUEST"
    assert response.notes.assumes == ("setting.tokopedia_bulk_rate",)
    assert dict(response.headers)["X-Ratelimit-Remaining"] == "0"
    assert regained["succeed_rows"] == 1
    assert caller.offer(offer.sku).units == offer.units + 3


def test_each_bulk_operation_has_a_rate_of_its_own_and_a_refused_call_takes_nothing_of_it() -> None:
    caller = Caller(settings=replace(DEFAULTS, tokopedia_bulk_rate=1))
    listing = caller.single()
    ids = {"product_id": [int(listing.id)] * 2}

    changes(caller, STOCK)
    stock = caller.data(changes(caller, STOCK, {"sku": listing.offers[0].sku, "new_stock": 4}))
    off = caller.data(caller.calls(INACTIVE, ids, shop_id=caller.shop.tokopedia_id))

    assert stock["failed_rows"] == 0
    assert (off["succeed_rows"], off["failed_rows_data"]) == (1, ["ERR_TOO_MANY_REQUEST"])


def test_a_call_of_a_hundred_rows_fits_the_rate() -> None:
    caller = Caller()
    row = {"sku": caller.single().offers[0].sku, "stock_value": 1}

    assert caller.data(changes(caller, MORE, *[row] * 100))["failed_rows"] == 0
