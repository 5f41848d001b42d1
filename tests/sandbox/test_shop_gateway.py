"""The gateway of the shop side: paths, versions, tokens, ciphers, content types, each with the platform's own refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gladi.record.wire import Host, Request
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings
from gladi.sandbox.shop.refusals import REFUSALS
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.wire import Response

WAREHOUSES = "/logistics/202309/warehouses"


def outcome(caller: Caller, response: Response) -> tuple[int, int, str | None]:
    """Give HTTP status, code, and our name of the refusal."""
    return response.status, caller.json(response)["code"], response.notes.refusal


REQUESTS: list[tuple[str, Callable[[Caller], Request], tuple[int, int, str]]] = [
    ("an unknown path", lambda c: c.signed("GET", "/order/202309/nothing"), (404, 36009009, "path_unknown")),
    ("a wrong method", lambda c: c.signed("DELETE", WAREHOUSES), (405, 36009010, "method_wrong")),
    ("an older version", lambda c: c.signed("GET", "/logistics/202306/warehouses"), (400, 36009014, "version_unknown")),
    ("a version that is none", lambda c: c.signed("GET", "/logistics/latest/warehouses"), (400, 36009014, "version_unknown")),
    ("a month that is none", lambda c: c.signed("GET", "/logistics/202613/warehouses"), (400, 36009014, "version_unknown")),
    (
        "no signature",
        lambda c: replace(c.signed("GET", WAREHOUSES), query=c.signed("GET", WAREHOUSES).query.partition("&sign=")[0]),
        (400, 36009004, "sign_missing"),
    ),
    ("a wrong signature", lambda c: replace(c.signed("GET", WAREHOUSES), path="/authorization/202309/shops"), (401, 106001, "sign_wrong")),
    ("another app", lambda c: replace(c.signed("GET", WAREHOUSES), query="app_key=other"), (400, 36009004, "app_key_wrong")),
    (
        "a wrong token",
        lambda c: c.signed("GET", WAREHOUSES, headers={"x-tts-access-token": "ROW_x"}),
        (400, 36009004, "access_token_wrong"),
    ),
    ("no cipher", lambda c: c.signed("GET", WAREHOUSES, cipher=None), (400, 106013, "shop_cipher_missing")),
    ("a foreign cipher", lambda c: c.signed("GET", WAREHOUSES, cipher="ROW_other"), (401, 101000, "shop_cipher_foreign")),
    (
        "a multipart body",
        lambda c: c.signed("POST", "/order/202309/orders/search", body=b"{}", headers={"content-type": "multipart/form-data; boundary=x"}),
        (400, 36009022, "body_not_json"),
    ),
    ("a body that is no JSON", lambda c: c.signed("POST", "/order/202309/orders/search", body=b"{"), (400, 36009022, "body_not_json")),
    (
        "a body that is no UTF-8",
        lambda c: c.signed("POST", "/order/202309/orders/search", body=b'{"buyer_user_id":"\xff"}'),
        (400, 36009022, "body_not_json"),
    ),
    (
        "a deep body",
        lambda c: c.signed("POST", "/order/202309/orders/search", body=b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        (400, 36009022, "body_not_json"),
    ),
    ("a large body", lambda c: c.signed("POST", "/order/202309/orders/search", body=b" " * 5_000_000), (413, 36009021, "body_too_large")),
    (
        "a wrong type",
        lambda c: c.signed("POST", "/order/202309/orders/search", body=b'{"create_time_ge":"1"}'),
        (400, 36009004, "parameter_invalid"),
    ),
    (
        "a page of none",
        lambda c: c.signed("POST", "/order/202309/orders/search", (("page_size", "0"),), b"{}"),
        (400, 36009004, "parameter_invalid"),
    ),
]


@pytest.mark.parametrize(("request_of", "expected"), [pytest.param(*row[1:], id=row[0]) for row in REQUESTS])
def test_the_gateway_refuses(request_of: Callable[[Caller], Request], expected: tuple[int, int, str]) -> None:
    caller = Caller()

    answer = caller.sends(request_of(caller))

    assert outcome(caller, answer) == expected
    assert caller.json(answer)["data"] is None


LENIENT: list[tuple[str, Callable[[Caller], Request], int]] = [
    ("surplus_shop_cipher", lambda c: c.signed("GET", "/authorization/202309/shops"), 36009004),
    ("list_for_empty_object", lambda c: c.signed("POST", "/order/202309/orders/search", body=b"[]"), 36009004),
    (
        "foreign_content_type",
        lambda c: c.signed("POST", "/order/202309/orders/search", body=b"{}", headers={"content-type": "text/plain"}),
        36009022,
    ),
    ("newer_version", lambda c: c.signed("GET", "/logistics/203001/warehouses"), 36009014),
    (
        "authorized_code_on_refresh",
        lambda c: Request(
            "GET",
            Host.SHOP_AUTH,
            "/api/v2/token/refresh",
            c.clock.now,
            f"app_key={c.app.app_key}&app_secret={c.app.app_secret}&grant_type=authorized_code&refresh_token={c.json(c.refreshes())['data']['refresh_token']}",
        ),
        36009004,
    ),
]


@pytest.mark.parametrize(("leniency", "request_of", "code"), [pytest.param(*row, id=row[0]) for row in LENIENT])
def test_a_leniency_is_taken_and_noted_and_refused_when_strict(leniency: str, request_of: Callable[[Caller], Request], code: int) -> None:
    kind, strict = Caller(), Caller(settings=Settings(strict=True))

    taken, refused = kind.sends(request_of(kind)), strict.sends(request_of(strict))

    assert (taken.status, [use.leniency for use in taken.notes.leniencies]) == (200, [leniency])
    assert kind.json(taken)["code"] == 0
    assert strict.json(refused)["code"] == code


def test_an_access_token_expires_after_seven_days_and_its_life_is_told_as_an_instant() -> None:
    caller = Caller()
    told = caller.json(caller.exchanges())["data"]["access_token_expire_in"]
    caller.clock.leap(told * 1000 - 1)
    before = caller.gets(WAREHOUSES)
    caller.clock.leap(told * 1000)

    after = caller.gets(WAREHOUSES)

    assert told * 1000 == caller.clock.now
    assert outcome(caller, before) == (200, 0, None)
    assert outcome(caller, after) == (401, 105002, "access_token_expired")


def test_an_auth_code_is_good_once() -> None:
    caller = Caller()

    first, second = caller.exchanges(), caller.exchanges()

    assert outcome(caller, first) == (200, 0, None)
    assert caller.json(first)["message"] == "success"
    assert outcome(caller, second) == (200, 36004004, "auth_code_spent")


def test_an_auth_code_is_good_for_half_an_hour() -> None:
    caller = Caller()
    caller.clock.leap(caller.clock.now + 30 * 60_000)

    assert outcome(caller, caller.exchanges()) == (200, 36004004, "auth_code_spent")


def test_a_refresh_gives_a_new_pair() -> None:
    caller = Caller()
    first = caller.json(caller.exchanges())["data"]

    second = caller.json(caller.trades("refresh", refresh_token=first["refresh_token"], grant_type="refresh_token"))["data"]

    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    assert second["seller_base_region"] == "ID"


def test_a_spent_refresh_token_is_refused_where_the_setting_says_so() -> None:
    kind, unkind = Caller(), Caller(settings=Settings(old_refresh_token_survives=False))

    again, refused = kind.refreshes(), unkind.refreshes()

    assert outcome(kind, again) == (200, 0, None)
    assert again.notes.assumes == ("setting.old_refresh_token_survives",)
    assert outcome(unkind, refused) == (200, 36004005, "refresh_token_unknown")


def test_a_refresh_token_is_good_for_as_long_as_the_setting_says() -> None:
    caller = Caller(settings=Settings(shop_refresh_life=timedelta(days=30)))
    caller.clock.leap(caller.clock.now + 30 * 86_400_000 - 1)
    in_time = caller.refreshes()
    caller.clock.leap(caller.clock.now + 1)

    too_late = caller.refreshes()

    assert outcome(caller, in_time) == (200, 0, None)
    assert outcome(caller, too_late) == (200, 36004001, "refresh_token_expired")
    assert "setting.shop_refresh_life" in too_late.notes.assumes


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"app_secret": "wrong"}, "app_secret_wrong"),
        ({"app_key": "wrong"}, "app_key_wrong"),
        ({"grant_type": "authorization_code"}, "grant_type_wrong"),
        ({"auth_code": ""}, "auth_code_spent"),
    ],
)
def test_the_token_host_refuses(params: dict[str, str], refusal: str) -> None:
    caller = Caller()

    assert caller.exchanges(**params).notes.refusal == refusal


def test_a_token_shows_its_own_shop_alone() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    other = caller.world.shops["shop-2"]

    shown = caller.json(caller.gets("/authorization/202309/shops", cipher=None))["data"]["shops"]
    foreign = caller.gets(WAREHOUSES, cipher=other.cipher)

    assert [row["id"] for row in shown] == [caller.shop.shop_id]
    assert shown[0]["cipher"] == caller.shop.cipher
    assert outcome(caller, foreign) == (401, 101000, "shop_cipher_foreign")


def test_request_ids_look_like_the_platforms_and_come_again_with_the_same_calls() -> None:
    first, second = Caller(), Caller()

    ids = [[caller.json(caller.gets(WAREHOUSES))["request_id"] for _ in range(3)] for caller in (first, second)]

    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3
    assert {len(one) for one in ids[0]} == {34}
    assert ids[0][0].startswith("20250303020000")


def test_every_refusal_has_a_name_of_its_own_and_evidence() -> None:
    names = [refusal.name for refusal in REFUSALS]

    assert len(set(names)) == len(names) >= 45
    assert all(refusal.evidence.place for refusal in REFUSALS)
