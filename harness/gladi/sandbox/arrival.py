"""A request on its way through an API of the sandbox, and what is noted of it on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gladi.record.wire import Notes, Use

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.record.wire import Request
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Order, Shop

__all__ = ["Arrival"]


@dataclass(slots=True)
class Arrival:
    """What a handler gets: the request, the operation it names, its path parameters, and the shop it is about.

    The handler writes down what it shows and touches; `notes` makes the harness's notes of it.
    """

    request: Request
    operation: Operation
    params: dict[str, str]
    version: str = ""
    """The version segment of the path, on the shop side."""
    shop: Shop | None = None
    shows: list[str] = field(default_factory=list)
    polls: list[str] = field(default_factory=list)
    tells_merged: list[str] = field(default_factory=list)
    touches: str | None = None
    batch: list[str] = field(default_factory=list)
    listed_on: tuple[str, ...] | None = None
    changes: tuple[str, ...] = ()
    misses: list[str] = field(default_factory=list)
    placed: bool = False
    misplaced: str | None = None
    uses: list[Use] = field(default_factory=list)
    assumes: list[str] = field(default_factory=list)

    def leans_on(self, leniency: str, where: str) -> None:
        """Note the use of a leniency."""
        self.uses.append(Use(leniency, where))

    def shows_order(self, order: Order) -> None:
        """Note that the answer shows an order."""
        self.shows.append(order.key)

    def notes(self, refusal: Refusal | None = None) -> Notes:
        """Sum up."""
        return Notes(
            shop=self.shop.key if self.shop else None,
            code=refusal.code if refusal else None,
            refusal=refusal.name if refusal else None,
            shows=tuple(self.shows),
            polls=tuple(self.polls),
            tells_merged=tuple(self.tells_merged),
            touches=self.touches,
            batch=tuple(self.batch),
            leniencies=tuple(self.uses),
            assumes=(*self.assumes, *(refusal.assumption if refusal else ())),
            listed_on=self.listed_on,
            changes=self.changes,
            misses=tuple(self.misses),
            placed=self.placed,
            misplaced=self.misplaced,
            expired=refusal is not None and refusal.token_ended,
        )
