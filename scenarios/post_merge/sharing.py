"""After the merge those who recommend the seller's products share links that Tokopedia & Shop made."""

from gladi import SHOP, Rehearsal, SharesLinks, Stage, TellsSeller, scenario


@scenario(rehearses="changelog.affiliate.sharing-link", begins=Stage.CONFIRMED, needs=SharesLinks, on=SHOP)
async def test_each_tag_gets_a_link_to_the_product(rehearsal: Rehearsal) -> None:
    """Each tag gets a link of its own, made by the platform, that leads to the product."""
    sku = rehearsal.shelves.sku_that_came_over()
    shared = await rehearsal.seller.shares(sku, "111-WA-ABC", "222-CC-DD")

    assert shared == {"111-WA-ABC": sku, "222-CC-DD": sku}


@scenario(rehearses="changelog.affiliate.sharing-link", begins=Stage.CONFIRMED, needs=(SharesLinks, TellsSeller), on=SHOP)
async def test_a_tag_that_is_refused_is_told_and_the_others_get_their_links(rehearsal: Rehearsal) -> None:
    """One tag of several is too long: the seller is told of it, and the others get their links."""
    sku, wrong = rehearsal.shelves.sku_that_came_over(), "333-" + 20 * "LONG"
    before = await rehearsal.seller.reads_the_notices()
    shared = await rehearsal.seller.shares(sku, "111-WA-ABC", wrong, "222-CC-DD")

    assert shared == {"111-WA-ABC": sku, "222-CC-DD": sku}
    refused = ("no", "not", "cannot", "refused", "rejected", "failed", "invalid", "too long")
    assert any([await rehearsal.seller.was_told(about, wrong, refused, after=before) for about in (sku, wrong)])
