"""No request, however malformed, makes the shop side raise, answer in another form, or change the world when it says no."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gladi.record.operations import OPERATIONS
from gladi.record.wire import Host, Request
from gladi.record.words import SHOP, Stage
from gladi.sandbox.shop.order_sheet import DELIVERY
from gladi.sandbox.shop.refusals import REFUSALS
from gladi.sandbox.world.records import OrderStatus
from gladi.sandbox.world.withdrawals import withdraw
from tests.sandbox.shop import Caller, view_of

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.sandbox.world.records import Order

SHOP_SIDE = [operation for operation in OPERATIONS if operation.platform is SHOP]
CODES = {int(refusal.code) for refusal in REFUSALS}
NASTY = [
    "",
    "\0",
    "\ud800",
    "%00",
    "..",
    "1e999",
    "9" * 400,
    "-1",
    "é",
    "\u0663",
    "null",
    "true",
    "' or 1=1",
    "a" * 2_000,
    "%",
    "+",
    "&=",
    "A" * 20,
]
words = st.sampled_from(NASTY) | st.text(max_size=20)
scalars = st.none() | st.booleans() | st.integers() | st.sampled_from([10**400, -(2**63), 2**64]) | st.floats() | words
FIELDS = [
    "skus",
    "id",
    "price",
    "amount",
    "currency",
    "inventory",
    "warehouse_id",
    "quantity",
    "title",
    "description",
    "listing_platforms",
    "status",
    "seller_skus",
    "sku_ids",
    "order_status",
    "create_time_ge",
    "create_time_lt",
    "update_time_ge",
    "update_time_lt",
    "create_time_le",
    "warehouse_ids",
    "buyer_user_id",
    "handover_method",
    "pickup_slot",
    "start_time",
    "self_shipment",
    "audit_status",
    "type",
    "content",
]
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS) | words, inner, max_size=4),
    max_leaves=12,
)
bodies = (
    trees.map(lambda tree: json.dumps(tree).encode())
    | st.binary(max_size=200)
    | st.sampled_from(
        [b"", b"{}", b"[]", b"null", b"\xff\xfe{}", b"[" * 100_000, b'{"x":' * 50_000, b'{"skus":[' + b"1," * 9999 + b"1]}", b" {} "]
    )
)
queries = st.lists(
    st.tuples(
        st.sampled_from(["page_size", "page_token", "sort_field", "sort_order", "ids", "shop_cipher", "sign", "timestamp", "grant_type"])
        | words,
        words,
    ),
    max_size=4,
)


pages = st.lists(
    st.sampled_from([("page_size", "5"), ("page_token", "A" * 20), ("sort_order", "ASC"), ("ids", "1,2"), ("locale", "")]), max_size=3
)


def mostly(usual: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw the usual thing four times out of five."""
    return st.integers(0, 4).flatmap(lambda number: usual if number else other)


def _paid(caller: Caller) -> Order:
    return caller.world.place_order("shop-1", on=SHOP)


def path_of(caller: Caller, operation: Operation, data: st.DataObject) -> str:
    """Fill a path template with ids that exist, or now and then with anything."""
    talks = caller.world.conversations
    real = {
        "conversation_id": talks.begin("shop-1", talks.stranger(), on=SHOP, home=SHOP).id,
        "version": operation.versions[-1] if operation.versions else "",
        "product_id": caller.listing().id,
        "warehouse_id": caller.shop.warehouses[0].shop_id,
        "delivery_option_id": str(DELIVERY["delivery_option_id"]),
        "cancel_id": withdraw(caller.world, _paid(caller).key).id,
        "package_id": view_of(next(caller.world.orders.rows("shop.created", ("shop-1", OrderStatus.PAID)))).package or "",
    }
    return "/".join(
        data.draw(mostly(st.just(real[segment[1:-1]]), words.map(lambda word: word[:300].replace("/", ""))))
        if segment.startswith("{")
        else segment
        for segment in operation.path.split("/")
    )


def body_of(caller: Caller, data: st.DataObject) -> bytes:
    """Write a body that is nearly right, or anything."""
    offer, place = caller.listing().offers[0], caller.shop.warehouses[0]
    price = st.fixed_dictionaries(
        {}, optional={"amount": mostly(st.sampled_from(["1000", "0", "1.5"]), scalars), "currency": mostly(st.just("IDR"), scalars)}
    )
    units = st.fixed_dictionaries(
        {}, optional={"warehouse_id": mostly(st.just(place.shop_id), scalars), "quantity": mostly(st.integers(-1, 100_001), scalars)}
    )
    sku = st.fixed_dictionaries(
        {"id": mostly(st.just(offer.id), scalars)}, optional={"price": price | trees, "inventory": st.lists(units, max_size=3) | trees}
    )
    package = st.just(view_of(_paid(caller)).package)
    near = st.fixed_dictionaries(
        {},
        optional={
            "skus": st.lists(sku, max_size=3),
            "title": st.text(max_size=300),
            "type": st.sampled_from(["TEXT", "ORDER_CARD", "VIDEO"]) | scalars,
            "content": trees.map(json.dumps) | scalars,
            "listing_platforms": st.lists(st.sampled_from(["TIKTOK_SHOP", "TOKOPEDIA"]) | scalars, max_size=3),
            "order_status": st.sampled_from(["CANCELLED", "UNPAID"]) | scalars,
            "create_time_ge": st.integers() | scalars,
            "update_time_lt": st.integers() | scalars,
            "handover_method": st.sampled_from(["PICKUP"]) | scalars,
            "packages": st.lists(st.fixed_dictionaries({"id": package | scalars}), max_size=3) | trees,
            "order_id": st.just(view_of(_paid(caller)).id) | scalars,
            "cancel_reason": scalars,
        },
    ).map(lambda tree: json.dumps(tree).encode())
    return data.draw(st.one_of(near, near, bodies))


def snapshot(caller: Caller) -> tuple[Any, ...]:
    """Give all that a refused request must leave as it was."""
    world = caller.world
    listings = tuple(world.listings.rows("shop", (SHOP, "shop-1")))
    talks = tuple(world.conversations.latest("shop-1", SHOP))
    moved = dict(world.parcels), dict(world.withdrawals)
    return talks, listings, tuple(world.orders.rows("shop.created", "shop-1")), moved, len(caller.journal.entries)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_request_makes_it_raise_and_what_it_refuses_changes_nothing(data: st.DataObject) -> None:
    caller = Caller()
    if data.draw(st.booleans()):
        caller.world.link("shop-1")
    operation = data.draw(st.sampled_from(SHOP_SIDE))
    path = path_of(caller, operation, data)
    pairs = tuple(data.draw(mostly(pages, queries)))
    body = body_of(caller, data) if operation.method == "POST" else b""
    before = snapshot(caller)

    sendable = tuple((name.encode(errors="replace").decode(), value.encode(errors="replace").decode()) for name, value in pairs)
    cipher = None if operation.name == "shop.get_authorized_shops" else ""
    request = caller.signed(operation.method, path, sendable, body, cipher=cipher)
    answer = caller.sends(replace(request, host=operation.host))

    envelope = json.loads(answer.body)
    assert set(envelope) == {"code", "message", "request_id", "data"}
    assert answer.headers[0] == ("content-type", "application/json")
    if envelope["code"] == 0:
        assert isinstance(envelope["data"], dict)
        assert None not in envelope["data"].values()
    else:
        assert envelope["data"] is None
        assert envelope["code"] in CODES
        assert answer.notes.code == str(envelope["code"])
        assert snapshot(caller) == before


@settings(max_examples=200, deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "BREW"]) | words,
    host=st.sampled_from([Host.SHOP_API, Host.SHOP_AUTH]),
    path=st.sampled_from([operation.path for operation in SHOP_SIDE]) | words,
    query=words,
    headers=st.dictionaries(st.sampled_from(["content-type", "x-tts-access-token"]), words),
    body=bodies,
    clocks=st.lists(st.integers(), max_size=2).map(tuple),
)
def test_an_unsigned_request_of_any_kind_is_refused(  # noqa: PLR0913, PLR0917 - a request is its parts
    method: str, host: Host, path: str, query: str, headers: dict[str, str], body: bytes, clocks: tuple[int, ...]
) -> None:
    caller = Caller()
    before = snapshot(caller)

    answer = caller.sends(Request(method, host, path, caller.clock.now, query, headers, body, clocks))

    assert json.loads(answer.body)["code"] in CODES
    assert snapshot(caller) == before
    assert caller.world.stage("shop-1") is Stage.PENDING
