"""Tokens, the fs_id, and what the gateway refuses before any service is reached."""

from __future__ import annotations

from typing import Any

import pytest

from gladi.record.wire import Host, Request
from gladi.sandbox.settings import DEFAULTS
from tests.sandbox.tokopedia import Caller

SHOP_INFO = "GET /v1/shop/fs/{fs_id}/shop-info"


def test_asking_again_gives_the_same_token_with_less_of_its_life() -> None:
    caller = Caller()

    caller.passes(hours=1)
    again = caller.json(caller.authorizes())

    assert again["access_token"] == caller.token
    assert again["token_type"] == "Bearer"
    assert again["expires_in"] == 14 * 86_400 - 3600


def test_a_token_begins_with_c_and_is_the_same_for_the_same_seed() -> None:
    assert Caller().token.startswith("c:")
    assert Caller().token == Caller().token


def test_an_expired_token_is_refused_until_a_new_one_is_asked_for() -> None:
    caller = Caller()
    old = caller.token

    caller.passes(days=14)
    refused = caller.calls(SHOP_INFO)
    caller.token = caller.json(caller.authorizes())["access_token"]

    assert (refused.status, refused.notes.refusal) == (401, "expired_token")
    assert caller.token != old
    assert caller.calls(SHOP_INFO).status == 200
    assert caller.calls(SHOP_INFO, token=old).notes.refusal == "expired_token"


def test_a_token_holds_to_the_last_millisecond() -> None:
    caller = Caller()

    caller.clock.leap(caller.clock.now + 14 * 86_400_000 - 1)

    assert caller.calls(SHOP_INFO).status == 200


@pytest.mark.parametrize("token", ["", "c:nonsense", "c:c:", " "])
def test_a_wrong_token_is_refused(token: str) -> None:
    caller = Caller()

    refused = caller.calls(SHOP_INFO, token=token)

    assert refused.status == 401
    assert caller.json(refused)["data"] is None


def test_the_c_of_a_token_is_not_written_twice() -> None:
    caller = Caller()

    assert caller.calls(SHOP_INFO, token=f"c:{caller.token}").notes.refusal == "wrong_token"


@pytest.mark.parametrize(
    ("basic", "query", "status", "error"),
    [
        ("nobody:nothing", "grant_type=client_credentials", 401, "invalid_client"),
        ("", "grant_type=client_credentials", 401, "invalid_client"),
        (None, "", 400, "invalid_request"),
        (None, "grant_type=password", 400, "unsupported_grant_type"),
    ],
)
def test_the_token_host_refuses_in_the_form_of_oauth(basic: str | None, query: str, status: int, error: str) -> None:
    caller = Caller()

    refused = caller.authorizes(basic=basic, query=query)

    assert refused.status == status
    assert caller.json(refused)["error"] == error
    assert set(caller.json(refused)) == {"error", "error_description"}


def test_a_header_that_is_no_base64_is_refused() -> None:
    caller = Caller()
    request = Request(
        "POST", Host.TOKOPEDIA_ACCOUNTS, "/token", caller.clock.now, "grant_type=client_credentials", {"authorization": "Basic é!"}
    )

    assert caller.sends(request).status == 401


@pytest.mark.parametrize(
    ("call", "query", "code"),
    [
        ("GET /inventory/v1/fs/1/product/info", {"product_id": 1}, "PRD_USC_001"),
        ("GET /v2/fs/1/order", {"order_id": 1}, "ORD_USC_015"),
        ("GET /v2/fs/abc/order", {"order_id": 1}, "ORD_DLV_002"),
        ("GET /v2/order/list", {}, "ORD_DLV_001"),
        ("GET /v2/order/list", {"fs_id": "-1"}, "ORD_DLV_002"),
    ],
)
def test_an_fs_id_of_another_app_is_refused(call: str, query: dict[str, Any], code: str) -> None:
    caller = Caller()

    assert caller.code(caller.calls(call, **query)) == (400, code)


def test_shop_info_refuses_a_malformed_fs_id_in_the_legacy_envelope() -> None:
    caller = Caller()

    refused = caller.calls("GET /v1/shop/fs/abc/shop-info")

    assert caller.json(refused) == {"data": None, "status": "400 Bad Request", "error_message": ["Invalid FS ID Format"]}
    assert refused.notes.code == "SHP_DLV_001"


def test_an_unknown_path_is_404_and_a_wrong_method_405() -> None:
    caller = Caller()

    nowhere = caller.calls("GET /v1/shops/78910")
    wrong = caller.calls("DELETE /v1/shop/fs/{fs_id}/shop-info")

    assert (nowhere.status, nowhere.notes.refusal) == (404, "unknown_path")
    assert "/v1/shop/fs/:fs_id/shop-info" in caller.json(nowhere)["header"]["reason"]
    assert (wrong.status, dict(wrong.headers)["Allow"]) == (405, "GET")


def test_the_sixth_call_within_a_second_is_too_many_and_time_gives_it_back() -> None:
    caller = Caller()

    statuses = [caller.calls(SHOP_INFO).status for _ in range(6)]
    refused = dict(caller.calls(SHOP_INFO).headers)
    caller.passes(seconds=0.2)
    after = [caller.calls(SHOP_INFO).status for _ in range(2)]

    assert statuses == [200] * 5 + [429]
    assert refused["X-Ratelimit-Limit"] == "5 req/s (burst 5)"
    assert refused["X-Ratelimit-Remaining"] == "0"
    assert refused["X-Ratelimit-Reset-After"] == "0.200000"
    assert refused["X-Ratelimit-Full-Reset-After"] == "1.000000"
    assert after == [200, 429]


def test_the_rate_headers_are_on_every_answer_and_reset_after_is_a_negative_zero() -> None:
    caller = Caller()

    first = dict(caller.calls(SHOP_INFO).headers)
    others = [caller.calls("GET /nowhere"), caller.calls("GET /v1/fs/{fs_id}", token="c:wrong"), caller.authorizes()]

    assert (first["X-Ratelimit-Remaining"], first["X-Ratelimit-Reset-After"]) == ("4", "-0.000000")
    assert first["X-Ratelimit-Full-Reset-After"] == "0.200000"
    assert all("X-Ratelimit-Limit" in dict(response.headers) for response in others)


def test_a_call_that_comes_too_soon_polls_nothing() -> None:
    caller = Caller()
    for _ in range(5):
        caller.calls(SHOP_INFO)

    assert caller.calls(SHOP_INFO).notes.polls == ()


def test_the_documented_life_of_a_token_is_two_weeks() -> None:
    assert DEFAULTS.tokopedia_token_life.days == 14
