"""A buyer who has his order sent elsewhere: what the API shows of it then, and until when he may."""

from __future__ import annotations

import pytest

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.moving import move
from gladi.sandbox.world.records import OrderStatus
from tests.sandbox.shop import Caller, view_of

MINUTE = 60_000


def test_the_order_its_package_and_its_update_time_show_that_the_address_has_changed() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)
    before = caller.searches_orders(page_size="1")["orders"][0]
    caller.clock.leap(caller.clock.now + MINUTE)

    moved = move(caller.world, order.key)

    after = caller.searches_orders(page_size="1", sort_field="update_time")["orders"][0]
    package = caller.json(caller.gets(f"/fulfillment/202309/packages/{view_of(order).package}"))["data"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"update_time", "has_updated_recipient_address", "recipient_address"}
    assert (after["has_updated_recipient_address"], after["update_time"] - before["update_time"]) == (True, 60)
    assert {one["recipient_address"]["postal_code"] for one in (after, package)} == {moved.buyer.postal_code}


def test_nothing_that_names_the_old_address_names_a_new_one_and_who_gets_it_stays_the_same() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP)

    once = move(caller.world, order.key)
    twice = move(caller.world, order.key)

    places = [(one.buyer.address, one.buyer.district, one.buyer.city, one.buyer.postal_code) for one in (order, once, twice)]
    assert len({word for place in places for word in place}) == 12
    assert len({(one.buyer.id, one.buyer.name, one.buyer.phone) for one in (order, once, twice)}) == 1
    assert (once.moved_from, twice.moved_from) == (order.buyer, once.buyer)


def test_an_order_on_hold_may_be_sent_elsewhere() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=SHOP, on_hold=True)

    moved = move(caller.world, order.key)

    assert view_of(moved).status is OrderStatus.ON_HOLD


@pytest.mark.parametrize("status", [OrderStatus.ARRANGED, OrderStatus.SHIPPED, OrderStatus.CANCELLED_BY_BUYER])
def test_once_its_shipment_is_arranged_an_order_stays_where_it_goes(status: OrderStatus) -> None:
    caller = Caller()
    order = caller.order_that_is(status)

    with pytest.raises(WorldError, match=f"order {order.key} is {status}; a buyer changes the address before shipment is arranged"):
        move(caller.world, order.key)

    assert caller.world.orders[order.key] == order


def test_an_order_of_tokopedia_stays_where_it_goes() -> None:
    caller = Caller()
    order = caller.world.place_order("shop-1", on=TOKOPEDIA)

    with pytest.raises(WorldError, match=f"order {order.key} was not placed there; buy on Tokopedia & Shop"):
        move(caller.world, order.key)
