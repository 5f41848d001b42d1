"""The merge of one seller's shops: its stages, and the one table of what each platform allows at each of them.

Theory of operation. A seller's shops begin PENDING. When he links them they are MERGING for a few hours to a day
(rehearsal guide, Verification). The integration either fails, which leaves them PENDING as if nothing had happened, or
succeeds, which makes them MERGED for good. In MERGED new orders live on Tokopedia & Shop alone, and product calls are refused
there until the seller confirms the product merge by hand, which makes the shops CONFIRMED. No step leads back.

No handler asks about the stage. The dispatcher looks an operation up in `allowed(...)` before its handler runs; what
depends on a single order in flight stands in that order (`InFlight`), not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gladi.record.evidence import Evidence, assumed, documented
from gladi.record.operations import OPERATIONS, Does
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage

__all__ = ["ALLOWED", "EVERY_CELL", "STEPS", "Actionable", "Allowed", "InFlight", "Step", "StockAtMerge", "Visible", "allowed"]


@dataclass(frozen=True, slots=True)
class Step:
    """A lawful change of stage and what brings it about."""

    before: Stage
    after: Stage
    by: str
    evidence: Evidence


STEPS = (
    Step(Stage.PENDING, Stage.MERGING, "the seller links the shops", documented("rehearsal guide, Start to Rehearse")),
    Step(Stage.MERGING, Stage.MERGED, "the integration succeeds", documented("rehearsal guide, Verification")),
    Step(
        Stage.MERGING,
        Stage.PENDING,
        "the integration fails",
        assumed("the guide says the shop 'will attempt integration'; a failed attempt leaves no trace", switch="merge_fails"),
    ),
    Step(Stage.MERGED, Stage.CONFIRMED, "the seller confirms the product merge", documented("rehearsal guide, Verification")),
)

_RECORDS = frozenset((Does.READS_RETURNS, Does.READS_PROMOTIONS, Does.READS_FINANCE))
_READS = frozenset((Does.READS_SHOPS, Does.READS_PRODUCTS, Does.READS_ORDERS))
_ALWAYS = _RECORDS | _READS | {Does.AUTHORIZES, Does.REGISTERS_WEBHOOKS, Does.SHARES_LINKS}
_ORDERS = _ALWAYS | {Does.FULFILS_ORDERS, Does.PRINTS_DOCUMENTS, Does.CHATS}
_PRICE_AND_STOCK = frozenset((Does.SETS_PRICES, Does.SETS_STOCK))
_EVERYTHING = _ORDERS | _PRICE_AND_STOCK | {Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS}

Allowed = dict[Stage, dict[Platform, frozenset[str]]]
"""Stage, platform, and the names of the operations that the platform carries out then."""

_TABLE: dict[Stage, dict[Platform, tuple[frozenset[Does], Evidence]]] = {
    Stage.PENDING: {
        TOKOPEDIA: (_EVERYTHING, documented("API changelog, Pending migration")),
        SHOP: (_EVERYTHING, documented("API changelog, Solely on TikTok Shop")),
    },
    Stage.MERGING: {
        TOKOPEDIA: (_ORDERS | _PRICE_AND_STOCK, documented("rehearsal guide, For the Tokopedia test shop")),
        SHOP: (_ORDERS | _PRICE_AND_STOCK, documented("rehearsal guide, For Tokopedia & Shop Test Shop; error 12052332")),
    },
    Stage.MERGED: {
        TOKOPEDIA: (_ORDERS, assumed("old orders are still worked off on Tokopedia; its catalogue is history", switch="in_flight")),
        SHOP: (_ORDERS, documented("rehearsal guide, After the shop merges: product APIs only after the product merge is confirmed")),
    },
    Stage.CONFIRMED: {
        TOKOPEDIA: (_ORDERS, assumed("as in MERGED: nothing new is kept on Tokopedia", switch="in_flight")),
        SHOP: (_EVERYTHING, documented("rehearsal guide, After the shop merges")),
    },
}


@lru_cache(maxsize=2)
def allowed(*, price_and_stock_before_confirmation: bool = False) -> Allowed:
    """Give the table; the guide is silent on price and stock between MERGED and CONFIRMED, so that is switchable."""
    table: Allowed = {}
    for stage, row in _TABLE.items():
        table[stage] = {}
        for platform, (kinds, _) in row.items():
            extra = _PRICE_AND_STOCK if price_and_stock_before_confirmation and (stage, platform) == (Stage.MERGED, SHOP) else frozenset()
            table[stage][platform] = frozenset(op.name for op in OPERATIONS if op.platform is platform and op.does in kinds | extra)
    return table


ALLOWED: Allowed = allowed()
"""The table as it holds unless a setting changes it."""


def why(stage: Stage, platform: Platform) -> Evidence:
    """Give the evidence for one cell of the table."""
    return _TABLE[stage][platform][1]


class StockAtMerge(StrEnum):
    """What stock a product has on Tokopedia & Shop once the product merge has paired it with its twin of Tokopedia."""

    SHOP = "shop"
    TOKOPEDIA = "tokopedia"
    SUM = "sum"


class Visible(StrEnum):
    """Where an order that was in flight when the shops merged can be seen."""

    ORIGIN = "origin"
    BOTH = "both"
    NEITHER = "neither"


class Actionable(StrEnum):
    """On which platform such an order can be accepted and shipped."""

    ORIGIN = "origin"
    SHOP = "shop"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class InFlight:
    """A cell of the matrix that nobody documents: where a Tokopedia order lives that the merge caught between payment and shipment.

    *Visible on both* means two ids for one order. *Visible on neither* ends after at most 48 hours, when the order
    appears where it is actionable. *Actionable on both* is the dangerous one: neither side knows that the other shipped.
    """

    visible: Visible = Visible.ORIGIN
    actionable: Actionable = Actionable.ORIGIN

    def __str__(self) -> str:
        return f"{self.visible}/{self.actionable}"

    @classmethod
    def parse(cls, text: str) -> InFlight:
        """Read `visible/actionable`, such as `both/shop`; ValueError names the right words."""
        visible, slash, actionable = text.strip().partition("/")
        try:
            if not slash:
                raise ValueError  # noqa: TRY301 - one message for every way of being wrong
            return cls(Visible(visible), Actionable(actionable))
        except ValueError:
            cells = ", ".join(str(cell) for cell in cls.cells())
            msg = f"{text!r} is no cell of the in-flight matrix; write one of {cells}"
            raise ValueError(msg) from None

    @classmethod
    def cells(cls) -> tuple[InFlight, ...]:
        """Give all nine cells."""
        return tuple(cls(visible, actionable) for visible in Visible for actionable in Actionable)


EVERY_CELL: tuple[InFlight, ...] = InFlight.cells()
"""What a scenario says that must hold wherever an order in flight lives: it is played once in each of the nine cells."""
