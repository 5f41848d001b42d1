"""Reminders: from thirty days before a seller's authorization ends the platform says so, and every midnight after that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gladi.sandbox.shop.events import Event, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.clock import Instant, Timer
    from gladi.sandbox.shop.auth import Tokens
    from gladi.sandbox.world.world import World

__all__ = ["Reminders"]

_DAY = 86_400_000
_AHEAD = 30 * _DAY


class Reminders:
    """Sees to it that nobody is surprised when a seller's authorization ends (tiktok-shop-api.md 4 and 14, type 7).

    Midnight is that of UTC; the documents name no time zone.
    """

    def __init__(self, world: World, tokens: Tokens, wanted: Callable[[str], bool], tells: Callable[[Event], None]) -> None:
        """Watch the grants that `tokens` knows of; only what is `wanted` of a shop is told."""
        self._world = world
        self._tokens = tokens
        self._wanted = wanted
        self._tells = tells
        self._next: dict[str, Timer] = {}

    def begin(self, shop: str) -> None:
        """Set the next reminder of a shop, in place of any that was set before."""
        if shop in self._next:
            self._next.pop(shop).cancel()
        ends, now = self._tokens.granted_until(shop), self._world.clock.now
        due = ends - _AHEAD if ends - _AHEAD > now else (now // _DAY + 1) * _DAY
        if due < ends and self._wanted(shop):
            wait = timedelta(milliseconds=due - now)
            self._next[shop] = self._world.clock.after(wait, lambda: self._reminds(shop, ends), name=f"reminder of the grant of {shop}")

    def _reminds(self, shop: str, ends: Instant) -> None:
        said = "The seller's authorization is about to expire; ask him to authorize the app again."
        self._tells(Event(Topic.UPCOMING_AUTHORIZATION_EXPIRATION, shop, {"message": said, "expiration_time": str(ends // 1000)}))
        self.begin(shop)
