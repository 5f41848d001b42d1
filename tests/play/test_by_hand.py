"""What people do past the system, and what the clerk has printed: as facts for the judges, and in one sentence where it cannot be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from gladi import (
    SHOP,
    TOKOPEDIA,
    Actionable,
    Document,
    DocumentKind,
    InFlight,
    OrderState,
    PlacedOrder,
    PrintsDocuments,
    Rehearsal,
    SeenOrder,
    SeesOrders,
    Stage,
    Visible,
)
from gladi.play.faults import RehearsalError, SystemFault
from gladi.record.clock import instant
from gladi.record.journal import Call, Deed, Fact, What
from gladi.record.operations import Does
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import Platform


class Prints(Quiet, SeesOrders, PrintsDocuments):
    """Shows and prints what a test puts here."""

    rows: tuple[SeenOrder, ...] = ()
    paper: Any = Document("text/plain", b"a label")
    asked: list[tuple[SeenOrder, DocumentKind]]

    def __init__(self, venue: Any) -> None:
        super().__init__(venue)
        type(self).asked = []

    def orders(self) -> tuple[SeenOrder, ...]:
        return self.rows

    def print_document(self, order: SeenOrder, kind: DocumentKind) -> Any:
        self.asked.append((order, kind))
        return self.paper


def rows_of(order: PlacedOrder, state: OrderState = OrderState.SHIPPED) -> tuple[SeenOrder, ...]:
    return tuple(SeenOrder(platform, id_, state) for platform in (TOKOPEDIA, SHOP) if (id_ := order.id_on(platform)) is not None)


@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
def test_an_order_shipped_by_hand_leaves_as_a_fact_and_as_a_deed(platform: Any, tmp_path: Path) -> None:
    orders: list[PlacedOrder] = []

    async def body(rehearsal: Rehearsal) -> None:
        orders.append(await rehearsal.buyer.orders(on=platform))
        await rehearsal.seller.ships_by_hand(orders[0], on=platform)

    rehearsal = perform(Quiet, tmp_path, body)

    deed = next(entry for entry in rehearsal.journal.entries if isinstance(entry, Deed) and "by hand" in entry.did)
    left = next(entry for entry in rehearsal.journal.entries if isinstance(entry, Fact) and entry.what == What.PARCEL_LEFT)
    assert [(parcel.platform, parcel.by_hand) for parcel in orders[0].parcels] == [(platform, True)]
    assert deed.did == f"shipped order INV-001 by hand, in the console of {platform.label}"
    assert (left.order, left.platform, left.by_hand) == ("INV-001", platform, True)


def test_an_order_is_shipped_by_hand_once_and_only_where_it_lives(tmp_path: Path) -> None:
    said: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.seller.accepts_by_hand(order)
        for act in (
            rehearsal.seller.accepts_by_hand(order),
            rehearsal.seller.ships_by_hand(order, on=SHOP),
            rehearsal.seller.ships_by_hand(order, on=TOKOPEDIA),
            rehearsal.seller.ships_by_hand(order, on=TOKOPEDIA),
        ):
            try:
                await act
            except RehearsalError as error:
                said.append(str(error))

    perform(Quiet, tmp_path, body)

    assert said == [
        "order INV-001 is accepted on Tokopedia already",
        "Tokopedia & Shop does not show order INV-001, so nothing can be done to it there by hand",
        "order INV-001 is arranged on Tokopedia already",
    ]


def test_an_order_in_flight_is_not_shipped_by_hand_where_its_cell_does_not_let_it(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.seller.ships_by_hand(order, on=TOKOPEDIA)

    with pytest.raises(RehearsalError, match="lets nobody act on it there"):
        perform(Quiet, tmp_path, body, in_flight=InFlight(Visible.BOTH, Actionable.SHOP))


@pytest.mark.parametrize("cell", ["origin/origin", "origin/shop", "both/origin", "both/shop", "neither/both"])
def test_an_order_can_leave_once_a_platform_both_shows_it_and_lets_it_be_acted_on(cell: str, tmp_path: Path) -> None:
    can: list[bool] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        can.append(order.can_leave)
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until(Stage.MERGED)
        can.append(order.can_leave)
        await rehearsal.until_late_orders_arrive()
        can.append(order.can_leave)

    perform(Quiet, tmp_path, body, in_flight=InFlight.parse(cell))

    assert can == [True, cell not in {"origin/shop", "neither/both"}, cell != "origin/shop"]


@pytest.mark.parametrize("seed", [1, 6, 15])
def test_an_order_that_has_come_back_is_not_kept_waiting_for_those_of_others_until_it_expires(seed: int, tmp_path: Path) -> None:
    statuses: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.until_the_last_minute()
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.until_late_orders_arrive()
        view = rehearsal.world.orders[order.name].tokopedia
        statuses.append(view.status if view is not None else "gone")

    perform(Quiet, tmp_path, body, begins=Stage.MERGING, in_flight=InFlight(Visible.NEITHER, Actionable.ORIGIN), seed=seed)

    assert statuses == ["paid"]


def test_an_order_that_no_platform_shows_cannot_leave_though_it_might_be_acted_on(tmp_path: Path) -> None:
    can: list[bool] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        held = rehearsal.world.orders[order.name]
        assert held.tokopedia is not None
        rehearsal.world.orders.put(order.name, held.seen(TOKOPEDIA, replace(held.tokopedia, listed=False)))
        can.append(order.can_leave)

    perform(Quiet, tmp_path, body)

    assert can == [False]


def test_a_document_that_a_platform_refused_was_not_printed(tmp_path: Path) -> None:
    printed: list[list[Platform]] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        rehearsal.journal.entries.append(asks_for_a_document(rehearsal, order, refusal="document_before_shipment"))
        printed.append(order.documents)
        rehearsal.journal.entries.append(asks_for_a_document(rehearsal, order, refusal=None))
        printed.append(order.documents)

    perform(Quiet, tmp_path, body)

    assert printed == [[], [SHOP]]


def asks_for_a_document(rehearsal: Rehearsal, order: PlacedOrder, *, refusal: str | None) -> Call:
    return Call(
        n=len(rehearsal.journal.entries) + 1,
        at=instant(rehearsal.now),
        platform=SHOP,
        operation="shop.get_package_shipping_document",
        does=Does.PRINTS_DOCUMENTS,
        method="GET",
        path="/fulfillment/202309/packages/1/shipping_documents",
        status=200,
        refusal=refusal,
        touches=order.name,
    )


def test_a_merge_takes_as_long_as_the_seller_is_said_to_wait(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.links_the_shops(takes=24)
        await rehearsal.passes(hours=23, minutes=59)
        assert rehearsal.stage is Stage.MERGING
        await rehearsal.passes(minutes=1)

    rehearsal = perform(Quiet, tmp_path, body)

    assert rehearsal.stage is Stage.MERGED


@pytest.mark.parametrize("hours", [-1, 0, 2, 25])
def test_a_merge_takes_a_few_hours_to_a_day_and_no_other_time(hours: float, tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        await rehearsal.seller.links_the_shops(takes=hours)

    with pytest.raises(RehearsalError, match=f"a merge takes between .*, not {timedelta(hours=hours)}"):
        perform(Quiet, tmp_path, body)


def test_the_clerk_finds_and_prints_an_order_that_the_list_shows(tmp_path: Path) -> None:
    found: list[Any] = []

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        found.extend((await rehearsal.clerk.finds(order), await rehearsal.clerk.prints(order)))
        Prints.rows = rows_of(order)
        found.extend((await rehearsal.clerk.finds(order), await rehearsal.clerk.prints(order, DocumentKind.INVOICE), order.documents))

    rehearsal = perform(Prints, tmp_path, body)

    assert found == [[], None, [OrderState.SHIPPED], Prints.paper, []]
    assert [kind for _, kind in Prints.asked] == [DocumentKind.INVOICE]
    deeds = [entry.did for entry in rehearsal.journal.entries if isinstance(entry, Deed)]
    assert deeds[1:] == ["found nothing to print for order INV-001", "printed the invoice of order INV-001"]


def test_what_is_no_document_is_a_fault_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Prints, "paper", b"a label")

    async def body(rehearsal: Rehearsal) -> None:
        order = await rehearsal.buyer.orders(on=SHOP)
        Prints.rows = rows_of(order)
        await rehearsal.clerk.prints(order)

    with pytest.raises(SystemFault, match=r"return a gladi\.Document"):
        perform(Prints, tmp_path, body)


def test_an_order_for_a_product_without_a_sku_bears_none(tmp_path: Path) -> None:
    orders: list[PlacedOrder] = []

    async def body(rehearsal: Rehearsal) -> None:
        orders.append(await rehearsal.buyer.orders_without_sku(rehearsal.shelves.sku_on(TOKOPEDIA), on=TOKOPEDIA))

    rehearsal = perform(Quiet, tmp_path, body, begins=Stage.MERGED)

    assert [line.sku for line in rehearsal.world.orders[orders[0].name].lines] == [""]
    assert orders[0].lives_on == [SHOP]


def test_an_order_is_delivered_as_its_platform_knows_it_and_unread_by_a_system_that_does_not_read(tmp_path: Path) -> None:
    orders: list[PlacedOrder] = []

    async def body(rehearsal: Rehearsal) -> None:
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.seller.ships_by_hand(orders[0], on=TOKOPEDIA)
        assert orders[0].delivered_on(TOKOPEDIA) is None
        await rehearsal.passes(hours=56)

    perform(Quiet, tmp_path, body)

    assert orders[0].delivered_on(TOKOPEDIA) == orders[0].parcels[0].left_at + timedelta(hours=56)
    assert (orders[0].delivered_on(SHOP), orders[0].last_read_on(TOKOPEDIA)) == (None, None)
