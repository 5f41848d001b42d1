"""The search finds what rogues break, writes it down as a scenario, and raises no false alarm over the careful system."""

import importlib.util
import logging
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import gladi
from gladi.judge.bench import Outcome
from gladi.play.adapter import of_factory
from gladi.play.exploring.opening import Ground, Opening
from gladi.play.exploring.search import explore
from gladi.play.exploring.steps import Bought, step
from gladi.play.exploring.told_play import ToldPlay, replay
from gladi.play.faults import RehearsalError
from gladi.play.rehearsal import Rehearsal
from gladi.play.scenario import of
from gladi.record.words import TOKOPEDIA, Stage, TroubleLevel
from gladi.sandbox.merge import Actionable, InFlight, Visible
from tests.rogues.shortcut import shortcut
from tests.search.ground import careful, ground, rogue, searched

ROGUES = {
    "ships_twice": "an_order_leaves_once",
    "ships_again_after_a_timeout": "a_lost_ship_is_looked_up",
    "keeps_ids_as_floats": "ids_agree",
}
"""Two more, which take longer to find, are searched by the gallery's tests."""
CALM = Opening(Stage.MERGING, InFlight(), 0, TroubleLevel.OFF)
_MOST_STEPS = 6
"""A person takes in as much at a glance; what rogues break takes three to five."""


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("careful").setLevel(logging.ERROR)


def breaches(stage: Ground, written: Path) -> set[str]:
    """Rehearse a file of one scenario and name what it breaks."""
    spec = importlib.util.spec_from_file_location(written.stem, written)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (function,) = [value for value in vars(module).values() if of(value) is not None]
    scenario = of(function)
    assert scenario is not None
    opening = Opening(scenario.begins, scenario.in_flight or InFlight(), 0, TroubleLevel.OFF)
    with TemporaryDirectory() as storage, shortcut():
        rehearsal = Rehearsal(stage.plan(opening, Path(storage)))
        function(rehearsal)
    return {one.invariant.id for one in rehearsal.judgements if one.fails}


@pytest.mark.parametrize("name", ROGUES)
def test_a_rogue_is_found_by_a_few_plays(name: str) -> None:
    found = searched(name)

    assert found.outcome is Outcome.BROKEN
    assert found.broken is not None
    assert found.broken.about == ROGUES[name]
    assert len(found.broken.steps) <= _MOST_STEPS


@pytest.mark.parametrize("name", ROGUES)
def test_the_play_that_broke_a_rogue_fails_by_itself_and_is_upheld_by_a_careful_system(name: str, tmp_path: Path) -> None:
    written = tmp_path / f"{searched(name).name}.py"
    written.write_text(searched(name).script, encoding="utf-8")

    broken, upheld = breaches(rogue(name), written), breaches(careful(), written)

    assert ROGUES[name] in broken
    assert upheld == set()


def test_a_careful_system_raises_no_false_alarm_and_everything_is_met() -> None:
    with shortcut():
        found = explore(careful(), examples=40, steps=8, trouble=TroubleLevel.NORMAL, seed=0)

    assert (found.outcome, found.why, found.missed) == (Outcome.UPHELD, "", ())
    assert found.steps > 250
    assert len(found.reached) == 7


def test_a_search_that_meets_too_little_is_not_rehearsed_and_says_what_it_missed() -> None:
    only = (InFlight(Visible.BOTH, Actionable.BOTH),)

    with shortcut():
        found = explore(careful(), examples=1, steps=1, trouble=TroubleLevel.OFF, seed=3, cells=only, follows_leads=False)

    assert found.outcome is Outcome.NOT_REHEARSED
    assert found.missed
    assert found.why == f"not rehearsed: the search never met {', nor '.join(found.missed)}; let it draw more plays"


def test_what_chance_does_not_meet_the_leads_do() -> None:
    with shortcut():
        found = explore(careful(), examples=1, steps=1, trouble=TroubleLevel.NORMAL, seed=8, sandbox_seed=8)

    assert (found.outcome, found.missed) == (Outcome.UPHELD, ())


def test_the_same_seed_draws_the_same_plays() -> None:
    one = searched("ships_twice")

    with shortcut():
        two = explore(rogue("ships_twice"), examples=40, steps=8, trouble=TroubleLevel.NORMAL, seed=0)

    assert (one.plays, one.steps, one.script) == (two.plays, two.steps, two.script)


def test_a_step_that_the_world_does_not_allow_is_no_part_of_the_play() -> None:
    play = ToldPlay(careful(), CALM)
    with shortcut():
        play.open()

        taken = play.take(step("seller.links_the_shops"))

        play.close()
    assert not taken
    assert play.steps == []


def test_a_play_is_judged_while_it_goes_on() -> None:
    both = Opening(Stage.MERGING, InFlight(Visible.BOTH, Actionable.BOTH), 0, TroubleLevel.OFF)
    play = ToldPlay(rogue("ships_twice"), both)
    with shortcut():
        play.open()
        play.take(step("buyer.orders", on=TOKOPEDIA, gives="order_1"))
        play.take(step("until", Stage.MERGED))
        play.take(step("passes", hours=1))
        before = play.broken

        play.take(step("clerk.ships", Bought("order_1")))

        play.close()
    assert before is None
    assert play.broken is not None
    assert play.broken.about == "an_order_leaves_once"


class StopsAtTen(gladi.System):
    """Falls over at ten o'clock in Jakarta."""

    def __init__(self, venue: gladi.Venue) -> None:
        self.venue = venue

    def tick(self, now: datetime) -> datetime:
        if now.hour >= 3:
            raise KeyError("ten")
        return now + timedelta(minutes=5)

    def receive(self, delivery: gladi.Delivery) -> int:
        del delivery
        return 200


def test_what_a_system_raises_is_told_with_the_play_in_which_it_did() -> None:
    steps = (step("passes", minutes=5), step("passes", hours=1), step("passes", hours=2))

    found = replay(ground(of_factory(StopsAtTen)), CALM, steps)

    assert found is not None
    assert (found.about, [one.line for one in found.steps]) == ("KeyError", [one.line for one in steps[:2]])


def test_a_search_of_nothing_is_refused_in_one_sentence() -> None:
    with pytest.raises(RehearsalError, match="0 plays of 8 steps are no search; write 1 or more of either"):
        explore(careful(), examples=0, steps=8, trouble=TroubleLevel.OFF, seed=0)
