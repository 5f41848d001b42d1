"""How a play of a search begins: the stage, the cell of the in-flight matrix, the seed of the sandbox, and how much goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gladi.play.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.faces.server import Served
    from gladi.play.adapter import Adapter
    from gladi.record.words import Face, Stage, TroubleLevel
    from gladi.sandbox.merge import InFlight
    from gladi.sandbox.settings import Settings

__all__ = ["Ground", "Opening"]


@dataclass(frozen=True, slots=True)
class Opening:
    """What is drawn before anybody does anything."""

    begins: Stage
    cell: InFlight
    seed: int
    trouble: TroubleLevel


@dataclass(frozen=True, slots=True)
class Ground:
    """What all plays of a search have in common: the system, the face, and the switches of the sandbox."""

    adapter: Adapter
    settings: Settings
    face: Face
    server: Served | None = None

    def plan(self, opening: Opening, storage: Path) -> Plan:
        """Plan a play; the system may keep what it likes in the folder `storage`."""
        return Plan(
            adapter=self.adapter,
            settings=replace(self.settings, in_flight=opening.cell),
            storage=storage,
            face=self.face,
            seed=opening.seed,
            server=self.server,
            begins=opening.begins,
            trouble=opening.trouble,
        )
