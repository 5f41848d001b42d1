"""Sends a parcel off and forgets it: when no answer comes, it will have worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from examples.careful.trouble import Unclear

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shipment, Sighting

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_shipment_that_never_arrived_is_asked_for_again"}


class FiresAndForgets(OrderDesk):
    """Takes a broken connection for a shipped order."""

    async def _asks(self, shipment: Shipment, sighting: Sighting, now: datetime) -> Shipment:
        try:
            return await super()._asks(shipment, sighting, now)
        except Unclear:
            return self._notes(replace(shipment, asked=None, sent=True))


class TakesSilenceForAYes(Careful):
    """Leaves an order in the warehouse whose call never arrived."""

    desk = FiresAndForgets
