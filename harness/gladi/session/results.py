"""The result of a scenario: summed up where it was performed, carried with pytest's report, read where the run closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.judge.bench import Outcome
from gladi.judge.matrix import caught
from gladi.judge.story import kind_of
from gladi.judge.unimitated import not_imitated
from gladi.judge.verdict import InvariantResult, Notice, ScenarioResult
from gladi.play.faults import SystemFault, UnseenClientError
from gladi.record.journal import Call, Fact, Finding
from gladi.record.redact import clean_text
from gladi.record.words import Level
from gladi.sandbox.leniency import LENIENCIES
from gladi.session.junit import of_case
from gladi.session.raised import first_line, is_ours, raised_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.rehearsal import Rehearsal
    from gladi.play.scenario import Scenario
    from gladi.sandbox.merge import InFlight

__all__ = [
    "RESULT",
    "UNPLAYED",
    "UNRECORDED",
    "UNREPLAYED",
    "disputed",
    "is_kept",
    "judged",
    "keep",
    "not_rehearsed",
    "result_of",
    "unjudged",
]

RESULT = "gladi"
"""The name of the user property that carries a result from worker to controller, and into JUnit's properties."""

UNPLAYED = "not rehearsed under "
"""How the reason begins when it is the switches of the run that rule a scenario out."""

UNREPLAYED = "not rehearsed by replaying: "
"""How the reason begins when it is the recording of a scenario that rules it out: it is out of date, or was not of this."""

UNRECORDED = "not rehearsed: no recording; write it with pytest --rehearse --rehearse-record DIR -k SCENARIO"

_ONE_CELL = (
    "order {order} was in flight when the shops merged, and where it lived then nobody documents; "
    "write in_flight=EVERY_CELL to have this scenario played in every cell"
)


def judged(  # noqa: PLR0913 - what was performed, where, and how severely
    scenario: Scenario,
    rehearsal: Rehearsal,
    error: BaseException | None,
    stories: Sequence[str],
    *,
    cell: InFlight | None = None,
    warned: bool = False,
    strict: bool,
) -> ScenarioResult:
    """Sum up a scenario that was performed: what the judges say, and what its body raised, if anything.

    `warned` says that its own assertion failed on a disputed requirement, which is a warning and breaks nothing.
    """
    where = str(cell) if scenario.cells else ""
    invariants = tuple(
        InvariantResult(
            id=one.invariant.id,
            outcome=one.outcome,
            chances=one.chances,
            fails=one.fails or (strict and bool(one.violations)),
            cell=where,
        )
        for one in rehearsal.judgements
    )
    findings = [
        Notice(
            level=violation.level,
            about=violation.invariant,
            text=violation.text,
            evidence=tuple(kind_of(rehearsal.journal.entries[n - 1]) for n in violation.entries),
        )
        for one in rehearsal.judgements
        for violation in one.violations
    ]
    leniencies: set[str] = set()
    assumptions: set[str] = set()
    for entry in rehearsal.journal.entries:
        if isinstance(entry, Call):
            leniencies.update(entry.leniencies)
            assumptions.update(entry.assumes)
        elif isinstance(entry, Fact):
            assumptions.update(entry.assumes)
        elif isinstance(entry, Finding):
            findings.append(Notice(level=entry.level, about=entry.about, text=entry.text))
    findings += [Notice(level=Level.NOTE, about=one, text=f"accepted as a leniency: {LENIENCIES[one]}") for one in sorted(leniencies)]
    findings += not_imitated(rehearsal.journal.entries)
    if not scenario.cells and (orders := caught(rehearsal.journal.entries)):
        findings.append(Notice(level=Level.NOTE, about="in_flight", text=_ONE_CELL.format(order=orders[0])))
    outcome, why = Outcome.UPHELD, ""
    raised = raised_in(error, scenario)
    said = raised.sentence if raised is not None else "" if error is None else clean_text(first_line(error))
    if isinstance(error, AssertionError) and not isinstance(error, SystemFault | UnseenClientError):
        said = f"what its title says did not hold: {said}"
    if error is not None and is_ours(error):
        outcome, why = Outcome.FAULT, said
    elif stories:
        outcome, why = Outcome.BROKEN, stories[0].partition("\n")[0]
    elif error is not None and not warned:
        outcome, why = Outcome.BROKEN, said
    ids = tuple(
        {"shop": shop, "field": row.field, "verdict": "agree" if row.agrees else "disagree", "why": row.why}
        for shop, identity in rehearsal.identities.items()
        for row in identity.rows
    )
    return _result(
        scenario,
        outcome,
        why,
        cell=cell,
        asserted=not isinstance(error, AssertionError),
        raised="" if error is None or isinstance(error, AssertionError) else type(error).__name__,
        invariants=invariants,
        findings=tuple(findings),
        assumptions=tuple(sorted(assumptions)),
        ids=ids,
    )


def _result(
    scenario: Scenario,
    outcome: Outcome,
    why: str,
    *,
    cell: InFlight | None,
    **more: Any,  # noqa: ANN401 - the struct's own fields
) -> ScenarioResult:
    return ScenarioResult(
        id=scenario.id,
        title=scenario.title,
        phase=scenario.phase,
        platform=scenario.where,
        process=scenario.process,
        rehearses=tuple(one.id for one in scenario.rehearses),
        outcome=outcome,
        why=why,
        cells={str(one): outcome if one == cell else Outcome.NOT_REHEARSED for one in scenario.cells},
        **more,
    )


def not_rehearsed(scenario: Scenario, why: str, *, cell: InFlight | None = None) -> ScenarioResult:
    """Say of a scenario that it was not rehearsed, in one cell or in any."""
    return _result(scenario, Outcome.NOT_REHEARSED, why, cell=cell)


def unjudged(scenario: Scenario, raised: BaseException, *, cell: InFlight) -> ScenarioResult:
    """Say of a scenario that was skipped, or failed before it began, that it was not rehearsed, or could not be."""
    if isinstance(raised, pytest.skip.Exception | pytest.xfail.Exception):
        return not_rehearsed(scenario, clean_text(f"not rehearsed: {raised.msg}"), cell=cell)
    return _result(scenario, Outcome.FAULT, clean_text(first_line(raised)), cell=cell, raised=type(raised).__name__)


def disputed(scenario: Scenario, error: BaseException | None) -> str:
    """Say that a scenario's own assertion failed and why that only warns; the first line stands for what it asserted."""
    said = clean_text(first_line(error)) if error is not None else ""
    return f"the scenario's own assertion failed ({said}), and what it rehearses is disputed: {scenario.disputed}"


def keep(item: pytest.Item, result: ScenarioResult) -> None:
    """Lay a result on its item; pytest carries it to the controller with the report."""
    item.user_properties += [*of_case(result), (RESULT, msgspec.json.encode(result).decode())]


def is_kept(item: pytest.Item) -> bool:
    """Tell whether a result lies on an item."""
    return any(name == RESULT for name, _ in item.user_properties)


def result_of(report: pytest.TestReport) -> ScenarioResult | None:
    """Read the result that a report carries, the last one where it was rerun."""
    found = [value for name, value in report.user_properties if name == RESULT and isinstance(value, str)]
    return msgspec.json.decode(found[-1], type=ScenarioResult) if found else None
