"""After the merge, products are managed on Tokopedia & Shop, from the moment the seller has confirmed the product merge."""

from gladi import SHOP, TOKOPEDIA, EditsProducts, LinksProducts, Rehearsal, SetsPrices, SetsStock, Stage, scenario


@scenario(rehearses="guide.merged.product-apis-after-confirmation", begins=Stage.MERGED, needs=EditsProducts, on=SHOP)
async def test_an_edit_waits_for_the_product_merge(rehearsal: Rehearsal) -> None:
    """Before the product merge an edit is refused; it is done soon after the seller has confirmed, though no signal says so."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(hours=5)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).description == "Washed twice, as soft as it looks."


@scenario(rehearses="guide.merged.products.price-and-stock", begins=Stage.CONFIRMED, needs=SetsPrices, on=SHOP)
async def test_a_price_changes_on_the_shop_after_the_product_merge(rehearsal: Rehearsal) -> None:
    """After the product merge, the price of a product that came over from Tokopedia changes on Tokopedia & Shop."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.look(sku, on=SHOP).price == 123_000


@scenario(rehearses="guide.merged.products.price-and-stock", begins=Stage.CONFIRMED, needs=SetsStock, on=SHOP)
async def test_stock_changes_on_the_shop_after_the_product_merge(rehearsal: Rehearsal) -> None:
    """After the product merge, the stock of a product that came over from Tokopedia changes on Tokopedia & Shop."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.sets_the_stock(sku, to=7)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.look(sku, on=SHOP).at_default_warehouse == 7


@scenario(rehearses=("guide.merged.product-ids", "changelog.mapping.product"), begins=Stage.CONFIRMED, needs=LinksProducts)
async def test_products_are_found_again_by_their_new_ids(rehearsal: Rehearsal) -> None:
    """After the product merge, the system knows for each Tokopedia product its id on Tokopedia & Shop, digit for digit."""
    await rehearsal.passes(hours=3)

    links = {link.toko_product_id: link.tts_product_id for link in await rehearsal.seller.sees_the_product_links()}

    assert rehearsal.shelves.twins.items() <= links.items()
