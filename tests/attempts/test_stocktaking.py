"""Reading what a test shop sells, from what the product lists of both platforms answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.attempts.calls import UnansweredError
from gladi.attempts.goods_of_shop import of_shop
from gladi.attempts.goods_of_tokopedia import of_tokopedia
from gladi.platforms.goods import Depot, Item, Product
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING = msgspec.Raw(b"null")


def row(product_id: int, sku: str = "", **more: Any) -> dict[str, Any]:
    """Write one row of Get Product Info."""
    return {"basic": {"productID": product_id, "status": 1, "Name": f"Product {product_id}"}, "other": {"sku": sku}, **more}


class Tokopedia:
    """A product list in pages."""

    def __init__(self, *rows: dict[str, Any], left_out: tuple[dict[str, Any], ...] = ()) -> None:
        """List `rows`, and know those `left_out` by their ids alone."""
        self.rows, self.left_out = rows, left_out
        self.asked: list[dict[str, str]] = []

    def __call__(self, query: Mapping[str, str]) -> bytes:
        self.asked.append(dict(query))
        if "product_id" in query:
            wanted = query["product_id"].split(",")
            return msgspec.json.encode({"data": [one for one in self.left_out if str(one["basic"]["productID"]) in wanted]})
        start = (int(query["page"]) - 1) * 50
        return msgspec.json.encode({"data": self.rows[start : start + 50] or None})


def test_every_page_of_tokopedias_list_is_read() -> None:
    listed = Tokopedia(*(row(number, f"S{number}") for number in range(1, 102)))

    goods = of_tokopedia(listed, 7, NOTHING)

    assert [one.id for one in goods.products] == [str(number) for number in range(1, 102)]
    assert [one["page"] for one in listed.asked] == ["1", "2", "3"]


def test_variants_are_put_together_and_those_left_out_are_asked_for() -> None:
    parent = row(10, variant={"isParent": True, "childrenID": [11, 12]})
    here, left_out = (row(one, f"S{one}", price={"value": one * 1000}, variant={"isVariant": True, "parentID": 10}) for one in (11, 12))

    goods = of_tokopedia(Tokopedia(parent, here, left_out=(left_out,)), 7, NOTHING)

    assert [(one.id, one.title, [(item.id, item.sku, item.price) for item in one.items]) for one in goods.products] == [
        ("10", "Product 10", [("11", "S11", 11_000), ("12", "S12", 12_000)])
    ]


def test_fifty_ids_stand_in_one_question_and_no_more() -> None:
    children = tuple(row(number, f"S{number}", variant={"isVariant": True, "parentID": 1}) for number in range(100, 151))
    listed = Tokopedia(row(1, variant={"isParent": True, "childrenID": list(range(100, 151))}), left_out=children)

    goods = of_tokopedia(listed, 7, NOTHING)

    assert [len(one["product_id"].split(",")) for one in listed.asked if "product_id" in one] == [50, 1]
    assert len(goods.products[0].items) == 51


def test_a_title_is_read_under_either_spelling_of_its_name() -> None:
    formerly = {"basic": {"productID": 2, "status": 1, "name": "Formerly"}}

    goods = of_tokopedia(Tokopedia(row(1), formerly), 7, NOTHING)

    assert [one.title for one in goods.products] == ["Product 1", "Formerly"]


@pytest.mark.parametrize("place", ["row", "basic"])
def test_the_id_on_the_other_platform_is_read_wherever_it_stands(place: str) -> None:
    found = row(1, "A", tts_product_id="1729") if place == "row" else row(1, "A")
    if place == "basic":
        found["basic"]["tts_product_id"] = 1729

    assert of_tokopedia(Tokopedia(found), 7, NOTHING).products[0].twin == "1729"


def test_units_are_read_by_warehouse_and_else_lie_in_the_default_one() -> None:
    split = row(1, "A", warehouses=[{"warehouseID": 5, "stock": {"value": 3}}, {"warehouseID": 6, "stock": {"value": 4}}])

    goods = of_tokopedia(Tokopedia(split, row(2, "B", stock={"value": 9})), 7, msgspec.Raw(b'[{"warehouse_id": 5, "is_default": 1}]'))

    assert [item.stock for one in goods.products for item in one.items] == [{"5": 3, "6": 4}, {"": 9}]
    assert goods.depots == (Depot(id="5", name="", is_default=True),)


def test_every_page_of_the_shops_search_is_read_and_warehouses_of_returns_are_none() -> None:
    pages = {
        "": {"products": [product("1729", "A")], "next_page_token": "more"},
        "more": {"products": [product("1730", "B")], "next_page_token": ""},
    }
    places = {
        "warehouses": [{"id": "71", "name": "W", "type": "SALES_WAREHOUSE", "is_default": True}, {"id": "72", "type": "RETURN_WAREHOUSE"}]
    }

    def search(query: Mapping[str, str], body: bytes) -> bytes:
        assert body == b'{"status":"ALL"}'
        return msgspec.json.encode(pages[query.get("page_token", "")])

    goods = of_shop(search, lambda: msgspec.json.encode(places), page=nobody)

    assert goods.depots == (Depot(id="71", name="W", is_default=True),)
    assert goods.products == tuple(
        Product(
            id=name,
            title="T",
            standing={SHOP: "ACTIVATE", TOKOPEDIA: "PENDING"},
            items=(Item(id=f"{name}1", sku=sku, price=15_000, stock={"71": 4}),),
            created_at=5_000,
        )
        for name, sku in (("1729", "A"), ("1730", "B"))
    )


def test_a_product_without_skus_is_none_and_of_two_prices_the_one_that_buyers_pay_is_read() -> None:
    listed = product("1729", "A")
    listed["skus"][0]["price"] = {"sale_price": "16650", "tax_exclusive_price": "15000"}
    answer = msgspec.json.encode({"products": [listed, product("1730", "B") | {"skus": []}]})

    goods = of_shop(lambda *_: answer, lambda: b"{}", page=nobody)

    assert [(one.id, [item.price for item in one.items]) for one in goods.products] == [("1729", [16_650])]


def test_how_a_product_stands_on_a_platform_that_nobody_asks_about_is_not_taken_for_tokopedias() -> None:
    elsewhere = [{"platform": "TIKTOK_SHOP", "status": "ACTIVATE"}]
    answer = msgspec.json.encode({"products": [product("1729", "A") | {"integrated_platform_statuses": elsewhere}]})

    goods = of_shop(lambda *_: answer, lambda: b"{}", page=nobody)

    assert goods.products[0].standing == {SHOP: "ACTIVATE"}


def nobody(name: str) -> bytes:
    """Refuse to be asked for a page."""
    raise AssertionError(name)


def product(name: str, sku: str, price: str = "15000") -> dict[str, Any]:
    """Write one product of Search Products."""
    return {
        "id": name,
        "title": "T",
        "status": "ACTIVATE",
        "create_time": 5,
        "integrated_platform_statuses": [{"platform": "TOKOPEDIA", "status": "PENDING"}],
        "skus": [
            {"id": f"{name}1", "seller_sku": sku, "price": {"sale_price": price}, "inventory": [{"warehouse_id": "71", "quantity": 4}]}
        ],
    }


def test_the_page_of_a_product_is_read_for_what_somebody_looks_at_and_for_nothing_else() -> None:
    listed = msgspec.json.encode({"products": [product("1729", "A"), product("1730", "B")]})
    asked: list[str] = []

    def page(name: str) -> bytes:
        asked.append(name)
        told = {"description": "<p>Soft.</p>", "minimum_order_quantity": 3, "is_pre_owned": True}
        return msgspec.json.encode(told | {"shipping_insurance_requirement": "REQUIRED"})

    goods = of_shop(lambda *_: listed, lambda: b"{}", page=page, in_detail={"B"})

    told = [(one.description, one.minimum_order, one.is_pre_owned, one.insurance) for one in goods.products]
    assert (asked, told) == (["1730"], [(None, None, None, None), ("Soft.", 3, True, "REQUIRED")])


def test_a_list_without_an_end_is_given_up() -> None:
    with pytest.raises(UnansweredError, match=r"^Get Product Info goes on behind page 10; a test shop to rehearse with sells less$"):
        of_tokopedia(Tokopedia(*(row(number) for number in range(1, 600))), 7, NOTHING)
    with pytest.raises(UnansweredError, match=r"^Search Products goes on behind page 10;"):
        of_shop(lambda *_: b'{"next_page_token": "more"}', lambda: b"{}", page=nobody)


@pytest.mark.parametrize(
    "answer",
    [
        b"[]",
        b"\xff",
        b'{"products": [{"id": 1}]}',
        msgspec.json.encode({"products": [product("x1", "A")]}),
        msgspec.json.encode({"products": [product("1", "A", "free")]}),
        msgspec.json.encode({"products": [product("1", "A", "1e999")]}),
        msgspec.json.encode({"products": [product("1", "A", "inf")]}),
        msgspec.json.encode({"products": [product("\u0661\u0662", "A")]}),
        b'{"products": [{"id": "1", "title": "\xff"}]}',
    ],
)
def test_what_no_document_knows_is_one_sentence(answer: bytes) -> None:
    with pytest.raises(UnansweredError, match=r"^Search Products was answered by something else than it promises$"):
        of_shop(lambda *_: answer, lambda: b"{}", page=nobody)
