"""An order that the merge has caught: how it is found on Tokopedia & Shop, and how a model bears that it is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from gladi.attempts.account import Account
from gladi.attempts.policy import TestShop
from gladi.attempts.sightings import Sightings
from gladi.record.journal import Fact, What
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.merge import InFlight
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.accompanying import bear_copy

FOUR_HOURS = timedelta(hours=4)
ORDER, PACKAGE = "5769999999999999999", "1159999999999999999"


class Shops:
    """A sandbox whose shops have merged while orders were in flight, and our look at it."""

    def __init__(self, cell: str, *seconds: float, on_shop: bool = False) -> None:
        """Have orders placed so many seconds apart from each other, each of them seen on Tokopedia, and one `on_shop` at the same time."""
        self.sandbox = Sandbox(seed=7, settings=Settings(in_flight=InFlight.parse(cell)))
        app, clock, world = self.sandbox.app, self.sandbox.clock, self.sandbox.world
        shop = world.all_shops()[0]
        tokens = tuple(one.refresh_token for one in self.sandbox.consents)
        self.sightings = Sightings(
            self.sandbox,
            Account(app.fs_id, app.client_id, app.client_secret, app.webhook_secret, app.app_key, app.app_secret, tokens),
            TestShop(shop.tokopedia_id, shop.shop_id, shop.name),
            now=lambda: clock.now,
            business=lambda: clock.now,
        )
        clock.leap(clock.now + 3_600_000)
        for wait in seconds:
            clock.leap(clock.now + round(wait * 1000))
            world.place_order(shop.key, on=TOKOPEDIA)
        if on_shop:
            world.place_order(shop.key, on=SHOP)
        self.sightings.orders(TOKOPEDIA)
        world.link(shop.key, takes=FOUR_HOURS)
        clock.leap(clock.now + round(FOUR_HOURS.total_seconds() * 1000))
        assert world.stage(shop.key) is Stage.MERGED

    def copy_of(self, key: str) -> tuple[str, str | None] | None:
        """Look for the copy of an order."""
        view = self.sandbox.world.orders[key].tokopedia
        assert view is not None
        return self.sightings.copy_of(view.id)


def test_it_is_known_by_the_second_in_which_it_was_bought_in_the_app_of_tokopedia() -> None:
    shops = Shops("both/both", 0, 1)

    found = shops.copy_of("INV-002")

    copy = shops.sandbox.world.orders["INV-002"].shop_view
    assert copy is not None
    assert found == (copy.id, copy.package)
    assert found != shops.copy_of("INV-001")


@pytest.mark.parametrize(("cell", "seconds"), [("origin/origin", (0,)), ("both/both", (0, 0))], ids=["nowhere", "one of two"])
def test_where_it_is_not_or_where_nobody_can_tell_which_it_is_it_is_not_found(cell: str, seconds: tuple[float, ...]) -> None:
    shops = Shops(cell, *seconds)

    assert shops.copy_of("INV-001") is None


def test_what_was_bought_on_tokopedia_and_shop_in_that_second_is_none() -> None:
    shops = Shops("both/both", 0, on_shop=True)

    found = shops.copy_of("INV-001")

    copy = shops.sandbox.world.orders["INV-001"].shop_view
    assert copy is not None
    assert found == (copy.id, copy.package)


def test_one_that_tokopedia_never_showed_is_not_looked_for() -> None:
    shops = Shops("both/both", 0)
    calls = len(shops.sandbox.journal.entries)

    assert shops.sightings.copy_of("1") is None
    assert len(shops.sandbox.journal.entries) == calls


@pytest.mark.parametrize("cell", ["origin/origin", "both/shop", "both/both", "neither/shop"])
def test_a_model_bears_what_was_seen_whatever_its_cell_says(cell: str) -> None:
    world = Shops(cell, 0).sandbox.world

    order = bear_copy(world, world.orders["INV-001"], ORDER, PACKAGE)

    assert order.shop_view is not None
    assert (order.shop_view.id, order.shop_view.package, order.shop_view.actionable) == (ORDER, PACKAGE, True)
    assert (world.order_where(str(SHOP), ORDER), world.order_where("package", PACKAGE)) == (order, order)


def test_what_the_model_would_have_made_up_later_does_not_take_its_place() -> None:
    sandbox = Shops("neither/shop", 0).sandbox
    bear_copy(sandbox.world, sandbox.world.orders["INV-001"], ORDER, PACKAGE)

    sandbox.clock.leap(sandbox.clock.now + 48 * 3_600_000)

    view = sandbox.world.orders["INV-001"].shop_view
    assert view is not None
    assert view.id == ORDER


@pytest.mark.parametrize(("cell", "appears"), [("origin/origin", True), ("both/both", False)])
def test_that_it_appears_is_told_where_the_model_did_not_have_it_there(cell: str, appears: bool) -> None:  # noqa: FBT001 - a parameter
    world = Shops(cell, 0).sandbox.world
    behind = len(world.journal.entries)

    bear_copy(world, world.orders["INV-001"], ORDER, PACKAGE)

    told = [
        (one.order, one.platform) for one in world.journal.entries[behind:] if isinstance(one, Fact) and one.what == What.ORDER_APPEARED
    ]
    assert told == ([("INV-001", SHOP)] if appears else [])


def test_what_the_model_has_there_already_stays_as_it_is_but_for_its_ids() -> None:
    world = Shops("both/both", 0).sandbox.world
    before = world.orders["INV-001"].shop_view
    assert before is not None
    shipped = world.orders.put("INV-001", world.orders["INV-001"].seen(SHOP, replace(before, updated_at=5, actionable=False)))

    order = bear_copy(world, shipped, ORDER, PACKAGE)

    assert order.shop_view == replace(before, updated_at=5, actionable=False, id=ORDER, package=PACKAGE)
