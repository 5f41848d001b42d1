"""Answers every buyer who asks to cancel at once, and for him: no seller wants to read about it, it thinks."""

from __future__ import annotations

from examples.careful.book import Standing
from examples.careful.cancellations import CancellationDesk
from examples.careful.system import Careful

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "an_order_that_the_seller_does_not_let_its_buyer_cancel_leaves_once",
    "an_order_that_the_seller_lets_its_buyer_cancel_does_not_leave",
}


class NobodyMinds(CancellationDesk):
    """Decides for the seller."""

    async def work(self) -> None:
        """Agree to every request before anything else."""
        for sighting in self._book.sightings:
            if sighting.standing is Standing.ASKED:
                self._book.decisions.put(sighting.key, True)  # noqa: FBT003 - the shelf's interface
        await super().work()


class LetsEveryBuyerCancel(Careful):
    """Loses sales that its seller had already packed."""

    cancellation_desk = NobodyMinds
