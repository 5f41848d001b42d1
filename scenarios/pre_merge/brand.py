"""In Indonesia the platform is called Tokopedia & Shop before a seller's shops have merged, too."""

from gladi import SHOP, TOKOPEDIA, PrintsDocuments, Rehearsal, ShipsOrders, Stage, scenario


@scenario(rehearses="changelog.brand.tokopedia-and-shop", begins=Stage.PENDING, needs=(ShipsOrders, PrintsDocuments))
async def test_a_shipping_label_does_not_bear_the_older_brand(rehearsal: Rehearsal) -> None:
    """The labels of an order of each platform, printed one after the other, say nothing of the older brand."""
    here, there = await rehearsal.buyer.orders(on=TOKOPEDIA), await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(here)
    await rehearsal.clerk.ships(there)
    await rehearsal.passes(minutes=15)
    labels = [await rehearsal.clerk.reads(here), await rehearsal.clerk.reads(there)]

    assert [label.older_brand for label in labels] == [None, None]
