"""After the merge, what was ordered on Tokopedia before it is history, and Tokopedia alone tells it."""

from gladi import (
    SHOP,
    TOKOPEDIA,
    Actionable,
    InFlight,
    OrderState,
    Rehearsal,
    SeesOrders,
    ShipsOrders,
    Stage,
    Visible,
    scenario,
)


@scenario(
    rehearses="guide.overview.where-to-fetch-orders",
    begins=Stage.PENDING,
    needs=ShipsOrders,
    in_flight=InFlight(Visible.ORIGIN, Actionable.ORIGIN),
)
async def test_an_old_order_is_settled_on_tokopedia_and_a_new_one_on_the_shop(rehearsal: Rehearsal) -> None:
    """Whether to go on calling Tokopedia for orders: for those that it holds from before the merge, and for no others."""
    old = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.seller.links_the_shops(takes=6)
    await rehearsal.until(Stage.MERGED)
    new = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(hours=1)
    await rehearsal.clerk.ships(old)
    await rehearsal.clerk.ships(new)
    await rehearsal.passes(hours=1)

    assert [parcel.platform for order in (old, new) for parcel in order.parcels] == [TOKOPEDIA, SHOP]


@scenario(rehearses="changelog.access.completed-history", begins=Stage.PENDING, needs=(SeesOrders, ShipsOrders), on=TOKOPEDIA)
async def test_orders_of_the_past_are_still_shown_with_their_state(rehearsal: Rehearsal) -> None:
    """An order that left before the merge is shown afterwards as it was shown before."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=9)
    before = await rehearsal.clerk.finds(order)
    await rehearsal.seller.links_the_shops(takes=3)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(hours=3)

    assert (await rehearsal.clerk.finds(order), before in ([OrderState.SHIPPED], [OrderState.CLOSED])) == (before, True)


@scenario(rehearses="changelog.access.completed-history", begins=Stage.PENDING, needs=(SeesOrders, ShipsOrders), on=TOKOPEDIA)
async def test_an_order_shipped_before_the_merge_is_followed_until_it_has_arrived(rehearsal: Rehearsal) -> None:
    """A parcel that left on Tokopedia before the merge is asked about on Tokopedia after it, until it has reached the buyer."""
    await rehearsal.seller.links_the_shops(takes=4)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(hours=3)
    await rehearsal.clerk.ships(order)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(hours=66)
    arrived, read = order.delivered_on(TOKOPEDIA), order.last_read_on(TOKOPEDIA)

    assert arrived is not None
    assert read is not None
    assert read >= arrived


@scenario(
    rehearses=("guide.merged.orders-at-once", "guide.overview.where-to-fetch-orders"),
    begins=Stage.MERGING,
    needs=ShipsOrders,
    in_flight=(
        InFlight(Visible.NEITHER, Actionable.ORIGIN),
        InFlight(Visible.NEITHER, Actionable.SHOP),
        InFlight(Visible.NEITHER, Actionable.BOTH),
    ),
)
async def test_an_order_that_comes_into_sight_two_days_late_leaves(rehearsal: Rehearsal) -> None:
    """An order that neither platform shows for up to 48 hours after the merge is found when it comes back, and leaves once."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.until_late_orders_arrive()
    await rehearsal.passes(hours=2)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=1)

    assert len(order.parcels) == 1
