"""While the shops merge, price and stock may change on both platforms, and nothing else."""

from gladi import SHOP, TOKOPEDIA, EditsProducts, ListsProducts, Rehearsal, SetsPrices, SetsStock, Stage, scenario


@scenario(rehearses="guide.during.tokopedia.price-and-stock", begins=Stage.MERGING, needs=SetsPrices, on=TOKOPEDIA)
async def test_a_price_changes_on_tokopedia_while_the_shops_merge(rehearsal: Rehearsal) -> None:
    """While the shops merge, a new price reaches Tokopedia."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA)

    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=TOKOPEDIA).price == 123_000


@scenario(rehearses="guide.during.shop.price-and-stock", begins=Stage.MERGING, needs=SetsPrices, on=SHOP)
async def test_a_price_changes_on_the_shop_while_the_shops_merge(rehearsal: Rehearsal) -> None:
    """While the shops merge, a new price reaches Tokopedia & Shop."""
    sku = rehearsal.shelves.sku_on(SHOP)

    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).price == 123_000


@scenario(rehearses=("guide.during.tokopedia.price-and-stock", "guide.during.shop.price-and-stock"), begins=Stage.MERGING, needs=SetsStock)
async def test_stock_changes_on_both_platforms_while_the_shops_merge(rehearsal: Rehearsal) -> None:
    """While the shops merge, a new stock reaches both platforms."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.sets_the_stock(sku, to=7)
    await rehearsal.passes(minutes=30)

    assert [rehearsal.shelves.look(sku, on=platform).at_default_warehouse for platform in (TOKOPEDIA, SHOP)] == [7, 7]


@scenario(rehearses=("guide.during.tokopedia.nothing-else", "guide.during.shop.nothing-else"), begins=Stage.MERGING, needs=EditsProducts)
async def test_an_edit_refused_while_the_shops_merge_is_not_lost(rehearsal: Rehearsal) -> None:
    """While the shops merge, an edit is refused; once the product merge is confirmed the seller finds it done."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(hours=3)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).description == "Washed twice, as soft as it looks."


@scenario(rehearses="guide.during.tokopedia.nothing-else", begins=Stage.MERGING, needs=EditsProducts, on=TOKOPEDIA)
async def test_a_title_refused_on_tokopedia_while_the_shops_merge_is_not_lost(rehearsal: Rehearsal) -> None:
    """While the shops merge, a new title is refused on Tokopedia; the product bears it once it has come over."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA)

    await rehearsal.seller.edits(sku, title="Made by hand in Java, numbered and signed")
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).title == "Made by hand in Java, numbered and signed"


@scenario(rehearses="guide.during.shop.nothing-else", begins=Stage.MERGING, needs=EditsProducts, on=SHOP)
async def test_a_title_refused_on_the_shop_while_the_shops_merge_is_not_lost(rehearsal: Rehearsal) -> None:
    """While the shops merge, a new title is refused on Tokopedia & Shop; the product bears it after the product merge."""
    sku = rehearsal.shelves.sku_on(SHOP)

    await rehearsal.seller.edits(sku, title="Made by hand in Java, numbered and signed")
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).title == "Made by hand in Java, numbered and signed"


@scenario(rehearses="guide.during.tokopedia.nothing-else", begins=Stage.MERGING, needs=ListsProducts, on=TOKOPEDIA)
async def test_a_launch_on_tokopedia_while_the_shops_merge_is_done_later(rehearsal: Rehearsal) -> None:
    """While the shops merge, a product meant for Tokopedia cannot be added; its buyers find it after the product merge."""
    await rehearsal.seller.launches("SCF-MGM", on=TOKOPEDIA)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.on_sale("SCF-MGM") == {TOKOPEDIA}


@scenario(rehearses="guide.during.shop.nothing-else", begins=Stage.MERGING, needs=ListsProducts, on=SHOP)
async def test_a_launch_on_the_shop_while_the_shops_merge_is_done_later(rehearsal: Rehearsal) -> None:
    """While the shops merge, a product meant for Tokopedia & Shop cannot be added; its buyers find it after the product merge."""
    await rehearsal.seller.launches("SCF-MGM", on=SHOP)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.on_sale("SCF-MGM") == {SHOP}


@scenario(rehearses=("guide.during.tokopedia.nothing-else", "guide.during.shop.nothing-else"), begins=Stage.MERGING, needs=ListsProducts)
async def test_a_launch_while_the_shops_merge_makes_one_product(rehearsal: Rehearsal) -> None:
    """A launch on both platforms that the merge holds up becomes one product of both, not two."""
    await rehearsal.seller.launches("SCF-MGM")
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.count("SCF-MGM", on=SHOP) == 1


@scenario(rehearses=("guide.during.tokopedia.nothing-else", "guide.during.shop.nothing-else"), begins=Stage.MERGING, needs=ListsProducts)
async def test_delisting_refused_while_the_shops_merge_is_done_later(rehearsal: Rehearsal) -> None:
    """While the shops merge, a product cannot be taken off the shelves; it is off both once the product merge is confirmed."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.hides(sku)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.on_sale(sku) == set()
