"""The courier: he collects what the clerk hands him, and has no time for some orders."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gladi.play.people.person import Person

if TYPE_CHECKING:
    from gladi.play.placed_order import PlacedOrder

__all__ = ["Courier"]


class Courier(Person):
    """The courier: Tokopedia & Shop asks him to come, and refuses a shipment for which it can ask nobody."""

    who = "the courier"

    async def misses(self, order: PlacedOrder, *, hours: float) -> None:
        """Have another time for an order: until `hours` have passed, having it shipped is refused as outside the collection time."""
        self._did(f"has no time for order {order.name} before {hours:g} hours have passed", order=order.name)
        await self._backstage.in_the_world(lambda world: world.couriers.stay_away(order.name, time=timedelta(hours=hours)))

    async def has_no_time(self, order: PlacedOrder) -> None:
        """Have no time for an order at all: having it shipped is refused because there is no collection time, until he finds some."""
        self._did(f"has no time for order {order.name}", order=order.name)
        await self._backstage.in_the_world(lambda world: world.couriers.stay_away(order.name))

    async def finds_time(self, order: PlacedOrder) -> None:
        """Have time for an order again."""
        self._did(f"has time for order {order.name}", order=order.name)
        await self._backstage.in_the_world(lambda world: world.couriers.come_again(order.name))
