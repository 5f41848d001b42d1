"""After the merge a category may be open to the seller on one app and closed on the other."""

from gladi import SHOP, TOKOPEDIA, ChoosesCategories, ListsProducts, Rehearsal, Stage, scenario


@scenario(rehearses="changelog.products.categories", begins=Stage.CONFIRMED, needs=ChoosesCategories, on=SHOP)
async def test_the_seller_sees_for_each_app_where_he_may_list(rehearsal: Rehearsal) -> None:
    """The seller sees the categories of each app, and of each whether it is open to him there."""
    on_tokopedia = await rehearsal.seller.sees_the_categories(on=TOKOPEDIA)
    on_the_shop = await rehearsal.seller.sees_the_categories(on=SHOP)

    assert on_tokopedia == rehearsal.shelves.categories(on=TOKOPEDIA)
    assert on_the_shop == rehearsal.shelves.categories(on=SHOP)


@scenario(rehearses="changelog.products.categories-of-both", begins=Stage.CONFIRMED, needs=ListsProducts, on=SHOP)
async def test_a_launch_on_both_apps_stands_in_a_category_that_both_permit(rehearsal: Rehearsal) -> None:
    """The category that suits a new product best is closed to the seller on one app: it is launched on both in another."""
    await rehearsal.seller.launches("TEA-RSL", title="Herbal Tea Rosella, dried in the sun")
    await rehearsal.passes(minutes=15)

    assert rehearsal.shelves.on_sale("TEA-RSL") == {TOKOPEDIA, SHOP}
