"""While the shops merge, orders flow and are fulfilled on both platforms."""

from gladi import (
    EVERY_CELL,
    SHOP,
    TOKOPEDIA,
    Actionable,
    InFlight,
    PrintsDocuments,
    Rehearsal,
    ShipsOrders,
    Stage,
    Visible,
    scenario,
)


@scenario(rehearses="guide.during.tokopedia.orders", begins=Stage.MERGING, needs=ShipsOrders, on=TOKOPEDIA)
async def test_an_order_on_tokopedia_leaves_while_the_shops_merge(rehearsal: Rehearsal) -> None:
    """While the shops merge, a Tokopedia order is fetched and shipped through the Tokopedia API."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [TOKOPEDIA]


@scenario(rehearses="guide.during.shop.orders", begins=Stage.MERGING, needs=ShipsOrders, on=SHOP)
async def test_an_order_on_the_shop_leaves_while_the_shops_merge(rehearsal: Rehearsal) -> None:
    """While the shops merge, an order of Tokopedia & Shop is fetched and shipped through its own API."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(
    rehearses=("guide.overview.ships-once", "guide.overview.where-to-fetch-orders", "guide.merged.orders-in-flight"),
    begins=Stage.MERGING,
    needs=ShipsOrders,
    in_flight=EVERY_CELL,
)
async def test_an_order_of_the_last_minute_leaves_once(rehearsal: Rehearsal) -> None:
    """An order placed in the minute of the merge leaves once, on whichever side it may be shipped, and is held where neither ships it."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.until_late_orders_arrive()
    await rehearsal.passes(hours=2)
    can_leave = order.can_leave
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=2)

    assert len(order.parcels) == (1 if can_leave else 0)


@scenario(
    rehearses="guide.overview.where-to-fetch-orders",
    begins=Stage.MERGING,
    needs=ShipsOrders,
    on=TOKOPEDIA,
    in_flight=InFlight(Visible.ORIGIN, Actionable.ORIGIN),
)
async def test_an_order_of_the_last_minute_is_not_forgotten(rehearsal: Rehearsal) -> None:
    """An order placed in the minute of the merge, which stays on Tokopedia, is found there afterwards and leaves there."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(hours=2)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)

    assert [parcel.platform for parcel in order.parcels] == [TOKOPEDIA]


@scenario(rehearses="guide.verification.integration-begins", begins=Stage.PENDING, needs=ShipsOrders, on=TOKOPEDIA)
async def test_orders_go_on_when_the_integration_fails(rehearsal: Rehearsal) -> None:
    """An integration that fails leaves the shops as they were, and orders on Tokopedia are shipped there as before."""
    rehearsal.lets_the_integration_fail()
    await rehearsal.seller.links_the_shops()
    await rehearsal.passes(hours=25)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert (rehearsal.stage, [parcel.platform for parcel in order.parcels]) == (Stage.PENDING, [TOKOPEDIA])


@scenario(
    rehearses=("guide.during.tokopedia.orders", "guide.during.shop.orders", "guide.overview.every-stage"),
    begins=Stage.MERGING,
    needs=ShipsOrders,
)
async def test_orders_of_both_apps_leave_where_they_were_placed_while_the_shops_merge(rehearsal: Rehearsal) -> None:
    """While the shops merge, orders of both apps are in hand at once, and each leaves through its own platform."""
    here = await rehearsal.buyer.orders(on=TOKOPEDIA)
    there = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(there)
    await rehearsal.clerk.ships(here)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for order in (here, there) for parcel in order.parcels] == [TOKOPEDIA, SHOP]


@scenario(
    rehearses=("guide.during.tokopedia.orders", "guide.during.shop.orders"),
    begins=Stage.MERGING,
    needs=(ShipsOrders, PrintsDocuments),
)
async def test_a_label_is_printed_for_an_order_of_each_platform(rehearsal: Rehearsal) -> None:
    """Each parcel gets the label of the platform that has it shipped."""
    here = await rehearsal.buyer.orders(on=TOKOPEDIA)
    there = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(here)
    await rehearsal.clerk.ships(there)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.prints(here)
    await rehearsal.clerk.prints(there)

    assert (here.documents, there.documents) == ([TOKOPEDIA], [SHOP])


@scenario(
    rehearses=("guide.overview.ships-once", "guide.merged.orders-in-flight"),
    begins=Stage.MERGING,
    needs=ShipsOrders,
    in_flight=EVERY_CELL,
)
async def test_a_merchant_does_not_ship_twice(rehearsal: Rehearsal) -> None:
    """Whether a merchant might ship twice: not though he presses the button time and again after the merge, wherever the order is seen."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(hours=1)
    await rehearsal.clerk.ships(order)
    await rehearsal.until_late_orders_arrive()
    await rehearsal.passes(hours=1)
    can_leave = order.can_leave
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=2)
    await rehearsal.clerk.ships(order)

    assert len(order.parcels) == (1 if can_leave else 0)


@scenario(
    rehearses=("guide.overview.ships-once", "guide.merged.orders-in-flight"),
    begins=Stage.PENDING,
    needs=ShipsOrders,
    in_flight=EVERY_CELL,
)
async def test_an_accepted_order_leaves_once_though_the_shops_have_merged(rehearsal: Rehearsal) -> None:
    """An order that was accepted by hand and not yet shipped when the shops merged leaves once, and is held where neither ships it."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.seller.accepts_by_hand(order)
    await rehearsal.seller.links_the_shops(takes=6)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.until_late_orders_arrive()
    await rehearsal.passes(hours=2)
    can_leave = order.can_leave
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=2)

    assert len(order.parcels) == (1 if can_leave else 0)


@scenario(
    rehearses="guide.overview.ships-once",
    begins=Stage.MERGING,
    needs=ShipsOrders,
    on=TOKOPEDIA,
    in_flight=InFlight(Visible.BOTH, Actionable.BOTH),
)
async def test_an_order_shipped_by_hand_on_tokopedia_is_not_shipped_again(rehearsal: Rehearsal) -> None:
    """An order that both platforms show, shipped by hand on Tokopedia, is not shipped again by the system, and the next one is."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=30)
    await rehearsal.seller.ships_by_hand(order, on=TOKOPEDIA)
    another = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(order)
    await rehearsal.clerk.ships(another)
    await rehearsal.passes(minutes=30)

    assert [[parcel.by_hand for parcel in one.parcels] for one in (order, another)] == [[True], [False]]


@scenario(
    rehearses="guide.overview.ships-once",
    begins=Stage.MERGING,
    needs=ShipsOrders,
    on=SHOP,
    in_flight=InFlight(Visible.BOTH, Actionable.BOTH),
)
async def test_an_order_shipped_by_hand_on_the_shop_is_not_shipped_again(rehearsal: Rehearsal) -> None:
    """An order that both platforms show, shipped by hand on Tokopedia & Shop, is not shipped again by the system, and the next one is."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=30)
    await rehearsal.seller.ships_by_hand(order, on=SHOP)
    another = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(order)
    await rehearsal.clerk.ships(another)
    await rehearsal.passes(minutes=30)

    assert [[parcel.by_hand for parcel in one.parcels] for one in (order, another)] == [[True], [False]]


@scenario(rehearses="guide.verification.hours-to-a-day", begins=Stage.PENDING, needs=ShipsOrders)
async def test_a_merge_of_a_full_day_is_worked_through(rehearsal: Rehearsal) -> None:
    """Through a merge that takes a full day, orders leave in its first hour and in its last, and after it through the shop."""
    await rehearsal.seller.links_the_shops(takes=24)
    first = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(first)
    await rehearsal.passes(hours=22)
    last = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(last)
    await rehearsal.until(Stage.MERGED)
    after = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(after)

    assert [parcel.platform for order in (first, last, after) for parcel in order.parcels] == [TOKOPEDIA, TOKOPEDIA, SHOP]


@scenario(rehearses="guide.verification.integration-begins", begins=Stage.PENDING, needs=ShipsOrders)
async def test_a_merge_that_failed_is_tried_again_and_orders_leave_all_the_while(rehearsal: Rehearsal) -> None:
    """A merge fails, is tried again and succeeds: orders before, between and after leave, each where it lives."""
    rehearsal.lets_the_integration_fail()
    await rehearsal.seller.links_the_shops(takes=6)
    before = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(hours=7)
    between = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(before)
    await rehearsal.clerk.ships(between)
    await rehearsal.seller.links_the_shops(takes=6)
    await rehearsal.until(Stage.MERGED)
    after = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(after)

    assert [parcel.platform for order in (before, between, after) for parcel in order.parcels] == [TOKOPEDIA, TOKOPEDIA, SHOP]
