"""While the shops of many sellers merge, each at its own time, every one of them is followed."""

from gladi import LinksShops, Rehearsal, Stage, scenario

FAILS = "shop-1"
"""Its integration is the shortest, so it is the next to end, and fails."""
AFTERWARDS = tuple(f"shop-{number}" for number in range(22, 42))
"""Shops that merge when the system is back, each at its own minute; those before them merge while it is down."""
NOT_YET = tuple(f"shop-{number}" for number in range(42, 301))
"""Sellers who have neither linked their shops nor authorized the app on Tokopedia & Shop."""


@scenario(
    rehearses=("changelog.status.get-shop-info", "changelog.status.five-minutes", "guide.verification.integration-begins"),
    begins=Stage.PENDING,
    needs=LinksShops,
    shops=300,
    without_grant=NOT_YET,
)
async def test_three_hundred_shops_in_mixed_stages_are_followed(rehearsal: Rehearsal) -> None:
    """Of 300 shops 20 merge while the system is down, 20 when it is back, one fails to, the others wait; each merge is noticed."""
    rehearsal.lets_the_integration_fail()
    await rehearsal.seller.links_the_shops(shop=FAILS, takes=3)
    await rehearsal.seller.links_every_shop(but=(*AFTERWARDS, *NOT_YET), takes=(7.1, 8))
    await rehearsal.seller.links_every_shop(but=NOT_YET, takes=(8.05, 8.2))
    await rehearsal.passes_without_the_system(hours=8)
    merged_meanwhile = rehearsal.merged_shop_ids
    await rehearsal.passes(minutes=15)

    assert (len(merged_meanwhile), len(rehearsal.merged_shop_ids)) == (20, 40)
    assert sorted(link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()) == sorted(rehearsal.merged_shop_ids)
