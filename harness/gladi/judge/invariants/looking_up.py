"""What became of a shipment whose answer was lost is looked up before anything else is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import assumed
from gladi.record.journal import Call
from gladi.record.operations import Does

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry


class ALostShipIsLookedUp(Invariant):
    """When the answer to a call that accepts or ships was lost, the order is looked up where it was asked before it is tried again.

    It may have left. Looking up is any call, by id or as a list, that shows the order on the platform that had been asked; a
    second attempt on either platform before that is a breach, also when the platform refuses it. A call that ships a batch is an attempt
    for each order in it. Lost is also what came too late, and what nobody could read.
    """

    id = "a_lost_ship_is_looked_up"
    looks_at = (Call,)
    source = assumed("no document says what to do then; the guide's question whether merchants ship twice begins here")

    def __init__(self) -> None:
        super().__init__()
        self._lost: dict[str, list[Call]] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Call):
            return
        if entry.does is Does.READS_ORDERS and entry.lost is None:
            for order in entry.shows:
                self._found(order, entry)
        elif entry.does is Does.FULFILS_ORDERS:
            for order in dict.fromkeys(entry.touched):
                yield from self._fulfils(order, entry)

    def _fulfils(self, order: str, call: Call) -> Iterator[Violation]:
        for lost in self._lost.pop(order, ()):
            yield self.broken(
                f"the answer to {lost.operation.partition('.')[2].replace('_', ' ')} for order {order} was lost on "
                f"{lost.platform.label}, and it was tried again without having been looked up there.",
                lost.n,
                call.n,
                order=order,
                shop=call.shop,
            )
        if call.lost is not None and call.lost.may_have_happened:
            self.chances += 1
            self._lost.setdefault(order, []).append(call)

    def _found(self, order: str, call: Call) -> None:
        waiting = [lost for lost in self._lost.get(order, ()) if lost.platform is not call.platform]
        if waiting:
            self._lost[order] = waiting
        else:
            self._lost.pop(order, None)
