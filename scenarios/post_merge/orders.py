"""After the merge, new orders are found on Tokopedia & Shop alone."""

from gladi import (
    SHOP,
    TOKOPEDIA,
    LinksProducts,
    LinksShops,
    OrderState,
    PrintsDocuments,
    Rehearsal,
    SeesOrders,
    ShipsOrders,
    Stage,
    TellsSeller,
    scenario,
)


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


@scenario(
    rehearses=("guide.merged.orders-at-once", "guide.merged.product-ids"),
    begins=Stage.MERGED,
    needs=(SeesOrders, ShipsOrders, TellsSeller),
    on=SHOP,
)
async def test_an_order_for_a_product_nobody_can_name_is_held_and_told(rehearsal: Rehearsal) -> None:
    """An order whose product has no seller SKU and is not mapped yet is held, the seller is told, and it leaves once it is mapped."""
    order = await rehearsal.buyer.orders_without_sku(rehearsal.shelves.sku_on(TOKOPEDIA), on=TOKOPEDIA)
    await rehearsal.passes(minutes=30)
    held = await rehearsal.clerk.finds(order)
    told = {notice.about for notice in await rehearsal.seller.reads_the_notices()} & {order.id_on(SHOP)}
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)
    await rehearsal.clerk.ships(order)

    assert (held, len(told), [parcel.platform for parcel in order.parcels]) == ([OrderState.HELD], 1, [SHOP])


@scenario(
    rehearses=("guide.verification.ids-agree", "changelog.mapping.shop", "guide.merged.product-ids"),
    begins=Stage.CONFIRMED,
    needs=(SeesOrders, ShipsOrders, LinksShops, LinksProducts),
    on=SHOP,
)
async def test_ids_of_nineteen_digits_come_through_whole(rehearsal: Rehearsal) -> None:
    """Orders, packages, products and shops bear ids of 19 digits, and the system keeps every digit of them."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA, sku=rehearsal.shelves.sku_that_came_over())
    await rehearsal.passes(hours=3)
    orders = [row.order_id for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(SHOP)]
    products = {link.toko_product_id: link.tts_product_id for link in await rehearsal.seller.sees_the_product_links()}
    shops = {(link.toko_shop_id, link.tts_seller_id) for link in await rehearsal.seller.sees_the_shop_links()}
    await rehearsal.clerk.ships(order)

    assert (orders, products, shops) == ([order.id_on(SHOP)], rehearsal.shelves.twins, rehearsal.shelves.shop_twins)
    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="guide.merged.order-of-a-tokopedia-buyer", begins=Stage.MERGED, needs=(ShipsOrders, PrintsDocuments), on=SHOP)
async def test_the_label_of_a_tokopedia_buyers_order_is_printed_by_the_shop(rehearsal: Rehearsal) -> None:
    """After the merge, the parcel of a Tokopedia buyer bears the label of Tokopedia & Shop."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.clerk.prints(order)

    assert order.documents == [SHOP]
