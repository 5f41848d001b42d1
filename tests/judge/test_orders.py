"""The rules about orders at their edges: history, lost answers, and parcels that people sent by hand."""

from __future__ import annotations

import pytest

from gladi.judge.bench import Bench, Judgement, Outcome
from gladi.judge.story import tell
from gladi.record.clock import Clock
from gladi.record.journal import Journal, What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Lost, Notes, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Platform

_NAMED = {operation.name: operation for operation in OPERATIONS}
HISTORY = "historical_orders_are_asked_of_tokopedia"
LOOKED_UP = "a_lost_ship_is_looked_up"
ONCE = "an_order_leaves_once"


class Play:
    """A journal written by hand."""

    def __init__(self) -> None:
        self.clock = Clock(0)
        self.journal = Journal(self.clock)
        self.bench = Bench(self.journal)

    def calls(self, operation: str, *, lost: Lost | None = None, **notes: object) -> None:
        found = _NAMED[operation]
        request = Request(found.method, found.host, f"/{operation}", 0)
        response = Response(200, (), b"", Notes(shop="shop-1", **notes), lost=lost)  # type: ignore[arg-type]
        self.journal.call(request, response, found, Platform(operation.partition(".")[0]))

    def is_told(self) -> None:
        self.calls("tokopedia.get_shop_info", polls=("shop-1",), tells_merged=("shop-1",))

    def leaves(self, platform: Platform, *, by_hand: bool = False) -> None:
        self.journal.fact(What.PARCEL_LEFT, order="INV-001", shop="shop-1", platform=platform, parcel=f"{platform}", by_hand=by_hand)

    def judged(self, invariant: str) -> Judgement:
        return next(one for one in self.bench.settle(0) if one.invariant.id == invariant)


def test_a_historical_order_asked_for_on_the_shop_is_a_breach_once_the_system_was_told() -> None:
    play = Play()
    play.is_told()
    for _ in range(2):
        play.calls("shop.get_orders", misses=("OLD-001",))

    judged = play.judged(HISTORY)

    assert [(one.order, one.entries) for one in judged.violations] == [("OLD-001", (1, 2))]
    assert judged.chances == 2


def test_a_historical_order_asked_for_on_the_shop_before_the_system_was_told_is_none() -> None:
    play = Play()
    play.calls("shop.get_orders", misses=("OLD-001",))
    play.is_told()

    assert play.judged(HISTORY).outcome is Outcome.NOT_REHEARSED


def test_a_historical_order_asked_for_on_tokopedia_is_a_chance_that_was_taken_well() -> None:
    play = Play()
    play.is_told()
    play.calls("tokopedia.get_order", shows=("OLD-001",))
    play.calls("tokopedia.get_order", misses=("INV-001",))
    play.calls("shop.get_orders", shows=("INV-001",))

    judged = play.judged(HISTORY)

    assert (judged.outcome, judged.chances) == (Outcome.UPHELD, 3)


@pytest.mark.parametrize(
    ("between", "outcome"),
    [
        ([], Outcome.BROKEN),
        ([("tokopedia.get_order", {"shows": ("INV-001",)})], Outcome.UPHELD),
        ([("tokopedia.list_orders", {"shows": ("INV-002", "INV-001")})], Outcome.UPHELD),
        ([("tokopedia.list_orders", {"shows": ("INV-002",)})], Outcome.BROKEN),
        ([("tokopedia.get_order", {"shows": ("INV-001",), "lost": Lost.ANSWER})], Outcome.BROKEN),
        ([("shop.get_orders", {"shows": ("INV-001",)})], Outcome.BROKEN),
        ([("tokopedia.request_pickup", {"touches": "INV-002"})], Outcome.BROKEN),
    ],
    ids=str,
)
@pytest.mark.parametrize("again", ["tokopedia.request_pickup", "shop.ship_package"])
def test_after_a_lost_answer_the_order_is_looked_up_where_it_was_asked(
    between: list[tuple[str, dict[str, object]]], again: str, outcome: Outcome
) -> None:
    play = Play()
    play.calls("tokopedia.request_pickup", touches="INV-001", lost=Lost.ANSWER)
    for operation, notes in between:
        play.calls(operation, **notes)  # type: ignore[arg-type]
    play.calls(again, touches="INV-001")

    assert play.judged(LOOKED_UP).outcome is outcome


def test_a_lost_answer_that_is_never_followed_up_is_no_breach() -> None:
    play = Play()
    play.calls("shop.ship_package", touches="INV-001", lost=Lost.ANSWER)

    judged = play.judged(LOOKED_UP)

    assert (judged.outcome, judged.chances) == (Outcome.UPHELD, 1)


def test_a_request_that_never_arrived_may_be_repeated() -> None:
    play = Play()
    for lost in (Lost.REQUEST, None):
        play.calls("shop.ship_package", touches="INV-001", lost=lost)

    assert play.judged(LOOKED_UP).outcome is Outcome.NOT_REHEARSED


def test_a_lost_ship_is_told_with_both_attempts() -> None:
    play = Play()
    play.calls("shop.ship_package", touches="INV-001", lost=Lost.ANSWER)
    play.calls("shop.search_orders", shows=("INV-002",))
    play.calls("shop.ship_package", touches="INV-001", refusal="already_shipped")

    violation = play.judged(LOOKED_UP).violations[0]

    assert violation.entries == (1, 3)
    assert violation.text == (
        "the answer to ship package for order INV-001 was lost on Tokopedia & Shop, and it was tried again without having been "
        "looked up there."
    )


def test_what_the_system_sends_after_a_person_did_is_the_second_parcel_and_the_story_says_by_hand() -> None:
    play = Play()
    play.leaves(TOKOPEDIA, by_hand=True)
    play.leaves(SHOP)
    play.calls("shop.ship_package", touches="INV-001")

    violation = play.judged(ONCE).violations[0]

    told = tell(play.journal, violation, rule="An order leaves once", source="the guide", closing=())
    assert (violation.text, violation.entries) == ("order INV-001 left 2 times.", (1, 2))
    assert "parcel tokopedia left, for order INV-001, sent by hand in the console of Tokopedia\n" in told
    assert "parcel shop left, for order INV-001\n" in told


def test_what_a_person_sends_after_the_system_did_is_no_fault_of_the_system() -> None:
    play = Play()
    play.leaves(SHOP)
    play.calls("shop.ship_package", touches="INV-001")
    play.leaves(TOKOPEDIA, by_hand=True)

    assert play.judged(ONCE).outcome is Outcome.UPHELD
