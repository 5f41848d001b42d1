"""After the merge, a launch says what is new on Tokopedia & Shop: pre-sale, shipping insurance, pre-owned goods, a least quantity."""

from gladi import SHOP, TOKOPEDIA, ListsProducts, Rehearsal, SetsMinimumOrders, Stage, TellsSeller, scenario


@scenario(rehearses="changelog.products.pre-sale", begins=Stage.CONFIRMED, needs=ListsProducts, on=SHOP)
async def test_a_product_on_pre_sale_is_launched_with_its_days(rehearsal: Rehearsal) -> None:
    """A product that the seller fulfils two weeks after an order is launched on pre-sale, with these days."""
    await rehearsal.seller.launches("SCF-MGM", pre_sale_days=14)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.look("SCF-MGM", on=SHOP).pre_sale_days == 14


@scenario(rehearses="changelog.products.pre-sale", begins=Stage.CONFIRMED, needs=(ListsProducts, TellsSeller), on=SHOP)
async def test_a_pre_sale_of_too_many_days_is_refused_and_told(rehearsal: Rehearsal) -> None:
    """Pre-sale takes 3 to 30 days: a launch with more is made nowhere, not as an ordinary product either, and the seller reads why."""
    before = await rehearsal.seller.reads_the_notices()
    await rehearsal.seller.launches("SCF-MGM", pre_sale_days=45)
    await rehearsal.passes(minutes=90)
    told = await rehearsal.seller.was_told("SCF-MGM", "30", "days", after=before)

    assert (rehearsal.shelves.count("SCF-MGM", on=SHOP), told) == (0, True)


@scenario(
    rehearses=("changelog.products.properties", "changelog.products.get"),
    begins=Stage.CONFIRMED,
    needs=(ListsProducts, TellsSeller),
    on=SHOP,
)
async def test_the_days_of_a_pre_sale_are_seen(rehearsal: Rehearsal) -> None:
    """The seller who looks at a product on pre-sale sees its days."""
    await rehearsal.seller.launches("SCF-MGM", pre_sale_days=17)
    await rehearsal.passes(minutes=90)

    seen = await rehearsal.seller.sees("SCF-MGM")

    assert seen.says(("pre", "presale", "preorder"), "17")


@scenario(rehearses="changelog.products.properties", begins=Stage.CONFIRMED, needs=ListsProducts, on=SHOP)
async def test_a_launch_says_what_it_insures_and_how_many_are_taken_at_least(rehearsal: Rehearsal) -> None:
    """A product with required shipping insurance, sold from three on, is launched as such."""
    await rehearsal.seller.launches("SCF-MGM", insurance_required=True, minimum_order=3)
    await rehearsal.passes(minutes=90)
    found = rehearsal.shelves.look("SCF-MGM", on=SHOP)

    assert (found.insurance_required, found.minimum_order) == (True, 3)


@scenario(rehearses="changelog.products.properties", begins=Stage.CONFIRMED, needs=ListsProducts, on=TOKOPEDIA)
async def test_a_pre_owned_product_is_launched_as_one(rehearsal: Rehearsal) -> None:
    """Goods that were used before are launched for the buyers on Tokopedia alone, and as what they are."""
    await rehearsal.seller.launches("SCF-MGM", on=TOKOPEDIA, pre_owned=True)
    await rehearsal.passes(minutes=90)

    assert (rehearsal.shelves.on_sale("SCF-MGM"), rehearsal.shelves.look("SCF-MGM", on=SHOP).pre_owned) == ({TOKOPEDIA}, True)


@scenario(rehearses="changelog.products.properties", begins=Stage.CONFIRMED, needs=(ListsProducts, SetsMinimumOrders), on=SHOP)
async def test_a_minimum_order_is_changed_and_nothing_else_of_the_product(rehearsal: Rehearsal) -> None:
    """A product on pre-sale with required insurance is sold from three units on: all else that its page says stays as it was."""
    await rehearsal.seller.launches("SCF-MGM", insurance_required=True, pre_sale_days=14)
    await rehearsal.passes(minutes=90)
    was = rehearsal.shelves.look("SCF-MGM", on=SHOP)
    await rehearsal.seller.sets_the_minimum_order("SCF-MGM", to=3)
    await rehearsal.passes(minutes=90)

    now = rehearsal.shelves.look("SCF-MGM", on=SHOP)
    assert (was.minimum_order, now.minimum_order, now.insurance_required, now.pre_sale_days) == (1, 3, True, 14)
    assert (now.title, now.price, now.units, rehearsal.shelves.on_sale("SCF-MGM")) == (was.title, was.price, was.units, {TOKOPEDIA, SHOP})


@scenario(rehearses="guide.merged.products.launch", begins=Stage.CONFIRMED, needs=ListsProducts, on=SHOP)
async def test_a_launch_whose_answer_was_lost_makes_one_product(rehearsal: Rehearsal) -> None:
    """Tokopedia & Shop makes a product and its answer is lost; whoever asks again finds one product there, and not two."""
    rehearsal.trouble.loses_the_answer(to="shop.create_product")
    await rehearsal.seller.launches("SCF-MGM")
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.count("SCF-MGM", on=SHOP) == 1
