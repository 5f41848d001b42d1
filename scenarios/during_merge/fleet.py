"""While the shops of many sellers merge, each at its own time, every one of them is followed."""

from gladi import LinksShops, Rehearsal, Stage, scenario

NOT_YET = tuple(f"shop-{number}" for number in range(101, 301))
"""Sellers who have neither linked their shops nor authorized the app on Tokopedia & Shop."""


@scenario(
    rehearses=("changelog.status.get-shop-info", "changelog.status.five-minutes", "guide.verification.integration-begins"),
    begins=Stage.PENDING,
    needs=LinksShops,
    shops=300,
    without_grant=NOT_YET,
)
async def test_three_hundred_shops_in_mixed_stages_are_followed(rehearsal: Rehearsal) -> None:
    """Of 300 shops some merge while the system is down and some afterwards, one fails to, most wait; each merge is noticed in time."""
    rehearsal.lets_the_integration_fail()
    await rehearsal.seller.links_every_shop(but=NOT_YET)
    await rehearsal.passes_without_the_system(hours=4)
    merged = rehearsal.merged_shop_ids
    await rehearsal.passes(minutes=10)

    assert set(merged) <= {link.toko_shop_id for link in await rehearsal.seller.sees_the_shop_links()}
