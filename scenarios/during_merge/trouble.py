"""Calls and answers are lost on their way, and tokens end early; what was shipped is shipped once, and nothing stops."""

from gladi import SHOP, TOKOPEDIA, Actionable, InFlight, OrderState, Rehearsal, SeesOrders, SetsStock, ShipsOrders, Stage, Visible, scenario

_SHIPS_ON_TOKOPEDIA = ("tokopedia.request_pickup", "tokopedia.ship_order")
_SHIPS_ON_THE_SHOP = "shop.ship_package"


@scenario(
    rehearses=("guide.overview.ships-once", "guide.during.tokopedia.orders"),
    begins=Stage.MERGING,
    needs=(SeesOrders, ShipsOrders),
    on=TOKOPEDIA,
)
async def test_a_shipment_on_tokopedia_whose_answer_was_lost_is_known_to_have_left(rehearsal: Rehearsal) -> None:
    """While the shops merge, Tokopedia ships an order and its answer is lost; the parcel leaves once and the list says so."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    rehearsal.trouble.loses_the_answer(to=_SHIPS_ON_TOKOPEDIA)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)
    states = [row.state for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(TOKOPEDIA)]

    assert (states, [parcel.platform for parcel in order.parcels]) == ([OrderState.SHIPPED], [TOKOPEDIA])


@scenario(
    rehearses=("guide.overview.ships-once", "guide.merged.order-of-a-tokopedia-buyer"),
    begins=Stage.MERGED,
    needs=(SeesOrders, ShipsOrders),
    on=SHOP,
)
async def test_a_shipment_on_the_shop_whose_answer_was_lost_is_known_to_have_left(rehearsal: Rehearsal) -> None:
    """After the merge, Tokopedia & Shop ships an order and its answer is lost; the parcel leaves once and the list says so."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    rehearsal.trouble.loses_the_answer(to=_SHIPS_ON_THE_SHOP)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)
    states = [row.state for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(SHOP)]

    assert (states, [parcel.platform for parcel in order.parcels]) == ([OrderState.SHIPPED], [SHOP])


@scenario(
    rehearses="guide.overview.ships-once",
    begins=Stage.MERGING,
    needs=ShipsOrders,
    in_flight=InFlight(Visible.BOTH, Actionable.BOTH),
)
async def test_an_order_on_both_sides_whose_answer_was_lost_leaves_once(rehearsal: Rehearsal) -> None:
    """An order that both platforms would ship is shipped by one, whose answer is lost; the other is not asked as well."""
    await rehearsal.until_the_last_minute()
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=30)
    rehearsal.trouble.loses_the_answer(to=(*_SHIPS_ON_TOKOPEDIA, _SHIPS_ON_THE_SHOP))
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)

    assert len(order.parcels) == 1


@scenario(rehearses="guide.during.tokopedia.orders", begins=Stage.MERGING, needs=ShipsOrders, on=TOKOPEDIA)
async def test_a_shipment_that_never_arrived_is_asked_for_again(rehearsal: Rehearsal) -> None:
    """While the shops merge, the call that ships a Tokopedia order never arrives; the order leaves nevertheless."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    rehearsal.trouble.loses_the_request(to=_SHIPS_ON_TOKOPEDIA)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)

    assert [parcel.platform for parcel in order.parcels] == [TOKOPEDIA]


@scenario(rehearses="guide.during.tokopedia.orders", begins=Stage.MERGING, needs=ShipsOrders, on=TOKOPEDIA)
async def test_orders_go_on_when_the_token_of_tokopedia_ends(rehearsal: Rehearsal) -> None:
    """In the middle of the merge the access token of Tokopedia ends; its orders are read and shipped under a new one."""
    rehearsal.trouble.ends_the_tokens(on=TOKOPEDIA)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [TOKOPEDIA]


@scenario(rehearses="guide.during.shop.orders", begins=Stage.MERGING, needs=ShipsOrders, on=SHOP)
async def test_orders_go_on_when_the_token_of_the_shop_ends(rehearsal: Rehearsal) -> None:
    """In the middle of the merge the access token of Tokopedia & Shop ends; its orders are read and shipped under a new one."""
    rehearsal.trouble.ends_the_tokens(on=SHOP)
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="guide.during.shop.price-and-stock", begins=Stage.MERGING, needs=SetsStock, on=SHOP)
async def test_a_stock_that_met_too_many_requests_is_set_nevertheless(rehearsal: Rehearsal) -> None:
    """In the middle of the merge Tokopedia & Shop answers a new stock with 429, which means *later* and not *no*; it is set."""
    sku = rehearsal.shelves.sku_on(SHOP)

    rehearsal.trouble.has_too_many_requests(to="shop.update_inventory")
    await rehearsal.seller.sets_the_stock(sku, to=7)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).at_default_warehouse == 7
