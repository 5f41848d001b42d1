"""Parts of questions and answers that many operations of this API share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import COUNT, TEXT, as_text, one_of, within
from gladi.sandbox.tokopedia.statuses import CODES

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["CODE", "DAY", "DAYS", "GIVEN", "NUMBER_OF", "OF_A_SHOP", "PLACE", "WALL_CLOCK", "pages"]

NUMBER_OF = within(0, 2**63 - 1)
"""An id of Tokopedia: a number."""
CODE = one_of(*sorted(set(CODES.values())))
"""What has become of an order."""
WALL_CLOCK = as_text(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?Z")
"""The wall clock of Jakarta with a Z that does not mean what it says."""
GIVEN = as_text("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
DAY = as_text("20[0-9]{2}-[0-9]{2}-[0-9]{2}")
DAYS: Keys = {"from_date": DAY, "to_date": DAY}
OF_A_SHOP: Keys = {"shop_id": NUMBER_OF}
PLACE: Keys = {
    "address_full": TEXT,
    "district": TEXT,
    "city": TEXT,
    "province": TEXT,
    "country": TEXT,
    "postal_code": TEXT,
    "district_id": COUNT,
    "city_id": COUNT,
    "province_id": COUNT,
    "geo": TEXT,
}


def pages(most: int, *, must: bool = False) -> Keys:
    """Give the query of a list that is asked for by the number of a page."""
    mark = "" if must else "?"
    return {f"page{mark}": within(1, 2**31), f"per_page{mark}": within(1, most)}
