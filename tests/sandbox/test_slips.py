"""What is printed once of an order is printed anew as soon as anything in it is another."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.tokopedia.slips import detail, row
from tests.sandbox.tokopedia import Caller

CALLER = Caller()
ORDER = CALLER.world.place_order("shop-1", on=TOKOPEDIA)
SHOP = CALLER.shop
ANOTHER = msgspec.structs.replace(SHOP, tokopedia_id=SHOP.tokopedia_id + 1)


def said(raw: msgspec.Raw) -> dict[str, Any]:
    """Read what was printed."""
    found: dict[str, Any] = msgspec.json.decode(bytes(raw))
    return found


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        (row(ORDER, SHOP, 13000, None), row(ORDER, SHOP, 13001, None), "fs_id"),
        (row(ORDER, SHOP, 13000, None), row(ORDER, ANOTHER, 13000, None), "shop_id"),
        (row(ORDER, SHOP, 13000, None), row(ORDER, SHOP, 13000, CALLER.clock.now + 60_000), "shipment_fulfillment"),
        (detail(ORDER, SHOP, None), detail(ORDER, ANOTHER, None), "seller_id"),
        (detail(ORDER, SHOP, None), detail(ORDER, SHOP, CALLER.clock.now + 60_000), "shipment_fulfillment"),
    ],
)
def test_what_differs_is_printed_otherwise(one: msgspec.Raw, other: msgspec.Raw, field: str) -> None:
    assert said(one)[field] != said(other)[field]
    assert said(one) | {field: None} == said(other) | {field: None}


@pytest.mark.parametrize("call", ["GET /v2/order/list", "GET /v2/fs/{fs_id}/order"])
def test_an_order_that_was_read_and_then_accepted_is_read_as_accepted(call: str) -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    now = caller.clock.now // 1000
    asks: dict[str, Any] = {"order_id": caller.view(order).id}
    if call.endswith("list"):
        asks = {"fs_id": caller.fs_id, "from_date": now - 60, "to_date": now, "page": 1, "per_page": 1, "shop_id": caller.shop.tokopedia_id}

    def status() -> int:
        data = caller.data(caller.calls(call, **asks))
        return int((data[0] if isinstance(data, list) else data)["order_status"])

    before = status()
    caller.data(caller.calls(f"POST /v1/order/{caller.view(order).id}/fs/{{fs_id}}/ack"))

    assert (before, status()) == (220, 400)
