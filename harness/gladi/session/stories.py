"""The stories of one performance: what was broken in it, what warned where warnings fail, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.story import tell, timeline
from gladi.record.journal import Finding
from gladi.record.words import Level

if TYPE_CHECKING:
    from gladi.play.rehearsal import Rehearsal
    from gladi.play.scenario import Scenario
    from gladi.sandbox.merge import InFlight
    from gladi.session.options import Options

__all__ = ["closing", "stories", "told_plainly"]

_TOLD = 3
"""Of one kind so many are told whole; a system that errs at every tick would otherwise fill the screen with one mistake."""


def closing(options: Options, scenario: Scenario, cell: InFlight) -> tuple[str, ...]:
    """Give the last lines of every story: the cell, where the scenario names one or more, the switches, and what to type next."""
    switched = (f"Assumed in this run: {options.switched}.",) if options.assumed else ()
    if len(scenario.cells) > 1:
        said = f"In flight: {cell}, one of {len(scenario.cells)} cells in which this scenario is played."
        return (said, *switched, f"Run it again: {options.command_in(cell)} -k {scenario.id}")
    fixed = () if scenario.in_flight is None else (f"In flight: {cell}, which this scenario fixes.",)
    return (*fixed, *switched, f"Run it again: {options.command} -k {scenario.id}")


def stories(rehearsal: Rehearsal, last: tuple[str, ...], *, strict: bool) -> list[str]:
    """Tell every violation, and under --rehearse-strict every warning too; of many of one kind the first, and how many more there are."""
    told: list[str] = []
    for one in rehearsal.judgements:
        failing = [violation for violation in one.violations if violation.level is Level.VIOLATION or strict]
        rule, source = one.invariant.title(), one.invariant.source.place
        told += _first([tell(rehearsal.journal, it, rule=rule, source=source, closing=last) for it in failing[:_TOLD]], len(failing))
    if strict:
        warned: dict[str, list[Finding]] = {}
        for entry in rehearsal.journal.entries:
            if isinstance(entry, Finding) and entry.level is Level.WARNING:
                warned.setdefault(entry.about, []).append(entry)
        for findings in warned.values():
            told += _first([_warned(rehearsal, finding, last) for finding in findings[:_TOLD]], len(findings))
    return told


def _first(told: list[str], of: int) -> list[str]:
    """Say behind the first line of the last story how many more there are like it."""
    if of <= len(told):
        return told
    sentence, _, rest = told[-1].partition("\n")
    return [*told[:-1], f"{sentence} (and {of - len(told)} more like it)\n{rest}"]


def _warned(rehearsal: Rehearsal, finding: Finding, last: tuple[str, ...]) -> str:
    lines = timeline(rehearsal.journal, marked=(finding.n,))
    return "\n".join((finding.text, "", *lines, "", "Under --rehearse-strict a warning fails.", *last))


def told_plainly(scenario: Scenario, rehearsal: Rehearsal, last: tuple[str, ...]) -> str:
    """Tell what happened in a scenario whose own assertion failed though no invariant was broken."""
    asked = [f"Rehearses: {one.text} ({one.source})" for one in scenario.rehearses]
    return "\n".join((f"{scenario.title}.", "", *timeline(rehearsal.journal), "", *asked, *last))
