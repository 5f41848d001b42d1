"""Preflight: the guide's nine preparations, each ready, missing, or to be asked of a person, before an attempt is worth spending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gladi.attempts.case import Readiness
from gladi.attempts.checks import CHECKS

if TYPE_CHECKING:
    from gladi.attempts.case import Answer, Case
    from gladi.attempts.checks import Check

__all__ = ["STAND_IN", "Finding", "Preflight", "asked_of", "preflight"]

STAND_IN = "stand-in"
"""What stands in the place of a target where a stand-in on this machine answered in the place of the live one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one preparation."""

    check: Check
    answer: Answer

    def as_json(self) -> dict[str, Any]:
        """Give it for a machine."""
        return {
            "number": self.check.number,
            "id": self.check.id,
            "title": self.check.title,
            "answer": self.answer.readiness.value,
            "said": self.answer.said,
            "todo": self.answer.todo,
            "source": self.check.source,
        }


@dataclass(frozen=True, slots=True)
class Preflight:
    """All findings, in the guide's order, and which target gave them."""

    target: str
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether all nine are."""
        return all(finding.answer.readiness is Readiness.READY for finding in self.findings)

    def those(self, readiness: Readiness) -> tuple[Finding, ...]:
        """Give the findings with that answer."""
        return tuple(finding for finding in self.findings if finding.answer.readiness is readiness)

    @property
    def summary(self) -> str:
        """Say it in one line: `7 of 9 are ready, 1 is missing, 1 to ask a person`."""
        counts = {readiness: len(self.those(readiness)) for readiness in Readiness}
        parts = [f"{counts[Readiness.READY]} of {len(self.findings)} are ready"]
        if counts[Readiness.MISSING]:
            parts.append(f"{counts[Readiness.MISSING]} missing")
        if counts[Readiness.ASK]:
            parts.append(f"{counts[Readiness.ASK]} to ask a person")
        return ", ".join(parts)

    def table(self) -> str:
        """Give the table for a person: a line for each preparation, what was seen, and what to do."""
        width = max(len(finding.check.id) for finding in self.findings)
        answers = max(len(readiness) for readiness in Readiness)
        lines = [f"Preflight on the {asked_of(self.target)}", ""]
        for finding in self.findings:
            answer = finding.answer
            lines.append(f"{finding.check.number}  {finding.check.id:<{width}}  {answer.readiness:<{answers}}  {answer.said}")
            if answer.todo:
                lines.append(f"   → {answer.todo}")
        return "\n".join([*lines, "", f"{self.summary}."])

    def as_json(self) -> dict[str, Any]:
        """Give it for a machine."""
        return {"target": self.target, "ready": self.ready, "checks": [finding.as_json() for finding in self.findings]}


def asked_of(target: str) -> str:
    """Name a target for a person."""
    return {"live": "platforms themselves", STAND_IN: "stand-in for the platforms"}.get(target, target)


def preflight(case: Case, *, target: str) -> Preflight:
    """Ask all nine; what one of them cannot find out keeps no other from being asked."""
    return Preflight(target, tuple(Finding(check, check.answer(case)) for check in CHECKS))
