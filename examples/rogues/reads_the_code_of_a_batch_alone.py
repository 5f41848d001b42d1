"""Ships many packages in one call and reads its code: it is 0, so all of them must have left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Storefront
    from examples.careful.trouble import Refused

BREAKS: dict[str, set[str]] = {}
FAILS = {"a_parcel_that_fails_in_a_batch_is_told_and_the_others_leave"}


class BelievesTheCode(OrderDesk):
    """Looks at no error inside a success."""

    async def _asks_for_all(self, front: Storefront, packages: list[str]) -> dict[str, Refused]:
        await super()._asks_for_all(front, packages)
        return {}


class ReadsTheCodeOfABatchAlone(Careful):
    """Shows parcels as shipped that still lie in the warehouse."""

    desk = BelievesTheCode
