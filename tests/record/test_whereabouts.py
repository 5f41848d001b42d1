"""The table of which platform holds which data is whole, and says what the changelog says."""

import pytest

from gladi.record.whereabouts import WHEREABOUTS, Age, Data, holder
from gladi.record.words import SHOP, TOKOPEDIA, Platform, SellerKind


def test_every_kind_of_data_of_every_seller_stands_in_the_table_once() -> None:
    rows = [(row.seller, row.data, row.age) for row in WHEREABOUTS]

    assert sorted(rows) == sorted((seller, data, age) for seller in SellerKind for data in Data for age in Age)


@pytest.mark.parametrize(
    ("seller", "data", "age", "platform"),
    [
        (SellerKind.MIGRATED, Data.PRODUCTS, Age.HISTORICAL, SHOP),
        (SellerKind.MIGRATED, Data.FINANCE, Age.HISTORICAL, TOKOPEDIA),
        (SellerKind.MIGRATED, Data.FINANCE, Age.NEW, SHOP),
        (SellerKind.PENDING, Data.ORDERS, Age.NEW, TOKOPEDIA),
        (SellerKind.SOLELY_ON_SHOP, Data.RETURNS, Age.HISTORICAL, SHOP),
        (SellerKind.NEW_HERE, Data.PROMOTION, Age.NEW, SHOP),
        (SellerKind.NEW_HERE, Data.PROMOTION, Age.HISTORICAL, None),
    ],
)
def test_data_is_held_where_the_changelog_says(seller: SellerKind, data: Data, age: Age, platform: Platform | None) -> None:
    found = holder(seller, data, age)

    assert found is platform


def test_every_row_names_its_place_in_the_changelog_or_owns_that_it_is_assumed() -> None:
    places = {row.source.place for row in WHEREABOUTS if not row.source.is_assumed}

    assert all(place.startswith("API changelog, ") for place in places)
    assert {row.seller for row in WHEREABOUTS if row.source.is_assumed} == {SellerKind.NEW_HERE}
