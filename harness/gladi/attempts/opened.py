"""An attempt that is opened and recorded: what the cue that links shops asks for, and what the ledger alone makes."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from gladi.attempts.events import Event

__all__ = ["OpenAttempt", "opened"]

_KEY = object()


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """One attempt, spent from `opened_at` on. The ledger alone makes one, once it is recorded durably."""

    developer: str
    ordinal: int
    generation: int
    """1, and one more each time the ordinal was given back."""
    shop: str
    opened_at: datetime
    key: InitVar[object]

    def __post_init__(self, key: object) -> None:
        """Refuse everybody but the ledger."""
        if key is not _KEY:
            raise TypeError("an OpenAttempt is made by Ledger.open alone, which records it first")


def opened(event: Event) -> OpenAttempt:
    """Give what the ledger recorded; only the ledger calls this, and a test sees to it."""
    if event.ordinal is None or event.generation is None:
        raise TypeError(f"{event.kind} opens nothing")
    return OpenAttempt(event.developer, event.ordinal, event.generation, event.shop, event.moment, _KEY)
