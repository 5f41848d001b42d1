"""Why we believe that the sandbox behaves like the platform: every operation, refusal and setting says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Evidence", "Grade", "assumed", "documented", "recorded", "sdk"]


class Grade(StrEnum):
    """How good a piece of evidence is, best first."""

    RECORDED = "recorded"
    DOCUMENTED = "documented"
    SDK = "sdk"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to believe, with the place where a reader can look it up.

    `switch` names the setting that changes the behaviour, where we only assume it.
    """

    grade: Grade
    place: str
    switch: str | None = None

    @property
    def is_assumed(self) -> bool:
        """Whether nothing but our own judgement stands behind it."""
        return self.grade is Grade.ASSUMED


def documented(place: str) -> Evidence:
    """Official documentation says so, at `place` (document and section)."""
    return Evidence(Grade.DOCUMENTED, place)


def sdk(place: str) -> Evidence:
    """An SDK or a real client shows it, at `place`."""
    return Evidence(Grade.SDK, place)


def recorded(place: str) -> Evidence:
    """A recording of the real platform shows it."""
    return Evidence(Grade.RECORDED, place)


def assumed(reason: str, *, switch: str | None = None) -> Evidence:
    """Nobody documents it: our reason, and the setting that changes it."""
    return Evidence(Grade.ASSUMED, reason, switch)
