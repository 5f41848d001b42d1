"""What a search must have met at least once, or it has searched nothing: each goal is read from the journal of a play."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.play.system import EditsProducts, Restarts, SeesOrders, ShipsOrders
from gladi.record.journal import Call, Fact, Journal, Webhook, What
from gladi.record.operations import Does
from gladi.record.wire import Lost
from gladi.record.words import Platform, Stage, TroubleLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gladi.record.clock import Instant
    from gladi.sandbox.merge import InFlight

__all__ = ["GOALS", "Goal", "sought"]

_ID = re.compile(rb"\d{17,}")
_WRITES = frozenset((Does.FULFILS_ORDERS, Does.SETS_PRICES, Does.SETS_STOCK, Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS))
_EXACT = 2**53
"""The first whole number behind which a float skips some."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Something worth meeting, in a few words for a report; `met` tells whether a journal tells of it."""

    name: str
    met: Callable[[Journal], bool]
    needs: tuple[type, ...] = ()
    makes_trouble: bool = False
    """Whether only a search that makes trouble meets it."""
    visible_on_both: bool = False
    """Whether only a cell of the in-flight matrix meets it in which both platforms show an order."""


def _an_order_during_the_merge(journal: Journal) -> bool:
    merging: set[str | None] = set()
    for fact in _facts(journal):
        if fact.what == What.STAGE:
            (merging.add if fact.stage is Stage.MERGING else merging.discard)(fact.shop)
        elif fact.what == What.ORDER_PAID and fact.shop in merging:
            return True
    return False


def _a_webhook_after_the_poll(journal: Journal) -> bool:
    polled: set[str] = set()
    for entry in journal.entries:
        if isinstance(entry, Call) and entry.lost is None:
            polled.update(entry.tells_merged)
        elif isinstance(entry, Webhook) and entry.status is not None and not polled.isdisjoint(entry.tells_merged):
            return True
    return False


def _an_indefinite_ship(journal: Journal) -> bool:
    return any(call.does is Does.FULFILS_ORDERS and call.lost is Lost.ANSWER for call in _calls(journal))


def _a_restart_between_two_writes(journal: Journal) -> bool:
    wrote = restarted_since = False
    crashed_at: Instant | None = None
    for entry in journal.entries:
        if isinstance(entry, Fact) and entry.what == What.CRASHED:
            crashed_at, restarted_since = entry.at, wrote
        elif isinstance(entry, Call) and entry.does in _WRITES:
            if entry.at == crashed_at and entry.lost is Lost.ANSWER:
                # The write in which the process went stands behind its end in the journal.
                wrote = restarted_since = True
            elif restarted_since:
                return True
            else:
                wrote = wrote or entry.lost is not Lost.REQUEST
    return False


def _an_edit_refused_by_the_lock(journal: Journal) -> bool:
    stage = Stage.PENDING
    for entry in journal.entries:
        if isinstance(entry, Fact) and entry.stage is not None:
            stage = entry.stage
        elif isinstance(entry, Call) and entry.does is Does.EDITS_PRODUCTS and entry.refused and stage in (Stage.MERGING, Stage.MERGED):
            return True
    return False


def _a_long_id(journal: Journal) -> bool:
    for call in _calls(journal):
        exchange = journal.exchange(call.n)
        if exchange is not None and any(int(found) > _EXACT for found in _ID.findall(exchange.response.body)):
            return True
    return False


def _an_order_on_both_sides(journal: Journal) -> bool:
    seen: dict[str, Platform] = {}
    return any(seen.setdefault(order, call.platform) is not call.platform for call in _calls(journal) for order in call.shows)


GOALS: tuple[Goal, ...] = (
    Goal("an order during the merge", _an_order_during_the_merge),
    Goal("a webhook after the poll that already told", _a_webhook_after_the_poll, makes_trouble=True),
    Goal("a shipment whose answer was lost", _an_indefinite_ship, (ShipsOrders,), makes_trouble=True),
    Goal("a restart between two writes", _a_restart_between_two_writes, (Restarts, ShipsOrders), makes_trouble=True),
    Goal("a product edit refused by the lock", _an_edit_refused_by_the_lock, (EditsProducts,)),
    Goal("an id above 2^53", _a_long_id),
    Goal("an order visible on both sides", _an_order_on_both_sides, (SeesOrders,), visible_on_both=True),
)


def sought(declared: frozenset[type], trouble: TroubleLevel, cells: Iterable[InFlight]) -> tuple[Goal, ...]:
    """Give the goals that a search can reach with what a system declares, at a level of trouble, and in these cells."""
    both = any(cell.visible == "both" for cell in cells)
    return tuple(
        goal
        for goal in GOALS
        if declared.issuperset(goal.needs)
        and (trouble is not TroubleLevel.OFF or not goal.makes_trouble)
        and (both or not goal.visible_on_both)
    )


def _calls(journal: Journal) -> Iterable[Call]:
    return (entry for entry in journal.entries if isinstance(entry, Call))


def _facts(journal: Journal) -> Iterable[Fact]:
    return (entry for entry in journal.entries if isinstance(entry, Fact))
