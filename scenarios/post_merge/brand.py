"""After the merge the platform is called Tokopedia & Shop, and so the system calls it: in print and on every page."""

from gladi import SHOP, DocumentKind, PrintsDocuments, Rehearsal, Stage, TellsSeller, scenario


@scenario(rehearses="changelog.brand.tokopedia-and-shop", begins=Stage.MERGED, needs=PrintsDocuments, on=SHOP)
async def test_an_invoice_does_not_bear_the_older_brand(rehearsal: Rehearsal) -> None:
    """The invoice of an order that was bought in the shop's own app says nothing of the older brand."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    invoice = await rehearsal.clerk.reads(order, DocumentKind.INVOICE)

    assert invoice.older_brand is None


@scenario(rehearses="changelog.brand.tokopedia-and-shop", begins=Stage.MERGED, needs=TellsSeller, on=SHOP)
async def test_the_page_of_an_order_does_not_bear_the_older_brand(rehearsal: Rehearsal) -> None:
    """What the seller sees of an order from the shop's own app says nothing of the older brand, not even in the platform's own words."""
    order = await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.passes(minutes=15)
    page = await rehearsal.seller.sees(order.id_on(SHOP) or "")

    assert page.fields
    assert not page.says("TikTok")
