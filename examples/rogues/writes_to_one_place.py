"""Takes a change for done as soon as one platform has taken it, though the other sells the same SKU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Change, Place

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_description_reaches_both_platforms_before_the_merge",
    "a_launch_reaches_both_platforms_before_the_merge",
    "a_price_changes_on_the_shop_while_the_shops_merge",
    "a_price_reaches_both_platforms_before_the_merge",
    "a_stock_that_met_too_many_requests_is_set_nevertheless",
    "a_unit_sold_on_tokopedia_leaves_the_other_shelf",
    "stock_changes_on_both_platforms_while_the_shops_merge",
    "stock_reaches_both_platforms_before_the_merge",
    "the_sellers_own_hand_is_not_overwritten",
}


class FirstPlace(Catalogue):
    """Goes from place to place until one has the SKU."""

    async def _tries(self, change: Change, place: Place, now: datetime) -> Change:
        return self._strikes_out(change, place) if change.sold else await super()._tries(change, place, now)


class WritesToOnePlace(Careful):
    """Leaves the buyers of one app with the old price, stock and page."""

    catalogue = FirstPlace
