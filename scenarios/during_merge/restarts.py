"""The system's process goes in the middle of a call and begins again on what it left on disk: what left has left once."""

from gladi import SHOP, TOKOPEDIA, OrderState, Rehearsal, Restarts, SeesOrders, ShipsOrders, Stage, scenario

_SHIPS_ON_TOKOPEDIA = ("tokopedia.request_pickup", "tokopedia.ship_order")
_SHIPS_ON_THE_SHOP = ("shop.ship_package", "shop.batch_ship_packages")


@scenario(
    rehearses=("guide.overview.ships-once", "guide.during.tokopedia.orders"),
    begins=Stage.MERGING,
    needs=(SeesOrders, ShipsOrders, Restarts),
    on=TOKOPEDIA,
)
async def test_a_crash_between_ship_and_save_on_tokopedia(rehearsal: Rehearsal) -> None:
    """The process goes when Tokopedia has shipped an order and before that is written down; the order leaves once all the same."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    rehearsal.trouble.crashes(at=_SHIPS_ON_TOKOPEDIA)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)
    states = [row.state for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(TOKOPEDIA)]

    assert (states, [parcel.platform for parcel in order.parcels]) == ([OrderState.SHIPPED], [TOKOPEDIA])


@scenario(
    rehearses=("guide.overview.ships-once", "guide.merged.order-of-a-tokopedia-buyer"),
    begins=Stage.MERGED,
    needs=(SeesOrders, ShipsOrders, Restarts),
    on=SHOP,
)
async def test_a_crash_between_ship_and_save_on_the_shop(rehearsal: Rehearsal) -> None:
    """The process goes when Tokopedia & Shop has shipped an order and before that is written down; the order leaves once all the same."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    rehearsal.trouble.crashes(at=_SHIPS_ON_THE_SHOP)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)
    states = [row.state for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(SHOP)]

    assert (states, [parcel.platform for parcel in order.parcels]) == ([OrderState.SHIPPED], [SHOP])


@scenario(rehearses="guide.overview.ships-once", begins=Stage.MERGED, needs=(ShipsOrders, Restarts), on=SHOP)
async def test_a_crash_before_an_order_is_shipped_loses_no_order(rehearsal: Rehearsal) -> None:
    """The process goes before the platform hears that an order is to be shipped; the clerk asks once more, and it leaves once."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    rehearsal.trouble.crashes(at=_SHIPS_ON_THE_SHOP, before=True)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert len(order.parcels) == 1


@scenario(rehearses="guide.during.tokopedia.orders", begins=Stage.MERGING, needs=(ShipsOrders, Restarts), on=TOKOPEDIA)
async def test_a_crash_in_the_middle_of_reading_orders_loses_none(rehearsal: Rehearsal) -> None:
    """The process goes when Tokopedia has answered with new orders and before they are written down; they are read again, and leave."""
    rehearsal.trouble.crashes(at="tokopedia.list_orders")
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [TOKOPEDIA]
