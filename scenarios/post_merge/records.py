"""After the merge, what became of old orders is told by Tokopedia, and of new ones by Tokopedia & Shop."""

from gladi import SHOP, TOKOPEDIA, KeepsRecords, RecordKind, Rehearsal, ShipsOrders, Stage, scenario

_HISTORY = ("changelog.access.completed-history", "changelog.access.completed-new-data")


@scenario(rehearses=_HISTORY, begins=Stage.MERGED, needs=(KeepsRecords, ShipsOrders))
async def test_old_parcels_are_told_by_tokopedia_and_new_ones_by_the_shop(rehearsal: Rehearsal) -> None:
    """Fulfilment: the parcels of before the merge are shown beside the one that left after it."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)

    shown = await rehearsal.seller.looks_at(RecordKind.FULFILMENT)
    assert shown == rehearsal.records.of(RecordKind.FULFILMENT)


@scenario(rehearses=_HISTORY, begins=Stage.PENDING, needs=(KeepsRecords, ShipsOrders))
async def test_old_returns_are_told_by_tokopedia_and_new_ones_by_the_shop(rehearsal: Rehearsal) -> None:
    """Returns: a buyer sends back what he bought before the merge, another what he bought after it."""
    old = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(old)
    await rehearsal.passes(hours=57)
    await rehearsal.seller.links_the_shops(takes=3)
    await rehearsal.until(Stage.MERGED)
    new = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(new)
    await rehearsal.passes(hours=57)
    asked = [await rehearsal.buyer.returns(order) for order in (old, new)]

    shown = await rehearsal.seller.looks_at(RecordKind.RETURNS)
    assert (shown, [one.lives_on for one in asked]) == (rehearsal.records.of(RecordKind.RETURNS), [TOKOPEDIA, SHOP])


@scenario(rehearses=_HISTORY, begins=Stage.MERGED, needs=KeepsRecords)
async def test_old_promotions_are_told_by_tokopedia_and_new_ones_by_the_shop(rehearsal: Rehearsal) -> None:
    """Promotion: the offers of the past are shown beside the one that the seller begins after the merge."""
    await rehearsal.seller.begins_a_promotion(on=SHOP)

    shown = await rehearsal.seller.looks_at(RecordKind.PROMOTION)
    assert shown == rehearsal.records.of(RecordKind.PROMOTION)


@scenario(rehearses=_HISTORY, begins=Stage.MERGED, needs=(KeepsRecords, ShipsOrders))
async def test_old_payouts_are_told_by_tokopedia_and_new_ones_by_the_shop(rehearsal: Rehearsal) -> None:
    """Finance: the payouts of the past are shown beside the one for an order that came after the merge."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=57)

    shown = await rehearsal.seller.looks_at(RecordKind.FINANCE)
    assert shown == rehearsal.records.of(RecordKind.FINANCE)


@scenario(rehearses=_HISTORY, begins=Stage.PENDING, needs=KeepsRecords)
async def test_old_conversations_are_told_by_tokopedia_and_new_ones_by_the_shop(rehearsal: Rehearsal) -> None:
    """Customer service: what a buyer wrote on Tokopedia before the merge is shown beside what another writes after it."""
    await rehearsal.buyer.writes(on=TOKOPEDIA)
    await rehearsal.seller.links_the_shops(takes=3)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.buyer.writes(on=TOKOPEDIA)

    shown = await rehearsal.seller.looks_at(RecordKind.CUSTOMER_SERVICE)
    assert shown == rehearsal.records.of(RecordKind.CUSTOMER_SERVICE)
