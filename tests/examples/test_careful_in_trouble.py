"""The careful system upholds a sample of the scenarios at every level of trouble; the whole is for the long run."""

from __future__ import annotations

import pytest

from gladi.play.adapter import load
from gladi.record.words import TroubleLevel
from gladi.sandbox.merge import InFlight
from tests.rogues.company import play

SAMPLE = (
    "an_order_of_the_last_minute_leaves_once",
    "a_shipment_on_the_shop_whose_answer_was_lost_is_known_to_have_left",
    "a_crash_between_ship_and_save_on_tokopedia",
    "a_crash_between_ship_and_save_on_the_shop",
    "an_edit_refused_while_the_shops_merge_is_not_lost",
    "an_order_is_known_by_webhook_before_it_is_asked_for",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "a_forged_cancellation_stops_no_order",
)
ONE_CELL = (InFlight.parse("both/both"),)


@pytest.mark.parametrize("level", TroubleLevel)
@pytest.mark.parametrize("name", SAMPLE)
def test_the_careful_system_upholds_it_in_trouble(name: str, level: TroubleLevel) -> None:
    seen = play(load("examples.careful:Careful"), [name], seed=11, among=ONE_CELL, directly=True, trouble=level)

    assert seen.plays == 1
    assert (seen.breaks, seen.raised, seen.faults) == ({}, {}, {})
    # At harsh a scenario's own assertion may come a minute too early for a lawful system.
    assert level is TroubleLevel.HARSH or seen.fails == set()


def test_harsh_trouble_is_in_the_journal_and_the_same_again() -> None:
    journals = [
        play(load("examples.careful:Careful"), [SAMPLE[0]], seed=11, among=ONE_CELL, directly=True, trouble=TroubleLevel.HARSH).journals
        for _ in range(2)
    ]

    assert journals[0] == journals[1]
    assert journals[0][0].count(b'"what":"trouble"') > 3
