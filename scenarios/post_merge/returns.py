"""After the merge, the seller sees where the goods of a return come back to."""

from gladi import SHOP, TOKOPEDIA, KeepsRecords, Rehearsal, ShipsOrders, Stage, TellsSeller, scenario


@scenario(rehearses="changelog.returns.warehouse-address", begins=Stage.MERGED, needs=(ShipsOrders, KeepsRecords, TellsSeller), on=SHOP)
async def test_the_seller_sees_where_a_return_comes_back_to(rehearsal: Rehearsal) -> None:
    """A buyer sends back what he bought; the address stands in the return itself, and beside the returns it would be everybody's."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(hours=57)
    asked = await rehearsal.buyer.returns(order)
    await rehearsal.seller.agrees_to(asked)
    await rehearsal.buyer.sends_back(asked)
    await rehearsal.passes(hours=2)

    assert (await rehearsal.seller.sees(asked.id)).says(asked.comes_back_to)
