"""The stages of the merge as this API lets them be felt, and requests that nobody would send."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gladi.record.operations import OPERATIONS, Does
from gladi.record.wire import Host, Request
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.merge import ALLOWED, InFlight, Visible
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.tokopedia.api import _HANDLERS
from gladi.sandbox.tokopedia.assumptions import ASSUMPTIONS
from gladi.sandbox.tokopedia.refusals import REFUSALS
from tests.sandbox.tokopedia import Caller

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.record.wire import Response

MINE = [operation for operation in OPERATIONS if operation.platform is TOKOPEDIA]
PRICE = "POST /inventory/v1/fs/{fs_id}/price/update"
STOCK = "POST /inventory/v1/fs/{fs_id}/stock/update"
EDIT = "PATCH /v3/products/fs/{fs_id}/edit"
STOCK_BY = "POST /inventory/v1/fs/{fs_id}/stock"
CREATE = "POST /v3/products/fs/{fs_id}/create"
SHELF = "POST /v1/products/fs/{fs_id}"
NEW = {"name": "Coconut Bowl", "category_id": 1, "price": 35_000, "stock": 5, "sku": "BWL-CCN"}


def writes(caller: Caller) -> dict[str, Response]:
    """Try each write of the catalogue once, lawfully."""
    listing = caller.single()
    sku, shop = listing.offers[0].sku, caller.shop.tokopedia_id
    return {
        "tokopedia.update_price": caller.calls(PRICE, [{"sku": sku, "new_price": 111_000}], shop_id=shop),
        "tokopedia.update_stock": caller.calls(STOCK, [{"sku": sku, "new_stock": 11}], shop_id=shop),
        "tokopedia.increment_stock": caller.calls(f"{STOCK_BY}/increment", [{"sku": sku, "stock_value": 2}], shop_id=shop),
        "tokopedia.decrement_stock": caller.calls(f"{STOCK_BY}/decrement", [{"sku": sku, "stock_value": 1}], shop_id=shop),
        "tokopedia.edit_products": caller.calls(EDIT, {"products": [{"id": int(listing.id), "name": "A tray"}]}, shop_id=shop),
        "tokopedia.create_products": caller.calls(CREATE, {"products": [NEW]}, shop_id=shop),
        "tokopedia.deactivate_products": caller.calls(f"{SHELF}/inactive", {"product_id": [int(listing.id)]}, shop_id=shop),
        "tokopedia.activate_products": caller.calls(f"{SHELF}/active", {"product_id": [int(listing.id)]}, shop_id=shop),
    }


def test_every_operation_of_tokopedia_has_its_handler() -> None:
    assert set(_HANDLERS) == {operation.name for operation in MINE}


@pytest.mark.parametrize("stage", Stage)
def test_the_catalogue_is_written_just_where_the_table_says(stage: Stage) -> None:
    caller = Caller()
    caller.reaches(stage)

    done = {name for name, response in writes(caller).items() if response.status == 200}

    assert done == {name for name in ALLOWED[stage][TOKOPEDIA] if name in _HANDLERS} & set(writes(Caller()))


def test_a_locked_edit_is_refused_with_its_code_and_changes_nothing() -> None:
    caller = Caller()
    caller.reaches(Stage.MERGING)
    before = caller.state()
    listing = caller.single()

    refused = caller.calls(EDIT, {"products": [{"id": int(listing.id), "name": "A tray"}]}, shop_id=caller.shop.tokopedia_id)

    assert caller.code(refused) == (400, "PRD_USC_028")
    assert refused.notes.refusal == "locked_by_the_merge"
    assert refused.notes.assumes == ("refusal.locked_by_the_merge",)
    assert refused.notes.touches == listing.offers[0].sku
    assert caller.state() == before


def test_a_table_that_locks_an_operation_locks_it_whichever_it_is() -> None:
    caller = Caller()
    caller.api._table = {stage: {TOKOPEDIA: frozenset(), SHOP: frozenset()} for stage in Stage}
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    before = caller.state()

    refused = caller.calls(f"POST /v1/order/{caller.view(order).id}/fs/{{fs_id}}/ack")

    assert refused.notes.refusal == "locked_by_the_merge"
    assert caller.state() == before


@pytest.mark.parametrize("cell", InFlight.cells(), ids=str)
def test_an_order_in_flight_is_seen_and_acted_on_where_the_cell_says(cell: InFlight) -> None:
    caller = Caller(settings=replace(DEFAULTS, in_flight=cell))
    caller.world.link("shop-1")
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)
    due = caller.clock.due
    assert due is not None
    caller.clock.leap(due)
    assert caller.shop.stage is Stage.MERGED
    ident = caller.view(order).id

    seen = caller.calls("GET /v2/fs/{fs_id}/order", order_id=ident)
    listed = caller.calls(
        "GET /v2/order/list",
        fs_id=caller.fs_id,
        shop_id=caller.shop.tokopedia_id,
        from_date=order.placed_at // 1000,
        to_date=order.placed_at // 1000,
        page=1,
        per_page=10,
    )
    acted = caller.calls(f"POST /v1/order/{ident}/fs/{{fs_id}}/ack")

    visible = cell.visible is not Visible.NEITHER
    assert (seen.status == 200) is visible
    assert (listed.notes.shows == (order.key,)) is visible
    if visible:
        assert acted.notes.refusal == (None if cell.actionable in ("origin", "both") else "order_moved")
    else:
        assert acted.notes.refusal == "order_not_found"
    assert "setting.in_flight" in acted.notes.assumes
    assert acted.notes.touches == order.key


def test_names_of_refusals_are_unique_and_codes_are_never_invented() -> None:
    names = [refusal.name for refusal in REFUSALS]

    assert len(names) == len(set(names))
    assert len(names) > 50
    assert all(refusal.evidence.place for refusal in REFUSALS)
    assert all(evidence.is_assumed for evidence in ASSUMPTIONS.values())


# -- requests that nobody would send -----------------------------------------------------------------------------------

DIGITS = st.integers(min_value=-(10**25), max_value=10**25).map(str)
NASTY = st.sampled_from(["", "0", "-1", "NaN", "1e400", "\0", "١٢", "9" * 5000, "%00", "null", "true", "1_000", " 1", "🦀", "a,b", "1,,2"])
TEXT = st.one_of(NASTY, DIGITS, st.text(max_size=12))
REAL = st.sampled_from(["6500001", "65000011", "13000", "1100000009", "2000000001", "BTK-PRG-S", "400", "220"])
NAMES = st.sampled_from(
    [
        "fs_id",
        "shop_id",
        "warehouse_id",
        "product_id",
        "product",
        "sku",
        "page",
        "per_page",
        "from_date",
        "to_date",
        "status",
        "order_id",
        "invoice_num",
        "user_id",
        "upload",
        "grant_type",
        "bypass_update_product_status",
        "request_id",
        "printed",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(min_value=-(2**70), max_value=2**70) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "sku",
                    "product_id",
                    "new_price",
                    "new_stock",
                    "products",
                    "id",
                    "name",
                    "order_id",
                    "shop_id",
                    "order_status",
                    "fs_id",
                    "stock_value",
                    "category_id",
                    "price",
                    "stock",
                    "variant",
                    "selection",
                    "options",
                    "combination",
                    "reason",
                    "reason_code",
                ]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
BODIES = st.one_of(
    st.binary(max_size=40),
    JSON.map(msgspec.json.encode),
    st.sampled_from(
        [
            b"",
            b"[" * 50_000,
            b'{"products":' * 50_000,
            b'[{"sku":"\xff\xfe"}]',
            b'{"fs_id":13000,"a":' + b"9" * 6000 + b"}",
            b'{"order_id":1100000009,"shop_id":6500001}',
            b'{"order_status":500,"shipping_ref_num":"\\ud800"}',
            b'{"reason_code":1,"reason":"\\ud800"}',
            b'{"product_id":[2000000001,1,-1]}',
            b'[{"sku":"BTK-PRG-S","stock_value":1},{"product_id":2000000001,"new_stock":0}]',
            b'{"products":[{"name":"\\ud800","category_id":1,"price":100,"stock":1}]}',
            b'{"products":[{"name":"x","category_id":1,"price":100,"variant":{"products":[{"price":100,"stock":1}]}}]}',
            b'[{"sku":"BTK-PRG-S","new_price":NaN}]',
            b'[{"sku":"BTK-PRG-S","new_price":-0,"new_stock":-0}]',
        ]
    ),
)
WRITES = frozenset(
    (Does.SETS_PRICES, Does.SETS_STOCK, Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS, Does.FULFILS_ORDERS, Does.REGISTERS_WEBHOOKS)
)


@st.composite
def requests(draw: st.DrawFn, caller: Caller) -> tuple[Operation, Request]:
    """Draw a request to a known operation in which anything may be wrong."""
    operation = draw(st.sampled_from(MINE))
    path = operation.path
    for name, real in (("fs_id", str(caller.fs_id)), ("order_id", "1100000009")):
        path = path.replace(f"{{{name}}}", real if draw(st.booleans()) else draw(TEXT).replace("/", ""))
    query = "&".join(f"{draw(NAMES)}={draw(REAL | TEXT)}" for _ in range(draw(st.integers(0, 5))))
    if draw(st.booleans()):
        query += f"&fs_id={caller.fs_id}&shop_id=6500001"
    token = draw(st.sampled_from([f"Bearer {caller.token}"] * 4 + ["", "Bearer", "Basic !!!"]))
    method = draw(st.sampled_from([operation.method] * 9 + ["PUT", "", "get"]))
    return operation, Request(
        method, operation.host, path, caller.clock.now, query=query, headers={"authorization": token}, body=draw(BODIES)
    )


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_no_request_makes_it_raise_and_a_refused_write_changes_nothing(data: st.DataObject) -> None:
    caller = Caller()
    operation, request = data.draw(requests(caller))
    before = caller.state()

    response = caller.sends(request)
    is_label = response.body.startswith(b"<!DOCTYPE html>")
    answer: Any = {"data": None, "header": {}} if is_label else caller.json(response)

    assert isinstance(answer, dict)
    assert not is_label or operation.name == "tokopedia.get_shipping_label"
    assert (
        {"header", "data"} <= set(answer) or {"data", "status", "error_message"} <= set(answer) or operation.host is not Host.TOKOPEDIA_API
    )
    assert (response.status == 200) is (response.notes.refusal is None)
    assert {name for name in response.notes.assumes if name.startswith("tokopedia.")} <= set(ASSUMPTIONS)
    if response.status != 200 or operation.does not in WRITES:
        assert caller.state() == before


@settings(max_examples=200, deadline=None)
@given(method=st.sampled_from(["GET", "POST", "PATCH", "HEAD", "\0"]), path=st.text(max_size=30), host=st.sampled_from(list(Host)[:2]))
def test_no_path_makes_it_raise(method: str, path: str, host: Host) -> None:
    caller = Caller()

    response = caller.sends(Request(method, host, f"/{path}", caller.clock.now))

    assert response.status in (400, 401, 404, 405)
    assert isinstance(caller.json(response), dict)
