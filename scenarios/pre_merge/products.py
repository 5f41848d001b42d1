"""Before the merge, the seller's catalogue is two catalogues, and a change reaches each platform that sells the SKU."""

from gladi import SHOP, TOKOPEDIA, EditsProducts, ListsProducts, Rehearsal, SetsPrices, SetsStock, Stage, scenario


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=SetsPrices)
async def test_a_price_reaches_both_platforms_before_the_merge(rehearsal: Rehearsal) -> None:
    """Before the merge, a new price reaches every platform that sells the SKU."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=30)

    assert [rehearsal.shelves.look(sku, on=platform).price for platform in (TOKOPEDIA, SHOP)] == [123_000, 123_000]


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=SetsStock)
async def test_stock_reaches_both_platforms_before_the_merge(rehearsal: Rehearsal) -> None:
    """Before the merge, a new stock reaches every platform that sells the SKU."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.sets_the_stock(sku, to=7)
    await rehearsal.passes(minutes=30)

    assert [rehearsal.shelves.look(sku, on=platform).at_default_warehouse for platform in (TOKOPEDIA, SHOP)] == [7, 7]


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=EditsProducts)
async def test_a_description_reaches_both_platforms_before_the_merge(rehearsal: Rehearsal) -> None:
    """Before the merge, a new description reaches every platform that sells the product."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(minutes=30)

    assert {rehearsal.shelves.look(sku, on=platform).description for platform in (TOKOPEDIA, SHOP)} == {
        "Washed twice, as soft as it looks."
    }


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=ListsProducts)
async def test_a_launch_reaches_both_platforms_before_the_merge(rehearsal: Rehearsal) -> None:
    """Before the merge, a new product is launched on both platforms, through the API of each."""
    await rehearsal.seller.launches("SCF-MGM")
    await rehearsal.passes(minutes=30)

    assert [rehearsal.shelves.count("SCF-MGM", on=platform) for platform in (TOKOPEDIA, SHOP)] == [1, 1]


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=ListsProducts)
async def test_a_product_leaves_the_shelves_of_one_platform_before_the_merge(rehearsal: Rehearsal) -> None:
    """Before the merge, a product that is taken off the shelves of Tokopedia stays on those of Tokopedia & Shop."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.hides(sku, on=TOKOPEDIA)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.on_sale(sku) == {SHOP}
