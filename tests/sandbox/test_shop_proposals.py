"""What a proposed product may say: pre-sale, insurance, a least quantity; and what a check of it answers."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.moderation import refuse
from gladi.sandbox.world.records import Insurance
from tests.sandbox.proposals import PRODUCTS, confirmed, creates, listing_of, proposal
from tests.sandbox.shop import Caller


def pre_sale(kind: str = "PRE_ORDER", **when: int) -> dict[str, Any]:
    """Put a SKU on pre-sale."""
    return {"pre_sale": {"type": kind, "fulfillment_type": when}}


def checks(caller: Caller, *skus: dict[str, Any], **other: Any) -> Any:
    """Have a product looked through."""
    return caller.json(caller.posts(f"{PRODUCTS}/listing_check", proposal(caller, *skus, **other)))


@pytest.mark.parametrize("days", [3, 14, 30])
def test_a_product_is_on_pre_sale_for_three_to_thirty_days(days: int) -> None:
    caller = confirmed()

    creates(caller, pre_sale(handling_duration_days=days))

    told = caller.json(caller.gets(f"{PRODUCTS}/{listing_of(caller).id}"))["data"]["skus"][0]["pre_sale"]
    assert told == {"type": "PRE_ORDER", "fulfillment_type": {"handling_duration_days": days}}


@pytest.mark.parametrize(
    ("skus", "code"),
    [
        ([pre_sale(handling_duration_days=2)], 12019095),
        ([pre_sale(handling_duration_days=31)], 12019095),
        ([pre_sale()], 12019095),
        ([pre_sale(handling_duration_days=24, release_date=1_900_000_000)], 12019095),
        ([pre_sale(release_date=1_600_000_000)], 12019095),
        ([pre_sale("MADE_TO_ORDER", handling_duration_days=5)], 12019094),
        ([pre_sale("NONE")], 12019094),
        ([pre_sale(handling_duration_days=5), {}], 12019100),
    ],
)
def test_a_pre_sale_at_fault_is_refused_with_a_code_of_its_range(skus: list[dict[str, Any]], code: int) -> None:
    caller = confirmed()
    before = len(caller.world.listings)

    answer = caller.json(creates(caller, *skus))

    assert (answer["code"], len(caller.world.listings)) == (code, before)


@pytest.mark.parametrize("strict", [False, True])
def test_a_release_date_is_a_leniency(strict: bool) -> None:  # noqa: FBT001 - a parameter
    caller = confirmed(settings=Settings(strict=strict))

    answer = creates(caller, pre_sale(release_date=1_900_000_000))

    assert answer.notes.refusal == ("pre_sale_fulfilment_wrong" if strict else None)
    assert [use.leniency for use in answer.notes.leniencies] == ([] if strict else ["seed_release_date"])


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("words", "leniency"),
    [
        ({"sku": pre_sale(handling_duration_days=24)}, "seed_sku"),
        ({"shipping_insurance_requirement": "MANDATORY"}, "seed_insurance"),
    ],
)
def test_the_words_of_the_changelogs_sample_are_a_leniency(words: dict[str, Any], leniency: str, strict: bool) -> None:  # noqa: FBT001
    caller = confirmed(settings=Settings(strict=strict))

    answer = creates(caller, **words)

    assert answer.notes.refusal == ("parameter_invalid" if strict else None)
    assert [use.leniency for use in answer.notes.leniencies] == ([] if strict else [leniency])


def test_the_samples_words_mean_what_the_official_ones_do() -> None:
    caller = confirmed()

    creates(caller, sku=pre_sale(handling_duration_days=24), shipping_insurance_requirement="MANDATORY")

    assert (listing_of(caller).offers[0].handling_days, listing_of(caller).insurance) == (24, Insurance.REQUIRED)


@pytest.mark.parametrize("edit", [pre_sale(handling_duration_days=9), pre_sale("NONE")], ids=str)
def test_the_pre_sale_of_a_live_product_is_frozen(edit: dict[str, Any]) -> None:
    caller = confirmed()
    creates(caller, pre_sale(handling_duration_days=14))
    before = listing_of(caller)

    row = {"id": before.offers[0].id} | edit
    answer = caller.posts(f"{PRODUCTS}/{before.id}/partial_edit", {"skus": [row]})

    assert caller.json(answer)["code"] == 12052273
    assert listing_of(caller) == before


def test_the_pre_sale_of_a_draft_may_change_and_end() -> None:
    caller = confirmed()
    creates(caller, pre_sale(handling_duration_days=14), save_mode="AS_DRAFT")
    draft = listing_of(caller)
    days: list[int | None] = []

    for edit in (pre_sale(handling_duration_days=9), pre_sale("NONE")):
        caller.posts(f"{PRODUCTS}/{draft.id}/partial_edit", {"skus": [{"id": draft.offers[0].id} | edit]})
        days.append(listing_of(caller).offers[0].handling_days)

    assert days == [9, None]


def test_a_whole_edit_that_says_nothing_of_a_live_pre_sale_leaves_it_and_overwrites_the_rest() -> None:
    caller = confirmed()
    creates(caller, pre_sale(handling_duration_days=14), minimum_order_quantity=3, shipping_insurance_requirement="REQUIRED")
    listing = listing_of(caller)

    body = proposal(caller, {"id": listing.offers[0].id})
    caller.sends(caller.signed("PUT", f"{PRODUCTS}/{listing.id}", (), msgspec.json.encode(body)))

    after = listing_of(caller)
    assert (after.offers[0].handling_days, after.minimum_order, after.insurance) == (14, 1, Insurance.OPTIONAL)


def test_what_a_product_says_of_itself_is_told_by_get_product() -> None:
    caller = confirmed()
    creates(
        caller,
        listing_platforms=["TOKOPEDIA"],
        is_pre_owned=True,
        minimum_order_quantity=3,
        shipping_insurance_requirement="NOT_SUPPORTED",
    )

    told = caller.json(caller.gets(f"{PRODUCTS}/{listing_of(caller).id}"))["data"]

    assert {name: told[name] for name in ("is_pre_owned", "minimum_order_quantity", "shipping_insurance_requirement")} == {
        "is_pre_owned": True,
        "minimum_order_quantity": 3,
        "shipping_insurance_requirement": "NOT_SUPPORTED",
    }


def test_a_check_passes_and_creates_nothing() -> None:
    caller = confirmed()
    before = len(caller.world.listings)

    answer = checks(caller)

    assert (answer["code"], answer["data"]) == (0, {"check_result": "PASS", "fail_reasons": []})
    assert len(caller.world.listings) == before


def test_a_check_that_fails_says_why_in_a_successful_answer() -> None:
    caller = confirmed()

    answer = checks(caller, pre_sale(handling_duration_days=45))

    assert (answer["code"], answer["data"]) == (
        0,
        {
            "check_result": "FAILED",
            "fail_reasons": [{"code": 12019095, "message": "'handling_duration_days' must be 3 to 30"}],
        },
    )


def test_a_check_names_the_app_that_alone_refuses() -> None:
    caller = confirmed()
    refuse(caller.world, "shop-1", "SCF-MGM", TOKOPEDIA, "say who dyed it")

    answer = checks(caller)["data"]

    assert (answer["check_result"], answer["errors"][0]["detail"]) == ("PASS", {"listing_platform": "TOKOPEDIA"})


def test_a_check_of_nothing_is_refused() -> None:
    assert checks(confirmed(), title="")["code"] == 36009004


def test_a_check_may_be_asked_while_the_shops_merge() -> None:
    caller = Caller()
    caller.world.link("shop-1")

    assert checks(caller, listing_platforms=["TIKTOK_SHOP"])["data"]["check_result"] == "PASS"
