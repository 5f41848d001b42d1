"""After the merge, a shop is served once its owner has authorized the app on Tokopedia & Shop, and not before."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, ShipsOrders, Stage, TellsSeller, scenario


@scenario(
    rehearses=("guide.overview.every-stage", "changelog.access.completed-new-data"),
    begins=Stage.MERGED,
    needs=(ShipsOrders, TellsSeller),
    on=SHOP,
    shops=2,
    without_grant="shop-1",
)
async def test_a_shop_without_authorization_is_told_and_the_others_go_on(rehearsal: Rehearsal) -> None:
    """Two shops have merged, one whose owner has not authorized the app: he is told so, and the other's orders leave as ever."""
    await rehearsal.buyer.orders(on=TOKOPEDIA, shop="shop-1")
    order = await rehearsal.buyer.orders(on=TOKOPEDIA, shop="shop-2")
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    told = {notice.about for notice in await rehearsal.seller.reads_the_notices()}
    unserved = rehearsal.merged_shop_ids[0]
    assert ([parcel.platform for parcel in order.parcels], unserved in told) == ([SHOP], True)


@scenario(
    rehearses="platform.authorization.taken-back",
    begins=Stage.MERGED,
    needs=(ShipsOrders, TellsSeller),
    on=SHOP,
    shops=2,
)
async def test_a_shop_whose_seller_takes_access_back_is_told_and_the_others_go_on(rehearsal: Rehearsal) -> None:
    """Of two merged shops one takes back the app's access: its seller is told so, and the other's orders leave as ever."""
    before = len(await rehearsal.seller.reads_the_notices())
    unserved = {await rehearsal.seller.takes_access_back(shop="shop-1"), rehearsal.merged_shop_ids[0]}
    order = await rehearsal.buyer.orders(on=TOKOPEDIA, shop="shop-2")
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    told = {notice.about for notice in (await rehearsal.seller.reads_the_notices())[before:]}
    assert ([parcel.platform for parcel in order.parcels], bool(told & unserved)) == ([SHOP], True)
