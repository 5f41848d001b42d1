"""Takes a call without an answer for one that never happened, and makes it again at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shipment

BREAKS = {
    "a_lost_ship_is_looked_up": {"shop.batch_ship_packages", "shop.ship_package", "tokopedia.request_pickup"},
}
FAILS: set[str] = set()


class TriesAgain(OrderDesk):
    """Forgets that it has asked."""

    async def _advances(self, shipment: Shipment, now: datetime) -> None:
        await super()._advances(self._notes(replace(shipment, asked=None)), now)


class ShipsAgainAfterATimeout(Careful):
    """Relies on the platform to refuse the second parcel."""

    desk = TriesAgain
