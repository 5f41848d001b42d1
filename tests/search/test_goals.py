"""What a search must have met is read from the journal alone."""

from __future__ import annotations

import pytest

from gladi.play.exploring.goals import GOALS
from gladi.record.clock import Clock
from gladi.record.journal import Journal, What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Lost, Notes, Request, Response
from gladi.record.words import SHOP

SHIPS = next(one for one in OPERATIONS if one.name == "shop.ship_package")
SHIP, AWAY, GONE, LATER = "a write", "a write that never arrived", "the process goes", "a minute passes"
CUT = "the write in which it went"


@pytest.mark.parametrize(
    ("happened", "is_met"),
    [
        ((SHIP, GONE, SHIP), True),
        ((SHIP, GONE, LATER, SHIP), True),
        ((GONE, CUT, LATER, SHIP), True),
        ((SHIP, GONE, CUT, LATER, SHIP), True),
        ((SHIP, SHIP), False),
        ((GONE, SHIP, SHIP), False),
        ((SHIP, GONE), False),
        ((GONE, CUT), False),
        ((SHIP, GONE, CUT), False),
        ((AWAY, GONE, SHIP), False),
    ],
)
def test_a_restart_between_two_writes_has_one_before_it_and_one_behind_it(happened: tuple[str, ...], *, is_met: bool) -> None:
    clock = Clock(0)
    journal = Journal(clock)
    for one in happened:
        if one == LATER:
            clock.leap(clock.now + 60_000)
        elif one == GONE:
            journal.fact(What.CRASHED)
        else:
            lost = {CUT: Lost.ANSWER, AWAY: Lost.REQUEST}.get(one)
            request = Request(SHIPS.method, SHIPS.host, "/ship", clock.now)
            journal.call(request, Response(200, (), b"", Notes(shop="shop-1"), lost=lost), SHIPS, SHOP)

    goal = next(goal for goal in GOALS if goal.name == "a restart between two writes")

    assert goal.met(journal) is is_met
