"""How far a run covers the documents: each requirement with its scenarios and what became of them, and each exclusion with its reason."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from gladi.judge.bench import Outcome
from gladi.judge.requirements import EXCLUSIONS, REQUIREMENTS
from gladi.reports.page import badge, section, table, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.judge.requirements import Requirement
    from gladi.judge.verdict import ScenarioResult, Verdict

__all__ = ["Covered", "as_csv", "as_html", "coverage"]

_GRAVITY = (Outcome.BROKEN, Outcome.FAULT, Outcome.NOT_REHEARSED, Outcome.UPHELD)


@dataclass(frozen=True, slots=True)
class Covered:
    """One requirement, its scenarios in this run, and the worst that became of them."""

    requirement: Requirement
    scenarios: tuple[ScenarioResult, ...]

    @property
    def outcome(self) -> Outcome:
        """Broken by one scenario is broken; rehearsed by some and not by others is not wholly rehearsed."""
        outcomes = {one.outcome for one in self.scenarios}
        return next((one for one in _GRAVITY if one in outcomes), Outcome.NOT_REHEARSED)


def coverage(verdict: Verdict) -> list[Covered]:
    """Give every requirement of the registry in the order of the documents."""
    by_id: dict[str, list[ScenarioResult]] = {name: [] for name in REQUIREMENTS}
    for scenario in verdict.scenarios:
        for name in scenario.rehearses:
            by_id.setdefault(name, []).append(scenario)
    return [Covered(one, tuple(by_id[name])) for name, one in REQUIREMENTS.items()]


def as_csv(covered: Sequence[Covered]) -> str:
    """Give a row for each requirement and scenario, also for a requirement without one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("requirement", "source", "text", "disputed", "outcome", "scenario", "scenario outcome"))
    for one in covered:
        asked = one.requirement
        row = (asked.id, asked.source, asked.text, asked.disputed or "", one.outcome)
        writer.writerows((*row, scenario.id, scenario.outcome) for scenario in one.scenarios)
        if not one.scenarios:
            writer.writerow((*row, "", ""))
    return text.getvalue()


def as_html(covered: Sequence[Covered]) -> str:
    """Give the section: what each document asks, and what was found."""
    parts = [told(_counted(covered))]
    for source in dict.fromkeys(one.requirement.source for one in covered):
        rows = [
            (
                badge(one.outcome),
                f"{escape(one.requirement.text)}<br><code>{escape(one.requirement.id)}</code>"
                + (f"<br>Disputed: {escape(one.requirement.disputed)}" if one.requirement.disputed else ""),
                "<br>".join(f"{badge(it.outcome)} {escape(it.title)}" for it in one.scenarios) or "no scenario",
            )
            for one in covered
            if one.requirement.source == source
        ]
        parts.append(f"<h3>{escape(source)}</h3>{table(('outcome', 'what is asked', 'scenarios'), rows)}")
    left_out = [(f"<code>{escape(name)}</code>", escape(why)) for name, why in EXCLUSIONS.items()]
    parts.append(f"<h3>What no scenario can rehearse</h3>{table(('', 'why'), left_out)}")
    return section("Coverage of the documents", *parts, anchor="coverage")


def _counted(covered: Sequence[Covered]) -> str:
    counts = {outcome: sum(one.outcome is outcome for one in covered) for outcome in Outcome}
    told_of = ", ".join(f"{number} {outcome}" for outcome, number in counts.items() if number)
    return f"{len(covered)} requirements: {told_of}."
