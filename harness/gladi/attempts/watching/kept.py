"""What the state of a watch holds, as it is read back: deliveries, polls, and how many of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gladi.attempts.watching.arrival import News, Signed

if TYPE_CHECKING:
    from gladi.record.clock import Instant

__all__ = ["Counts", "Kept", "Poll"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One delivery, and how often it was handed on so far."""

    number: int
    """1 and up, in the order of arrival."""
    at: Instant
    target: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    """Raw; empty where it was about no merge and has been forwarded."""
    signed: Signed
    status: str
    shop: str
    tries: int
    tried_at: Instant | None

    @property
    def news(self) -> News:
        """What it says of a merge."""
        return News(self.status, self.shop)


@dataclass(frozen=True, slots=True)
class Poll:
    """One Get Shop Info: when it was begun, and what it brought."""

    number: int
    at: Instant
    ended: Instant | None
    """When its answer was there, or was given up; None where nobody saw that."""
    shops: bytes | None
    """The shops with their ids as they were written, as `told` gives them; None where there was no answer."""
    refusal: str = ""
    """Why there was none, in one sentence; empty too where the watch ended before it came."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a watch has seen."""

    polls: int
    deliveries: int
    flagged: int
    """Of these, how many were not rightly signed."""
    waiting: int
    """Of these, how many have not been forwarded."""
