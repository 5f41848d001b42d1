"""What must hold over the journal of every run, whatever the scenario: one rule a file, its docstring is the rule."""

from __future__ import annotations

from gladi.judge.invariants.ids import IdsAgree
from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.judge.invariants.leaving import AnOrderLeavesOnce
from gladi.judge.invariants.losing import NoPaidOrderIsLost
from gladi.judge.invariants.noticing import TheMergeIsNoticed
from gladi.judge.invariants.polling import ShopInfoEveryFiveMinutes
from gladi.judge.invariants.reading import NewOrdersAreReadFromTheShop
from gladi.judge.invariants.writing import OnlyPriceAndStockWhileMerging

__all__ = ["INVARIANTS", "Invariant", "Violation"]

INVARIANTS: tuple[type[Invariant], ...] = (
    AnOrderLeavesOnce,
    NoPaidOrderIsLost,
    NewOrdersAreReadFromTheShop,
    TheMergeIsNoticed,
    IdsAgree,
    OnlyPriceAndStockWhileMerging,
    ShopInfoEveryFiveMinutes,
)
