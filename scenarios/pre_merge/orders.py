"""Before the merge, each platform keeps and ships its own orders."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, ShipsOrders, Stage, scenario


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=ShipsOrders, on=TOKOPEDIA)
async def test_an_order_on_tokopedia_leaves_before_the_merge(rehearsal: Rehearsal) -> None:
    """Before the merge, a Tokopedia order is fetched and shipped through the Tokopedia API."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [TOKOPEDIA]


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=ShipsOrders, on=SHOP)
async def test_an_order_on_the_shop_leaves_before_the_merge(rehearsal: Rehearsal) -> None:
    """Before the merge, an order of Tokopedia & Shop is fetched and shipped through its own API."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]
