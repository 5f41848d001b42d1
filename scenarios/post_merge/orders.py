"""After the merge, new orders are found on Tokopedia & Shop alone."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, ShipsOrders, Stage, scenario


@scenario(rehearses=("guide.merged.orders-at-once", "changelog.access.completed-new-data"), begins=Stage.MERGED, needs=ShipsOrders, on=SHOP)
async def test_a_tokopedia_buyers_order_leaves_through_the_shop(rehearsal: Rehearsal) -> None:
    """After the merge, what a Tokopedia buyer orders is found and shipped on Tokopedia & Shop, before any product merge."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="changelog.status.get-shop-info", begins=Stage.PENDING, needs=ShipsOrders, on=SHOP)
async def test_orders_move_though_the_webhook_is_lost(rehearsal: Rehearsal) -> None:
    """When the webhook is lost, the first order after the merge is found on Tokopedia & Shop all the same."""
    rehearsal.webhooks.lose_the_next()
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="guide.merged.order-of-a-tokopedia-buyer", begins=Stage.CONFIRMED, needs=ShipsOrders, on=SHOP)
async def test_the_first_order_after_the_product_merge_leaves(rehearsal: Rehearsal) -> None:
    """After the product merge, an order for a product that came over from Tokopedia is shipped on Tokopedia & Shop."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA, sku=rehearsal.shelves.sku_that_came_over())
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="guide.merged.orders-at-once", begins=Stage.MERGED, needs=ShipsOrders, on=SHOP)
async def test_an_order_for_a_product_not_yet_copied_is_not_dropped(rehearsal: Rehearsal) -> None:
    """An order whose product no API shows yet is kept until the product merge, then shipped."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA, sku=rehearsal.shelves.sku_on(TOKOPEDIA))
    await rehearsal.passes(minutes=30)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]
