"""Data is asked of the platform that holds it, in a version of its API that is current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation, told
from gladi.record.evidence import documented
from gladi.record.journal import Call, Fact, Webhook, What
from gladi.record.operations import Does
from gladi.record.words import SHOP, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_DATA = frozenset(
    (
        Does.READS_SHOPS,
        Does.READS_PRODUCTS,
        Does.READS_ORDERS,
        Does.READS_RETURNS,
        Does.READS_PROMOTIONS,
        Does.READS_FINANCE,
        Does.CHATS,
        Does.FULFILS_ORDERS,
        Does.PRINTS_DOCUMENTS,
        Does.SETS_PRICES,
        Does.SETS_STOCK,
        Does.EDITS_PRODUCTS,
        Does.LISTS_PRODUCTS,
    )
)
_ORDERS_BY_ID = "shop.get_orders"
_OLDEST = "202309"
_VERSION_LENGTH = 6


class DataIsAskedWhereItLives(Invariant):
    """Data is asked of the platform that holds it, and managed there: of every seller, as soon as the system can know of it.

    What a Tokopedia store did before the merge lives on Tokopedia, before the merge and after it; what is new since then lives on
    Tokopedia & Shop; and of a seller who never had such a store Tokopedia knows nothing. From a merge until the system is told of it
    it cannot know. Once it was told, orders that are asked for by their ids on Tokopedia & Shop have a rule of their own, and so has
    the reading of new ones there.
    """

    id = "data_is_asked_where_it_lives"
    looks_at = (Call, Fact, Webhook)
    source = documented("API changelog, What APIs to use to access data")

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, int] = {}
        """The shops of which the system knows where their new data lives, each with the entry by which it does."""
        self._storeless: set[str] = set()
        self._merged: set[str] = set()
        self._accused: set[tuple[str, str]] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Fact):
            self._learns(entry)
            return
        for shop in told(entry):
            self._told.setdefault(shop, entry.n)
        if not isinstance(entry, Call) or entry.shop is None or entry.does not in _DATA:
            return
        knows = entry.shop in self._told
        if not knows and entry.shop in self._merged:
            return
        misplaced = entry.misplaced
        if entry.operation == _ORDERS_BY_ID:
            if knows and entry.shop not in self._storeless:
                return
            misplaced = f"order {entry.misses[0]}" if entry.misses else None
        # What may be on either side, such as a list of all payouts, is asked of the wrong one by nobody.
        if not entry.placed and entry.shop not in self._storeless:
            return
        self.chances += 1
        if misplaced is None or (entry.shop, misplaced) in self._accused:
            return
        self._accused.add((entry.shop, misplaced))
        elsewhere = "Tokopedia" if entry.platform is SHOP else SHOP.label
        yield self.broken(
            f"{misplaced} was asked of {entry.platform.label}; {elsewhere} alone holds that.",
            *((self._told[entry.shop],) if knows else ()),
            entry.n,
            shop=entry.shop,
        )

    def _learns(self, fact: Fact) -> None:
        if fact.shop is None:
            return
        if fact.what == What.NO_TOKOPEDIA_STORE:
            self._told[fact.shop] = fact.n
            self._storeless.add(fact.shop)
        elif fact.what == What.STAGE and fact.stage is Stage.MERGED:
            self._merged.add(fact.shop)


class CallsUseACurrentVersion(Invariant):
    """Every call on Tokopedia & Shop names version 202309 or a later one, and none names an older one in its query as before."""

    id = "calls_use_a_current_version"
    looks_at = (Call,)
    source = documented("API changelog, What APIs to use: version 202309 or later")

    def __init__(self) -> None:
        super().__init__()
        self._accused: set[str] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if not isinstance(entry, Call) or entry.platform is not SHOP:
            return
        version = _in_path(entry.path) or entry.version
        if version is None:
            return
        self.chances += 1
        what = entry.path if entry.operation == "unknown" else entry.operation
        if version >= _OLDEST or what in self._accused:
            return
        self._accused.add(what)
        name = entry.operation.partition(".")[2].replace("_", " ") or entry.path
        text = f"{name} was called in version {version} of the TikTok Shop Open API; write 202309 or later."
        yield self.broken(text, entry.n, shop=entry.shop)


def _in_path(path: str) -> str | None:
    parts = path.split("/", 3)
    is_versioned = len(parts) > 3 and len(parts[2]) == _VERSION_LENGTH and parts[2].isdecimal()  # noqa: PLR2004 - category, version, the rest
    return parts[2] if is_versioned else None
