"""What the reports remember of ledgers, so that one which vanished, or whose developer was renamed, stays noticed run after run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from gladi.attempts.events import Standing, known_as

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OTHERS", "Memory"]

OTHERS = "others"
"""Under this key `attempts` of a verdict carries on what earlier ones saw of other developers, each by name."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The last standing that a report saw of each developer."""

    standings: Mapping[str, Standing] = field(default_factory=dict)

    @classmethod
    def of(cls, attempts: object) -> Self:
        """Read it out of `attempts` of a verdict; what cannot be read is not remembered."""
        if not isinstance(attempts, dict):
            return cls()
        others = attempts.get(OTHERS)
        told = [*(others.values() if isinstance(others, dict) else ()), attempts]
        standings = [standing for one in told if (standing := _standing(one)) is not None]
        return cls({standing.developer: standing for standing in standings})

    def by(self, developer: str | None) -> Standing | None:
        """Give what was seen of a developer, by whatever spelling of the name; None where nothing was."""
        return self.standings.get(known_as(developer or ""))

    def others(self, developer: str | None) -> tuple[Standing, ...]:
        """Give what was seen of everybody else and held events."""
        return tuple(one for name, one in sorted(self.standings.items()) if name != known_as(developer or "") and one.events)

    def beside(self, developer: str | None) -> dict[str, Any]:
        """Give what the next report carries on beside its own developer; nothing where there is nobody else."""
        others = {one.developer: one.as_json() for one in self.others(developer)}
        return {OTHERS: others} if others else {}

    def cautions(self, developer: str, *, attempts: int) -> tuple[str, ...]:
        """Say who was counted before, where a developer has no attempts: it may be the same one, renamed."""
        if attempts:
            return ()
        return tuple(
            f"an earlier report counted for {one.developer!r} ({one}), and {known_as(developer)!r} has no attempt yet; where both are one "
            "account its five are one count, so write the old name as `developer` in gladi.toml"
            for one in self.others(developer)
        )


def _standing(given: object) -> Standing | None:
    try:
        return Standing.of(given) if isinstance(given, dict) else None
    except (KeyError, TypeError, ValueError):
        return None
