"""How a journal is told: counted where calls are many, and by the shop where there are several."""

from __future__ import annotations

import pytest

from gladi.judge.invariants import INVARIANTS, Violation
from gladi.judge.story import rest, tell, timeline
from tests.reports.journals import Told, calls_of


def polling(polls: int, others: int = 0) -> Told:
    told = Told()
    for _ in range(polls):
        told.calls("tokopedia.get_shop_info", polls=("shop-1",))
    for _ in range(others):
        told.calls("tokopedia.update_price")
    return told


@pytest.mark.parametrize(
    ("polls", "others", "said"),
    [
        (0, 1, "… 1 call"),
        (0, 84, "… 84 calls"),
        (1, 0, "… 1 poll"),
        (2, 0, "… 2 polls"),
        (1, 56, "… 57 calls, 1 of them a poll"),
        (3, 18, "… 21 calls, 3 of them polls"),
    ],
)
def test_calls_are_counted_as_a_person_would(polls: int, others: int, said: str) -> None:
    assert rest(calls_of(polling(polls, others))) == said


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("A",), "… 3 calls, 1 refused: A"),
        (("A", "A"), "… 4 calls, 2 refused: A"),
        (("A", "B", "C", "D"), "… 6 calls, 4 refused: A, B, C, …"),
    ],
)
def test_calls_that_were_refused_are_counted_by_their_codes(codes: tuple[str, ...], said: str) -> None:
    told = polling(0, 2)
    for code in codes:
        told.calls("tokopedia.list_orders", code=code, refusal="dates_wrong")

    assert rest(calls_of(told)) == said


def test_a_shop_is_named_where_the_journal_speaks_of_more_than_one() -> None:
    alone, two = Told(), Told()
    for told, shops in ((alone, ["shop-1"]), (two, ["shop-1", "shop-2"])):
        for shop in shops:
            told.journal.deed("the seller", "linked the shops", shop=shop)

    assert [line[15:] for line in timeline(alone.journal)] == ["the seller linked the shops"]
    assert [line[15:] for line in timeline(two.journal)] == ["the seller linked the shops (shop-1)", "the seller linked the shops (shop-2)"]


@pytest.mark.parametrize(
    ("rule", "continued"),
    [
        ("Get Shop Info is asked at most every five minutes per shop", "Get Shop Info is asked at most every five minutes per shop"),
        ("An order leaves the warehouse once", "an order leaves the warehouse once"),
    ],
)
def test_a_rule_goes_on_in_small_letters_unless_it_begins_with_a_name(rule: str, continued: str) -> None:
    violation = Violation(invariant=INVARIANTS[0].id, text="so.", entries=())

    story = tell(Told().journal, violation, rule=rule, source="somewhere", closing=())

    assert f"\nInvariant: {continued}.\n" in story
