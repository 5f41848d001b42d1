"""After the merge, Tokopedia's own API has its announced end, and the business goes on."""

from gladi import SHOP, TOKOPEDIA, KeepsRecords, OrderState, Rehearsal, SeesOrders, ShipsOrders, Stage, scenario


@scenario(rehearses="platform.closing.goes-on", begins=Stage.CONFIRMED, needs=ShipsOrders)
async def test_orders_leave_though_the_tokopedia_api_answers_nobody(rehearsal: Rehearsal) -> None:
    """First it takes no writes, then nothing answers there any more: what Tokopedia's buyers order leaves through Tokopedia & Shop."""
    await rehearsal.platform.ends_writes_on_tokopedia()
    before = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(hours=1)
    await rehearsal.clerk.ships(before)
    await rehearsal.platform.closes_tokopedia()
    after = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(hours=3)
    await rehearsal.clerk.ships(after)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for order in (before, after) for parcel in order.parcels] == [SHOP, SHOP]


@scenario(rehearses="platform.closing.goes-on", begins=Stage.PENDING, needs=(SeesOrders, ShipsOrders))
async def test_old_orders_are_shown_when_the_tokopedia_api_has_closed(rehearsal: Rehearsal) -> None:
    """What left on Tokopedia before the merge is shown with its state when nobody can be asked about it any more."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=66)
    await rehearsal.seller.links_the_shops(takes=3)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(hours=2)
    await rehearsal.platform.closes_tokopedia()
    await rehearsal.passes(hours=3)

    assert await rehearsal.clerk.finds(order) == [OrderState.CLOSED]


@scenario(rehearses="platform.closing.goes-on", begins=Stage.CONFIRMED, needs=KeepsRecords)
async def test_the_past_was_archived_before_the_tokopedia_api_closed(rehearsal: Rehearsal) -> None:
    """Every record of the Tokopedia store, of each kind, is shown when Tokopedia can no longer be asked for it."""
    await rehearsal.passes(hours=2)
    await rehearsal.platform.closes_tokopedia()
    await rehearsal.passes(hours=2)

    assert await rehearsal.seller.looks_at_every_record() == rehearsal.records.every()
