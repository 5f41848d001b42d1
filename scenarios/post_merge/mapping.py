"""After the merge, what was known by an id of Tokopedia is known by its id on Tokopedia & Shop too: shop by shop, product by product."""

from gladi import LinksProducts, LinksShops, Rehearsal, Stage, scenario


@scenario(rehearses="changelog.mapping.shop", begins=Stage.MERGED, needs=LinksShops, shops=2)
async def test_the_shop_is_known_and_not_its_seller_alone(rehearsal: Rehearsal) -> None:
    """Two shops have merged: for each the system knows which shop on Tokopedia & Shop it became, which is another id than its seller's."""
    await rehearsal.passes(minutes=15)

    links = await rehearsal.seller.sees_the_shop_links()

    assert {link.toko_shop_id: link.tts_shop_id for link in links} == rehearsal.shelves.shop_halves


@scenario(rehearses="changelog.mapping.product", begins=Stage.CONFIRMED, needs=LinksProducts, shops=2)
async def test_the_products_of_every_shop_are_mapped(rehearsal: Rehearsal) -> None:
    """Two shops have merged, and the products of both are known by their ids on either platform, not those of the first alone."""
    await rehearsal.passes(hours=3)

    links = {link.toko_product_id: link.tts_product_id for link in await rehearsal.seller.sees_the_product_links()}

    assert links == rehearsal.shelves.twins_of("shop-1") | rehearsal.shelves.twins_of("shop-2")
