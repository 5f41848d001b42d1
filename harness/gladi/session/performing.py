"""How a rehearsing run performs a scenario: it opens the rehearsal, runs the body, and turns the judges' words into a result.

Judged in a wrapper around the call, also when the body failed: a violation then *fails* the scenario, where a teardown would
report *passed and error*, and an assertion of the body cannot hide it.
"""

from __future__ import annotations

from asyncio import CancelledError
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from gladi.play.faults import HarnessFault, SystemFault, UnseenClientError
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.play.scenario import of
from gladi.record.redact import clean_text
from gladi.record.wire import Response
from gladi.record.words import Face, Level, Target
from gladi.reports.acts import Performed
from gladi.session.cells import case_of, cell_of, file_name
from gladi.session.raised import Raised, beside, is_ours, raised_in, theirs
from gladi.session.replaying import UnreplayedError, missed, replayed, retraced, unmade
from gladi.session.results import disputed, is_kept, judged, keep, not_rehearsed, unjudged
from gladi.session.stories import closing, stories, told_plainly
from gladi.session.unplayed import cannot_begin, why_unplayed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from gladi.judge.verdict import ScenarioResult
    from gladi.play.adapter import Adapter
    from gladi.play.scenario import Scenario
    from gladi.record.journal import Journal
    from gladi.record.wire import Answers, Request
    from gladi.reports.allure import Recorder
    from gladi.sandbox.merge import InFlight
    from gladi.session.options import Options
    from gladi.session.recordings import Recordings

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
        self.recordings: Recordings | None = None
        self.makes: Callable[[Plan], Rehearsal] = Rehearsal
        """Makes the rehearsal of a plan; on the live target one that stands on the platforms."""
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
        cell = cell_of(item, scenario, self.options)
        settings = replace(self.options.settings, in_flight=cell)
        try:
            answered_by = self._answered_by(item, scenario, cell, lambda: rehearsal.journal)
        except UnreplayedError as unreplayed:
            keep(item, not_rehearsed(scenario, str(unreplayed), cell=cell))
            pytest.skip(str(unreplayed))
        rehearsal = (retraced(item) or self.makes)(
            Plan(
                adapter=self.adapter,
                settings=settings,
                storage=storage,
                face=self.options.face,
                seed=self.options.seed,
                server=self.served(),
                begins=scenario.begins,
                trouble=self.options.trouble,
                shops=scenario.shops,
                without_grant=scenario.without_grant,
                solely_on_shop=scenario.solely_on_shop,
                new_here=scenario.new_here,
                target=self.options.target,
                answered_by=answered_by,
            )
        )
        item.stash[_REHEARSAL] = rehearsal
        return rehearsal

    def _answered_by(
        self, item: pytest.Item, scenario: Scenario, cell: InFlight, journal: Callable[[], Journal]
    ) -> Callable[[Answers], Answers]:
        """Give what makes, of the model, the platform that answers on the target of this run."""
        if self.options.target is not Target.RECORDED:
            return lambda model: model
        return replayed(item, scenario, cell, self.options, journal)

    def served(self) -> Any:  # noqa: ANN401 - the server, or None in process
        """Give the server of the session, which begins with the first who asks; None in process."""
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
        last = closing(self.options, scenario, cell)
        miss = missed(pyfuncitem, rehearsal)
        told = stories(rehearsal, last, strict=self.options.strict)
        error, told, unplayed = self._weighs(rehearsal, error, told, miss)
        if error is None and not told:
            unplayed = unplayed or unmade(pyfuncitem)
        warned = not unplayed and self._warns(scenario, rehearsal, error, told)
        result = (
            not_rehearsed(scenario, unplayed, cell=cell)
            if unplayed
            else judged(scenario, rehearsal, error, told, cell=cell, warned=warned, strict=self.options.strict)
        )
        journal = self._leaves_a_journal(rehearsal, f"{file_name(scenario, cell)}.jsonl")
        keep(pyfuncitem, structs.replace(result, journals=(journal,)))
        self._leaves_a_recording(pyfuncitem, rehearsal, unplayed)
        raised = raised_in(error, scenario)
        passed_on = "" if raised is None else raised.tell(rehearsal, last, source=False)
        self._records(pyfuncitem, rehearsal, result, error, told, raised=passed_on)
        if unplayed:
            pytest.skip(unplayed)
        if raised is None:
            _fails_by(told, error)
        else:
            _fails_by_what_was_raised(pyfuncitem, raised, raised.tell(rehearsal, last), raised.brief(rehearsal), told)
        if error is not None and not warned:
            if isinstance(error, AssertionError):
                pyfuncitem.add_report_section("call", "rehearsal", told_plainly(scenario, rehearsal, last))
            __tracebackhide__ = True  # only here: pytest says so where it hides a frame
            raise error.with_traceback(theirs(error))
        return answer

    def _leaves_a_journal(self, rehearsal: Rehearsal, name: str) -> str:
        """Write a journal and give its digest with its name, as `sha256sum` does."""
        journal = bytes(rehearsal.journal)
        self.journals.mkdir(parents=True, exist_ok=True)
        (self.journals / name).write_bytes(journal)
        return f"{sha256(journal).hexdigest()}  {name}"

    def _leaves_a_recording(self, item: pytest.Function, rehearsal: Rehearsal, unplayed: str) -> None:
        """Write a recording of what was played to its end, where recordings were asked for."""
        scenario = of(item.function)
        if self.recordings is not None and scenario is not None and not unplayed:
            self.recordings.keeps(item, scenario, cell_of(item, scenario, self.options), rehearsal)

    def _weighs(
        self, rehearsal: Rehearsal, error: BaseException | None, told: list[str], miss: str
    ) -> tuple[BaseException | None, list[str], str]:
        """Give what counts of an error and the stories, and why nothing does where the play was none."""
        if miss and not isinstance(error, HarnessFault):
            return None, [], miss  # whose fault it is what broke behind a miss, nobody knows
        unplayed = why_unplayed(rehearsal, error, self.options)
        # What was broken stays broken, however the play ended.
        return (None, told, "") if unplayed and told else (error, told, unplayed)

    def _warns(self, scenario: Scenario, rehearsal: Rehearsal, error: BaseException | None, stories: list[str]) -> bool:
        """Note an assertion that failed on what is disputed as a warning; under --rehearse-strict, or beside a breach, it fails."""
        if not isinstance(error, AssertionError) or scenario.disputed is None or stories or self.options.strict:
            return False
        rehearsal.journal.finding(Level.WARNING, "disputed", disputed(scenario, error))
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Keep a result also for a scenario that never came to be judged, because it was skipped or could not begin."""
        scenario = of(getattr(item, "function", None))
        if scenario is not None and call.excinfo is not None and call.when != "teardown" and not is_kept(item):
            keep(item, unjudged(scenario, call.excinfo.value, cell=cell_of(item, scenario, self.options)))

    def describes(self, item: pytest.Item) -> Performed | None:
        """Tell of an item, for reports, what is known before it is performed."""
        if isinstance(searched := getattr(item, "performed", None), Performed):
            return searched  # a search, which is performed many times and described once
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
            mode=self.options.target,
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


def _fails_by_what_was_raised(item: pytest.Item, raised: Raised, story: str, brief: str, told: list[str]) -> None:
    """Fail by the story of an error, after those of the breaches; where the traceback was asked for, leave all of it beside that."""
    if _wants_traceback(item.config):
        item.add_report_section("call", "rehearsal", "\n\n".join((*told, story)))
    elif told and not is_ours(raised.error):
        pytest.fail("\n\n".join((*told, f"And {brief}")), pytrace=False)
    else:
        pytest.fail("\n\n".join((story, *told)), pytrace=False)


def _fails_by(told: list[str], error: BaseException | None) -> None:
    """Fail by what the judges or the harness have to tell; an assertion of the scenario's own is raised where it stands."""
    if told and not (error is not None and is_ours(error)):
        pytest.fail("\n\n".join((*told, *((beside(error),) if error is not None else ()))), pytrace=False)
    if isinstance(error, SystemFault | UnseenClientError):
        pytest.fail(clean_text(str(error)), pytrace=False)


def _nothing(request: Request) -> Response:
    return Response(503, (), f"no scenario is being rehearsed; {request.path} was asked for in between".encode())
