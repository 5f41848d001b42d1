"""The plan of one rehearsal: with what a scenario is rehearsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.record.words import Face, Stage, Target, TroubleLevel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gladi.faces.server import Served
    from gladi.play.adapter import Adapter
    from gladi.record.wire import Answers
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.world import Seeded

__all__ = ["Plan"]


def _the_model(model: Answers) -> Answers:
    return model


@dataclass(frozen=True, slots=True)
class Plan:
    """With what a scenario is rehearsed: the system, the face, the seed, the settings, and a folder for the system."""

    adapter: Adapter
    settings: Settings
    storage: Path
    face: Face = Face.INPROCESS
    seed: int = 0
    server: Served | None = None
    seeded: Seeded | None = None
    begins: Stage = Stage.PENDING
    shops: int = 1
    """How many sellers there are, unless `seeded` says it."""
    without_grant: tuple[str, ...] = ()
    """The shops whose owner has not authorized the app on Tokopedia & Shop."""
    solely_on_shop: tuple[str, ...] = ()
    """The shops whose sellers never had a Tokopedia store."""
    new_here: tuple[str, ...] = ()
    """The shops whose sellers begin on Tokopedia & Shop and have no past on either platform."""
    trouble: TroubleLevel = TroubleLevel.OFF
    """How much trouble there is throughout the play, drawn from `seed`."""
    target: Target = Target.SANDBOX
    """Who answers; on others than the sandbox the facts of the journal are inferred from the sandbox, which goes along as a model."""
    answered_by: Callable[[Answers], Answers] = _the_model
    """Given the model, gives the platform that answers the system: by default the model itself."""
