"""The product merge makes one product of two, and their stock must not become twice what the seller owns."""

from gladi import SHOP, TOKOPEDIA, Rehearsal, SetsStock, Stage, StockAtMerge, scenario


@scenario(rehearses="guide.merged.products.price-and-stock", begins=Stage.MERGED, needs=SetsStock, on=SHOP)
async def test_stock_that_the_merge_added_up_is_put_right(rehearsal: Rehearsal) -> None:
    """When the product merge adds up the stock of both platforms, the system sets what the seller owns within hours."""
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
    rehearsal.lets_the_product_merge_give(stock=StockAtMerge.SUM)

    await rehearsal.seller.sets_the_stock(sku, to=5)
    await rehearsal.passes(hours=2)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).units == 5


@scenario(rehearses="guide.merged.products.price-and-stock", begins=Stage.PENDING, needs=SetsStock, on=SHOP)
async def test_stock_set_before_the_merge_is_right_after_it(rehearsal: Rehearsal) -> None:
    """Stock set on both platforms before the merge is what the seller owns after the product merge, not the sum of the two."""
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
    rehearsal.lets_the_product_merge_give(stock=StockAtMerge.SUM)

    await rehearsal.seller.sets_the_stock(sku, to=6)
    await rehearsal.passes(minutes=30)
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.buyer.orders(on=SHOP, sku=sku)
    await rehearsal.passes(hours=1)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).units == 5


@scenario(rehearses="guide.merged.products.price-and-stock", begins=Stage.PENDING, needs=SetsStock, on=SHOP)
async def test_stock_finds_its_warehouse_under_a_new_id(rehearsal: Rehearsal) -> None:
    """When the merge gives the seller's warehouses other ids, stock is set all the same after the product merge."""
    sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
    rehearsal.lets_the_merge_renumber_the_warehouses()

    await rehearsal.seller.sets_the_stock(sku, to=8)
    await rehearsal.passes(minutes=30)
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)
    await rehearsal.seller.sets_the_stock(sku, to=3)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.look(sku, on=SHOP).units == 3
