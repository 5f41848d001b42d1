"""While the shops merge, orders flow and are fulfilled on both platforms."""

from gladi import SHOP, TOKOPEDIA, Actionable, InFlight, Rehearsal, ShipsOrders, Stage, Visible, scenario


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
    rehearses=("guide.overview.ships-once", "guide.overview.where-to-fetch-orders"),
    begins=Stage.MERGING,
    needs=ShipsOrders,
    in_flight=InFlight(Visible.BOTH, Actionable.BOTH),
)
async def test_an_order_of_the_last_minute_leaves_once(rehearsal: Rehearsal) -> None:
    """An order placed in the minute of the merge, and then seen from both sides, leaves once."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)

    assert len(order.parcels) == 1


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
