"""The grounds on which searches are tried: the careful system and its rogues, with nothing of httpx between them and the sandbox."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gladi.play.adapter import load
from gladi.play.exploring.opening import Ground
from gladi.play.exploring.search import Searched, explore
from gladi.record.words import Face, TroubleLevel
from gladi.sandbox.settings import Settings
from tests.rogues.company import ROOT, adapter_of
from tests.rogues.shortcut import shortcut

if TYPE_CHECKING:
    from gladi.play.adapter import Adapter

__all__ = ["careful", "ground", "rogue", "searched"]


def ground(adapter: Adapter) -> Ground:
    """Give a ground in process, with every switch as it stands by default."""
    return Ground(adapter, Settings(), Face.INPROCESS)


def careful() -> Ground:
    """Give the ground of the careful system."""
    return ground(load("examples.careful:Careful", root=ROOT))


def rogue(name: str) -> Ground:
    """Give the ground of a rogue."""
    return ground(adapter_of(name))


@cache
def searched(name: str, *, examples: int = 40, steps: int = 8, seed: int = 0) -> Searched:
    """Search over a rogue, once in a session."""
    with shortcut():
        return explore(rogue(name), examples=examples, steps=steps, trouble=TroubleLevel.NORMAL, seed=seed)
