"""Where an order goes: found in what a system shows or prints of it, and kept out of all that is written down.

1. A system may show less of an address than the platform, or more; the street, the postal code, the district or the town names it.
2. What was found out is true or false. The words themselves are personal, and no journal, report or failing assertion bears them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from gladi.play.faults import RehearsalError, UnseenError
from gladi.play.sight import says
from gladi.play.system import TellsSeller
from gladi.record.redact import MASK
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.play.backstage import Backstage
    from gladi.play.placed_order import PlacedOrder
    from gladi.sandbox.world.records import Buyer, Order

__all__ = ["LooksAtAddresses", "bears_the_new_address", "moved", "without"]


class LooksAtAddresses:
    """A seller who looks where an order goes."""

    _backstage: Backstage

    async def sees_the_new_address(self, order: PlacedOrder) -> bool:
        """Tell whether what the system shows of an order names the address to which its buyer has moved; needs *tells the seller*.

        Raises:
            AssertionError: the system shows nothing at all of the order.
            RehearsalError: the buyer has not moved.
            UnseenError: it shows no address, neither the new one nor the old; the scenario is then *not rehearsed*.
        """
        self._backstage.must(TellsSeller)
        known = moved(self._backstage.sandbox.world.orders[order.name])
        sight = await self._backstage.looks_at_fields(order.id_on(SHOP) or "")
        if not sight.fields:
            raise AssertionError(f"nothing is shown of order {order.name}")
        return bears_the_new_address(sight.fields.values(), known, what=f"the page of order {order.name}")


def moved(order: Order) -> Order:
    """Give an order back whose buyer has moved.

    Raises:
        RehearsalError: he has not.
    """
    if order.moved_from is None:
        raise RehearsalError(f"the buyer of order {order.key} has not moved; write await rehearsal.buyer.moves(order) first")
    return order


def bears_the_new_address(texts: Iterable[str], order: Order, *, what: str) -> bool:
    """Tell whether texts name where an order goes now; False where they name only where it was to go before its buyer moved.

    Raises:
        UnseenError: `what` names neither.
    """
    shown = list(texts)
    if _names(shown, order.buyer):
        return True
    if order.moved_from is not None and _names(shown, order.moved_from):
        return False
    raise UnseenError(f"{what} names no address, so nobody can say whether it is the new one")


def without(text: str, *buyers: Buyer | None) -> str:
    """Give a text without the names, the ways to reach, and the addresses of buyers, in whatever case they stand there."""
    for one in buyers:
        if one is not None:
            text = _personal(one.name, one.phone, one.email, *_address(one)).sub(MASK, text)
    return text


def _names(texts: list[str], buyer: Buyer) -> bool:
    return any(says(text, _address(buyer)) for text in texts)


def _address(buyer: Buyer) -> tuple[str, ...]:
    return (buyer.address, buyer.postal_code, buyer.district, buyer.city)


@lru_cache(maxsize=256)
def _personal(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words if word), re.IGNORECASE)
