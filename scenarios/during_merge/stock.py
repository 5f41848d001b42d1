"""One seller's goods lie on one shelf, though two platforms sell them: no unit is promised twice."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, SetsStock, Stage, scenario


@scenario(rehearses=("guide.during.tokopedia.price-and-stock", "guide.during.shop.price-and-stock"), begins=Stage.MERGING, needs=SetsStock)
async def test_a_unit_sold_on_tokopedia_leaves_the_other_shelf(rehearsal: Rehearsal) -> None:
    """While the shops merge, a unit that a Tokopedia buyer took is soon off the shelf of Tokopedia & Shop as well."""
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)

    await rehearsal.seller.sets_the_stock(sku, to=3)
    await rehearsal.passes(minutes=30)
    await rehearsal.buyer.orders(on=TOKOPEDIA, sku=sku, quantity=2)
    await rehearsal.passes(minutes=15)

    assert rehearsal.shelves.look(sku, on=SHOP).units == 1


@scenario(rehearses="guide.during.tokopedia.price-and-stock", begins=Stage.MERGING, needs=SetsStock)
async def test_the_last_unit_is_sold_once(rehearsal: Rehearsal) -> None:
    """While the shops merge, the last unit is sold on one platform, and soon nobody can buy it on the other."""
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)

    await rehearsal.seller.sets_the_stock(sku, to=1)
    await rehearsal.passes(minutes=30)
    await rehearsal.buyer.orders(on=SHOP, sku=sku)
    await rehearsal.passes(minutes=20)
    too_late = await rehearsal.buyer.tries_to_order(on=TOKOPEDIA, sku=sku)

    assert too_late is None


@scenario(rehearses="guide.during.shop.price-and-stock", begins=Stage.MERGING, needs=SetsStock, on=SHOP)
async def test_the_sellers_own_hand_is_not_overwritten(rehearsal: Rehearsal) -> None:
    """Stock that the seller sets by hand in Seller Center while the shops merge is not set back by the system on its own."""
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)

    await rehearsal.seller.sets_the_stock(sku, to=9)
    await rehearsal.passes(minutes=30)
    by_the_system = rehearsal.shelves.look(sku, on=SHOP).units
    await rehearsal.seller.changes_stock_by_hand(sku, to=4, on=SHOP)
    await rehearsal.passes(hours=2)

    assert (by_the_system, rehearsal.shelves.look(sku, on=SHOP).units) == (9, 4)
