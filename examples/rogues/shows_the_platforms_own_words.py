"""Shows the words of the API as it stored them: the app of an order is TIKTOK_SHOP on the seller's page, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Mapping

BREAKS = {"the_older_brand_is_nowhere_shown": {"showed"}}
FAILS = {"the_page_of_an_order_does_not_bear_the_older_brand"}


class ShowsThePlatformsOwnWords(Careful):
    """Translates nothing."""

    async def fields(self, about: str) -> Mapping[str, str]:
        """Give what is known, as it is stored."""
        fields = dict(await super().fields(about))
        if any(row.order_id == about and row.platform is SHOP for row, _ in self._orders.rows()):
            fields["Commerce platform"] = "TIKTOK_SHOP"
        return fields
