"""An order that was cancelled stays in the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import assumed
from gladi.record.journal import Fact, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_IN_TIME = 900_000
"""How long a system has to learn of a cancellation, in milliseconds: three of the polls that a careful system makes."""
_ENDS = frozenset((What.ORDER_CANCELLED, What.ORDER_EXPIRED))
_LEAVES = {What.PARCEL_LEFT: "was sent", What.PARCEL_TAKEN: "was handed to the courier"}


class NoCancelledOrderLeaves(Invariant):
    """An order that was cancelled does not leave: nothing is sent for it, and a parcel that waits for the courier is pulled.

    What leaves within a quarter of an hour of the cancellation is forgiven, because nobody can know of it at once; so is what a person
    sends by hand, in a platform's own console.
    """

    id = "no_cancelled_order_leaves"
    looks_at = (Fact,)
    source = assumed(
        "configure cancellation status change webhook: buyers cancel until the courier has come, so apps must pull the parcel "
        "(tiktok-shop-api.md 1); how soon is nowhere"
    )

    def __init__(self) -> None:
        super().__init__()
        self._ended: dict[str, Fact] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Fact) or entry.order is None:
            return
        if entry.what in _ENDS:
            self.chances += 1
            self._ended.setdefault(entry.order, entry)
        elif entry.what in _LEAVES and entry.order in self._ended and not entry.by_hand:
            ended = self._ended[entry.order]
            waited = entry.at - ended.at
            if waited >= _IN_TIME:
                text = f"order {entry.order} was cancelled, and {waited // 60_000} minutes later its parcel {_LEAVES[entry.what]}."
                yield self.broken(text, ended.n, entry.n, order=entry.order, shop=entry.shop)
