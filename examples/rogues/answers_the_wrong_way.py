"""Takes *reject the request* for *reject the order*: who agrees holds the buyer to his order, and who refuses lets him go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.cancellations import CancellationDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Storefront

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "an_order_that_the_seller_does_not_let_its_buyer_cancel_leaves_once",
    "an_order_that_the_seller_lets_its_buyer_cancel_does_not_leave",
}


class MixesThemUp(CancellationDesk):
    """Has two buttons, and each is wired to the other's call."""

    async def _answers(self, front: Storefront, cancel_id: str, *, agree: bool) -> None:
        await super()._answers(front, cancel_id, agree=not agree)


class AnswersTheWrongWay(Careful):
    """Ships what the seller let go, and loses what he wanted to sell."""

    cancellation_desk = MixesThemUp
