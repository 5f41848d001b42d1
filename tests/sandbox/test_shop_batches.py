"""Packages shipped in one call, and the times at which no courier can be asked for one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gladi.record.words import SHOP
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings, ShipErrorCodes
from gladi.sandbox.world.withdrawals import withdraw
from tests.sandbox.shop import Caller, view_of

HOUR = 3_600_000


def ships_all(caller: Caller, *packages: str | None) -> Any:
    return caller.posts("/fulfillment/202309/packages/ship", {"packages": [{"id": package} for package in packages]})


def errors(caller: Caller, *packages: str | None) -> list[tuple[int, str]]:
    answer = caller.json(ships_all(caller, *packages))
    assert answer["code"] == 0
    return [(error["code"], error["detail"]["package_id"]) for error in answer["data"]["errors"]]


def test_packages_of_a_batch_leave_each_once() -> None:
    caller = Caller()
    packages = [view_of(caller.world.place_order("shop-1", on=SHOP)).package for _ in range(3)]

    first = errors(caller, *packages)
    second = errors(caller, packages[0], packages[0])

    assert first == []
    assert second == [(21011040, packages[0])] * 2
    assert len(caller.world.parcels) == 3


def test_a_batch_notes_every_order_that_it_names() -> None:
    caller = Caller()
    orders = [caller.world.place_order("shop-1", on=SHOP) for _ in range(2)]
    caller.world.couriers.stay_away(orders[1].key)

    notes = ships_all(caller, *(view_of(order).package for order in orders), "1").notes

    assert (notes.touches, notes.batch, notes.refusal) == (None, ("INV-001", "INV-002"), None)
    assert "refusal.collection_time_missing" in notes.assumes


def test_what_cannot_leave_keeps_back_none_of_the_others() -> None:
    caller = Caller(seeded=seller(0, sellers=2))
    held, asked, leaves = (caller.world.place_order("shop-1", on=SHOP, on_hold=number == 0) for number in range(3))
    foreign = caller.world.place_order("shop-2", on=SHOP)
    withdraw(caller.world, asked.key)

    found = errors(caller, *(view_of(order).package for order in (held, asked, foreign, leaves)), "1")

    assert [code for code, _ in found] == [21011044, 21011007, 21011028, 21001001]
    assert [parcel.order for parcel in caller.world.parcels.values()] == [leaves.key]


@pytest.mark.parametrize("body", [{}, {"packages": []}, {"packages": [{"handover_method": "PICKUP"}]}, {"packages": [{"id": 1}]}], ids=str)
def test_a_batch_without_packages_is_refused_as_a_whole(body: dict[str, Any]) -> None:
    caller = Caller()

    answer = caller.posts("/fulfillment/202309/packages/ship", body)

    assert answer.notes.refusal == "parameter_invalid"


@pytest.mark.parametrize(
    ("codes", "missed", "missing"), [(ShipErrorCodes.REFERENCE, 21011053, 21011054), (ShipErrorCodes.CHANGELOG, 11021035, 11021036)]
)
def test_no_parcel_leaves_outside_its_collection_time(codes: ShipErrorCodes, missed: int, missing: int) -> None:
    caller = Caller(settings=Settings(ship_error_codes=codes))
    late, never = (caller.world.place_order("shop-1", on=SHOP) for _ in range(2))
    caller.world.couriers.stay_away(late.key, time=timedelta(hours=1))
    caller.world.couriers.stay_away(never.key)

    answers = [caller.ships(order) for order in (late, never)]

    assert [caller.json(answer)["code"] for answer in answers] == [missed, missing]
    assert all("setting.ship_error_codes" in answer.notes.assumes for answer in answers)
    assert caller.world.parcels == {}


def test_a_parcel_leaves_when_its_collection_time_has_come() -> None:
    caller = Caller()
    late, never = (caller.world.place_order("shop-1", on=SHOP) for _ in range(2))
    caller.world.couriers.stay_away(late.key, time=timedelta(hours=1))
    caller.world.couriers.stay_away(never.key)

    caller.clock.leap(caller.clock.now + HOUR)
    caller.world.couriers.come_again(never.key)

    assert errors(caller, view_of(late).package, view_of(never).package) == []


def test_the_slots_of_a_package_begin_when_the_courier_has_time() -> None:
    caller = Caller()
    late, never = (caller.world.place_order("shop-1", on=SHOP) for _ in range(2))
    caller.world.couriers.stay_away(late.key, time=timedelta(days=2))
    caller.world.couriers.stay_away(never.key)

    found = [
        caller.json(caller.gets(f"/fulfillment/202309/packages/{view_of(order).package}/handover_time_slots"))["data"]
        for order in (late, never)
    ]

    assert [one["can_pickup"] for one in found] == [True, False]
    assert found[1]["pickup_slots"] == []
    assert all(slot["start_time"] * 1000 > caller.clock.now + 48 * HOUR for slot in found[0]["pickup_slots"])
