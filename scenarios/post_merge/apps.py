"""After the merge, a product stands in each app as the seller chose, and where one app refuses it he learns which, why, and what to do."""

from gladi import SHOP, TOKOPEDIA, EditsProducts, FindsProducts, ListsProducts, Rehearsal, Stage, TellsSeller, scenario


@scenario(rehearses="changelog.products.listing-platforms", begins=Stage.CONFIRMED, needs=ListsProducts, on=SHOP)
async def test_a_launch_for_the_shop_alone_stays_there(rehearsal: Rehearsal) -> None:
    """After the product merge, a product can be launched for the buyers on Tokopedia & Shop alone, though the seller sells on both."""
    await rehearsal.seller.launches("SCF-MGM", on=SHOP)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.on_sale("SCF-MGM") == {SHOP}


@scenario(rehearses="changelog.products.shelves", begins=Stage.CONFIRMED, needs=ListsProducts)
async def test_a_product_comes_back_to_the_shelves_of_one_app(rehearsal: Rehearsal) -> None:
    """After the product merge, a product that was taken off both shelves is put back on those of Tokopedia alone."""
    sku = rehearsal.shelves.sku_that_came_over()

    await rehearsal.seller.hides(sku)
    await rehearsal.passes(minutes=90)
    await rehearsal.seller.shows(sku, on=TOKOPEDIA)
    await rehearsal.passes(minutes=90)

    assert rehearsal.shelves.on_sale(sku) == {TOKOPEDIA}


@scenario(rehearses="changelog.products.outcome-per-app", begins=Stage.CONFIRMED, needs=(ListsProducts, TellsSeller))
async def test_a_launch_that_one_app_refuses_is_told_for_that_app(rehearsal: Rehearsal) -> None:
    """One app refuses a new product and the other takes it: its buyers find it, and the seller reads which app refused, and why."""
    for sku, app in (("SCF-MGM", SHOP), ("SCF-KWG", TOKOPEDIA)):
        await rehearsal.moderator.refuses(sku, on=app, because="take the word antique out of the title")
        await rehearsal.seller.launches(sku)
    await rehearsal.passes(minutes=90)

    told = [await rehearsal.seller.was_told_where(sku, "take the word antique out") for sku in ("SCF-MGM", "SCF-KWG")]
    assert [rehearsal.shelves.on_sale(sku) for sku in ("SCF-MGM", "SCF-KWG")] == [{TOKOPEDIA}, {SHOP}]
    assert told == [{SHOP}, {TOKOPEDIA}]


@scenario(
    rehearses=("changelog.products.outcome-per-app", "changelog.products.partial-edit"),
    begins=Stage.CONFIRMED,
    needs=(EditsProducts, TellsSeller),
)
async def test_an_edit_that_one_app_refuses_is_told_for_that_app(rehearsal: Rehearsal) -> None:
    """One app refuses an edit and the other takes it: the new words stand there, and the seller reads which app refused, and why."""
    one, other, *_ = rehearsal.shelves.skus_that_came_over()
    for sku, app in ((one, SHOP), (other, TOKOPEDIA)):
        await rehearsal.moderator.refuses(sku, on=app, because="say where it was washed")
        await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(minutes=90)

    told = [await rehearsal.seller.was_told_where(sku, "say where it was washed") for sku in (one, other)]
    says = [rehearsal.shelves.look(sku, on=SHOP).description for sku in (one, other)]
    assert (says, told) == (2 * ["Washed twice, as soft as it looks."], [{SHOP}, {TOKOPEDIA}])
    assert [rehearsal.shelves.on_sale(sku) for sku in (one, other)] == [{TOKOPEDIA}, {SHOP}]


@scenario(rehearses="changelog.products.shelf-errors", begins=Stage.CONFIRMED, needs=(ListsProducts, TellsSeller))
async def test_an_error_inside_a_successful_answer_is_told(rehearsal: Rehearsal) -> None:
    """A product is put on both shelves with code 0, and one app refused it inside that answer: the seller reads which app, and why."""
    one, other, *_ = rehearsal.shelves.skus_that_came_over()
    for sku, app in ((one, SHOP), (other, TOKOPEDIA)):
        await rehearsal.seller.hides(sku)
        await rehearsal.passes(minutes=90)
        await rehearsal.moderator.refuses(sku, on=app, because="add a picture of the label")
        await rehearsal.seller.shows(sku)
    await rehearsal.passes(minutes=90)

    told = [await rehearsal.seller.was_told_where(sku, "add a picture of the label") for sku in (one, other)]
    assert [rehearsal.shelves.on_sale(sku) for sku in (one, other)] == [{TOKOPEDIA}, {SHOP}]
    assert told == [{SHOP}, {TOKOPEDIA}]


@scenario(rehearses="changelog.products.audit", begins=Stage.CONFIRMED, needs=TellsSeller)
async def test_an_audit_that_failed_in_one_app_is_seen_with_its_reason(rehearsal: Rehearsal) -> None:
    """A product fails its audit in one app: the seller who looks at it sees in which, for what reason, and what is suggested."""
    one, other, *_ = rehearsal.shelves.skus_that_came_over()
    for sku, app in ((one, SHOP), (other, TOKOPEDIA)):
        await rehearsal.moderator.fails_the_audit(sku, on=app, because="the brand is not yours", advice="upload the letter of the brand")

    await rehearsal.passes(minutes=90)
    seen = [await rehearsal.seller.sees(sku) for sku in (one, other)]

    assert [one.says_where("the brand is not yours", "upload the letter of the brand") for one in seen] == [{SHOP}, {TOKOPEDIA}]


@scenario(rehearses="changelog.products.audit", begins=Stage.CONFIRMED, needs=(ListsProducts, TellsSeller))
async def test_a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice(rehearsal: Rehearsal) -> None:
    """A launch succeeds, and its audit fails in one app: the seller who looks at the product sees in which, and what would help."""
    for sku, app in (("SCF-MGM", SHOP), ("SCF-KWG", TOKOPEDIA)):
        await rehearsal.moderator.fails_the_audit(sku, on=app, because="blurred picture", advice="take it by daylight")
        await rehearsal.seller.launches(sku)
    await rehearsal.passes(minutes=90)

    seen = [await rehearsal.seller.sees(sku) for sku in ("SCF-MGM", "SCF-KWG")]
    assert [rehearsal.shelves.on_sale(sku) for sku in ("SCF-MGM", "SCF-KWG")] == [{TOKOPEDIA}, {SHOP}]
    assert [one.says_where("blurred picture", "daylight") for one in seen] == [{SHOP}, {TOKOPEDIA}]


@scenario(rehearses="changelog.products.get", begins=Stage.CONFIRMED, needs=TellsSeller)
async def test_a_product_that_one_app_took_down_is_seen_as_exactly_that(rehearsal: Rehearsal) -> None:
    """The platform takes a product down in one app: the seller who looks at it sees in which it is deactivated."""
    one, other, *_ = rehearsal.shelves.skus_that_came_over()
    await rehearsal.moderator.takes_down(one, on=SHOP)
    await rehearsal.moderator.takes_down(other, on=TOKOPEDIA)

    await rehearsal.passes(minutes=90)
    seen = [await rehearsal.seller.sees(sku) for sku in (one, other)]

    assert [one.says_where("deactivated") for one in seen] == [{SHOP}, {TOKOPEDIA}]


@scenario(rehearses="changelog.products.search", begins=Stage.CONFIRMED, needs=(FindsProducts, ListsProducts))
async def test_a_search_tells_the_status_in_each_app(rehearsal: Rehearsal) -> None:
    """The seller searches what is listed in both apps, and sees of a product that it is on sale in one and off the shelves in the other."""
    sku = rehearsal.shelves.sku_that_came_over()
    await rehearsal.seller.hides(sku, on=TOKOPEDIA)
    await rehearsal.passes(minutes=90)

    found = await rehearsal.seller.finds_products(on=(TOKOPEDIA, SHOP))

    assert set(found) == rehearsal.shelves.listed(on=TOKOPEDIA) & rehearsal.shelves.listed(on=SHOP)
    assert found.get(sku) == {SHOP: "ACTIVATE", TOKOPEDIA: "SELLER_DEACTIVATED"}


@scenario(rehearses="changelog.products.search", begins=Stage.CONFIRMED, needs=(FindsProducts, ListsProducts))
async def test_a_search_in_one_app_finds_what_is_listed_there(rehearsal: Rehearsal) -> None:
    """The seller searches in the app of Tokopedia: all that is listed there is found, on sale or not, and nothing else."""
    await rehearsal.seller.hides(rehearsal.shelves.sku_that_came_over(), on=TOKOPEDIA)
    await rehearsal.passes(minutes=90)

    found = await rehearsal.seller.finds_products(on=TOKOPEDIA)

    assert set(found) == rehearsal.shelves.listed(on=TOKOPEDIA)
