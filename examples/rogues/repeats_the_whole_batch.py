"""Makes a batch that brought no answer again at once, with all that was in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from examples.careful.trouble import Unclear

if TYPE_CHECKING:
    from examples.careful.book import Storefront
    from examples.careful.trouble import Refused

BREAKS = {"a_lost_ship_is_looked_up": {"shop.batch_ship_packages"}}
FAILS: set[str] = set()


class TriesTheBatchAgain(OrderDesk):
    """Retries, as any client would."""

    async def _asks_for_all(self, front: Storefront, packages: list[str]) -> dict[str, Refused]:
        try:
            return await super()._asks_for_all(front, packages)
        except Unclear:
            return await super()._asks_for_all(front, packages)


class RepeatsTheWholeBatch(Careful):
    """Relies on the platform to refuse each second parcel."""

    desk = TriesTheBatchAgain
