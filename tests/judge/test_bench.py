"""Judging is O(1) per entry: what an invariant visits is counted at ten entries and at ten thousand."""

import sys
from collections.abc import Iterator
from itertools import product
from types import FrameType
from typing import Any

import pytest

from gladi.judge.bench import Bench, Outcome
from gladi.judge.invariants import INVARIANTS, Invariant, Violation
from gladi.record.clock import Clock
from gladi.record.journal import Call, Entry, Journal, Webhook, What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Notes, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Level, Platform, Stage

_NAMED = {operation.name: operation for operation in OPERATIONS}
FIVE_MINUTES = 300_000


def a_call(journal: Journal, clock: Clock, operation: str, **notes: object) -> None:
    found = _NAMED[operation]
    platform = Platform(operation.partition(".")[0])
    request = Request(found.method, found.host, "/somewhere", clock.now)
    journal.call(request, Response(200, (), b"", Notes(**notes)), found, platform)  # type: ignore[arg-type]


def a_day(journal: Journal, clock: Clock, rounds: int) -> None:
    """Write `rounds` rounds of everything that invariants look at, lawful throughout."""
    journal.fact(What.STAGE, shop="shop-1", stage=Stage.MERGED)
    journal.webhook(TOKOPEDIA, "merge", 200, shop="shop-1", tells_merged=("shop-1",))
    for number in range(rounds):
        clock.leap(clock.now + FIVE_MINUTES)
        order = f"INV-{number}"
        a_call(journal, clock, "tokopedia.get_shop_info", polls=("shop-1",), tells_merged=("shop-1",), shop="shop-1")
        journal.fact(What.ORDER_PLACED, order=order, shop="shop-1", platform=SHOP)
        journal.fact(What.ORDER_PAID, order=order, shop="shop-1", platform=SHOP)
        a_call(journal, clock, "shop.search_orders", shows=(order,), shop="shop-1")
        journal.fact(What.PARCEL_LEFT, order=order, shop="shop-1", platform=SHOP, parcel=f"SHP-{number}")
        a_call(journal, clock, "shop.ship_package", touches=order, shop="shop-1")
        journal.compared("shop-1", "webhook and Get Shop Info", agree=True, why="")


def _lines_run(invariants: tuple[type[Invariant], ...], rounds: int) -> tuple[int, int]:
    """Count the lines of Python that judging runs, apart from those that write the journal."""
    clock = Clock(0)
    journal = Journal(clock)
    a_day(journal, clock, rounds)
    bench = Bench(Journal(clock), invariants)
    lines = 0

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal lines
        lines += event == "line"
        del frame
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        for entry in journal.entries:
            bench.sees(entry)
    finally:
        sys.settrace(before)
    return lines, len(journal.entries)


@pytest.mark.parametrize("kind", INVARIANTS, ids=lambda kind: kind.id)
def test_judging_costs_the_same_per_entry_at_ten_entries_and_at_ten_thousand(kind: type[Invariant]) -> None:
    few, few_entries = _lines_run((kind,), 2)
    many, many_entries = _lines_run((kind,), 1429)

    assert many_entries > 10_000
    assert many / many_entries <= few / few_entries * 1.1


def test_an_invariant_that_looks_back_would_be_noticed() -> None:
    class LooksBack(Invariant):
        """A rule that goes through everything seen before, at every entry."""

        id = "looks_back"

        def __init__(self) -> None:
            super().__init__()
            self._seen: list[Entry] = []

        def sees(self, entry: Entry) -> Iterator[Violation]:
            self._seen.append(entry)
            for one in self._seen:
                self.chances += one.n > entry.n
            yield from ()

    few, few_entries = _lines_run((LooksBack,), 2)
    many, many_entries = _lines_run((LooksBack,), 100)

    assert many / many_entries > few / few_entries * 1.1


def test_a_lawful_day_is_upheld() -> None:
    clock = Clock(0)
    journal = Journal(clock)
    bench = Bench(journal)

    a_day(journal, clock, 20)

    outcomes = {one.invariant.id: one.outcome for one in bench.settle(clock.now)}
    assert set(outcomes.values()) == {Outcome.UPHELD, Outcome.NOT_REHEARSED}
    assert outcomes["an_order_leaves_once"] is Outcome.UPHELD


def test_without_a_chance_nothing_is_upheld() -> None:
    clock = Clock(0)

    judgements = Bench(Journal(clock)).settle(clock.now)

    assert {one.outcome for one in judgements} == {Outcome.NOT_REHEARSED}


def _of_every_kind() -> list[Entry]:
    """Give entries of every kind with a word in every field, and every fact there is."""
    clock = Clock(FIVE_MINUTES)
    journal = Journal(clock)
    about: dict[str, Any] = {"shop": "shop-1", "order": "INV-1", "sku": "SKU-1", "parcel": "SHP-1", "value": "closed"}
    whats = [text for name, text in vars(What).items() if name.isupper()]
    for what, stage, platform in product(whats, Stage, Platform):
        journal.fact(what, stage=stage, platform=platform, **about)
    for operation in OPERATIONS:
        told: dict[str, Any] = {
            "shows": ("INV-1",),
            "polls": ("shop-1",),
            "tells_merged": ("shop-1",),
            "misses": ("INV-1",),
            "placed": True,
        }
        a_call(journal, clock, operation.name, shop="shop-1", touches="INV-1", refusal="locked", expired=True, listed_on=(), **told)
    journal.deed("the seller", "set the price of SKU-1", shop="shop-1", sku="SKU-1")
    for platform in Platform:
        journal.webhook(platform, "unmerge", 500, shop="shop-1", tells_merged=("shop-1",), again=True, genuine=False)
        journal.webhook(platform, "unmerge", 200, shop="shop-1", tells_merged=("shop-1",), again=True)
    for capability in ("TellsSeller", "LinksShops", "SeesOrders", "PrintsDocuments"):
        journal.showed(capability, ({"order": "INV-1", "about": "SKU-1", "text": "Tokopedia", "toko_shop_id": "1", "shop": "shop-1"},))
    journal.compared("shop-1", "webhook and Get Shop Info", agree=False, why="")
    journal.finding(Level.WARNING, "webhook", "a text")
    return journal.entries


@pytest.mark.parametrize("kind", INVARIANTS, ids=lambda kind: kind.id)
def test_an_invariant_learns_nothing_from_entries_at_which_it_does_not_look(kind: type[Invariant]) -> None:
    entries = _of_every_kind()
    invariant, unseeing = kind(), kind()

    found = [violation for entry in entries if not isinstance(entry, kind.looks_at) for violation in invariant.sees(entry)]

    assert {type(entry) for entry in entries} == set(Entry.__subclasses__())
    assert found == []
    assert vars(invariant) == vars(unseeing)


@pytest.mark.parametrize("kind", INVARIANTS, ids=lambda kind: kind.id)
def test_an_invariant_looks_at_the_kinds_of_entries_that_its_rule_asks_for(kind: type[Invariant]) -> None:
    names = set(kind.sees.__code__.co_names)
    kinds = {one for one in Entry.__subclasses__() if one.__name__ in names}

    looked_at = set(kind.looks_at)

    assert looked_at == kinds | ({Call, Webhook} if "told" in names else set())
