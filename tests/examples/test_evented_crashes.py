"""The evented example is killed in the middle of calls: no order leaves twice, no change is lost, and what it knew it still knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi import SHOP, TOKOPEDIA, Actionable, InFlight, OrderState, PlacedOrder, Stage, Visible
from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.record.journal import Call, Fact, What
from gladi.sandbox.settings import Settings
from tests.rogues.shortcut import shortcut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from gladi import Platform

_SHIPS = ("tokopedia.request_pickup", "shop.ship_package")
_BOTH = InFlight(Visible.BOTH, Actionable.BOTH)


@pytest.fixture(autouse=True)
def _short_way() -> Iterator[None]:
    with shortcut():
        yield


def _rehearsal(storage: Path, **settings: Any) -> Rehearsal:
    return Rehearsal(Plan(load("examples.evented:Evented"), Settings(strict=True, **settings), storage))


def _broken(rehearsal: Rehearsal) -> list[str]:
    return [violation.text for one in rehearsal.judgements if one.outcome is Outcome.BROKEN for violation in one.violations]


def _crashes(rehearsal: Rehearsal) -> int:
    return sum(isinstance(entry, Fact) and entry.what == What.CRASHED for entry in rehearsal.journal.entries)


def _reached(rehearsal: Rehearsal, *operations: str) -> list[str]:
    """Give the calls of these operations that did what they asked for, whether their answer arrived or not."""
    calls = [entry for entry in rehearsal.journal.entries if isinstance(entry, Call) and entry.operation in operations]
    return [call.operation for call in calls if not call.refused and call.lost != "request"]


@pytest.mark.asyncio
@pytest.mark.parametrize("before", [True, False], ids=["before it arrived", "after it had its effect"])
@pytest.mark.parametrize(
    ("platform", "operation"),
    [(TOKOPEDIA, "tokopedia.accept_order"), (TOKOPEDIA, "tokopedia.request_pickup"), (SHOP, "shop.ship_package")],
)
async def test_an_order_leaves_once_though_the_process_goes_in_the_call_that_ships_it(
    platform: Platform, operation: str, tmp_path: Path, *, before: bool
) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []
    states: list[OrderState] = []

    async def body() -> None:
        orders.append(await rehearsal.buyer.orders(on=platform))
        await rehearsal.passes(minutes=11)
        rehearsal.trouble.crashes(at=operation, before=before)
        await rehearsal.clerk.ships(orders[0])
        await rehearsal.passes(minutes=5)
        states.extend(await rehearsal.clerk.finds(orders[0]))

    await rehearsal.perform(body)

    assert (_crashes(rehearsal), _reached(rehearsal, operation)) == (1, [operation])
    assert ([parcel.platform for parcel in orders[0].parcels], states) == ([platform], [OrderState.SHIPPED])
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("before", [True, False], ids=["before it arrived", "after it had its effect"])
async def test_an_order_on_both_sides_leaves_once_though_the_process_goes(tmp_path: Path, *, before: bool) -> None:
    rehearsal = _rehearsal(tmp_path, in_flight=_BOTH)
    orders: list[PlacedOrder] = []

    async def body() -> None:
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until_the_last_minute()
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=30)
        rehearsal.trouble.crashes(at=_SHIPS, before=before)
        await rehearsal.clerk.ships(orders[0])
        await rehearsal.passes(minutes=10)

    await rehearsal.perform(body)

    assert (_crashes(rehearsal), len(_reached(rehearsal, *_SHIPS))) == (1, 1)
    assert len(orders[0].parcels) == 1
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("before", [True, False], ids=["before it arrived", "after it had its effect"])
@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
@pytest.mark.parametrize("what", ["price", "stock", "description"])
async def test_a_change_reaches_both_shelves_though_the_process_goes(
    what: str, platform: Platform, tmp_path: Path, *, before: bool
) -> None:
    rehearsal = _rehearsal(tmp_path)
    operations = {
        "price": {TOKOPEDIA: "tokopedia.update_price", SHOP: "shop.update_price"},
        "stock": {TOKOPEDIA: "tokopedia.update_stock", SHOP: "shop.update_inventory"},
        "description": {TOKOPEDIA: "tokopedia.edit_products", SHOP: "shop.partial_edit_product"},
    }
    seen: list[Any] = []

    async def body() -> None:
        sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
        wishes: dict[str, Callable[[], Awaitable[Any]]] = {
            "price": lambda: rehearsal.seller.sets_the_price(sku, to=123_000),
            "stock": lambda: rehearsal.seller.sets_the_stock(sku, to=7),
            "description": lambda: rehearsal.seller.edits(sku, description="Washed twice."),
        }
        await rehearsal.passes(minutes=1)
        rehearsal.trouble.crashes(at=operations[what][platform], before=before)
        await wishes[what]()
        await rehearsal.passes(minutes=5)
        looks = [rehearsal.shelves.look(sku, on=one) for one in (TOKOPEDIA, SHOP)]
        seen.extend({"price": look.price, "stock": look.units, "description": look.description}[what] for look in looks)

    await rehearsal.perform(body)

    assert seen == [{"price": 123_000, "stock": 7, "description": "Washed twice."}[what]] * 2
    assert (_crashes(rehearsal), _broken(rehearsal)) == (1, [])


@pytest.mark.asyncio
async def test_a_merge_is_linked_though_the_process_goes_while_it_confirms_the_webhook(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    links: list[str] = []

    async def body() -> None:
        await rehearsal.passes(minutes=1)
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.passes(minutes=170)
        # The next but those that come every five minutes: the one that confirms the webhook, or the poll of that minute.
        rehearsal.trouble.crashes(at="tokopedia.get_shop_info", nth=2, before=False)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=15)
        links.extend(link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links())

    await rehearsal.perform(body)

    assert links == rehearsal.merged_shop_ids
    assert (_crashes(rehearsal), _broken(rehearsal)) == (1, [])


@pytest.mark.asyncio
async def test_whoever_comes_after_a_crash_shows_what_was_shown_before_it(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    shown: list[list[object]] = []

    async def looks() -> None:
        shown.append(
            [
                sorted((row.platform, row.order_id) for row in await rehearsal.clerk.sees()),
                [(notice.about, notice.text) for notice in await rehearsal.seller.reads_the_notices()],
                list(await rehearsal.seller.sees_the_shop_links()),
                list(await rehearsal.seller.sees_the_product_links()),
            ]
        )

    async def body() -> None:
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.seller.confirms_the_product_merge()
        await rehearsal.passes(hours=2)
        order = await rehearsal.buyer.orders(on=SHOP)
        await rehearsal.passes(minutes=11)
        await looks()
        rehearsal.trouble.crashes(at="shop.ship_package", before=True)
        await rehearsal.clerk.ships(order)
        await rehearsal.passes(minutes=1)
        await looks()

    await rehearsal.perform(body)

    before, after = shown
    assert all(before)
    assert after == before
    assert _crashes(rehearsal) == 1
