"""The way of webhooks from the platform to the system, and what may happen to them on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.journal import Webhook

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage

__all__ = ["Webhooks"]


class Webhooks:
    """What a scenario can do to webhooks, and see of them."""

    def __init__(self, backstage: Backstage) -> None:
        """Watch over the deliveries of a rehearsal."""
        self._backstage = backstage

    def lose_the_next(self, count: int = 1) -> None:
        """Lose the next webhooks on their way: the platform sent them, nobody received them."""
        self._backstage.webhooks_to_lose += count

    @property
    def answers(self) -> list[int | None]:
        """The system's answers so far, in order: an HTTP status, or None for a webhook that was lost."""
        return [entry.status for entry in self._backstage.sandbox.journal.entries if isinstance(entry, Webhook)]
