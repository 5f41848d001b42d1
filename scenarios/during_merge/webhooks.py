"""Webhooks come late, twice, in another order, from somebody else, or to nobody; the merge is noticed once and truly all the same."""

from gladi import LinksShops, Rehearsal, Stage, scenario


@scenario(rehearses=("guide.preparation.merge-webhook", "changelog.webhook.registration"), begins=Stage.PENDING)
async def test_the_registration_keeps_the_other_webhooks(rehearsal: Rehearsal) -> None:
    """Registering for the merge webhook leaves every URL registered that was registered before."""
    await rehearsal.passes(minutes=15)

    assert (rehearsal.webhooks.are_registered, rehearsal.webhooks.wiped) == (True, [])


@scenario(rehearses=("changelog.status.get-shop-info", "changelog.status.webhook"), begins=Stage.PENDING, needs=LinksShops)
async def test_a_late_webhook_brings_no_news(rehearsal: Rehearsal) -> None:
    """A webhook that arrives hours after the merge finds the shops linked by Get Shop Info, and changes nothing."""
    rehearsal.webhooks.delay_the_next(hours=3)
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=15)
    before = await rehearsal.seller.sees_the_shop_links()
    await rehearsal.passes(hours=4)
    after = await rehearsal.seller.sees_the_shop_links()

    assert (len(before), after) == (1, before)


@scenario(rehearses="changelog.status.webhook", begins=Stage.PENDING, needs=LinksShops)
async def test_a_doubled_webhook_links_the_shops_once(rehearsal: Rehearsal) -> None:
    """The same webhook delivered twice links the shops once and tells the seller once."""
    rehearsal.webhooks.double_the_next()
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=15)

    assert [link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()] == rehearsal.merged_shop_ids


@scenario(rehearses="changelog.status.webhook", begins=Stage.PENDING, needs=LinksShops, shops=2)
async def test_webhooks_in_another_order_link_every_shop(rehearsal: Rehearsal) -> None:
    """The webhooks of two merges arrive in the opposite order, and both sellers' shops are linked."""
    rehearsal.webhooks.reorder_the_next(2)
    await rehearsal.seller.links_every_shop()
    await rehearsal.until(Stage.MERGED, shop="shop-1")
    await rehearsal.until(Stage.MERGED, shop="shop-2")
    await rehearsal.passes(minutes=15)

    assert sorted(link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()) == sorted(rehearsal.merged_shop_ids)


@scenario(rehearses="guide.verification.merge-webhook", begins=Stage.MERGING, needs=LinksShops)
async def test_a_webhook_without_a_signature_is_not_believed(rehearsal: Rehearsal) -> None:
    """While the shops merge, somebody sends an unsigned webhook that says they have merged; no link is made."""
    await rehearsal.webhooks.forges(signed=False)
    await rehearsal.passes(minutes=15)

    assert list(await rehearsal.seller.sees_the_shop_links()) == []


@scenario(rehearses="guide.verification.merge-webhook", begins=Stage.MERGING, needs=LinksShops)
async def test_a_webhook_under_a_foreign_key_is_not_believed(rehearsal: Rehearsal) -> None:
    """While the shops merge, somebody sends a webhook signed under a key of his own; no link is made."""
    await rehearsal.webhooks.forges()
    await rehearsal.passes(minutes=15)

    assert list(await rehearsal.seller.sees_the_shop_links()) == []


@scenario(rehearses=("changelog.status.get-shop-info", "changelog.status.webhook"), begins=Stage.PENDING, needs=LinksShops)
async def test_a_wrongly_signed_webhook_is_made_up_for_by_asking(rehearsal: Rehearsal) -> None:
    """A webhook whose signature is wrong is refused, true as it is; Get Shop Info carries the same news."""
    rehearsal.webhooks.sign_wrongly_the_next()
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=15)

    assert [link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()] == rehearsal.merged_shop_ids


@scenario(rehearses="changelog.status.get-shop-info", begins=Stage.PENDING, needs=LinksShops)
async def test_a_dead_receiver_is_made_up_for_by_asking(rehearsal: Rehearsal) -> None:
    """The receiver is dead while the webhook is delivered; when it is back, the merge has been noticed by asking."""
    rehearsal.webhooks.the_receiver_dies()
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=15)
    rehearsal.webhooks.the_receiver_comes_back()
    await rehearsal.passes(minutes=15)

    assert [link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()] == rehearsal.merged_shop_ids
