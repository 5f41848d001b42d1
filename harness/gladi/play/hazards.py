"""Hazards: what befalls webhooks by chance, drawn from a seed."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from gladi.play.post import Mishap, Woe
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.record.wire import Outgoing

__all__ = ["Hazards"]

_FROM, _TO = 2, 45
"""Minutes by which a webhook is late, or for which its receiver is dead: on both sides of the poll that tells the same."""


class Hazards:
    """Draws for each webhook what befalls it, if anything."""

    def __init__(self, *, seed: int, chance: float, woes: Sequence[Woe], platforms: Sequence[Platform]) -> None:
        """Let one of `woes` befall a webhook of `platforms` with a `chance` from 0 to 1."""
        self._draws = Random(f"hazards {seed}")
        self._chance = chance
        self._woes = tuple(woes)
        self._platforms = frozenset(platforms)

    def befalls(self, outgoing: Outgoing) -> Mishap | None:
        """Draw for a webhook."""
        platform = Platform(outgoing.platform)
        if platform not in self._platforms or self._draws.random() >= self._chance:
            return None
        by = timedelta(minutes=self._draws.randint(_FROM, _TO))
        return Mishap(self._draws.choice(self._woes), platform, by=by, by_chance=True)
