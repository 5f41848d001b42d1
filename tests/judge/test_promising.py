"""Promised units against owned units, at the edges of the rule."""

import pytest

from gladi.judge.bench import Bench, Judgement, Outcome
from gladi.record.clock import Clock
from gladi.record.journal import Journal, What
from gladi.record.words import SHOP, TOKOPEDIA, Platform

SKU = "TMB-BMB"
MINUTE = 60_000


class Play:
    """A journal written by hand, about one SKU."""

    def __init__(self) -> None:
        self.clock = Clock(0)
        self.journal = Journal(self.clock)
        self.bench = Bench(self.journal)
        self._orders = 0

    def passes(self, minutes: int) -> None:
        self.clock.leap(self.clock.now + minutes * MINUTE)

    def owns(self, units: str) -> None:
        self.journal.fact(What.UNITS_OWNED, shop="shop-1", sku=SKU, value=units)

    def sells(self, quantity: int = 1, *, on: Platform = TOKOPEDIA) -> str:
        self._orders += 1
        order = f"INV-{self._orders:03d}"
        self.journal.fact(What.ORDER_PLACED, order=order, shop="shop-1", platform=on, sku=SKU, value=str(quantity))
        return order

    def judged(self) -> Judgement:
        return next(one for one in self.bench.settle(self.clock.now) if one.invariant.id == "no_more_is_promised_than_owned")


def test_a_unit_sold_again_a_quarter_of_an_hour_later_is_promised_twice() -> None:
    play = Play()
    play.owns("1")
    play.sells(on=TOKOPEDIA)
    play.passes(15)
    play.sells(on=SHOP)

    judged = play.judged()

    assert [(one.text, one.entries) for one in judged.violations] == [
        ("the seller owns 1 of TMB-BMB, and 2 are sold: order INV-002 cannot be packed.", (1, 2, 3))
    ]


@pytest.mark.parametrize(("minutes", "outcome"), [(14, Outcome.UPHELD), (15, Outcome.BROKEN)])
def test_two_buyers_at_almost_the_same_time_are_nobodys_fault(minutes: int, outcome: Outcome) -> None:
    play = Play()
    play.owns("1")
    play.sells(on=TOKOPEDIA)
    play.passes(minutes)
    play.sells(on=SHOP)

    assert play.judged().outcome is outcome


def test_sale_after_sale_the_quarter_of_an_hour_runs_from_the_one_that_used_up_the_stock() -> None:
    play = Play()
    play.owns("1")
    for _ in range(3):
        play.sells()
        play.passes(14)

    assert [one.order for one in play.judged().violations] == ["INV-003"]


def test_the_quarter_of_an_hour_runs_from_the_sale_that_left_too_little_for_the_next() -> None:
    late, soon = Play(), Play()
    for play, minutes in ((late, 15), (soon, 14)):
        play.owns("3")
        play.sells(1)
        play.passes(30)
        play.sells(1)
        play.passes(minutes)
        play.sells(2)

    assert [play.judged().outcome for play in (late, soon)] == [Outcome.BROKEN, Outcome.UPHELD]


@pytest.mark.parametrize(("minutes", "outcome"), [(14, Outcome.UPHELD), (15, Outcome.BROKEN)])
@pytest.mark.parametrize(("owned", "sold"), [("2", 3), ("0", 1)])
def test_a_first_sale_of_more_than_is_owned_is_a_breach_once_there_was_time(owned: str, sold: int, minutes: int, outcome: Outcome) -> None:
    play = Play()
    play.owns(owned)
    play.passes(minutes)
    play.sells(sold)

    assert play.judged().outcome is outcome


def test_every_unit_may_be_sold_once() -> None:
    play = Play()
    play.owns("3")
    play.sells(2, on=TOKOPEDIA)
    play.passes(60)
    play.sells(1, on=SHOP)

    judged = play.judged()

    assert (judged.outcome, judged.chances) == (Outcome.UPHELD, 2)


@pytest.mark.parametrize("what", [What.ORDER_CANCELLED, What.ORDER_EXPIRED])
def test_what_was_cancelled_may_be_sold_again(what: str) -> None:
    play = Play()
    play.owns("1")
    order = play.sells(on=TOKOPEDIA)
    play.passes(30)
    play.journal.fact(what, order=order, shop="shop-1", platform=TOKOPEDIA)
    play.sells(on=SHOP)

    assert play.judged().outcome is Outcome.UPHELD


def test_what_the_seller_owns_anew_is_counted_anew() -> None:
    play = Play()
    play.owns("1")
    play.sells(on=TOKOPEDIA)
    play.passes(30)
    play.owns("1")
    play.passes(30)
    play.sells(on=SHOP)

    assert play.judged().outcome is Outcome.UPHELD


def test_nobody_is_blamed_once_nobody_can_say_what_is_owned() -> None:
    play = Play()
    play.owns("1")
    play.owns("")
    play.sells(5)
    play.passes(30)
    play.sells(5)

    assert play.judged().outcome is Outcome.NOT_REHEARSED
