"""Takes *sent* for the end of an order, and never asks Tokopedia again whether it has arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "an_order_shipped_before_the_merge_is_followed_until_it_has_arrived",
    "old_orders_are_shown_when_the_tokopedia_api_has_closed",
}


class OutOfSight(OrderDesk):
    """Sees of a parcel what the list of new orders happens to show."""

    async def _follows_parcels(self, now: datetime) -> None:
        del now


class LosesSightOfParcels(Careful):
    """Does not know which parcels have arrived."""

    desk = OutOfSight
