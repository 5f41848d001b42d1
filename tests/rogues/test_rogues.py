"""Every rogue is caught for what it declares, and for nothing else; every scenario and every invariant is failed by one of them."""

from importlib import import_module
from random import Random

import pytest

from gladi.judge.invariants import INVARIANTS
from gladi.play.adapter import load
from gladi.play.catalogue import catalogue
from gladi.record.words import Face
from tests.rogues.company import FOUR_CELLS, LONG, NAMES, ROGUES, ROOT, adapter_of, declared, play
from tests.rogues.matrix import kept
from tests.rogues.seeds import of_seed

BROKEN, UPHELD = 2, 3
"""How many scenarios are played here for each thing that a rogue breaks, and how many that it upholds; `nox -s long` plays all."""


def sample(rogue: str) -> list[str]:
    """Choose by the rogue's own name, so that every run of every checkout plays the same."""
    chance = Random(rogue)
    row = {name: broken for name, broken in kept()[rogue].items() if name not in LONG}
    chosen: set[str] = set()
    for thing in sorted({thing for broken in row.values() for thing in broken}):
        breaking = [name for name, broken in row.items() if thing in broken]
        chosen.update(chance.sample(breaking, min(BROKEN, len(breaking))))
    upheld = [name for name in NAMES if name not in row and name not in LONG]
    chosen.update(chance.sample(upheld, min(UPHELD, len(upheld))))
    return [name for name in NAMES if name in chosen]


def test_the_matrix_has_a_row_for_every_rogue_and_no_other() -> None:
    assert sorted(kept()) == ROGUES


@pytest.mark.parametrize("rogue", ROGUES)
def test_a_rogue_declares_what_the_matrix_has(rogue: str) -> None:
    breaks, fails = declared(rogue)
    row = kept()[rogue]

    proofs: dict[str, set[str]] = {}
    for broken in row.values():
        for name, kinds in broken.items():
            if name != "assertion":
                proofs.setdefault(name, set()).update(kinds)

    assert proofs == breaks
    assert {name for name, broken in row.items() if "assertion" in broken} == fails
    assert row, "a rogue that breaks nothing is no rogue"


@pytest.mark.parametrize("rogue", ROGUES)
def test_a_rogue_breaks_what_the_matrix_has_and_nothing_else(rogue: str) -> None:
    played = sample(rogue)

    seen = play(adapter_of(rogue), played, among=FOUR_CELLS, directly=True)

    assert seen.broken_in == {name: broken for name, broken in kept()[rogue].items() if name in played}
    assert (seen.raised, seen.faults) == ({}, {}), "an exception in a rogue is not a breach"


def test_every_scenario_and_every_invariant_is_failed_by_a_rogue() -> None:
    failed = {name for row in kept().values() for name, broken in row.items() if "assertion" in broken}
    broken = {name for row in kept().values() for found in row.values() for name in found}

    assert set(NAMES) - failed == set()
    assert {kind.id for kind in INVARIANTS} - broken == set()


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("part", range(4))
def test_the_careful_system_upholds_every_scenario_and_every_invariant(face: Face, part: int) -> None:
    if face is Face.SERVED and part:
        pytest.skip("the rest over this face is played by `nox -s long`")
    names = [one.id for one in catalogue()][part :: 8 if face is Face.SERVED else 4]

    # Through httpx a quarter in process and an eighth served; a test below holds the journals of the short way equal to the byte.
    seen = play(load("examples.careful:Careful", root=ROOT), names, face=face, directly=face is Face.INPROCESS and part > 0)

    assert (seen.broken_in, seen.raised, seen.faults) == ({}, {}, {})


@pytest.mark.parametrize("seed", [7, 8])
def test_the_careful_system_upholds_a_sample_under_other_seeds(seed: int) -> None:
    _, seen = of_seed(seed)

    assert (seen.broken_in, seen.raised, seen.faults) == ({}, {}, {})
    assert seen.plays > 5


@pytest.mark.parametrize("adapter", ["examples.careful:Careful", "examples.rogues.ships_twice:ShipsTwice"])
def test_the_short_way_to_the_sandbox_leaves_the_same_journals_to_the_byte(adapter: str) -> None:
    names = (
        "a_merchant_does_not_ship_twice",
        "a_shipment_that_never_arrived_is_asked_for_again",
        "a_message_of_each_sendable_type_arrives_once",
    )

    short, long = (play(load(adapter, root=ROOT), names, among=FOUR_CELLS[:1], directly=directly) for directly in (True, False))

    assert short.journals == long.journals
    assert len(short.journals) == len(names)


def test_no_scenario_is_upheld_by_a_system_that_declares_everything_and_does_nothing() -> None:
    seen = play(load("tests.rogues.idle:Idle", root=ROOT), NAMES)

    assert set(NAMES) - seen.fails == set()
    assert import_module("tests.rogues.idle").Idle.version == "none"
