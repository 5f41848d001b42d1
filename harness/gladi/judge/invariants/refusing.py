"""A refused change is never dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.judge.invariants.probing import LOCK
from gladi.judge.invariants.writing import LOCKS, PROBE_EVERY
from gladi.record.evidence import assumed
from gladi.record.journal import Call, Fact, Showed, What
from gladi.record.operations import Does
from gladi.record.wire import Lost
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_KINDS = {
    Does.EDITS_PRODUCTS: "product page",
    Does.LISTS_PRODUCTS: "product page",
    Does.SETS_PRICES: "price",
    Does.SETS_STOCK: "stock",
}
_IN_TIME = 2 * PROBE_EVERY
"""How long a system that tells nobody anything has for it, in milliseconds: the hour until its next probe, and one more."""


@dataclass(frozen=True, slots=True)
class _Wish:
    shop: str
    sku: str
    kind: str


class ARefusedChangeIsNeverDropped(Invariant):
    """A change that the merge refuses is written later, or the seller is told of it.

    Told means a notice about that SKU, or about another SKU of the same product, since a page belongs to all of them. A system that
    does not declare *tells the seller* must have written it within two hours of the time at which it became lawful. A refusal whose answer
    was lost is none: the system never heard it.
    """

    id = "a_refused_change_is_never_dropped"
    source = assumed("both documents forbid changes while the shops merge, and neither says that a seller's wish may be forgotten for it")

    def __init__(self) -> None:
        super().__init__()
        self._refused: dict[_Wish, Call] = {}
        self._lawful: dict[str, int] = {}
        self._told: set[str] | None = None

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Call):
            self._hears(entry)
        elif isinstance(entry, Fact) and entry.what == What.STAGE and entry.shop:
            if entry.stage in (Stage.PENDING, Stage.CONFIRMED):
                self._lawful[entry.shop] = entry.at
            else:
                self._lawful.pop(entry.shop, None)
        elif isinstance(entry, Showed) and entry.capability == "TellsSeller":
            shown = {row[word] for row in entry.rows for word in ("about", "product") if word in row}
            self._told = shown | (self._told or set())
        yield from ()

    def _hears(self, call: Call) -> None:
        if call.does not in _KINDS or call.shop is None or call.touches is None or call.lost is Lost.REQUEST:
            return
        wish = _Wish(call.shop, call.touches, _KINDS[call.does])
        if call.refusal in LOCKS | {LOCK} and call.lost is None:
            self.chances += wish not in self._refused
            self._refused.setdefault(wish, call)
        elif not call.refused:
            self._refused.pop(wish, None)

    def settles(self, at: int) -> Iterator[Violation]:
        for wish, call in self._refused.items():
            if self._told is None and at - self._lawful.get(wish.shop, at) < _IN_TIME:
                self.chances -= 1
                continue
            if self._told is None or wish.sku not in self._told:
                yield self.broken(
                    f"the {wish.kind} of {wish.sku} was refused on {call.platform.label} because of the merge; "
                    "it was never written afterwards, and nobody was told.",
                    call.n,
                    shop=wish.shop,
                )
