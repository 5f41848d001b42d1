"""The merge is noticed: by the webhook, or by asking when the webhook is lost."""

from gladi import SHOP, TOKOPEDIA, LinksShops, Rehearsal, ShipsOrders, Stage, TellsSeller, scenario


@scenario(
    rehearses=("guide.preparation.merge-webhook", "guide.verification.merge-webhook", "changelog.webhook.registration"),
    begins=Stage.PENDING,
)
async def test_the_merge_is_noticed_by_webhook(rehearsal: Rehearsal) -> None:
    """The system subscribed to the merge webhook, receives it and takes it."""
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=5)

    assert rehearsal.webhooks.answers == [200]


@scenario(rehearses="changelog.status.get-shop-info", begins=Stage.PENDING, needs=LinksShops)
async def test_the_merge_is_noticed_though_the_webhook_is_lost(rehearsal: Rehearsal) -> None:
    """A webhook can be lost; Get Shop Info carries the same news to those who ask every five minutes."""
    rehearsal.webhooks.lose_the_next()
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=15)

    assert len(await rehearsal.seller.sees_the_shop_links()) == 1


@scenario(rehearses=("guide.verification.ids-agree", "changelog.mapping.shop"), begins=Stage.MERGED, needs=LinksShops)
async def test_the_ids_of_the_merged_shops_agree(rehearsal: Rehearsal) -> None:
    """The seller and shop ids that the system stored are those of the webhook and of Get Shop Info, digit for digit."""
    await rehearsal.passes(minutes=15)

    assert [link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()] == rehearsal.merged_shop_ids


@scenario(rehearses=("guide.verification.irreversible", "changelog.status.unmerge"), begins=Stage.MERGED, needs=ShipsOrders, on=SHOP)
async def test_a_merge_stays_though_a_separation_is_announced(rehearsal: Rehearsal) -> None:
    """A webhook says that the shops are separate again, which they cannot be: orders are found on Tokopedia & Shop as before."""
    await rehearsal.webhooks.announces_a_separation()
    await rehearsal.passes(minutes=15)
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="changelog.status.unmerge", begins=Stage.MERGED, needs=(TellsSeller, LinksShops))
async def test_an_announced_separation_is_reported_and_unlinks_nothing(rehearsal: Rehearsal) -> None:
    """A webhook says that the shops are separate again: the seller is told so, and the link between them stays."""
    before = len(await rehearsal.seller.reads_the_notices())
    await rehearsal.webhooks.announces_a_separation()
    await rehearsal.passes(minutes=15)

    told = {notice.about for notice in (await rehearsal.seller.reads_the_notices())[before:]}
    linked = [link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()]
    assert (rehearsal.merged_shop_ids[0] in told, linked) == (True, rehearsal.merged_shop_ids)
