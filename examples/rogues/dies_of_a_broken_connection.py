"""Lets a broken connection end the worker that reads and ships orders, and nobody notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from examples.careful.trouble import Unclear

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Shipment, Sighting
    from gladi.play.system import SeenOrder

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_shipment_on_the_shop_whose_answer_was_lost_is_known_to_have_left",
    "a_shipment_on_tokopedia_whose_answer_was_lost_is_known_to_have_left",
    "a_shipment_that_never_arrived_is_asked_for_again",
}


class FragileWorker(OrderDesk):
    """Works until the first error that it does not expect."""

    _is_dead = False

    async def work(self, now: datetime) -> None:
        """Read and ship, while it lives."""
        if not self._is_dead:
            await super().work(now)

    async def ship(self, order: SeenOrder, now: datetime) -> None:
        """Ship, while it lives."""
        if not self._is_dead:
            await super().ship(order, now)

    async def _asks(self, shipment: Shipment, sighting: Sighting, now: datetime) -> Shipment:
        try:
            return await super()._asks(shipment, sighting, now)
        except Unclear:
            self._is_dead = True
            raise


class DiesOfABrokenConnection(Careful):
    """Shows the orders of an hour that has passed."""

    desk = FragileWorker
