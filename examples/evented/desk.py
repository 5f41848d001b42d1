"""What every desk of the system has: the store, the projections, the two platforms, and the way to ask a question that may fail."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from examples.evented.faults import Busy, CallFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from examples.evented.goods import Goods
    from examples.evented.orders import Orders
    from examples.evented.roster import Roster
    from examples.evented.shop import Shop
    from examples.evented.store import Store
    from examples.evented.tokopedia import Tokopedia

__all__ = ["Desk"]

_log = logging.getLogger("evented")
_SOON = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Desk:
    """One part of the work. What is remembered stands in the store or in a projection, so that a desk can be made anew at any moment."""

    store: Store
    roster: Roster
    orders: Orders
    goods: Goods
    tokopedia: Tokopedia
    shop: Shop

    async def asks(self, what: str, question: Callable[[], Awaitable[None]], *, every: timedelta | None, again: timedelta = _SOON) -> bool:
        """Ask a question if it is due, and say whether it was answered: the next time is in `every`, or never by itself.

        One that fails is asked `again`, and keeps nothing else from being asked. Its next time is on disk before the call, so
        that it is not asked at once by whoever comes after a crash.
        """
        if not self.store.is_due(what):
            return False
        now = self.store.now()
        self.store.questions.put(what, now + again)
        try:
            await question()
        except CallFailed as failed:
            _log.warning("%s: %s", what, failed)
            if isinstance(failed, Busy):
                self.store.questions.put(what, failed.until)
            return False
        if every is None:
            self.store.questions.drop(what)
        else:
            self.store.questions.put(what, now + every)
        return True
