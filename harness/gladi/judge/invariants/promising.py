"""Nothing is promised that the seller does not own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import assumed
from gladi.record.journal import Fact, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

IN_TIME = 900_000
"""Fifteen minutes in milliseconds: three polls of orders, within which a unit sold on one platform is off the other. Assumed."""


class NoMoreIsPromisedThanOwned(Invariant):
    """Promised units never exceed owned units across both platforms.

    Owned is what the seller last told the system; promised is what buyers have paid for since. No system reads orders at once, so
    a sale is a breach from fifteen minutes after the one that left too little for it, however many followed that one meanwhile.
    """

    id = "no_more_is_promised_than_owned"
    looks_at = (Fact,)
    source = assumed(
        "Product Merging After Integration (tokopedia-api.md 11): stock pushed twice; how soon a sale must be known is nowhere"
    )

    def __init__(self) -> None:
        super().__init__()
        self._owned: dict[str, tuple[Fact, int]] = {}
        self._sold: dict[str, list[Fact]] = {}
        self._by_order: dict[str, Fact] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Fact):
            return
        if entry.what == What.UNITS_OWNED and entry.sku is not None:
            self._sold.pop(entry.sku, None)
            self._owned.pop(entry.sku, None)
            if entry.value:
                self._owned[entry.sku] = (entry, int(entry.value))
        elif entry.what in (What.ORDER_CANCELLED, What.ORDER_EXPIRED) and entry.order in self._by_order:
            placed = self._by_order.pop(entry.order)
            self._sold[placed.sku or ""] = [one for one in self._sold.get(placed.sku or "", []) if one is not placed]
        elif entry.what == What.ORDER_PLACED and entry.sku in self._owned:
            yield from self._sells(entry, entry.sku)

    def _sells(self, placed: Fact, sku: str) -> Iterator[Violation]:
        told, owned = self._owned[sku]
        before = self._sold.setdefault(sku, [])
        if placed.order is not None:
            self._by_order[placed.order] = placed
        self.chances += 1
        promised = _units(placed)
        since = told if promised > owned else None
        for one in before:
            promised += _units(one)
            if since is None and promised > owned:
                since = one
        before.append(placed)
        if since is not None and placed.at - since.at >= IN_TIME:
            yield self.broken(
                f"the seller owns {owned} of {sku}, and {promised} are sold: order {placed.order} cannot be packed.",
                told.n,
                *(one.n for one in before),
                order=placed.order,
                shop=placed.shop,
            )


def _units(placed: Fact) -> int:
    return int(placed.value or 1)
