"""Get Shop Info: envelopes, ids as they are documented, and the news of a merge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gladi.record.words import Stage
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import DEFAULTS
from tests.sandbox.tokopedia import Caller

if TYPE_CHECKING:
    from gladi.sandbox.settings import Settings

SHOP_INFO = "GET /v1/shop/fs/{fs_id}/shop-info"


def test_a_shop_that_has_not_merged_has_no_such_field() -> None:
    caller = Caller()

    response = caller.calls(SHOP_INFO, shop_id=caller.shop.tokopedia_id)
    (row,) = caller.data(response)

    assert row["shop_id"] == caller.shop.tokopedia_id
    assert "tts_integration_completed" not in row
    assert "tts_shop_id" not in row
    assert response.notes.shop == "shop-1"
    assert response.notes.polls == ("shop-1",)
    assert response.notes.tells_merged == ()


def test_the_envelope_is_the_modern_one_with_a_code_that_is_a_number() -> None:
    caller = Caller()

    header = caller.json(caller.calls(SHOP_INFO))["header"]

    assert header == {"process_time": 0, "messages": "Successfully get retrieved shop info data", "reason": "", "error_code": 0}


def test_nothing_is_told_while_the_shops_are_merging() -> None:
    caller = Caller()
    caller.reaches(Stage.MERGING)

    response = caller.calls(SHOP_INFO)

    assert response.notes.tells_merged == ()
    assert "tts_integration_completed" not in caller.data(response)[0]


@pytest.mark.parametrize("stage", [Stage.MERGED, Stage.CONFIRMED])
def test_a_merged_shop_tells_its_ids_as_integers_and_when_it_merged(stage: Stage) -> None:
    caller = Caller()
    caller.reaches(stage)
    shop = caller.shop

    response = caller.calls(SHOP_INFO, shop_id=shop.tokopedia_id)
    (row,) = caller.data(response)

    assert shop.merged_at is not None
    assert row["tts_integration_completed"] == {
        "toko_shop_id": shop.tokopedia_id,
        "tts_seller_id": int(shop.seller_id),
        "completed_time": shop.merged_at // 1000,
    }
    assert row["tts_shop_id"] == shop.shop_id
    assert len(str(row["tts_integration_completed"]["tts_seller_id"])) == 19
    assert response.notes.tells_merged == ("shop-1",)


def test_without_a_shop_id_all_shops_are_told_of_and_only_the_merged_ones_as_merged() -> None:
    caller = Caller(seeded=seller(0, sellers=3))
    caller.reaches(Stage.MERGED)

    response = caller.calls(SHOP_INFO)

    assert [("tts_integration_completed" in row) for row in caller.data(response)] == [True, False, False]
    assert response.notes.polls == ("shop-1", "shop-2", "shop-3")
    assert response.notes.tells_merged == ("shop-1",)


def test_all_shops_come_by_pages_when_asked() -> None:
    caller = Caller(seeded=seller(0, sellers=3))

    second = caller.calls(SHOP_INFO, page=2, per_page=2)
    beyond = caller.calls(SHOP_INFO, page=9999999999999, per_page=2)

    assert second.notes.polls == ("shop-3",)
    assert caller.data(beyond) == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"shop_id": "abc"}, "SHP_DLV_002"),
        ({"shop_id": "-1"}, "SHP_DLV_002"),
        ({"shop_id": "1" * 5000}, "SHP_DLV_002"),
        ({"page": 0}, "SHP_DLV_003"),
        ({"per_page": -5}, "SHP_DLV_004"),
        ({"user_id": 1}, "SHP_DLV_002"),
    ],
)
def test_a_malformed_question_is_refused_in_the_legacy_envelope(query: dict[str, Any], code: str) -> None:
    caller = Caller()

    refused = caller.calls(SHOP_INFO, **query)

    assert refused.status == 400
    assert refused.notes.code == code
    assert set(caller.json(refused)) == {"data", "status", "error_message"}


def test_a_shop_that_is_not_connected_is_refused_by_the_gateway() -> None:
    caller = Caller()

    assert caller.code(caller.calls(SHOP_INFO, shop_id=78910)) == (403, "RBAC_MDLW_001")


def test_warehouses_have_the_misspelt_field_and_one_default() -> None:
    caller = Caller()

    (row,) = caller.data(caller.calls(SHOP_INFO))

    assert [warehouse["is_default"] for warehouse in row["warehouses"]] == [1, 0]
    assert all("warehose_type" in warehouse for warehouse in row["warehouses"])


PRODUCTS = "GET /inventory/v1/fs/{fs_id}/product/info"


@pytest.mark.parametrize("call", [SHOP_INFO, PRODUCTS])
def test_a_shop_is_found_by_its_id_on_the_other_platform_where_the_setting_says_so(call: str) -> None:
    caller = Caller(settings=replace(DEFAULTS, shops_by_either_id=True))
    caller.reaches(Stage.CONFIRMED)

    there = caller.calls(call, shop_id=caller.shop.shop_id, page=1, per_page=10)
    here = caller.calls(call, shop_id=caller.shop.tokopedia_id, page=1, per_page=10)

    assert caller.data(there) == caller.data(here)
    assert [use.leniency for use in there.notes.leniencies] == ["seed_shop_id"]
    assert "setting.shops_by_either_id" in there.notes.assumes


@pytest.mark.parametrize(
    ("settings", "stage"),
    [
        (DEFAULTS, Stage.MERGED),
        (replace(DEFAULTS, shops_by_either_id=True), Stage.PENDING),
        (replace(DEFAULTS, shops_by_either_id=True, strict=True), Stage.MERGED),
    ],
    ids=["by default", "before the merge", "where all is strict"],
)
def test_a_shop_is_not_found_by_its_id_on_the_other_platform(settings: Settings, stage: Stage) -> None:
    caller = Caller(settings=settings)
    caller.reaches(stage)

    assert caller.code(caller.calls(SHOP_INFO, shop_id=caller.shop.shop_id)) == (403, "RBAC_MDLW_001")


def test_the_id_of_a_seller_is_no_id_of_a_shop() -> None:
    caller = Caller(settings=replace(DEFAULTS, shops_by_either_id=True))
    caller.reaches(Stage.MERGED)

    assert caller.code(caller.calls(SHOP_INFO, shop_id=caller.shop.seller_id))[0] == 403
