"""A refused change is never dropped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.judge.invariants.probing import LOCK
from gladi.judge.invariants.writing import LOCKS, PROBE_EVERY
from gladi.record.evidence import assumed
from gladi.record.journal import Call, Deed, Fact, Showed, What
from gladi.record.operations import Does
from gladi.record.wire import Lost
from gladi.record.words import SHOP, TOKOPEDIA, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_IN_TIME = 2 * PROBE_EVERY
"""How long a system that tells nobody anything has for it, in milliseconds: the hour until its next probe, and one more."""

_PAGE, _LAUNCH, _LISTING, _DELISTING = "product page", "launch", "listing", "delisting"
_WRITES = frozenset((Does.SETS_PRICES, Does.SETS_STOCK, Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS))
_APPS = {"TOKOPEDIA": TOKOPEDIA.value, "TIKTOK_SHOP": SHOP.value}
"""The listing platforms of the TikTok Shop Open API, by the platforms whose buyers they reach."""
_OFFERED = frozenset(("price", "stock"))

_Notices = dict[str, Counter[tuple[tuple[str, str], ...]]]
"""By SKU, what the seller has been told about it, and how often."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for: of `where`, a platform, or for launches and shelves the app whose buyers are to see it."""

    shop: str
    sku: str
    kind: str
    where: str

    @property
    def part(self) -> str:
        """The part of a product that it is about: its price, its stock, or its page."""
        return self.kind if self.kind in _OFFERED else _PAGE

    def is_of_the_same_page(self, other: _Wish) -> bool:
        """Tell whether one notice may speak of both."""
        apart = self.kind != other.kind and _OFFERED & {self.kind, other.kind}
        return (self.shop, self.sku) == (other.shop, other.sku) and not apart


@dataclass(frozen=True, slots=True)
class _Refusal:
    call: Call
    before: Counter[tuple[tuple[str, str], ...]]
    """What the seller had been told about that SKU already."""


class ARefusedChangeIsNeverDropped(Invariant):
    """A change that the merge refuses is written later, or the seller is told of it.

    Written means the same thing of the same SKU, a title for a title and a delisting for a delisting, on the platform that refused
    it; once the shops have merged, what Tokopedia refused is written on Tokopedia & Shop. Told means a notice about that SKU, or
    about another SKU of the same product, since a page belongs to all of them, that was not there when the change was asked for. A
    system that does not declare *tells the seller* must have written it within two hours of the time at which it became lawful. A
    refusal whose answer was lost is none: the system never heard it.
    """

    id = "a_refused_change_is_never_dropped"
    looks_at = (Call, Deed, Fact, Showed)
    source = assumed("both documents forbid changes while the shops merge, and neither says that a seller's wish may be forgotten for it")

    def __init__(self) -> None:
        super().__init__()
        self._refused: dict[_Wish, _Refusal] = {}
        self._told: set[_Wish] = set()
        self._shown: _Notices | None = None
        self._just_asked: set[tuple[str, str]] = set()
        self._before: dict[tuple[str, str], Counter[tuple[tuple[str, str], ...]]] = {}
        """By SKU and part, what the seller had been told when he asked for what still waits: a system may tell before it is refused."""
        self._lawful: dict[str, int] = {}
        self._merged: set[str] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Call):
            self._hears(entry)
        elif isinstance(entry, Fact) and entry.what == What.STAGE and entry.shop and entry.stage is not None:
            if entry.stage in (Stage.PENDING, Stage.CONFIRMED):
                self._lawful[entry.shop] = entry.at
            else:
                self._lawful.pop(entry.shop, None)
            (self._merged.add if entry.stage.rank >= Stage.MERGED.rank else self._merged.discard)(entry.shop)
        elif isinstance(entry, Showed) and entry.capability == "TellsSeller":
            self._reads(entry)
        elif isinstance(entry, Deed) and entry.sku is not None and entry.who == "the seller" and " by hand" not in entry.did:
            part = next((one for one in _OFFERED if f"the {one} of" in entry.did), _PAGE)
            if (entry.sku, part) not in self._before:  # what has waited since then was told of then
                self._just_asked.add((entry.sku, part))
        yield from ()

    def _reads(self, showed: Showed) -> None:
        shown: _Notices = {}
        for row in showed.rows:
            for sku in {row[word] for word in ("about", "product") if word in row}:
                shown.setdefault(sku, Counter())[tuple(sorted(row.items()))] += 1
        self._shown = shown
        self._before |= {(sku, part): shown.get(sku, Counter()) for sku, part in self._just_asked}
        self._just_asked.clear()
        self._told.update(wish for wish, refusal in self._refused.items() if shown.get(wish.sku, Counter()) - refusal.before)

    def _hears(self, call: Call) -> None:
        if call.does not in _WRITES or call.shop is None or call.touches is None or call.lost is Lost.REQUEST:
            return
        if call.refusal in LOCKS | {LOCK} and call.lost is None:
            for kind, where in _asked(call):
                self._waits(_Wish(call.shop, call.touches, kind, where), call)
        elif not call.refused:
            for kind, where in _written(call, merged=call.shop in self._merged):
                wish = _Wish(call.shop, call.touches, kind, where)
                self._refused.pop(wish, None)
                self._told.discard(wish)
                self._before.pop((wish.sku, wish.part), None)

    def _waits(self, wish: _Wish, call: Call) -> None:
        if wish in self._refused:
            return
        self.chances += 1
        # While one change of a page waits, nobody need tell the seller anew that the next one waits too.
        older = next((refusal.before for other, refusal in self._refused.items() if wish.is_of_the_same_page(other)), None)
        if older is None:
            older = self._before.get((wish.sku, wish.part), (self._shown or {}).get(wish.sku, Counter()))
        self._refused[wish] = _Refusal(call, older)

    def settles(self, at: int) -> Iterator[Violation]:
        for wish, refusal in self._refused.items():
            if self._shown is None and at - self._lawful.get(wish.shop, at) < _IN_TIME:
                self.chances -= 1
            elif wish not in self._told:
                yield self.broken(
                    f"the {wish.kind} of {wish.sku} was refused on {refusal.call.platform.label} because of the merge; "
                    "it was never written afterwards, and nobody was told.",
                    refusal.call.n,
                    shop=wish.shop,
                )


def _asked(call: Call) -> Iterator[tuple[str, str]]:
    """Give what a refused write wanted, and where."""
    if call.does is Does.LISTS_PRODUCTS:
        kind = _DELISTING if _delists(call) else _LISTING if call.operation.endswith("activate_products") else _LAUNCH
        yield from ((kind, app) for app in _apps(call))
    elif call.listed_on and not _changes(call):
        yield from ((_LISTING, app) for app in _apps(call))
    else:
        yield from ((kind, call.platform.value) for kind in _changes(call) or (_PAGE,))


def _written(call: Call, *, merged: bool) -> Iterator[tuple[str, str]]:
    """Give what a write that was carried out makes good, and where."""
    edits = call.does is Does.EDITS_PRODUCTS
    places = (SHOP, TOKOPEDIA) if call.platform is SHOP and merged else (call.platform,)
    kinds = (*_changes(call), _PAGE) if edits else _changes(call)
    yield from ((kind, place.value) for kind in kinds for place in places)
    if call.does is not Does.LISTS_PRODUCTS and not (edits and call.listed_on):
        return
    apps = _apps(call)
    for kind in (_DELISTING,) if _delists(call) else (_LAUNCH, _LISTING):
        yield from ((kind, app) for app in apps)
    if edits:  # an app that its list leaves out is switched off
        yield from ((_DELISTING, app) for app in _APPS.values() if app not in apps)


def _changes(call: Call) -> tuple[str, ...]:
    match call.does:
        case Does.SETS_PRICES:
            return ("price",)
        case Does.SETS_STOCK:
            return ("stock",)
        case _:
            return call.changes


def _delists(call: Call) -> bool:
    return call.operation.endswith("deactivate_products")


def _apps(call: Call) -> tuple[str, ...]:
    if call.platform is TOKOPEDIA:
        return (TOKOPEDIA.value,)
    return tuple(_APPS[app] for app in call.listed_on or ("TIKTOK_SHOP",) if app in _APPS)
