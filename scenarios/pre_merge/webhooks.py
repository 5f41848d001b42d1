"""Before the merge Tokopedia & Shop tells of its news by webhooks of its own: late, twice, from somebody else, or not at all."""

from gladi import SHOP, TOKOPEDIA, Chats, HearsTheShop, OrderState, Rehearsal, SeesOrders, ShipsOrders, Stage, TellsSeller, scenario


@scenario(rehearses="platform.webhooks.events", begins=Stage.PENDING, needs=(HearsTheShop, SeesOrders), on=SHOP)
async def test_an_order_is_known_by_webhook_before_it_is_asked_for(rehearsal: Rehearsal) -> None:
    """A webhook tells of an order within seconds, and the seller sees it without waiting for the next poll."""
    await rehearsal.passes(minutes=1)
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=1)

    assert await rehearsal.clerk.finds(order) == [OrderState.TO_SHIP]


@scenario(rehearses="platform.webhooks.events", begins=Stage.PENDING, needs=(HearsTheShop, SeesOrders), on=SHOP)
async def test_a_cancellation_is_known_by_webhook_before_it_is_asked_for(rehearsal: Rehearsal) -> None:
    """A buyer cancels what waits for the courier; a webhook tells of it within seconds, so that nobody hands the parcel over."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=11)
    await rehearsal.seller.ships_by_hand(order, on=SHOP)
    await rehearsal.passes(minutes=5)
    await rehearsal.buyer.cancels(order)
    await rehearsal.passes(minutes=1)

    assert await rehearsal.clerk.finds(order) == [OrderState.CLOSED]


@scenario(rehearses="platform.webhooks.events", begins=Stage.PENDING, needs=(HearsTheShop, TellsSeller), on=SHOP)
async def test_a_changed_address_is_known_by_webhook_before_it_is_asked_for(rehearsal: Rehearsal) -> None:
    """A buyer has an order sent elsewhere; a webhook tells of it within seconds, and the seller sees the new address."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=11)
    await rehearsal.buyer.moves(order)
    await rehearsal.passes(minutes=1)

    assert await rehearsal.seller.sees_the_new_address(order)


@scenario(rehearses="platform.webhooks.events", begins=Stage.PENDING, needs=(HearsTheShop, Chats), on=SHOP)
async def test_a_message_is_known_by_webhook_before_it_is_asked_for(rehearsal: Rehearsal) -> None:
    """A buyer writes, a webhook tells of it within seconds, and the seller reads it without waiting for the next poll."""
    await rehearsal.passes(minutes=1)
    conversation = await rehearsal.buyer.writes(on=SHOP)
    await rehearsal.passes(minutes=1)

    assert await rehearsal.seller.reads(conversation) == ["TEXT"]


@scenario(rehearses="platform.webhooks.events", begins=Stage.PENDING, needs=(HearsTheShop, SeesOrders), on=SHOP)
async def test_a_webhook_that_nobody_passed_on_is_made_up_for_by_asking(rehearsal: Rehearsal) -> None:
    """A proxy answers a webhook and forgets it, so it never comes again; the order is found by asking."""
    rehearsal.webhooks.swallow_the_next(platform=SHOP)
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.clerk.finds(order) == [OrderState.TO_SHIP]


@scenario(rehearses="platform.webhooks.again", begins=Stage.PENDING, needs=(HearsTheShop, SeesOrders), on=SHOP)
async def test_a_doubled_webhook_of_the_shop_shows_an_order_once(rehearsal: Rehearsal) -> None:
    """The same webhook delivered twice shows one order, and tells the seller nothing twice."""
    rehearsal.webhooks.double_the_next(platform=SHOP)
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.clerk.finds(order) == [OrderState.TO_SHIP]


@scenario(rehearses="platform.webhooks.again", begins=Stage.PENDING, needs=(HearsTheShop, ShipsOrders, SeesOrders), on=SHOP)
async def test_a_late_webhook_of_the_shop_reopens_no_order(rehearsal: Rehearsal) -> None:
    """A webhook says that an order waits for shipment, an hour after it was shipped: the order stays shipped."""
    rehearsal.webhooks.delay_the_next(hours=1, platform=SHOP)
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=50)

    assert await rehearsal.clerk.finds(order) == [OrderState.SHIPPED]


@scenario(rehearses="platform.webhooks.again", begins=Stage.PENDING, needs=(HearsTheShop, ShipsOrders, SeesOrders), on=SHOP)
async def test_a_webhook_that_is_sent_again_reopens_no_order(rehearsal: Rehearsal) -> None:
    """The receiver is dead when an order comes in, and alive when the platform tells of it once more: it has left, and stays shipped."""
    rehearsal.webhooks.the_receiver_dies(platform=SHOP)
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    rehearsal.webhooks.the_receiver_comes_back()
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=30)

    assert await rehearsal.clerk.finds(order) == [OrderState.SHIPPED]


@scenario(rehearses="platform.webhooks.signature", begins=Stage.PENDING, needs=(HearsTheShop, ShipsOrders), on=SHOP)
async def test_a_forged_cancellation_stops_no_order(rehearsal: Rehearsal) -> None:
    """Somebody sends a webhook, signed under a key of his own, that an order was cancelled; it leaves all the same."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=6)
    await rehearsal.webhooks.forges_a_cancellation(order)
    await rehearsal.passes(minutes=1)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="platform.webhooks.signature", begins=Stage.PENDING, needs=(HearsTheShop, SeesOrders), on=SHOP)
async def test_a_wrongly_signed_webhook_of_the_shop_is_made_up_for_by_asking(rehearsal: Rehearsal) -> None:
    """A webhook whose signature is wrong is refused, true as it is; the order is found by asking."""
    rehearsal.webhooks.sign_wrongly_the_next(platform=SHOP)
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.clerk.finds(order) == [OrderState.TO_SHIP]


@scenario(rehearses="platform.webhooks.events", begins=Stage.PENDING, needs=(HearsTheShop, TellsSeller), on=SHOP)
async def test_an_authorization_that_is_about_to_end_is_told(rehearsal: Rehearsal) -> None:
    """Thirty days before a seller's authorization ends the platform says so, and the system passes it on to him."""
    await rehearsal.passes(minutes=5)
    before = await rehearsal.seller.reads_the_notices()
    shop = await rehearsal.seller.grants_access(days=30, hours=1)
    await rehearsal.passes(minutes=90)

    what = ("authorization", "authorisation", "authorize", "authorise", "access")
    assert await rehearsal.seller.was_told(shop, what, ("ends", "end", "expires", "expire"), after=before)


@scenario(rehearses="changelog.mirroring.status", begins=Stage.PENDING, needs=(HearsTheShop, TellsSeller), on=SHOP)
async def test_the_mirroring_status_of_a_shop_is_shown(rehearsal: Rehearsal) -> None:
    """The platform mirrors a shop on the Tokopedia storefront and rolls it back; the seller sees what is the case now."""
    shop = await rehearsal.platform.mirrors_the_shop()
    await rehearsal.passes(minutes=5)
    before = await rehearsal.seller.sees(shop)
    await rehearsal.platform.rolls_the_mirroring_back()
    await rehearsal.passes(minutes=5)
    after = await rehearsal.seller.sees(shop)

    assert [before.says("MIRRORED"), before.says("ROLLED_BACK"), after.says("ROLLED_BACK")] == [True, False, True]


@scenario(rehearses="changelog.mirroring.status", begins=Stage.PENDING, needs=(HearsTheShop, ShipsOrders), on=TOKOPEDIA)
async def test_a_mirrored_shop_has_not_merged(rehearsal: Rehearsal) -> None:
    """A shop is mirrored, which is no merge: orders of Tokopedia are still found there, and leave through it."""
    await rehearsal.platform.mirrors_the_shop()
    await rehearsal.passes(minutes=5)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [TOKOPEDIA]
