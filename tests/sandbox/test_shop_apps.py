"""What each app has to say about a product: refusals inside a successful answer, failed audits, and what the platform takes down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.moderation import fail_audit, refuse, take_down
from gladi.sandbox.world.records import AuditFailure, ListingStatus
from gladi.sandbox.world.storefronts import on_sale, standing
from tests.sandbox.proposals import BOTH, PRODUCTS, confirmed, creates, listing_of, proposal

if TYPE_CHECKING:
    from tests.sandbox.shop import Caller

WHY = "take the word antique out"


def refuses(caller: Caller, *apps: Platform, sku: str = "SCF-MGM") -> None:
    """Let the moderators of these apps refuse a SKU."""
    for app in apps:
        refuse(caller.world, "shop-1", sku, app, WHY)


def fails(caller: Caller, app: Platform) -> None:
    """Let the product fail its audit in an app."""
    fail_audit(caller.world, "shop-1", "SCF-MGM", AuditFailure(platform=app, reason="blurred", advice="take it by daylight"))


def data(caller: Caller, path: str, body: dict[str, Any]) -> Any:
    """Post, and give `data` of an answer of code 0."""
    answer = caller.json(caller.posts(path, body))
    assert answer["code"] == 0
    return answer["data"]


def partial(caller: Caller, **body: Any) -> Any:
    """Edit the product in part."""
    return data(caller, f"{PRODUCTS}/{listing_of(caller).id}/partial_edit", body)


def test_an_app_that_refuses_a_new_product_is_named_in_an_answer_of_code_0_and_the_other_sells_it() -> None:
    caller = confirmed()
    refuses(caller, TOKOPEDIA)

    answer = creates(caller)

    assert caller.json(answer)["code"] == 0
    assert caller.json(answer)["data"]["errors"] == [{"code": 36002005, "message": WHY, "detail": {"listing_platform": "TOKOPEDIA"}}]
    assert standing(listing_of(caller)) == {SHOP: ListingStatus.ACTIVE}
    assert "shop.outcome_per_app" in answer.notes.assumes


def test_a_product_that_no_app_refuses_is_answered_without_errors() -> None:
    caller = confirmed()
    refuses(caller, TOKOPEDIA, sku="ANOTHER")

    assert "errors" not in caller.json(creates(caller))["data"]


@pytest.mark.parametrize("apps", [BOTH, ["TOKOPEDIA"]], ids=str)
def test_a_product_that_all_apps_named_refuse_is_not_created(apps: list[str]) -> None:
    caller = confirmed()
    refuses(caller, TOKOPEDIA, SHOP)
    before = len(caller.world.listings)

    answer = creates(caller, listing_platforms=apps)

    assert (caller.json(answer)["code"], WHY in caller.json(answer)["message"]) == (12052330, True)
    assert len(caller.world.listings) == before


def test_an_edit_that_one_app_refuses_is_in_force_in_the_other_and_hidden_there() -> None:
    caller = confirmed()
    creates(caller)
    refuses(caller, TOKOPEDIA)

    told = partial(caller, title="A title of more than twenty-five letters", listing_platforms=BOTH)

    assert [one["detail"] for one in told["errors"]] == [{"listing_platform": "TOKOPEDIA"}]
    assert listing_of(caller).title == "A title of more than twenty-five letters"
    assert standing(listing_of(caller)) == {TOKOPEDIA: ListingStatus.SUSPENDED, SHOP: ListingStatus.ACTIVE}
    assert on_sale(caller.world, "shop-1", "SCF-MGM") == {SHOP}


def test_an_edit_that_names_no_app_means_those_where_the_product_is_and_is_refused_when_they_all_refuse() -> None:
    caller = confirmed()
    creates(caller)
    refuses(caller, TOKOPEDIA, SHOP)
    before = listing_of(caller)

    answer = caller.posts(f"{PRODUCTS}/{before.id}/partial_edit", {"title": "A title of more than twenty-five letters"})

    assert answer.notes.refusal == "product_not_on_platform"
    assert listing_of(caller) == before


def test_a_whole_edit_tells_the_app_that_refuses_too() -> None:
    caller = confirmed()
    creates(caller)
    refuses(caller, SHOP)
    body = proposal(caller, {"id": listing_of(caller).offers[0].id})

    answer = caller.json(caller.sends(caller.signed("PUT", f"{PRODUCTS}/{listing_of(caller).id}", (), msgspec.json.encode(body))))

    assert [one["detail"] for one in answer["data"]["errors"]] == [{"listing_platform": "TIKTOK_SHOP"}]
    assert standing(listing_of(caller)) == {TOKOPEDIA: ListingStatus.ACTIVE, SHOP: ListingStatus.SUSPENDED}


def test_a_price_is_no_matter_of_moderators() -> None:
    caller = confirmed()
    creates(caller)
    refuses(caller, TOKOPEDIA, SHOP)

    told = partial(caller, skus=[{"id": listing_of(caller).offers[0].id, "price": {"amount": "5000", "currency": "IDR"}}])

    assert ("errors" in told, listing_of(caller).offers[0].price) == (False, 5000)


def test_an_app_that_will_not_have_a_product_back_is_named_in_errors_and_the_other_shows_it() -> None:
    caller = confirmed()
    creates(caller)
    body = {"product_ids": [listing_of(caller).id], "listing_platforms": BOTH}
    data(caller, f"{PRODUCTS}/deactivate", body)
    refuses(caller, TOKOPEDIA)

    told = data(caller, f"{PRODUCTS}/activate", body)

    assert told["errors"] == [
        {
            "code": 12052990,
            "message": "Check failed",
            "detail": {
                "product_id": listing_of(caller).id,
                "listing_platform": "TOKOPEDIA",
                "extra_errors": [{"code": 12052330, "message": WHY}],
            },
        }
    ]
    assert standing(listing_of(caller)) == {TOKOPEDIA: ListingStatus.INACTIVE, SHOP: ListingStatus.ACTIVE}


def test_a_deactivation_that_one_status_forbids_touches_neither_app() -> None:
    caller = confirmed()
    creates(caller)
    take_down(caller.world, "shop-1", "SCF-MGM", TOKOPEDIA)
    before = listing_of(caller)

    told = data(caller, f"{PRODUCTS}/deactivate", {"product_ids": [before.id], "listing_platforms": BOTH})

    assert [(one["code"], one["detail"]) for one in told["errors"]] == [(12052901, {"product_id": before.id})]
    assert listing_of(caller) == before


def test_a_failed_audit_hides_a_product_in_one_app_and_get_product_tells_why() -> None:
    caller = confirmed()
    creates(caller)

    fails(caller, TOKOPEDIA)

    told = caller.json(caller.gets(f"{PRODUCTS}/{listing_of(caller).id}"))["data"]
    assert told["audit_failed_reasons"] == [
        {"listing_platform": "TOKOPEDIA", "position": "product", "reasons": ["blurred"], "suggestions": ["take it by daylight"]}
    ]
    assert (told["status"], told["audit"]["status"]) == ("ACTIVATE", "APPROVED")
    assert told["integrated_platform_statuses"] == [{"platform": "TOKOPEDIA", "status": "PLATFORM_DEACTIVATED"}]
    assert on_sale(caller.world, "shop-1", "SCF-MGM") == {SHOP}


def test_an_audit_of_a_product_to_come_fails_when_it_is_launched_and_at_no_later_one() -> None:
    caller = confirmed()
    fails(caller, SHOP)

    answer = creates(caller)

    assert "shop.audit_per_app" in answer.notes.assumes
    assert standing(listing_of(caller)) == {TOKOPEDIA: ListingStatus.ACTIVE, SHOP: ListingStatus.FAILED}
    assert caller.json(caller.gets(f"{PRODUCTS}/{listing_of(caller).id}"))["data"]["audit"]["status"] == "FAILED"
    assert caller.world.moderation.to_fail == {}


def test_what_failed_its_audit_comes_back_by_an_edit_and_not_by_being_activated() -> None:
    caller = confirmed()
    creates(caller)
    fails(caller, TOKOPEDIA)
    body = {"product_ids": [listing_of(caller).id], "listing_platforms": ["TOKOPEDIA"]}

    told = data(caller, f"{PRODUCTS}/activate", body)
    hidden = on_sale(caller.world, "shop-1", "SCF-MGM")
    partial(caller, title="A title of more than twenty-five letters", listing_platforms=BOTH)

    assert told["errors"] == []
    assert hidden == {SHOP}
    assert on_sale(caller.world, "shop-1", "SCF-MGM") == {TOKOPEDIA, SHOP}
    assert caller.json(caller.gets(f"{PRODUCTS}/{listing_of(caller).id}"))["data"]["audit_failed_reasons"] == []


def test_what_the_platform_took_down_is_activated_again() -> None:
    caller = confirmed()
    creates(caller)
    take_down(caller.world, "shop-1", "SCF-MGM", TOKOPEDIA)

    data(caller, f"{PRODUCTS}/activate", {"product_ids": [listing_of(caller).id], "listing_platforms": ["TOKOPEDIA"]})

    assert on_sale(caller.world, "shop-1", "SCF-MGM") == {TOKOPEDIA, SHOP}


def test_nothing_is_taken_down_where_nothing_is_on_sale() -> None:
    caller = confirmed()

    with pytest.raises(WorldError, match=r"^SCF-MGM is not on sale in the app of Tokopedia through Tokopedia & Shop; name a SKU"):
        take_down(caller.world, "shop-1", "SCF-MGM", TOKOPEDIA)


@pytest.mark.parametrize(
    ("apps", "status", "found"),
    [
        (["TOKOPEDIA"], "PLATFORM_DEACTIVATED", True),
        (["TIKTOK_SHOP"], "PLATFORM_DEACTIVATED", False),
        (["TIKTOK_SHOP"], "ACTIVATE", True),
        (BOTH, "PLATFORM_DEACTIVATED", True),
    ],
)
def test_a_search_asks_each_app_for_its_own_status(apps: list[str], status: str, found: bool) -> None:  # noqa: FBT001 - a parameter
    caller = confirmed()
    creates(caller)
    take_down(caller.world, "shop-1", "SCF-MGM", TOKOPEDIA)
    body = {"seller_skus": ["SCF-MGM"], "status": status, "listing_platforms": apps}

    rows = caller.json(caller.posts("/product/202502/products/search", body, (("page_size", "9"),)))["data"]["products"]

    assert bool(rows) is found
