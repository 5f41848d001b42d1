"""Products created, overwritten, shown and hidden on the shop side, and what the journal is told of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.record.journal import Fact, What
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import buyers_see, on_sale
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response
    from gladi.sandbox.world.records import Listing

PRODUCTS = "/product/202309/products"
BOTH = ["TIKTOK_SHOP", "TOKOPEDIA"]


def confirmed() -> Caller:
    """Give a caller whose seller has confirmed the product merge."""
    caller = Caller()
    caller.merges()
    caller.world.confirm("shop-1")
    return caller


def product(caller: Caller, **other: Any) -> dict[str, Any]:
    """Write the body of a lawful product."""
    sku = {
        "seller_sku": "SCF-MGM",
        "price": {"amount": "149000", "currency": "IDR"},
        "inventory": [{"warehouse_id": caller.shop.warehouses[0].shop_id, "quantity": 12}],
    }
    return {
        "title": "Batik Scarf Mega Mendung, dyed by hand",
        "description": "<p>Dyed by hand.</p>",
        "category_id": "600001",
        "main_images": [{"uri": "tos/scarf"}],
        "skus": [sku],
    } | other


def creates(caller: Caller, **other: Any) -> Response:
    """Create a product."""
    return caller.posts(PRODUCTS, product(caller, **other))


def made(caller: Caller, answer: Response) -> Listing:
    """Find what was created."""
    listing = caller.world.listing(SHOP, caller.json(answer)["data"]["product_id"])
    assert listing is not None
    return listing


def overwrites(caller: Caller, listing: Listing, **other: Any) -> Response:
    """Edit a whole product."""
    return caller.sends(caller.signed("PUT", f"{PRODUCTS}/{listing.id}", (), msgspec.json.encode(product(caller, **other))))


def switches(caller: Caller, what: str, listing: Listing, *platforms: str) -> Any:
    """Activate or deactivate a product, and give the errors."""
    body = {"product_ids": [listing.id]} | ({"listing_platforms": list(platforms)} if platforms else {})
    return caller.json(caller.posts(f"{PRODUCTS}/{what}", body))["data"]["errors"]


def facts(caller: Caller) -> list[tuple[str, str | None]]:
    """Give what the journal knows of shelves."""
    shelves = (What.PRODUCT_CREATED, What.PRODUCT_SHOWN, What.PRODUCT_HIDDEN)
    return [(one.what, one.platform) for one in caller.journal.entries if isinstance(one, Fact) and one.what in shelves]


def test_a_product_is_created_for_the_shops_own_buyers_unless_platforms_are_named() -> None:
    caller = confirmed()

    alone, both = creates(caller), creates(caller, listing_platforms=BOTH)

    assert (alone.notes.listed_on, both.notes.listed_on) == ((), tuple(BOTH))
    assert [buyers_see(made(caller, one)) for one in (alone, both)] == [{SHOP}, {SHOP, TOKOPEDIA}]
    assert alone.notes.touches == "SCF-MGM"
    assert facts(caller) == [
        ("product created", SHOP),
        ("product shown", SHOP),
        ("product created", SHOP),
        ("product shown", TOKOPEDIA),
        ("product shown", SHOP),
    ]


def test_what_was_created_is_found_by_its_sku_with_price_and_stock() -> None:
    caller = Caller()

    creates(caller)

    found = caller.json(caller.posts(f"{PRODUCTS.replace('202309', '202502')}/search", {"seller_skus": ["SCF-MGM"]}, (("page_size", "1"),)))
    assert [
        (row["status"], sku["price"]["sale_price"], sku["inventory"][0]["quantity"])
        for row in found["data"]["products"]
        for sku in row["skus"]
    ] == [("ACTIVATE", "149000", 12)]


def test_one_key_creates_one_product() -> None:
    caller = Caller()

    first, second, other = (creates(caller, idempotency_key=key) for key in ("a", "a", "b"))

    assert caller.json(first)["data"] == caller.json(second)["data"]
    assert "shop.create_once_a_key" in second.notes.assumes
    assert made(caller, other).id != made(caller, first).id


def test_a_draft_is_seen_by_nobody() -> None:
    caller = Caller()

    draft = made(caller, creates(caller, save_mode="AS_DRAFT"))

    assert (draft.status, buyers_see(draft)) == (ListingStatus.DRAFT, frozenset())
    assert caller.json(caller.gets(f"{PRODUCTS}/{draft.id}"))["data"]["status"] == "DRAFT"


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"title": ""}, "parameter_invalid"),
        ({"skus": []}, "parameter_invalid"),
        ({"main_images": []}, "parameter_invalid"),
        ({"title": "short"}, "product_input_invalid"),
        ({"category_id": "shirts"}, "category_unknown"),
        ({"is_pre_owned": True}, "pre_owned_impossible"),
        ({"shipping_insurance_requirement": "REQUIRED"}, "product_input_invalid"),
        ({"minimum_order_quantity": 21}, "product_input_invalid"),
        ({"idempotency_key": "k" * 129}, "product_input_invalid"),
        ({"listing_platforms": BOTH}, "product_not_on_platform"),
        ({"skus": [{"seller_sku": "A B", "price": {"amount": "1", "currency": "IDR"}}]}, "product_input_invalid"),
        ({"skus": [{"seller_sku": "A"}]}, "price_missing"),
        ({"skus": [{"seller_sku": "A", "price": {"amount": "5", "currency": "IDR"}}]}, "warehouse_unknown"),
    ],
    ids=str,
)
def test_a_product_at_fault_is_not_created(other: dict[str, Any], refusal: str) -> None:
    caller = Caller()
    before = len(caller.world.listings)

    answer = creates(caller, **other)

    assert answer.notes.refusal == refusal
    assert len(caller.world.listings) == before


def test_a_quantity_out_of_range_is_no_stock_for_a_new_product() -> None:
    caller = Caller()
    body = product(caller)
    body["skus"][0]["inventory"][0]["quantity"] = 100_000

    assert caller.posts(PRODUCTS, body).notes.refusal == "quantity_out_of_range"


@pytest.mark.parametrize("what", ["create", "edit", "activate", "deactivate"])
def test_while_merging_the_catalogue_is_locked_and_the_refusal_still_names_what_it_was_about(what: str) -> None:
    caller = Caller()
    caller.world.link("shop-1")
    listing = caller.listing()

    answer = {
        "create": lambda: creates(caller, listing_platforms=BOTH),
        "edit": lambda: overwrites(caller, listing, listing_platforms=BOTH),
        "activate": lambda: caller.posts(f"{PRODUCTS}/activate", {"product_ids": [listing.id], "listing_platforms": BOTH}),
        "deactivate": lambda: caller.posts(f"{PRODUCTS}/deactivate", {"product_ids": [listing.id], "listing_platforms": BOTH}),
    }[what]()

    assert (caller.json(answer)["code"], answer.notes.refusal) == (12052332, "locked_while_merging")
    assert answer.notes.listed_on == tuple(BOTH)
    assert answer.notes.touches == ("SCF-MGM" if what == "create" else listing.offers[0].sku)


def test_an_edit_overwrites_all_but_the_price_and_stock_that_it_leaves_out() -> None:
    caller = Caller()
    listing = made(caller, creates(caller))
    kept = {"id": listing.offers[0].id, "seller_sku": "SCF-MGM-2"}

    answer = overwrites(caller, listing, title="Batik Scarf Kawung, dyed by hand too", skus=[kept])

    edited = made(caller, answer)
    assert (edited.title, edited.offers[0].sku) == ("Batik Scarf Kawung, dyed by hand too", "SCF-MGM-2")
    assert (edited.offers[0].price, edited.offers[0].units) == (149_000, 12)
    assert caller.json(answer)["data"]["audit"] == {"status": "APPROVED"}


def test_an_edit_sets_the_price_and_stock_that_it_gives_and_drops_the_skus_it_leaves_out() -> None:
    caller = Caller()
    listing = next(one for one in caller.world.listings.rows("shop", (SHOP, "shop-1")) if len(one.offers) > 1)
    places = [{"warehouse_id": one.shop_id, "quantity": 3} for one in caller.shop.warehouses]
    kept = {"id": listing.offers[1].id, "price": {"amount": "5000", "currency": "IDR"}, "inventory": places}

    overwrites(caller, listing, skus=[kept])

    assert [(one.id, one.price, one.units) for one in caller.world.listings[listing.key].offers] == [(listing.offers[1].id, 5000, 6)]


def test_a_partial_edit_sets_the_price_of_a_sku_and_nothing_else() -> None:
    caller = Caller()
    listing = caller.listing()
    row = {"id": listing.offers[0].id, "price": {"amount": "5000", "currency": "IDR"}}

    caller.posts(f"{PRODUCTS}/{listing.id}/partial_edit", {"skus": [row]})

    after = caller.listing()
    assert after.offers[0].price == 5000
    assert (after.title, after.offers[1:], after.offers[0].stock) == (listing.title, listing.offers[1:], listing.offers[0].stock)


def test_a_partial_edit_with_one_sku_at_fault_changes_nothing() -> None:
    caller = Caller()
    listing = caller.listing()

    answer = caller.posts(
        f"{PRODUCTS}/{listing.id}/partial_edit", {"title": "A title of more than twenty-five letters", "skus": [{"id": "1"}]}
    )

    assert answer.notes.refusal == "sku_unknown"
    assert caller.listing() == listing


@pytest.mark.parametrize(("named", "left"), [("TOKOPEDIA", SHOP), ("TIKTOK_SHOP", TOKOPEDIA)])
def test_a_product_leaves_one_shelf_and_stays_on_the_other(named: str, left: str) -> None:
    caller = confirmed()
    listing = made(caller, creates(caller, listing_platforms=BOTH))

    errors = switches(caller, "deactivate", listing, named)

    assert errors == []
    assert on_sale(caller.world, "shop-1", "SCF-MGM") == {left}
    assert switches(caller, "activate", listing, named) == []
    assert on_sale(caller.world, "shop-1", "SCF-MGM") == {SHOP, TOKOPEDIA}
    assert [what for what, _ in facts(caller)][-2:] == ["product hidden", "product shown"]


def test_where_no_platform_is_named_the_shops_own_shelf_is_meant() -> None:
    caller = confirmed()
    listing = made(caller, creates(caller, listing_platforms=BOTH))

    switches(caller, "deactivate", listing)

    assert on_sale(caller.world, "shop-1", "SCF-MGM") == {TOKOPEDIA}


def test_the_shelves_of_a_product_are_told_in_get_and_found_by_search() -> None:
    caller = confirmed()
    listing = made(caller, creates(caller, listing_platforms=BOTH))
    switches(caller, "deactivate", listing, "TOKOPEDIA")

    told = caller.json(caller.gets(f"{PRODUCTS}/{listing.id}"))["data"]
    body = {"seller_skus": ["SCF-MGM"], "status": "SELLER_DEACTIVATED"}
    found = [
        caller.json(caller.posts("/product/202502/products/search", body | {"listing_platforms": [one]}, (("page_size", "9"),)))["data"][
            "total_count"
        ]
        for one in BOTH
    ]

    assert (told["status"], told["integrated_platform_statuses"]) == (
        "ACTIVATE",
        [{"platform": "TOKOPEDIA", "status": "SELLER_DEACTIVATED"}],
    )
    assert found == [0, 1]


def test_a_product_at_fault_is_told_with_code_zero_and_the_others_are_switched() -> None:
    caller = Caller()
    good, off = (made(caller, creates(caller)) for _ in range(2))
    switches(caller, "deactivate", off)

    again = caller.json(caller.posts(f"{PRODUCTS}/deactivate", {"product_ids": [good.id, off.id, "1"]}))
    activated = caller.json(caller.posts(f"{PRODUCTS}/activate", {"product_ids": ["1"], "listing_platforms": ["TIKTOK_SHOP"]}))

    assert [(one["code"], one["detail"]) for one in again["data"]["errors"]] == [
        (12052901, {"product_id": off.id}),
        (12052032, {"product_id": "1"}),
    ]
    assert activated["data"]["errors"] == [
        {
            "code": 12052990,
            "message": "Check failed",
            "detail": {"product_id": "1", "extra_errors": [{"code": 12052032, "message": "The product does not exist"}]},
        }
    ]
    assert caller.world.listings[good.key].status is ListingStatus.INACTIVE


def test_a_storefront_where_a_product_is_not_listed_is_told() -> None:
    caller = Caller()
    listing = made(caller, creates(caller))

    errors = switches(caller, "deactivate", listing, *BOTH)

    assert [one["code"] for one in errors] == [12052330]
    assert caller.world.listings[listing.key] == listing


@pytest.mark.parametrize(("ids", "refusal"), [([], "parameter_invalid"), (["1"] * 21, "product_ids_too_many")])
def test_too_many_products_and_none_are_refused(ids: list[str], refusal: str) -> None:
    assert Caller().posts(f"{PRODUCTS}/activate", {"product_ids": ids}).notes.refusal == refusal


@pytest.mark.parametrize("strict", [False, True])
def test_the_spelling_of_the_changelogs_samples_is_a_leniency(strict: bool) -> None:  # noqa: FBT001 - a parameter
    caller = Caller(settings=Settings(strict=strict))

    answer = creates(caller, listing_platform=["TIKTOK_SHOP"])

    assert answer.notes.refusal == ("parameter_invalid" if strict else None)
    assert [use.leniency for use in answer.notes.leniencies] == ([] if strict else ["seed_listing_platform"])
    assert answer.notes.listed_on == ("TIKTOK_SHOP",)


def test_a_body_that_cannot_be_read_names_nothing() -> None:
    answer = Caller().posts(PRODUCTS, b"{")

    assert (answer.notes.refusal, answer.notes.listed_on, answer.notes.touches) == ("body_not_json", (), None)
