"""Cancelling on stage: a buyer has asked to cancel his order before its shipment was arranged, and the seller decides in the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.play.faults import RehearsalError
from gladi.play.system import AnswersCancellations, OrderState, SeenOrder
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage
    from gladi.play.placed_order import PlacedOrder

__all__ = ["AnswersRequests"]


class AnswersRequests:
    """A seller who decides whether a buyer may cancel."""

    _backstage: Backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        raise NotImplementedError

    async def agrees_to_cancel(self, order: PlacedOrder) -> None:
        """Let the buyer of an order cancel it, as he asked, in the system; needs *answers cancellations*.

        There is nothing to do where the system has answered the buyer without him.

        Raises:
            RehearsalError: the buyer has not asked.
        """
        await self._decides(order, agree=True, did="let the buyer cancel")

    async def refuses_to_cancel(self, order: PlacedOrder) -> None:
        """Refuse the buyer of an order to cancel it, so that it is to be shipped, in the system; needs *answers cancellations*.

        Raises:
            RehearsalError: the buyer has not asked.
        """
        await self._decides(order, agree=False, did="refused the buyer to cancel")

    async def _decides(self, order: PlacedOrder, *, agree: bool, did: str) -> None:
        self._backstage.must(AnswersCancellations)
        world = self._backstage.sandbox.world
        view = world.orders[order.name].shop_view
        if view is None or not any(one.order == order.name and one.by_buyer for one in world.withdrawals.values()):
            raise RehearsalError(
                f"nobody has asked to cancel {order.name}; let the buyer ask first, on {SHOP.label} and before its shipment is arranged: "
                "await rehearsal.buyer.cancels(order)"
            )
        if view.cancel_requested_at is None:
            self._did(f"found that the buyer of order {order.name} had been answered", order=order.name)
            return
        self._did(f"{did} order {order.name}", order=order.name)
        # Only there can a buyer ask, so that is the id under which the seller finds the order.
        row = SeenOrder(SHOP, view.id, OrderState.HELD)
        await self._backstage.asks(lambda system: system.answer_cancellation(row, agree=agree))
