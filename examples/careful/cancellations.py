"""The cancellation desk: a buyer asks to cancel what is to be shipped, and the seller's decision reaches the platform once.

1. The desk decides nothing: an order stays held until the seller has said what he wants.
2. A decision is written down before any call, and the request is looked up before each: what nobody waits for any more is not answered,
   also when the answer to the first call was lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.trouble import Refused
from gladi.play.system import AnswersCancellations
from gladi.record.words import SHOP

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from examples.careful.book import Book, Sighting, Storefront
    from examples.careful.orders import OrderDesk
    from examples.careful.shop import ShopClient
    from examples.careful.trouble import Patience
    from gladi.play.system import SeenOrder

__all__ = ["CancellationDesk", "LetsBuyersCancel"]

_PATH = "/return_refund/202309/cancellations"


class _Request(msgspec.Struct):
    cancel_id: str


class _Requests(msgspec.Struct):
    cancellations: list[_Request] = msgspec.field(default_factory=list[_Request])


class CancellationDesk:
    """Answers the requests of buyers as the seller decided."""

    def __init__(self, book: Book, shop: ShopClient, patience: Patience) -> None:
        """Keep the decisions in `book`."""
        self._book = book
        self._shop = shop
        self._patience = patience

    async def decides(self, sightings: Sequence[Sighting], *, agree: bool) -> None:
        """Write down what the seller decided about an order, and have it answered."""
        for sighting in sightings:
            if sighting.platform is SHOP:
                self._book.decisions.put(sighting.key, agree)
        await self.work()

    async def work(self) -> None:
        """Answer what was decided and is not answered yet."""
        for sighting in self._book.sightings if len(self._book.decisions) else ():
            agree = self._book.decisions.get(sighting.key)
            front = self._book.storefronts.get(sighting.shop)
            if agree is not None and front is not None:
                with self._patience.spared(f"answering the buyer of {sighting.key}"):
                    await self._settles(front, sighting, agree=agree)

    async def _settles(self, front: Storefront, sighting: Sighting, *, agree: bool) -> None:
        wanted = {"order_ids": [sighting.order_id], "cancel_status": ["CANCELLATION_REQUEST_PENDING"]}
        found = await self._shop.call(_Requests, front, "POST", f"{_PATH}/search", query={"page_size": "10"}, body=wanted)
        try:
            for one in found.cancellations:
                await self._answers(front, one.cancel_id, agree=agree)
        except Refused as no:
            self._book.tell(sighting.order_id, f"Your answer to the buyer of order {sighting.order_id} was not taken: {no}.")
        self._book.decisions.drop(sighting.key)
        # What became of the order shows in the list, and nowhere else.
        self._book.is_due_now(f"orders of shop {front.id}")

    async def _answers(self, front: Storefront, cancel_id: str, *, agree: bool) -> None:
        await self._shop.call(msgspec.Raw, front, "POST", f"{_PATH}/{cancel_id}/{'approve' if agree else 'reject'}", body={})


class LetsBuyersCancel(AnswersCancellations):
    """A system in which the seller answers buyers who ask to cancel."""

    cancellation_desk: type[CancellationDesk] = CancellationDesk
    """What has them answered."""

    _cancellations: CancellationDesk
    _orders: OrderDesk
    _one_at_a_time: asyncio.Lock

    async def answer_cancellation(self, order: SeenOrder, *, agree: bool) -> None:
        """Let a buyer cancel, or refuse him."""
        async with self._one_at_a_time:
            await self._cancellations.decides(self._orders.sightings(order), agree=agree)
