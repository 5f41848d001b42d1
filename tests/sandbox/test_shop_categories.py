"""Categories on the shop side: what each storefront has, what a seller may do there, and the code for a category that he may not use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi.sandbox.settings import Settings
from gladi.sandbox.world.categories import ROOT, categories
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response

ALL = "/product/202309/categories"
RECOMMEND = f"{ALL}/recommend"


def confirmed(**settings: Any) -> Caller:
    caller = Caller(settings=Settings(**settings))
    caller.merges()
    caller.world.confirm("shop-1")
    return caller


def listed(caller: Caller, **params: str) -> dict[str, Any]:
    """Give the categories of an answer by their ids."""
    rows = caller.json(caller.gets(ALL, tuple(params.items())))["data"]["categories"]
    return {row["id"]: row for row in rows}


def recommends(caller: Caller, title: str, **other: Any) -> Any:
    return caller.json(caller.posts(RECOMMEND, {"product_title": title, **other}))["data"]


def launches(caller: Caller, category: str, *platforms: str, **other: Any) -> Response:
    place = caller.shop.warehouses[0].shop_id
    body = {
        "title": "Herbal Tea Rosella, dried in the sun",
        "description": "Dried in the sun.",
        "category_id": category,
        "main_images": [{"uri": "tos/tea"}],
        "skus": [
            {
                "seller_sku": "TEA-RSL",
                "price": {"amount": "39000", "currency": "IDR"},
                "inventory": [{"warehouse_id": place, "quantity": 5}],
            }
        ],
        "listing_platforms": list(platforms),
    }
    return caller.posts("/product/202309/products", body | other)


def code(caller: Caller, response: Response) -> int:
    return int(caller.json(response)["code"])


def test_each_storefront_has_its_own_permissions_for_the_same_category() -> None:
    caller = confirmed()

    here, there = listed(caller), listed(caller, listing_platform="TOKOPEDIA")

    assert here["600020"] == {
        "id": "600020",
        "parent_id": "622000",
        "local_name": "Herbal Tea",
        "is_leaf": True,
        "permission_statuses": ["AVAILABLE"],
    }
    assert there["600020"]["permission_statuses"] == ["INVITE_ONLY"]
    assert here["600023"]["permission_statuses"] == ["NON_MAIN_CATEGORY"]
    assert "600024" in there.keys() - here.keys()


def test_a_storefront_that_is_not_named_is_the_shops_own() -> None:
    caller = confirmed()

    assert listed(caller) == listed(caller, listing_platform="TIKTOK_SHOP")


def test_prohibited_categories_are_listed_when_they_are_asked_for() -> None:
    caller = confirmed()

    asked = listed(caller, include_prohibited_categories="true")

    assert asked["600021"]["permission_statuses"] == ["PROHIBITED"]
    assert "600021" not in listed(caller)


def test_every_category_but_the_roots_has_a_parent_in_the_answer() -> None:
    caller = confirmed()

    for rows in (listed(caller, include_prohibited_categories="true", category_version=version) for version in ("v1", "v2")):
        assert {row["parent_id"] for row in rows.values()} - rows.keys() == {ROOT}
        assert all(row["is_leaf"] for row in rows.values() if row["id"] not in {one["parent_id"] for one in rows.values()})


def test_both_versions_of_the_tree_hold_the_same_leaves() -> None:
    leaves = [{one.id for one in categories(deep=deep).values() if one.is_leaf} for deep in (False, True)]
    depths = [{one.level for one in categories(deep=deep).values() if one.is_leaf} for deep in (False, True)]

    assert leaves[0] == leaves[1]
    assert depths == [{3}, {4}]


def test_a_keyword_narrows_the_list() -> None:
    assert set(listed(confirmed(), keyword="tea")) == {"622000", "600020", "600022"}


def test_a_recommendation_gives_the_way_to_the_leaf_with_its_permission() -> None:
    found = recommends(confirmed(), "Herbal Tea Rosella, dried in the sun", listing_platform="TOKOPEDIA")

    assert found["leaf_category_id"] == "600020"
    assert [(row["name"], row["level"], row["is_leaf"]) for row in found["categories"]] == [
        ("Food and Drink", 1, False),
        ("Tea and Herbs", 2, False),
        ("Herbal Tea", 3, True),
    ]
    assert found["categories"][-1]["permission_statuses"] == ["INVITE_ONLY"]


def test_a_seller_who_has_not_come_over_has_no_categories_of_tokopedia() -> None:
    caller = Caller()

    asked = [
        caller.gets(ALL, (("listing_platform", "TOKOPEDIA"),)),
        caller.posts(RECOMMEND, {"product_title": "x", "listing_platform": "TOKOPEDIA"}),
    ]

    assert [code(caller, one) for one in asked] == [12052994, 12052994]
    assert [one.notes.assumes for one in asked] == [("refusal.categories_not_from_tokopedia",)] * 2


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"listing_platform": "SHOPEE"}, "parameter_invalid"),
        ({"listing_platform": '["TOKOPEDIA","TIKTOK_SHOP"]'}, "parameter_invalid"),
        ({"include_prohibited_categories": "yes"}, "parameter_invalid"),
        ({"category_version": "v3"}, "category_version_wrong"),
    ],
)
def test_a_wrong_parameter_is_refused(params: dict[str, str], refusal: str) -> None:
    assert confirmed().gets(ALL, tuple(params.items())).notes.refusal == refusal


def test_a_recommendation_without_a_title_is_refused() -> None:
    assert confirmed().posts(RECOMMEND, {}).notes.refusal == "parameter_invalid"


def test_the_list_of_the_changelogs_sample_is_a_leniency() -> None:
    caller, strict = confirmed(), confirmed(strict=True)

    for one in (caller, strict):
        by_query = one.gets(ALL, (("listing_platform", '["TOKOPEDIA"]'),))
        by_body = one.posts(RECOMMEND, {"product_title": "x", "listing_platform": ["TOKOPEDIA"]})
        used = [[use.leniency for use in answer.notes.leniencies] for answer in (by_query, by_body)]
        assert used == ([[], []] if one is strict else [["seed_category_platform"], ["seed_category_platform"]])
        assert (by_query.notes.refusal == "parameter_invalid") is (one is strict)


@pytest.mark.parametrize(
    ("category", "platforms", "expected"),
    [
        ("600022", ("TIKTOK_SHOP", "TOKOPEDIA"), 0),
        ("600020", ("TIKTOK_SHOP",), 0),
        ("600020", ("TOKOPEDIA",), 12052223),
        ("600021", ("TIKTOK_SHOP",), 12052220),
        ("600023", ("TIKTOK_SHOP",), 12052225),
        ("600024", ("TIKTOK_SHOP",), 12052330),
        ("622000", ("TIKTOK_SHOP",), 12052024),
        ("699999", ("TIKTOK_SHOP",), 12052023),
    ],
)
def test_a_product_stands_where_its_category_is_open_to_the_seller(category: str, platforms: tuple[str, ...], expected: int) -> None:
    caller = confirmed()

    launched = launches(caller, category, *platforms)

    assert code(caller, launched) == expected


def test_a_product_of_a_category_of_one_app_cannot_be_listed_on_the_other_by_an_edit() -> None:
    caller = confirmed()
    made = caller.json(launches(caller, "600020", "TIKTOK_SHOP"))["data"]["product_id"]

    edited = caller.posts(f"/product/202309/products/{made}/partial_edit", {"listing_platforms": ["TIKTOK_SHOP", "TOKOPEDIA"]})

    assert code(caller, edited) == 12052223


def test_a_version_that_there_is_not_is_refused_in_a_launch() -> None:
    caller = confirmed()

    assert code(caller, launches(caller, "600022", "TIKTOK_SHOP", category_version="v9")) == 12052217
    assert code(caller, launches(caller, "600022", "TIKTOK_SHOP", category_version="v2")) == 0
