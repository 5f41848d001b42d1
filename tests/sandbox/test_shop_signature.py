"""Request signatures: the vectors of the documents, and what does and does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tiktok_shop_api import Signer

from gladi.sandbox.settings import Settings
from gladi.sandbox.shop.auth import sign
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response

SECRET = "e59af819cc"
COMMON = (("app_key", "29a39d"), ("timestamp", "1736499600"))
SHOP = (*COMMON, ("shop_cipher", "ROW_TESTCIPHER"))
MULTIPART = "multipart/form-data; boundary=abc"

VECTORS = [
    pytest.param(
        SECRET,
        "/authorization/202309/shops",
        (("app_key", "29a39d"), ("timestamp", "1623812664")),
        b"",
        "",
        "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8",
        id="V1 official",
    ),
    pytest.param(
        "app_secret",
        "/test-api",
        (("foo", "bar"),),
        b"",
        "",
        "d3cb7fe11ecae942802ceeca67e7cf10120cc12f1517d45fbc1c8cfe5413c80f",
        id="V2 of the PHP client",
    ),
    pytest.param(
        SECRET,
        "/fulfillment/202309/packages/1153132168123859123/ship",
        SHOP,
        b'{"handover_method":"PICKUP"}',
        "application/json",
        "edc88960ed2c68cdd295ac9764beca90589b4f1a404ff7657220ccb322b81d47",
        id="V3 with a body",
    ),
    pytest.param(
        SECRET,
        "/order/202309/orders/search",
        (
            ("sort_order", "DESC"),
            ("sign", "IGNORED"),
            *SHOP,
            ("access_token", "IGNORED"),
            ("page_size", "20"),
            ("sort_field", "create_time"),
        ),
        b'{"order_status":"AWAITING_SHIPMENT"}',
        "application/json",
        "a1c22a279813aa3a75713cfc7d0497535e7c838752af2f775d24840a41238c3b",
        id="V4 sign and access_token ignored",
    ),
    pytest.param(
        SECRET,
        "/order/202309/orders",
        (("ids", "576461413038785752,576461413038785753"), *SHOP),
        b"",
        "application/json",
        "87eac2d1baa5b1987cf9079a6d1230edcec70dc8f5e4bd3469804de53d314380",
        id="V5 decoded list",
    ),
    pytest.param(
        SECRET,
        "/product/202309/images/upload",
        COMMON,
        b"any",
        MULTIPART,
        "46cd13e4a419b5c3755137fe65632e6a0be26a5a9410d19380d987fb10055776",
        id="V6 multipart",
    ),
]


@pytest.mark.parametrize(("secret", "path", "pairs", "body", "content_type", "expected"), VECTORS)
def test_the_vectors_of_the_documents_are_reproduced(  # noqa: PLR0913, PLR0917 - the columns of a vector
    secret: str, path: str, pairs: tuple[tuple[str, str], ...], body: bytes, content_type: str, expected: str
) -> None:
    assert sign(secret, path, pairs, body, content_type) == expected


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param((("ids", "2"), ("ids", "1"), *SHOP), id="repeated"),
        pytest.param((("keyword", ""), *SHOP), id="blank"),
        pytest.param((("keyword", "kopi susu & teh+"), *SHOP), id="decoded"),
        pytest.param((("Zeta", "1"), ("alpha", "2"), *SHOP), id="byte order"),
    ],
)
def test_a_client_that_nobody_here_wrote_signs_alike(pairs: tuple[tuple[str, str], ...]) -> None:
    theirs = Signer.sign(path="/order/202309/orders", query=pairs, content_type="application/json", body=b"{}", app_secret=SECRET)

    assert sign(SECRET, "/order/202309/orders", pairs, b"{}", "application/json") == theirs


def code(caller: Caller, response: Response) -> tuple[int, int]:
    """Give the HTTP status and the platform's code."""
    return response.status, caller.json(response)["code"]


@pytest.mark.parametrize("skew", [-300, 30])
def test_a_timestamp_at_the_edge_of_the_window_is_taken(skew: int) -> None:
    caller = Caller()

    answer = caller.gets("/logistics/202309/warehouses", at=caller.clock.now // 1000 + skew)

    assert code(caller, answer) == (200, 0)


@pytest.mark.parametrize("skew", [-301, 31, 10**14])
def test_a_timestamp_outside_the_window_is_refused(skew: int) -> None:
    caller = Caller()

    answer = caller.gets("/logistics/202309/warehouses", at=caller.clock.now // 1000 + skew)

    assert code(caller, answer) == (400, 36009004)
    assert answer.notes.refusal == "timestamp_untimely"


def test_a_body_that_was_serialised_again_is_refused() -> None:
    caller = Caller()

    request = caller.signed(
        "POST", "/order/202309/orders/search", (), b'{"order_status":"UNPAID"}', signed_body=b'{"order_status": "UNPAID"}'
    )

    assert code(caller, caller.sends(request)) == (401, 106001)


def test_an_empty_object_may_be_left_out_of_the_signature_unless_strict() -> None:
    def asks(caller: Caller) -> Response:
        return caller.sends(caller.signed("POST", "/order/202309/orders/search", (), b"{}", signed_body=b""))

    kind, strict = Caller(), Caller(settings=Settings(strict=True))

    assert code(kind, asks(kind)) == (200, 0)
    assert [use.leniency for use in asks(kind).notes.leniencies] == ["unsigned_empty_object"]
    assert code(strict, asks(strict)) == (401, 106001)


def test_blank_values_count() -> None:
    caller = Caller()

    answer = caller.gets("/product/202309/products/1", (("locale", ""),))

    assert answer.notes.refusal == "product_unknown"
