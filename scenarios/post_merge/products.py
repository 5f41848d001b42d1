"""After the merge, products are managed on Tokopedia & Shop, from the moment the seller has confirmed the product merge."""

from gladi import (
    SHOP,
    TOKOPEDIA,
    EditsProducts,
    LinksProducts,
    ListsProducts,
    Rehearsal,
    SetsPrices,
    SetsStock,
    Stage,
    TellsSeller,
    scenario,
)


@scenario(rehearses="guide.merged.product-apis-after-confirmation", begins=Stage.MERGED, needs=EditsProducts, on=SHOP)
async def test_an_edit_waits_for_the_product_merge(rehearsal: Rehearsal) -> None:
    """Before the product merge an edit is refused; it is done soon after the seller has confirmed, though no signal says so."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(hours=5)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).description == "Washed twice, as soft as it looks."


@scenario(rehearses="guide.merged.price-and-stock-after-confirmation", begins=Stage.MERGED, needs=SetsPrices, on=SHOP)
async def test_a_price_waits_for_the_product_merge(rehearsal: Rehearsal) -> None:
    """A price set before the product merge, whether refused then or not, stands on Tokopedia & Shop soon after it."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(hours=5)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.look(sku, on=SHOP).price == 123_000


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


@scenario(rehearses=("guide.merged.product-ids", "changelog.mapping.product"), begins=Stage.CONFIRMED, needs=LinksProducts)
async def test_product_ids_lead_from_either_platform_to_the_other(rehearsal: Rehearsal) -> None:
    """After the product merge, each id on Tokopedia & Shop leads back to one Tokopedia product and to no other."""
    await rehearsal.passes(hours=3)

    links = [(link.tts_product_id, link.toko_product_id) for link in await rehearsal.seller.sees_the_product_links()]

    assert sorted(links) == sorted((there, here) for here, there in rehearsal.shelves.twins.items())


@scenario(rehearses="guide.merged.confirmation-first", begins=Stage.MERGED, needs=EditsProducts, on=SHOP)
async def test_a_product_merge_confirmed_after_three_days_is_noticed(rehearsal: Rehearsal) -> None:
    """No signal announces the confirmation: a held edit is in force soon after it, though it came three days late."""
    sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    await rehearsal.seller.edits(sku, title="Made by hand in Java, numbered and signed")
    await rehearsal.passes(days=3)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=2)

    assert rehearsal.shelves.look(sku, on=SHOP).title == "Made by hand in Java, numbered and signed"


@scenario(rehearses="guide.merged.product-apis-after-confirmation", begins=Stage.MERGED, needs=ListsProducts, on=SHOP)
async def test_a_launch_waits_for_the_product_merge(rehearsal: Rehearsal) -> None:
    """Before the product merge a launch is refused; buyers of both apps find the product soon after the seller has confirmed."""
    await rehearsal.seller.launches("SCF-MGM")
    await rehearsal.passes(hours=5)
    await rehearsal.seller.confirms_the_product_merge()
    await rehearsal.passes(hours=3)

    assert rehearsal.shelves.on_sale("SCF-MGM") == {TOKOPEDIA, SHOP}


@scenario(rehearses=("guide.merged.products.launch", "changelog.access.completed-products"), begins=Stage.CONFIRMED, needs=ListsProducts)
async def test_a_launch_reaches_the_buyers_of_both_apps(rehearsal: Rehearsal) -> None:
    """After the product merge, a product launched through Tokopedia & Shop is found in both apps."""
    await rehearsal.seller.launches("SCF-MGM")
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.on_sale("SCF-MGM") == {TOKOPEDIA, SHOP}


@scenario(rehearses="guide.merged.products.launch", begins=Stage.CONFIRMED, needs=ListsProducts, on=TOKOPEDIA)
async def test_a_launch_for_tokopedia_alone_stays_there(rehearsal: Rehearsal) -> None:
    """After the product merge, a product can be launched for the buyers on Tokopedia alone."""
    await rehearsal.seller.launches("SCF-MGM", on=TOKOPEDIA)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.on_sale("SCF-MGM") == {TOKOPEDIA}


@scenario(rehearses="guide.merged.products.description", begins=Stage.CONFIRMED, needs=EditsProducts, on=SHOP)
async def test_a_description_changes_after_the_product_merge(rehearsal: Rehearsal) -> None:
    """After the product merge, the description of a product that came over from Tokopedia changes on Tokopedia & Shop."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.look(sku, on=SHOP).description == "Washed twice, as soft as it looks."


@scenario(rehearses=("guide.merged.products.description", "changelog.products.partial-edit"), begins=Stage.CONFIRMED, needs=EditsProducts)
async def test_an_edit_leaves_a_product_on_the_shelves_of_both_apps(rehearsal: Rehearsal) -> None:
    """An edit names the apps in which the product is listed, so that it is done and the product vanishes from neither."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(minutes=90)
    says = rehearsal.shelves.look(sku, on=SHOP).description

    assert (says, rehearsal.shelves.on_sale(sku)) == ("Washed twice, as soft as it looks.", {TOKOPEDIA, SHOP})


@scenario(rehearses="guide.merged.products.list-and-delist", begins=Stage.CONFIRMED, needs=ListsProducts, on=TOKOPEDIA)
async def test_delisting_on_tokopedia_leaves_the_shop(rehearsal: Rehearsal) -> None:
    """After the product merge, a product taken off the shelves of Tokopedia stays on those of Tokopedia & Shop."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.hides(sku, on=TOKOPEDIA)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.on_sale(sku) == {SHOP}


@scenario(rehearses="guide.merged.products.list-and-delist", begins=Stage.CONFIRMED, needs=ListsProducts, on=SHOP)
async def test_delisting_on_the_shop_leaves_tokopedia(rehearsal: Rehearsal) -> None:
    """After the product merge, a product taken off the shelves of Tokopedia & Shop stays on those of Tokopedia."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.hides(sku, on=SHOP)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.on_sale(sku) == {TOKOPEDIA}


@scenario(rehearses="guide.merged.products.list-and-delist", begins=Stage.CONFIRMED, needs=ListsProducts)
async def test_a_product_comes_back_to_the_shelves_of_both_apps(rehearsal: Rehearsal) -> None:
    """After the product merge, a product that was taken off both shelves is put on both again."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.hides(sku)
    await rehearsal.passes(minutes=90)
    hidden = rehearsal.shelves.on_sale(sku)
    await rehearsal.seller.shows(sku)
    await rehearsal.passes(minutes=90)

    assert (hidden, rehearsal.shelves.on_sale(sku)) == (set(), {TOKOPEDIA, SHOP})


@scenario(rehearses="guide.merged.products.list-and-delist", begins=Stage.CONFIRMED, needs=ListsProducts, on=TOKOPEDIA)
async def test_a_product_of_the_shop_is_listed_on_tokopedia_too(rehearsal: Rehearsal) -> None:
    """After the product merge, a product that was never sold on Tokopedia can be listed there."""
    sku = rehearsal.shelves.sku_in_the_app_of(SHOP)

    await rehearsal.seller.shows(sku, on=TOKOPEDIA)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.on_sale(sku) == {TOKOPEDIA, SHOP}


@scenario(rehearses="changelog.access.completed-products", begins=Stage.CONFIRMED, needs=(TellsSeller, LinksProducts), on=SHOP)
async def test_a_suspended_product_is_not_copied_and_the_seller_is_told(rehearsal: Rehearsal) -> None:
    """A product that Tokopedia has suspended is left behind by the product merge, and the seller reads so."""
    sku = rehearsal.shelves.sku_that_is_suspended()
    await rehearsal.passes(hours=3)

    told = [notice.about for notice in await rehearsal.seller.reads_the_notices()]

    assert sku in told
