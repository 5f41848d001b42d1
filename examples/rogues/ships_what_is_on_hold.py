"""Takes every order that is paid for one that can be shipped, as no order was ever held back before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.book import Standing
from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Sighting

BREAKS: dict[str, set[str]] = {}
FAILS = {"an_order_on_hold_is_shipped_once_it_is_released"}


class KnowsNoHold(OrderDesk):
    """Offers what the platform holds back."""

    def _sees(self, sighting: Sighting) -> Sighting:
        return super()._sees(replace(sighting, standing=Standing.OPEN) if sighting.standing is Standing.WAITING else sighting)


class ShipsWhatIsOnHold(Careful):
    """Lets the warehouse pack orders whose buyers may still think better of it."""

    desk = KnowsNoHold
