"""The rules about orders that are cancelled, and about calls that ship many."""

from __future__ import annotations

import pytest

from gladi.judge.bench import Outcome
from gladi.judge.story import tell
from gladi.record.journal import What
from gladi.record.wire import Lost
from gladi.record.words import SHOP, TOKOPEDIA
from tests.judge.test_orders import LOOKED_UP, ONCE, Play

PULLED = "no_cancelled_order_leaves"
MINUTE = 60_000


def ends(play: Play, what: str = What.ORDER_CANCELLED) -> None:
    play.journal.fact(what, order="INV-001", shop="shop-1", platform=SHOP, value="cancelled by its buyer")


def taken(play: Play) -> None:
    play.journal.fact(What.PARCEL_TAKEN, order="INV-001", shop="shop-1", platform=SHOP, parcel="SHP-1")


@pytest.mark.parametrize(("minutes", "outcome"), [(14, Outcome.UPHELD), (15, Outcome.BROKEN)])
def test_a_cancelled_parcel_that_is_handed_over_is_a_breach_once_it_could_be_known(minutes: int, outcome: Outcome) -> None:
    play = Play()
    ends(play)
    play.clock.leap(minutes * MINUTE)
    taken(play)

    judged = play.judged(PULLED)

    assert (judged.outcome, judged.chances) == (outcome, 1)


def test_the_story_tells_who_cancelled_and_who_took_the_parcel() -> None:
    play = Play()
    ends(play)
    play.clock.leap(30 * MINUTE)
    taken(play)

    violation = play.judged(PULLED).violations[0]

    told = tell(play.journal, violation, rule="It stays", source="a notice", closing=())
    assert violation.text == "order INV-001 was cancelled, and 30 minutes later its parcel was handed to the courier."
    assert "→ Thu 07:00  order INV-001 was cancelled by its buyer on Tokopedia & Shop\n" in told
    assert "→ Thu 07:30  the courier took parcel SHP-1, of order INV-001\n" in told


@pytest.mark.parametrize("what", [What.ORDER_CANCELLED, What.ORDER_EXPIRED])
def test_what_was_cancelled_on_one_platform_does_not_leave_from_the_other(what: str) -> None:
    play = Play()
    ends(play, what)
    play.clock.leap(30 * MINUTE)
    play.leaves(TOKOPEDIA)

    assert [one.entries for one in play.judged(PULLED).violations] == [(1, 2)]


def test_what_a_person_sends_by_hand_after_a_cancellation_is_no_fault_of_the_system() -> None:
    play = Play()
    ends(play)
    play.clock.leap(30 * MINUTE)
    play.leaves(SHOP, by_hand=True)

    assert play.judged(PULLED).outcome is Outcome.UPHELD


def test_a_parcel_that_left_before_the_cancellation_is_no_breach() -> None:
    play = Play()
    play.leaves(SHOP)
    ends(play)

    assert play.judged(PULLED).outcome is Outcome.UPHELD


def test_without_a_cancellation_nothing_can_be_pulled() -> None:
    play = Play()
    play.leaves(SHOP)
    taken(play)

    assert play.judged(PULLED).outcome is Outcome.NOT_REHEARSED


def test_a_batch_that_sends_a_second_parcel_is_told_with_its_shop() -> None:
    play = Play()
    play.leaves(TOKOPEDIA)
    play.leaves(SHOP)
    play.calls("shop.batch_ship_packages", batch=("INV-002", "INV-001"))

    assert [(one.order, one.shop, one.entries) for one in play.judged(ONCE).violations] == [("INV-001", "shop-1", (1, 2))]


@pytest.mark.parametrize("again", [{"touches": "INV-002"}, {"batch": ("INV-002",)}], ids=str)
def test_an_order_of_a_batch_whose_answer_was_lost_is_looked_up_before_it_is_tried_again(again: dict[str, object]) -> None:
    play = Play()
    play.calls("shop.batch_ship_packages", batch=("INV-001", "INV-002", "INV-001"), lost=Lost.ANSWER)
    play.calls("shop.get_orders", shows=("INV-001",))
    play.calls("shop.batch_ship_packages", batch=("INV-001",))
    play.calls("shop.ship_package" if "touches" in again else "shop.batch_ship_packages", **again)  # type: ignore[arg-type]

    judged = play.judged(LOOKED_UP)

    assert [(one.order, one.entries) for one in judged.violations] == [("INV-002", (1, 4))]
    assert judged.chances == 2


def test_the_story_of_an_order_has_the_batch_that_it_was_in() -> None:
    play = Play()
    for _ in range(2):
        play.calls("shop.batch_ship_packages", batch=("INV-001",), lost=Lost.ANSWER)

    violation = play.judged(LOOKED_UP).violations[0]

    assert violation.text.startswith("the answer to batch ship packages for order INV-001 was lost on Tokopedia & Shop")
