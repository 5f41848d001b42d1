"""How a rehearsing run performs a scenario: it opens the rehearsal, runs the body, and turns the judges' words into a result.

Judged in a wrapper around the call, also when the body failed: a violation then *fails* the scenario, where a teardown would
report *passed and error*, and an assertion of the body cannot hide it.
"""

from __future__ import annotations

from asyncio import CancelledError
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gladi.judge.story import tell, timeline
from gladi.play.faults import SystemFault, UnseenClientError
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.play.scenario import of
from gladi.record.journal import Finding
from gladi.record.redact import clean_text
from gladi.record.wire import Response
from gladi.record.words import Face, Level, Target
from gladi.reports.acts import Performed
from gladi.session.cells import case_of, cell_of, file_name
from gladi.session.raised import Raised, beside, is_ours, raised_in, theirs
from gladi.session.results import disputed, is_kept, judged, keep, not_rehearsed, unjudged
from gladi.session.unplayed import cannot_begin, why_unplayed

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from gladi.judge.verdict import ScenarioResult
    from gladi.play.adapter import Adapter
    from gladi.play.scenario import Scenario
    from gladi.record.wire import Request
    from gladi.reports.allure import Recorder
    from gladi.sandbox.merge import InFlight
    from gladi.session.options import Options

__all__ = ["Performing"]

_REHEARSAL = pytest.StashKey[Rehearsal]()


class Performing:
    """The hooks around one scenario."""

    def __init__(self, options: Options, adapter: Adapter, *, journals: Path) -> None:
        """Perform with these options and this system; each scenario's journal is written into the folder `journals`."""
        self.options = options
        self.journals = journals
        self.adapter = adapter
        self.recorder: Recorder | None = None
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
            keep(item, not_rehearsed(scenario, why, cell=cell_of(item, scenario, self.options)))
            pytest.skip(why)
        if unfit := cannot_begin(scenario, self.options):
            keep(item, not_rehearsed(scenario, unfit, cell=cell_of(item, scenario, self.options)))
            pytest.skip(unfit)
        settings = replace(self.options.settings, in_flight=cell_of(item, scenario, self.options))
        rehearsal = Rehearsal(
            Plan(
                adapter=self.adapter,
                settings=settings,
                storage=storage,
                face=self.options.face,
                seed=self.options.seed,
                server=self._served(),
                begins=scenario.begins,
                shops=scenario.shops,
                without_grant=scenario.without_grant,
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
        except pytest.xfail.Exception:
            raise
        except pytest.fail.Exception as ended:
            error = AssertionError(ended.msg).with_traceback(ended.__traceback__)
        except (Exception, SystemExit, CancelledError) as ended:  # noqa: BLE001 - told apart below
            error = ended
        cell = cell_of(pyfuncitem, scenario, self.options)
        closing = self._closing(scenario, cell)
        stories = self._stories(rehearsal, closing)
        unplayed = why_unplayed(rehearsal, error, self.options)
        if unplayed and stories:
            error, unplayed = None, ""  # what was broken stays broken, however the play ended
        warned = not unplayed and self._warns(scenario, rehearsal, error, stories)
        result = (
            not_rehearsed(scenario, unplayed, cell=cell)
            if unplayed
            else judged(scenario, rehearsal, error, stories, cell=cell, warned=warned, strict=self.options.strict)
        )
        keep(pyfuncitem, result)
        self._writes_journal(file_name(scenario, cell), rehearsal)
        raised = raised_in(error, scenario)
        self._records(
            pyfuncitem, rehearsal, result, error, stories, raised="" if raised is None else raised.tell(rehearsal, closing, source=False)
        )
        if unplayed:
            pytest.skip(unplayed)
        told = "" if raised is None else raised.tell(rehearsal, closing)
        if raised is not None and _wants_traceback(pyfuncitem.config):
            pyfuncitem.add_report_section("call", "rehearsal", "\n\n".join((told, *stories)))
        else:
            _fails_by(stories, error, raised, told)
        if error is not None and not warned:
            if isinstance(error, AssertionError):
                pyfuncitem.add_report_section("call", "rehearsal", self._told_plainly(scenario, rehearsal, closing))
            __tracebackhide__ = True  # only here: pytest says so where it hides a frame
            raise error.with_traceback(theirs(error))
        return answer

    def _warns(self, scenario: Scenario, rehearsal: Rehearsal, error: BaseException | None, stories: list[str]) -> bool:
        """Note an assertion that failed on what is disputed as a warning; under --rehearse-strict, or beside a breach, it fails."""
        if not isinstance(error, AssertionError) or scenario.disputed is None or stories or self.options.strict:
            return False
        rehearsal.journal.finding(Level.WARNING, "disputed", disputed(scenario, error))
        return True

    def _closing(self, scenario: Scenario, cell: InFlight) -> tuple[str, ...]:
        """Give the last lines of every story: the cell, where the scenario names one or more, the switches, and what to type next."""
        switched = (f"Assumed in this run: {self.options.switched}.",) if self.options.assumed else ()
        if len(scenario.cells) > 1:
            said = f"In flight: {cell}, one of {len(scenario.cells)} cells in which this scenario is played."
            return (said, *switched, f"Run it again: {self.options.command_in(cell)} -k {scenario.id}")
        fixed = () if scenario.in_flight is None else (f"In flight: {cell}, which this scenario fixes.",)
        return (*fixed, *switched, f"Run it again: {self.options.command} -k {scenario.id}")

    def _stories(self, rehearsal: Rehearsal, closing: tuple[str, ...]) -> list[str]:
        """Tell every violation, and under --rehearse-strict every warning too."""
        stories = [
            tell(rehearsal.journal, violation, rule=one.invariant.title(), source=one.invariant.source.place, closing=closing)
            for one in rehearsal.judgements
            for violation in one.violations
            if violation.level is Level.VIOLATION or self.options.strict
        ]
        if self.options.strict:
            stories += [self._warned(rehearsal, entry, closing) for entry in rehearsal.journal.entries if isinstance(entry, Finding)]
            stories = [story for story in stories if story]
        return stories

    def _warned(self, rehearsal: Rehearsal, finding: Finding, closing: tuple[str, ...]) -> str:
        if finding.level is not Level.WARNING:
            return ""
        lines = timeline(rehearsal.journal, marked=(finding.n,))
        return "\n".join((finding.text, "", *lines, "", "Under --rehearse-strict a warning fails.", *closing))

    def _told_plainly(self, scenario: Scenario, rehearsal: Rehearsal, closing: tuple[str, ...]) -> str:
        """Tell what happened in a scenario whose own assertion failed though no invariant was broken."""
        asked = [f"Rehearses: {one.text} ({one.source})" for one in scenario.rehearses]
        return "\n".join((f"{scenario.title}.", "", *timeline(rehearsal.journal), "", *asked, *closing))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Keep a result also for a scenario that never came to be judged, because it was skipped or could not begin."""
        scenario = of(getattr(item, "function", None))
        if scenario is not None and call.excinfo is not None and call.when != "teardown" and not is_kept(item):
            keep(item, unjudged(scenario, call.excinfo.value, cell=cell_of(item, scenario, self.options)))

    def _writes_journal(self, name: str, rehearsal: Rehearsal) -> None:
        self.journals.mkdir(parents=True, exist_ok=True)
        (self.journals / f"{name}.jsonl").write_bytes(bytes(rehearsal.journal))

    def describes(self, item: pytest.Item) -> Performed | None:
        """Tell of an item, for reports, what is known before it is performed."""
        scenario = of(getattr(item, "function", None))
        if scenario is None:
            return None
        return Performed(
            id=scenario.id,
            title=scenario.title,
            story=scenario.story,
            phase=scenario.phase,
            platform=scenario.where,
            process=scenario.process,
            begins=scenario.begins,
            requirements=scenario.rehearses,
            mode=Target.SANDBOX,
            cell=str(cell_of(item, scenario, self.options)),
            cells=len(scenario.cells),
            face=self.options.face,
            seed=self.options.seed,
            assumed=self.options.assumed,
            case=case_of(item),
        )

    def _records(  # noqa: PLR0913 - all that a report may tell
        self,
        item: pytest.Item,
        rehearsal: Rehearsal,
        result: ScenarioResult,
        error: BaseException | None,
        stories: list[str],
        *,
        raised: str,
    ) -> None:
        described = self.describes(item)
        if self.recorder is not None and described is not None:
            self.recorder.notes(
                item,
                replace(
                    described,
                    outcome=result.outcome,
                    stories=tuple(stories),
                    error=error,
                    raised=raised,
                    journal=rehearsal.journal,
                    body=(rehearsal.body_began, rehearsal.body_ended),
                    judgements=rehearsal.judgements,
                    strict=self.options.strict,
                    identities=rehearsal.identities,
                    assumptions=result.assumptions,
                ),
            )


def _wants_traceback(config: pytest.Config) -> bool:
    """Tell whether the real traceback was asked for, by --pdb, --full-trace or a --tb that shows one."""
    wanted = config.option.tbstyle in {"long", "short", "native"}
    return bool(wanted or config.option.fulltrace or config.option.usepdb)


def _fails_by(stories: list[str], error: BaseException | None, raised: Raised | None, told: str) -> None:
    """Fail by what the judges or the harness have to tell; an assertion of the scenario's own is raised where it stands."""
    if raised is not None and (is_ours(raised.error) or not stories):
        pytest.fail("\n\n".join((told, *stories)), pytrace=False)
    if stories and not (error is not None and is_ours(error)):
        pytest.fail("\n\n".join((*stories, *((beside(error, raised),) if error is not None else ()))), pytrace=False)
    if isinstance(error, SystemFault | UnseenClientError):
        pytest.fail(clean_text(str(error)), pytrace=False)


def _nothing(request: Request) -> Response:
    return Response(503, (), f"no scenario is being rehearsed; {request.path} was asked for in between".encode())
