"""Shipping on Tokopedia & Shop: one parcel or many, refused, cancelled on the way out, held back, and followed."""

from gladi import (
    EVERY_CELL,
    SHOP,
    TOKOPEDIA,
    AnswersCancellations,
    OrderState,
    PrintsDocuments,
    Rehearsal,
    SeesOrders,
    ShipErrorCodes,
    ShipsInBatches,
    ShipsOrders,
    Stage,
    TellsSeller,
    scenario,
)

_MISSED = (("collection time", "pick-up time", "pickup time"), ("outside", "within", "before", "missed"))
_MISSING = (("no collection time", "no pick-up time", "no pickup time"),)
"""Why a shipment was refused, in the changelog's own words or in like ones."""


@scenario(rehearses="changelog.fulfillment.error-codes", begins=Stage.CONFIRMED, needs=(ShipsOrders, TellsSeller), on=SHOP)
async def test_a_parcel_outside_its_collection_time_is_told_and_leaves_later(rehearsal: Rehearsal) -> None:
    """A shipment refused outside the collection time is told to the seller with the reason, and made when the time has come."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.courier.misses(order, hours=3)
    await rehearsal.passes(minutes=15)
    before = await rehearsal.seller.reads_the_notices()
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)
    told = await rehearsal.seller.was_told(order.id_on(SHOP), *_MISSED, after=before)
    await rehearsal.passes(hours=5)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert (told, [parcel.platform for parcel in order.parcels]) == (True, [SHOP])


@scenario(rehearses="changelog.fulfillment.error-codes", begins=Stage.CONFIRMED, needs=(ShipsOrders, TellsSeller), on=SHOP)
async def test_a_parcel_without_any_collection_time_sends_the_seller_to_customer_service(rehearsal: Rehearsal) -> None:
    """A shipment for which there is no collection time is told to the seller, and that customer service can help."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.courier.has_no_time(order)
    await rehearsal.passes(minutes=15)
    before = await rehearsal.seller.reads_the_notices()
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.seller.was_told(order.id_on(SHOP), *_MISSING, "customer service", after=before)


@scenario(rehearses="changelog.fulfillment.error-codes", begins=Stage.CONFIRMED, needs=(ShipsOrders, TellsSeller), on=SHOP)
async def test_the_changelogs_own_codes_of_a_refused_shipment_are_understood(rehearsal: Rehearsal) -> None:
    """The codes that the changelog alone has for a missed collection time are told to the seller like those of the reference."""
    rehearsal.lets_ship_errors_follow(ShipErrorCodes.CHANGELOG)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.courier.misses(order, hours=3)
    await rehearsal.passes(minutes=15)
    before = await rehearsal.seller.reads_the_notices()
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)
    told = await rehearsal.seller.was_told(order.id_on(SHOP), *_MISSED, after=before)
    await rehearsal.passes(hours=5)
    await rehearsal.clerk.ships(order)

    assert (told, [parcel.platform for parcel in order.parcels]) == (True, [SHOP])


@scenario(rehearses="changelog.fulfillment.batch", begins=Stage.CONFIRMED, needs=(ShipsInBatches, TellsSeller), on=SHOP)
async def test_a_parcel_that_fails_in_a_batch_is_told_and_the_others_leave(rehearsal: Rehearsal) -> None:
    """Of two orders shipped together one cannot be collected: the seller is told which and why, and the other leaves."""
    leaves = await rehearsal.buyer.orders(on=TOKOPEDIA)
    fails = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.courier.has_no_time(fails)
    await rehearsal.passes(minutes=15)
    before = await rehearsal.seller.reads_the_notices()
    await rehearsal.clerk.ships_all(leaves, fails)
    await rehearsal.passes(minutes=15)

    told = [await rehearsal.seller.was_told(order.id_on(SHOP), *_MISSING, after=before) for order in (leaves, fails)]
    assert (told, len(leaves.parcels), len(fails.parcels)) == ([False, True], 1, 0)


@scenario(rehearses="changelog.fulfillment.batch", begins=Stage.CONFIRMED, needs=ShipsInBatches, on=SHOP)
async def test_a_batch_whose_answer_was_lost_leaves_once(rehearsal: Rehearsal) -> None:
    """Two orders are shipped together and the answer is lost: each is looked up before anything is tried again, and leaves once."""
    one, other = await rehearsal.buyer.orders(on=TOKOPEDIA), await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    rehearsal.trouble.loses_the_answer(to=("shop.batch_ship_packages", "shop.ship_package"))
    await rehearsal.clerk.ships_all(one, other)
    await rehearsal.passes(minutes=30)

    assert [len(order.parcels) for order in (one, other)] == [1, 1]


@scenario(
    rehearses=("changelog.fulfillment.batch", "guide.overview.ships-once"),
    begins=Stage.MERGING,
    needs=ShipsInBatches,
    in_flight=EVERY_CELL,
)
async def test_orders_in_flight_leave_once_in_a_batch(rehearsal: Rehearsal) -> None:
    """An order of the last minute and one placed after the merge are shipped together: each leaves once, or is held."""
    await rehearsal.until_the_last_minute()
    one = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.until_late_orders_arrive()
    other = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(hours=2)
    can_leave = [one.can_leave, other.can_leave]
    await rehearsal.clerk.ships_all(one, other)
    await rehearsal.passes(hours=2)

    assert [len(order.parcels) == 1 for order in (one, other)] == can_leave


@scenario(rehearses="platform.orders.cancelled-before-pickup", begins=Stage.MERGED, needs=(SeesOrders, ShipsOrders), on=SHOP)
async def test_an_order_cancelled_before_pick_up_is_pulled(rehearsal: Rehearsal) -> None:
    """A buyer cancels after shipment was arranged and before the courier came: the system shows it, and the clerk pulls the parcel."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=2)
    await rehearsal.buyer.cancels(order)
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.hands_over(order)

    assert await rehearsal.clerk.finds(order) == [OrderState.CLOSED]


@scenario(
    rehearses="platform.orders.cancellation-request",
    begins=Stage.MERGED,
    needs=(SeesOrders, ShipsOrders, AnswersCancellations, TellsSeller),
    on=SHOP,
)
async def test_an_order_that_the_seller_lets_its_buyer_cancel_does_not_leave(rehearsal: Rehearsal) -> None:
    """A buyer asks to cancel what nobody has shipped yet: the order is held, the seller is told, agrees, and it does not leave."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.buyer.cancels(order)
    await rehearsal.passes(minutes=15)
    asked = await rehearsal.clerk.finds(order)
    told = await rehearsal.seller.was_told(order.id_on(SHOP), "cancel")
    await rehearsal.seller.agrees_to_cancel(order)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)

    assert (told, asked, await rehearsal.clerk.finds(order), order.parcels) == (True, [OrderState.HELD], [OrderState.CLOSED], [])


@scenario(
    rehearses="platform.orders.cancellation-request",
    begins=Stage.MERGED,
    needs=(SeesOrders, ShipsOrders, AnswersCancellations),
    on=SHOP,
)
async def test_an_order_that_the_seller_does_not_let_its_buyer_cancel_leaves_once(rehearsal: Rehearsal) -> None:
    """A buyer asks to cancel what nobody has shipped yet: the order is held until the seller has refused, and leaves then."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.buyer.cancels(order)
    await rehearsal.passes(minutes=15)
    asked = await rehearsal.clerk.finds(order)
    await rehearsal.clerk.ships(order)
    await rehearsal.seller.refuses_to_cancel(order)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert (asked, [parcel.platform for parcel in order.parcels]) == ([OrderState.HELD], [SHOP])


@scenario(rehearses="platform.orders.tracking-number", begins=Stage.MERGED, needs=(ShipsOrders, TellsSeller), on=SHOP)
async def test_a_tracking_number_is_waited_for(rehearsal: Rehearsal) -> None:
    """An order has no tracking number before its shipment was arranged; the one that it gets then is shown to the seller."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.seller.sees(order.id_on(SHOP))
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)

    number = order.tracking_number_on(SHOP)
    assert (number != "", (await rehearsal.seller.sees(order.id_on(SHOP))).says(number)) == (True, True)


@scenario(rehearses="platform.orders.on-hold", begins=Stage.MERGED, needs=(SeesOrders, ShipsOrders), on=SHOP)
async def test_an_order_on_hold_is_shipped_once_it_is_released(rehearsal: Rehearsal) -> None:
    """An order on hold is shown as held and not offered for shipment; when the platform releases it after an hour, it leaves."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA, on_hold=True)
    await rehearsal.passes(minutes=15)
    before = await rehearsal.clerk.finds(order)
    await rehearsal.passes(hours=2)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert (before, [parcel.platform for parcel in order.parcels]) == ([OrderState.HELD], [SHOP])


@scenario(rehearses="platform.orders.new-address", begins=Stage.MERGED, needs=(ShipsOrders, PrintsDocuments), on=SHOP)
async def test_the_label_of_an_order_whose_buyer_moved_bears_the_new_address(rehearsal: Rehearsal) -> None:
    """A buyer has an order sent elsewhere before anybody has shipped it: the label that is printed then bears the new address."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.buyer.moves(order)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.clerk.prints_the_new_address(order)
