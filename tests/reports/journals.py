"""Journals to write reports from, made by hand: a merge, and what a system does after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.record.clock import Clock
from gladi.record.journal import Call, Journal, What
from gladi.record.operations import OPERATIONS
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.reports.kept import Asked, Kept

if TYPE_CHECKING:
    from gladi.record.journal import Entry

MERGED_AT = 1_741_030_980_000
MINUTE = 60_000
_BY_NAME = {one.name: one for one in OPERATIONS}


class Told:
    """A journal that is told entry by entry; the merge is at `MERGED_AT`, and a minute later the webhook tells of it."""

    def __init__(self) -> None:
        self.clock = Clock(MERGED_AT - 60 * MINUTE)
        self.journal = Journal(self.clock, about={"seed": 0})

    def at(self, minutes: int) -> Told:
        """Let it be so many minutes after the merge."""
        self.clock.now = MERGED_AT + minutes * MINUTE
        return self

    def order(self, name: str, *, on: Any = TOKOPEDIA) -> Told:
        self.journal.fact(What.ORDER_PAID, order=name, platform=on, shop="shop-1")
        return self

    def merges(self) -> Told:
        self.at(0).journal.fact(What.STAGE, stage=Stage.MERGED, shop="shop-1")
        return self

    def webhook(self, **fields: Any) -> Told:
        self.journal.webhook(TOKOPEDIA, "merge", 200, shop="shop-1", tells_merged=("shop-1",), **fields)
        return self

    def leaves(self, order: str, parcel: str, *, on: Any = SHOP) -> Told:
        self.journal.fact(What.PARCEL_LEFT, order=order, parcel=parcel, platform=on, shop="shop-1")
        return self

    def calls(self, operation: str, **fields: Any) -> Told:
        known = _BY_NAME.get(operation)
        entries = self.journal.entries
        entries.append(
            Asked(
                n=len(entries) + 1,
                at=self.clock.now,
                platform=TOKOPEDIA if operation.startswith("tokopedia.") else SHOP,
                operation=operation,
                does=fields.pop("does", known.does if known else None),
                method=fields.pop("method", known.method if known else "GET"),
                path=known.path if known else "/unknown",
                status=fields.pop("status", 200),
                request={"query": fields.pop("query", [])},
                **({"shop": "shop-1"} | fields),
            )
        )
        return self

    @property
    def kept(self) -> Kept:
        entries: tuple[Entry, ...] = tuple(self.journal.entries)
        return Kept("a_scenario", {"journal": 1, "seed": 0}, entries)


def calls_of(told: Told) -> list[Call]:
    """The calls of a journal."""
    return [entry for entry in told.kept.entries if isinstance(entry, Call)]
