"""The end of the Tokopedia Open API: after notice it takes no writes any more, then it answers nothing at all."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from gladi.record.journal import What
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.world.faults import WorldError

if TYPE_CHECKING:
    from gladi.sandbox.world.world import World

__all__ = ["Regime", "close", "schedule"]


class Regime(StrEnum):
    """What Tokopedia still serves, in the order in which it ended (tiktok-shop-api.md 1): 20 and 30 September 2025."""

    OPEN = "open"
    READ_ONLY = "read only"
    """No POST, no PATCH, no registration of webhooks; tokens are still given."""
    CLOSED = "closed"
    """No GET, no webhooks and no tokens either."""


_ORDER = tuple(Regime)


def close(world: World, regime: Regime) -> None:
    """Bring the regime of Tokopedia's API to a later step; what is stored there is not touched.

    Raises:
        WorldError: it has come that far already.
    """
    if _ORDER.index(regime) <= _ORDER.index(world.regime):
        msg = f"Tokopedia's API is {world.regime} already, and it does not open again"
        raise WorldError(msg)
    world.regime = regime
    world.journal.fact(What.TOKOPEDIA_CLOSED, platform=TOKOPEDIA, value=str(regime), assumes=("tokopedia.closed_is_silence",))


def schedule(world: World) -> None:
    """Let the steps come about when the setting says: the first stops writes, the last everything; one alone does both."""
    steps = world.settings.tokopedia_closes
    for delay, regime in zip(steps, (Regime.READ_ONLY, Regime.CLOSED)[-len(steps) :], strict=False):
        world.clock.after(delay, partial(_comes, world, regime), name=f"Tokopedia's API becomes {regime}")


def _comes(world: World, regime: Regime) -> None:
    if _ORDER.index(regime) > _ORDER.index(world.regime):
        close(world, regime)
