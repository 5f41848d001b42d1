"""The catalogue on the shop side: three shapes of search, writes that the stage allows, and writes it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.records import ListingStatus
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response
    from gladi.sandbox.world.records import Listing, Offer

PAGE = (("page_size", "100"),)
NEW_HERE = seller(0, new_here=("shop-1",))


def searched(caller: Caller, version: str, body: Any = None) -> Any:
    """Search products and give `data`."""
    return caller.json(caller.posts(f"/product/{version}/products/search", body or {}, PAGE))["data"]


def prices(caller: Caller, listing: Listing, *rows: dict[str, Any]) -> Response:
    """Update prices."""
    return caller.posts(f"/product/202309/products/{listing.id}/prices/update", {"skus": list(rows)})


def stocks(caller: Caller, listing: Listing, *rows: dict[str, Any]) -> Response:
    """Update stock."""
    return caller.posts(f"/product/202309/products/{listing.id}/inventory/update", {"skus": list(rows)})


def edits(caller: Caller, listing: Listing, **fields: Any) -> Response:
    """Edit a product in part."""
    return caller.posts(f"/product/202309/products/{listing.id}/partial_edit", fields)


def priced(offer: Offer, amount: Any, currency: str = "IDR") -> dict[str, Any]:
    """Write a row of Update Price."""
    return {"id": offer.id, "price": {"amount": amount, "currency": currency}}


def stocked(caller: Caller, offer: Offer, *units: int) -> dict[str, Any]:
    """Write a row of Update Inventory."""
    places = [{"warehouse_id": one.shop_id, "quantity": number} for one, number in zip(caller.shop.warehouses, units, strict=False)]
    return {"id": offer.id, "inventory": places}


def test_the_plain_search_tells_neither_audit_nor_storefronts_and_the_later_ones_do() -> None:
    caller = Caller()
    caller.merges()
    caller.world.confirm("shop-1")

    plain, later, latest = (searched(caller, version) for version in ("202309", "202312", "202502"))

    assert not {"audit", "integrated_platform_statuses"} & set(plain["products"][0])
    assert later == latest
    assert {row["integrated_platform_statuses"][0]["platform"] for row in latest["products"] if "integrated_platform_statuses" in row} == {
        "TOKOPEDIA"
    }
    assert plain["total_count"] == latest["total_count"] == len(latest["products"]) > 6


def test_the_plain_search_knows_no_storefronts_in_its_body_either() -> None:
    caller = Caller()
    body = {"status": "ACTIVATE", "listing_platforms": ["TOKOPEDIA"]}

    assert searched(caller, "202309", body)["total_count"] > 0
    assert searched(caller, "202502", body)["total_count"] == 0


def test_storefronts_are_searched_with_a_status_alone() -> None:
    caller = Caller()

    answer = caller.posts("/product/202502/products/search", {"listing_platforms": ["TOKOPEDIA"]}, PAGE)

    assert answer.notes.refusal == "product_input_invalid"


@pytest.mark.parametrize(
    ("body", "code", "refusal"),
    [
        ({"seller_skus": [f"SKU-{number}" for number in range(11)]}, 12019027, "product_skus_too_many"),
        ({"sku_ids": [str(number) for number in range(11)]}, 12019027, "product_skus_too_many"),
        ({"create_time_ge": 2, "create_time_le": 1}, 12019118, "product_time_range_wrong"),
        ({"update_time_ge": 2, "update_time_le": 1}, 12019118, "product_time_range_wrong"),
        ({"seller_skus": [f"SKU-{number}" for number in range(10)], "create_time_ge": 1, "create_time_le": 1}, 0, None),
    ],
    ids=["eleven SKUs", "eleven ids of SKUs", "created backwards", "updated backwards", "the most of each"],
)
def test_a_search_for_too_many_skus_or_backwards_in_time_is_refused(body: dict[str, Any], code: int, refusal: str | None) -> None:
    caller = Caller()

    answer = caller.posts("/product/202502/products/search", body, PAGE)

    assert (answer.status, caller.json(answer)["code"], answer.notes.refusal) == (200, code, refusal)


def test_another_shops_product_is_not_shown_and_not_taken_off_its_shelf() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    theirs = next(iter(caller.world.listings.rows("shop", (SHOP, "shop-2"))))

    seen = caller.gets(f"/product/202309/products/{theirs.id}")
    hidden = caller.posts("/product/202309/products/deactivate", {"product_ids": [theirs.id]})

    assert (caller.json(seen)["code"], seen.notes.refusal) == (12052048, "product_foreign")
    assert "12052048" in hidden.body.decode()
    assert caller.world.listings[theirs.key] == theirs


def test_products_are_found_by_seller_sku_and_by_page() -> None:
    caller = Caller()
    listing = caller.listing(1)
    path = "/product/202502/products/search"

    [found] = searched(caller, "202502", {"seller_skus": [listing.offers[0].sku]})["products"]
    by_id = searched(caller, "202502", {"sku_ids": [listing.offers[0].id], "status": "ACTIVATE"})["products"]
    first = caller.json(caller.posts(path, {}, (("page_size", "4"),)))["data"]
    second = caller.json(caller.posts(path, {}, (("page_size", "4"), ("page_token", first["next_page_token"]))))["data"]
    misused = caller.posts(path, {"status": "ACTIVATE"}, (("page_size", "4"), ("page_token", first["next_page_token"])))

    assert found["id"] == by_id[0]["id"] == listing.id
    assert [row["id"] for row in first["products"] + second["products"]] == [row["id"] for row in searched(caller, "202502")["products"]]
    assert second["next_page_token"] == ""
    assert misused.notes.refusal == "parameter_invalid"


@pytest.mark.parametrize("deed", ["get", "price", "edit"])
def test_a_product_that_tokopedia_alone_has_is_unknown_here_and_that_it_was_asked_for_is_noted(deed: str) -> None:
    caller = Caller()
    there = next(iter(caller.world.listings.rows("shop", (TOKOPEDIA, "shop-1"))))
    ways = {
        "get": lambda: caller.gets(f"/product/202309/products/{there.id}"),
        "price": lambda: prices(caller, there, priced(there.offers[0], "123000")),
        "edit": lambda: edits(caller, there, description="Washed twice."),
    }

    notes = ways[deed]().notes

    assert (notes.refusal, notes.misplaced) == ("product_unknown", f"product {there.offers[0].sku}")


def test_a_product_that_is_here_is_noted_as_asked_in_its_place_and_one_that_is_nowhere_not_at_all() -> None:
    caller = Caller()

    here, nowhere = (caller.gets(f"/product/202309/products/{one}").notes for one in (caller.listing().id, "17"))

    assert [(one.placed, one.misplaced) for one in (here, nowhere)] == [(True, None), (False, None)]


def test_the_spelling_of_the_changelogs_sample_of_a_search_is_a_leniency_and_finds_the_same() -> None:
    caller, strict = Caller(seeded=NEW_HERE), Caller(seeded=NEW_HERE, settings=Settings(strict=True))
    path = "/product/202502/products/search"
    official, sample = ({"status": "ACTIVATE", word: ["TOKOPEDIA"]} for word in ("listing_platforms", "listing_platform"))
    one_app = next(one for one in caller.world.listings.rows("shop", (SHOP, "shop-1")))
    caller.posts("/product/202309/products/deactivate", {"product_ids": [one_app.id], "listing_platforms": ["TOKOPEDIA"]})

    first = caller.json(caller.posts(path, official, (("page_size", "4"),)))["data"]
    same = caller.posts(path, sample, (("page_size", "4"),))
    rest = caller.posts(path, sample, (("page_size", "4"), ("page_token", first["next_page_token"])))
    refused = strict.posts(path, sample, PAGE)

    assert caller.json(same)["data"] == first
    assert [use.leniency for use in (*same.notes.leniencies, *rest.notes.leniencies)] == ["seed_listing_platform"] * 2
    assert one_app.id not in [row["id"] for row in first["products"]]
    assert rest.notes.refusal is None
    assert refused.notes.refusal == "parameter_invalid"


@pytest.mark.parametrize("size", ["", "0", "101", "-1", "1.0", "x", "9" * 50])
def test_a_page_size_out_of_range_is_refused(size: str) -> None:
    caller = Caller()

    answer = caller.posts("/product/202502/products/search", {}, (("page_size", size),))

    assert answer.notes.refusal == "product_page_size_wrong"


def test_a_product_says_where_it_is_shown() -> None:
    caller = Caller()
    alone = caller.json(caller.gets(f"/product/202309/products/{caller.listing().id}"))["data"]
    caller.merges()
    caller.world.confirm("shop-1")
    paired = next(one for one in caller.world.listings.rows("shop", (SHOP, "shop-1")) if one.twin is not None)

    both = caller.json(caller.gets(f"/product/202309/products/{paired.id}"))["data"]

    assert "integrated_platform_statuses" not in alone
    assert both["integrated_platform_statuses"] == [{"platform": "TOKOPEDIA", "status": both["status"]}]


def test_a_price_is_set() -> None:
    caller = Caller()
    listing = caller.listing()

    answer = prices(caller, listing, *(priced(offer, "123000") for offer in listing.offers))

    assert caller.json(answer)["data"] == {}
    assert answer.notes.touches == listing.offers[0].sku
    assert {offer.price for offer in caller.listing().offers} == {123_000}


@pytest.mark.parametrize(
    ("price", "refusal"),
    [
        ({"amount": "0", "currency": "IDR"}, "price_invalid"),
        ({"amount": "-5", "currency": "IDR"}, "price_invalid"),
        ({"amount": "5.5", "currency": "IDR"}, "price_invalid"),
        ({"amount": "1e5", "currency": "IDR"}, "price_invalid"),
        ({"amount": "\u0663", "currency": "IDR"}, "price_invalid"),
        ({"amount": "9999999999", "currency": "IDR"}, "price_too_high"),
        ({"amount": "5000", "currency": "USD"}, "currency_wrong"),
        ({"currency": "IDR"}, "price_missing"),
        ({"amount": 5000, "currency": "IDR"}, "parameter_invalid"),
    ],
    ids=str,
)
def test_a_price_at_fault_is_refused_and_no_sku_is_changed(price: dict[str, Any], refusal: str) -> None:
    caller = Caller()
    listing = caller.listing(2)
    good, bad = priced(listing.offers[0], "1000"), {"id": listing.offers[0].id, "price": price}

    answer = prices(caller, listing, good, bad)

    assert answer.notes.refusal == refusal
    assert caller.listing(2) == listing


def test_stock_is_set_in_every_warehouse() -> None:
    caller = Caller()
    offer = caller.listing().offers[0]

    answer = stocks(caller, caller.listing(), stocked(caller, offer, 7, 0))

    assert caller.json(answer)["data"] == {"errors": []}
    assert caller.listing().offers[0].stock == (("Jakarta", 7), ("Surabaya", 0))
    assert answer.notes.assumes == ("setting.zero_quantity",)


def test_a_sku_at_fault_is_told_with_code_zero_and_the_others_are_set() -> None:
    caller = Caller()
    listing = next(one for one in caller.world.listings.rows("shop", (SHOP, "shop-1")) if len(one.offers) > 1)
    good, bad = listing.offers[:2]
    unknown = {"id": "1", "inventory": [{"quantity": 1}]}

    answer = caller.json(stocks(caller, listing, stocked(caller, good, 8, 9), stocked(caller, bad, 5), unknown))

    told = [
        (row["code"], row["detail"]["sku_id"], [one["code"] for one in row["detail"]["extra_errors"]]) for row in answer["data"]["errors"]
    ]
    assert answer["code"] == 0
    assert told == [(12052990, bad.id, [12052533]), (12052990, "1", [12052910])]
    assert [offer.units for offer in caller.world.listings[listing.key].offers[:2]] == [17, bad.units]


@pytest.mark.parametrize("units", [-1, 100_000, 10**30])
def test_a_quantity_out_of_range_is_told(units: int) -> None:
    caller = Caller()
    listing = caller.listing()

    answer = caller.json(stocks(caller, listing, stocked(caller, listing.offers[0], 1, units)))

    assert [one["code"] for one in answer["data"]["errors"][0]["detail"]["extra_errors"]] == [12052055]
    assert caller.listing() == listing


def test_an_edit_replaces_what_it_names() -> None:
    caller = Caller()
    listing = caller.listing()

    answer = edits(caller, listing, title="A title of more than twenty-five letters", description="<p>New</p>")

    assert caller.json(answer)["data"]["product_id"] == listing.id
    assert caller.listing().title == "A title of more than twenty-five letters"
    assert answer.notes.touches == listing.offers[0].sku


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": "short"}, "product_input_invalid"),
        ({"title": "x" * 256}, "product_input_invalid"),
        ({"listing_platforms": ["TIKTOK_SHOP", "TOKOPEDIA"]}, "seller_not_from_tokopedia"),
        ({"listing_platforms": ["SHOPEE"]}, "parameter_invalid"),
        ({"title": None, "description": 5}, "parameter_invalid"),
    ],
    ids=str,
)
def test_an_edit_at_fault_is_refused(fields: dict[str, Any], refusal: str) -> None:
    caller = Caller()
    listing = caller.listing()

    assert edits(caller, listing, **fields).notes.refusal == refusal
    assert caller.listing() == listing


def test_a_product_that_is_not_live_keeps_its_price() -> None:
    caller = Caller()
    listing = caller.world.edit(caller.listing(), status=ListingStatus.INACTIVE)

    assert prices(caller, listing, priced(listing.offers[0], "1000")).notes.refusal == "product_status_forbids"


def test_while_merging_only_price_and_stock_change() -> None:
    caller = Caller()
    caller.world.link("shop-1")
    listing = caller.listing()
    offer = listing.offers[0]

    edit = edits(caller, listing, title="A title of more than twenty-five letters")
    price = prices(caller, listing, priced(offer, "1000"))
    stock = stocks(caller, listing, stocked(caller, offer, 1, 2))

    assert (caller.json(edit)["code"], edit.notes.refusal, edit.notes.assumes) == (12052332, "locked_while_merging", ())
    assert edit.notes.touches == offer.sku
    assert (caller.json(price)["code"], caller.json(stock)["code"]) == (0, 0)


@pytest.mark.parametrize("allowed", [False, True])
def test_before_the_product_merge_price_and_stock_are_as_the_setting_says(allowed: bool) -> None:  # noqa: FBT001 - a parameter
    caller = Caller(settings=Settings(price_and_stock_before_confirmation=allowed))
    caller.merges()
    listing = caller.listing()

    price = prices(caller, listing, priced(listing.offers[0], "1000"))
    edit = edits(caller, listing, title="A title of more than twenty-five letters")

    assert caller.json(price)["code"] == (0 if allowed else 12052332)
    assert "setting.price_and_stock_before_confirmation" in price.notes.assumes
    assert edit.notes.refusal == "locked_until_confirmed"


def test_after_the_product_merge_a_storefront_can_be_left_and_joined() -> None:
    caller = Caller()
    caller.merges()
    caller.world.confirm("shop-1")
    listing = caller.listing()

    edits(caller, listing, listing_platforms=["TOKOPEDIA"])
    alone = caller.json(caller.gets(f"/product/202309/products/{listing.id}"))["data"]
    edits(caller, listing, listing_platforms=["TOKOPEDIA", "TIKTOK_SHOP"])
    both = caller.json(caller.gets(f"/product/202309/products/{listing.id}"))["data"]

    assert [(one["status"], one["integrated_platform_statuses"]) for one in (alone, both)] == [
        ("SELLER_DEACTIVATED", [{"platform": "TOKOPEDIA", "status": "ACTIVATE"}]),
        ("ACTIVATE", [{"platform": "TOKOPEDIA", "status": "ACTIVATE"}]),
    ]
