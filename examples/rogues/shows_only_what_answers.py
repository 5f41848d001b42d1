"""Shows the orders of a platform while that platform answers, so that nobody sees what may be out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.orders import OrderDesk
from examples.careful.system import Careful
from examples.careful.trouble import Unclear
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.book import Sighting
    from gladi.play.system import OrderState

BREAKS: dict[str, set[str]] = {}
FAILS = {"old_orders_are_shown_when_the_tokopedia_api_has_closed"}


class Fresh(OrderDesk):
    """Knows whether Tokopedia answered just now."""

    _answers = True

    async def work(self, now: datetime) -> None:
        """Knock first, and remember."""
        try:
            await self._tokopedia.webhook_urls()
            self._answers = True
        except Unclear:
            self._answers = False
        await super().work(now)

    def rows(self) -> list[tuple[Sighting, OrderState]]:
        """Give what is fresh."""
        return [(row, state) for row, state in super().rows() if self._answers or row.platform is not TOKOPEDIA]


class ShowsOnlyWhatAnswers(Careful):
    """Has no past from the day on which Tokopedia closes."""

    desk = Fresh
