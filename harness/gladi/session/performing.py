"""How a rehearsing run performs a scenario: it opens the rehearsal, runs the body, and turns the judges' words into a result.

Judged in a wrapper around the call, also when the body failed: a violation then *fails* the scenario, where a teardown would
report *passed and error*, and an assertion of the body cannot hide it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

import gladi
from gladi.judge.bench import Outcome
from gladi.judge.story import kind_of, tell
from gladi.judge.verdict import InvariantResult, Notice, ScenarioResult
from gladi.play.rehearsal import Plan, Rehearsal, RehearsalError
from gladi.play.scenario import Scenario, of
from gladi.play.standing import HarnessFault
from gladi.record.clock import ClockError
from gladi.record.journal import Call, Fact, Finding
from gladi.record.redact import clean_text
from gladi.record.wire import Response
from gladi.record.words import Face, Level
from gladi.sandbox.leniency import LENIENCIES

if TYPE_CHECKING:
    from collections.abc import Generator

    from gladi.play.adapter import Adapter
    from gladi.record.wire import Request
    from gladi.session.options import Options

__all__ = ["RESULT", "Performing", "result_of"]

RESULT = "gladi"
"""The name of the user property that carries a result from worker to controller, and into JUnit's properties."""

_HOUSE = Path(gladi.__file__).parent
_REHEARSAL = pytest.StashKey[Rehearsal]()


class Performing:
    """The hooks around one scenario."""

    def __init__(self, options: Options, adapter: Adapter) -> None:
        """Perform with these options and this system."""
        self.options = options
        self.adapter = adapter
        self._server: Any = None

    def opens(self, item: pytest.Item, storage: Path) -> Rehearsal:
        """Open the rehearsal of an item, for the fixture; skip it as *not rehearsed* where the system lacks a capability."""
        scenario = of(getattr(item, "function", None))
        if scenario is None:
            raise pytest.UsageError(
                f"{item.name} asks for the fixture `rehearsal` and is no scenario; decorate it with @gladi.scenario(...)"
            )
        missing = scenario.missing(self.adapter.capabilities)
        if missing:
            why = f"not rehearsed: {self.adapter.name} does not declare {', '.join(missing)}"
            _keep(item, _result(scenario, Outcome.NOT_REHEARSED, why))
            pytest.skip(why)
        settings = self.options.settings
        if scenario.in_flight is not None:
            settings = replace(settings, in_flight=scenario.in_flight)
        rehearsal = Rehearsal(
            Plan(
                adapter=self.adapter,
                settings=settings,
                storage=storage,
                face=self.options.face,
                seed=self.options.seed,
                server=self._served(),
                begins=scenario.begins,
            )
        )
        item.stash[_REHEARSAL] = rehearsal
        return rehearsal

    def _served(self) -> Any:  # noqa: ANN401 - the server, or None in process
        if self.options.face is not Face.SERVED:
            return None
        if self._server is None:
            from gladi.faces.server import Served  # noqa: PLC0415 - it brings uvicorn

            self._server = Served(_nothing, now=lambda: 0)
            self._server.__enter__()
        return self._server

    def pytest_sessionfinish(self) -> None:
        """Close the server, which stood for the whole session."""
        if self._server is not None:
            self._server.__exit__(None, None, None)
            self._server = None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        """Run the body, then let the judges speak."""
        scenario = of(pyfuncitem.function)
        rehearsal = pyfuncitem.stash.get(_REHEARSAL, None)
        if scenario is None or rehearsal is None:
            return (yield)
        error: BaseException | None = None
        answer: object = None
        try:
            answer = yield
        except Exception as raised:  # noqa: BLE001 - told apart below
            error = raised
        again = f"{self.options.command} -k {scenario.id}"
        stories = [
            tell(rehearsal.journal, violation, rule=one.invariant.title(), source=one.invariant.source.place, again=again)
            for one in rehearsal.judgements
            for violation in one.violations
            if violation.level is Level.VIOLATION or self.options.strict
        ]
        result = self._judged(scenario, rehearsal, error, stories)
        _keep(pyfuncitem, result)
        if stories:
            if error is not None:
                stories.append(f"The scenario's own assertion failed too:\n{clean_text(_first_line(error))}")
            pytest.fail("\n\n".join(stories), pytrace=False)
        if error is not None:
            raise error
        return answer

    def _judged(self, scenario: Scenario, rehearsal: Rehearsal, error: BaseException | None, stories: list[str]) -> ScenarioResult:
        invariants = tuple(
            InvariantResult(
                id=one.invariant.id,
                outcome=one.outcome,
                chances=one.chances,
                fails=one.fails or (self.options.strict and bool(one.violations)),
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
        outcome, why = Outcome.UPHELD, ""
        if stories:
            outcome, why = Outcome.BROKEN, stories[0].partition("\n")[0]
        elif error is not None:
            outcome = Outcome.FAULT if _is_ours(error) else Outcome.BROKEN
            why = clean_text(_first_line(error))
        ids = tuple(
            {"shop": shop, "field": row.field, "verdict": "agree" if row.agrees else "disagree", "why": row.why}
            for shop, identity in rehearsal.identities.items()
            for row in identity.rows
        )
        return _result(
            scenario,
            outcome,
            why,
            asserted=not isinstance(error, AssertionError),
            raised="" if error is None or isinstance(error, AssertionError) else type(error).__name__,
            invariants=invariants,
            findings=tuple(findings),
            assumptions=tuple(sorted(assumptions)),
            ids=ids,
        )


def _result(scenario: Scenario, outcome: Outcome, why: str = "", **more: Any) -> ScenarioResult:  # noqa: ANN401 - the struct's own fields
    return ScenarioResult(
        id=scenario.id,
        title=scenario.title,
        phase=scenario.phase,
        platform=scenario.where,
        process=scenario.process,
        rehearses=tuple(one.id for one in scenario.rehearses),
        outcome=outcome,
        why=why,
        **more,
    )


def _nothing(request: Request) -> Response:
    return Response(503, (), f"no scenario is being rehearsed; {request.path} was asked for in between".encode())


def not_rehearsed(scenario: Scenario, why: str) -> ScenarioResult:
    """Say of a scenario that it was not rehearsed."""
    return _result(scenario, Outcome.NOT_REHEARSED, why)


def _keep(item: pytest.Item, result: ScenarioResult) -> None:
    item.user_properties.append((RESULT, msgspec.json.encode(result).decode()))


def result_of(report: pytest.TestReport) -> ScenarioResult | None:
    """Read the result that a report carries, the last one where it was rerun."""
    found = [value for name, value in report.user_properties if name == RESULT and isinstance(value, str)]
    return msgspec.json.decode(found[-1], type=ScenarioResult) if found else None


def _first_line(error: BaseException) -> str:
    text = str(error).strip().partition("\n")[0]
    return text if isinstance(error, AssertionError) and text else f"{type(error).__name__}: {text}"


def _is_ours(error: BaseException) -> bool:
    """Tell a fault of the harness from one of the system: by the family of the error, else by where it was raised."""
    if isinstance(error, AssertionError):
        return False
    if isinstance(error, RehearsalError | ClockError | HarnessFault):
        return True
    frame = error.__traceback__
    last = ""
    while frame is not None:
        last = frame.tb_frame.f_code.co_filename
        frame = frame.tb_next
    return Path(last).is_relative_to(_HOUSE)
