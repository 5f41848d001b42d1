"""What the seller sees of orders and warehouses that he did not see before the merge."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, Stage, TellsSeller, scenario


@scenario(rehearses="changelog.orders.commerce-platform", begins=Stage.MERGED, needs=TellsSeller, on=SHOP)
async def test_an_order_says_in_which_app_it_was_placed(rehearsal: Rehearsal) -> None:
    """Of two orders on Tokopedia & Shop the seller sees which one was placed in the app of Tokopedia."""
    one, other = await rehearsal.buyer.orders(on=TOKOPEDIA), await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)

    tokopedias = await rehearsal.seller.sees(one.id_on(SHOP))
    shops = await rehearsal.seller.sees(other.id_on(SHOP))
    assert [tokopedias.names_the_tokopedia_app, shops.names_the_tokopedia_app] == [True, False]


@scenario(rehearses="changelog.orders.insurance", begins=Stage.MERGED, needs=TellsSeller, on=SHOP)
async def test_an_order_shows_what_was_paid_for_its_insurance(rehearsal: Rehearsal) -> None:
    """The seller sees both insurance fees of an order: for the way of the parcel, and for the goods."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)

    sight = await rehearsal.seller.sees(order.id_on(SHOP))
    assert [sight.says("shipping insurance", "500"), sight.says("item insurance", "750")] == [True, True]


@scenario(rehearses="changelog.logistics.geolocation", begins=Stage.MERGED, needs=TellsSeller, on=SHOP)
async def test_a_warehouse_shows_where_it_lies(rehearsal: Rehearsal) -> None:
    """The seller sees the latitude and the longitude of his warehouse."""
    place = rehearsal.shelves.warehouse()

    sight = await rehearsal.seller.sees(place.name)
    assert [sight.says(place.latitude), sight.says(place.longitude)] == [True, True]


@scenario(rehearses="changelog.logistics.delivery-options", begins=Stage.MERGED, needs=TellsSeller, on=SHOP)
async def test_a_warehouse_shows_which_app_each_delivery_option_serves(rehearsal: Rehearsal) -> None:
    """The seller sees that one delivery option serves both apps, and the other the buyers of Tokopedia alone."""
    place = rehearsal.shelves.warehouse()

    sight = await rehearsal.seller.sees(place.name)
    serves_the_shop = [sight.says("Standard shipping", "Shop"), sight.says("Economy shipping", "Shop")]
    assert (sight.says("Economy shipping", "Tokopedia"), serves_the_shop) == (True, [True, False])
