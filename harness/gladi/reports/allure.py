"""Allure results of a rehearsal: written by a recorder of our own, which takes the place of Allure's listener for the run.

1. Only the thread that runs the scenarios writes; nothing is attached while a scenario is played.
2. Ids come from the scenario's own name: the same in every checkout, virtual environment and version of Python.
3. What speaks against the system is *failed*, what speaks against the harness is *broken*; the two never mix.
4. A scenario writes at most five files.
"""

from __future__ import annotations

from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from gladi.judge.bench import Outcome
from gladi.record.redact import clean_text
from gladi.reports import exchanges
from gladi.reports.acts import acts, evidence
from gladi.reports.again import curl
from gladi.reports.filing import description, labels, links
from gladi.reports.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from gladi.reports.acts import Performed

__all__ = ["Recorder"]

_STATUS = {Outcome.UPHELD: "passed", Outcome.BROKEN: "failed", Outcome.NOT_REHEARSED: "skipped", Outcome.FAULT: "broken"}
_ATTACHMENTS = 4
"""With the result itself five files, the most that performance.md P4 allows."""

_RUNNERS = frozenset(("_pytest", "pluggy", "asyncio"))


class Recorder:
    """The hooks that write one result a scenario, in the process that performs it."""

    def __init__(self, describes: Callable[[pytest.Item], Performed | None]) -> None:
        """Record; `describes` tells of a scenario that was not performed what is known of it all the same."""
        self._describes = describes
        self._notes: dict[str, Performed] = {}
        self._reports: dict[str, list[tuple[pytest.TestReport, BaseException | None]]] = {}
        self._aside: Any = None
        self._patterns: dict[str, str] = {}

    def notes(self, item: pytest.Item, performed: Performed) -> None:
        """Take note of how an item was performed, until its result is written."""
        self._notes[item.nodeid] = performed

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Set Allure's own listener aside: it would add fixtures, paths, host names and unredacted output."""
        import allure_commons  # noqa: PLC0415 - only a run that reports to Allure pays

        self._patterns = dict(session.config.getoption("allure_link_pattern", default=()) or ())
        self._aside = session.config.pluginmanager.get_plugin("allure_listener")
        if self._aside is not None:
            session.config.pluginmanager.unregister(self._aside)
            allure_commons.plugin_manager.unregister(self._aside)

    def pytest_unconfigure(self) -> None:
        """Put the listener back where Allure looks for it when it clears up."""
        import allure_commons  # noqa: PLC0415 - as above

        if self._aside is not None:
            allure_commons.plugin_manager.register(self._aside)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Give scenarios their labels as marks, by which Allure's test plan and `--allure-label` select."""
        for item in items:
            performed = self._describes(item)
            for name, value in labels(performed) if performed else ():
                item.add_marker(pytest.mark.allure_label(value, label_type=name))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the reports of an item; behind the last one write its result."""
        report = yield
        reports = self._reports.setdefault(item.nodeid, [])
        reports.append((report, call.excinfo.value if call.excinfo else None))
        if report.when == "teardown":
            performed = self._notes.pop(item.nodeid, None) or self._describes(item)
            del self._reports[item.nodeid]
            if performed is not None:
                _write(performed, reports, patterns=self._patterns)
        return report


def _write(performed: Performed, reports: list[tuple[pytest.TestReport, BaseException | None]], *, patterns: Mapping[str, str]) -> None:
    from allure_commons import model2, plugin_manager  # noqa: PLC0415 - only a run that reports to Allure pays

    model: Any = model2
    full_name = f"gladi#{performed.id}"
    # Whatever enters here tells two results apart; the seed and the face do not.
    telling = {"mode": performed.mode, "in flight": performed.cell} | ({"case": performed.case} if performed.case else {})
    status, message, trace = _verdict(performed, reports)
    result = model.TestResult(
        uuid=str(uuid4()),
        name=performed.name,
        fullName=full_name,
        testCaseId=_digest(full_name),
        historyId=_digest(full_name, *(f"{name}={value}" for name, value in sorted(telling.items()))),
        status=status,
        statusDetails=model.StatusDetails(message=clean_text(message), trace=clean_text(trace)) if message else None,
        description=description(performed),
        labels=[model.Label(name=name, value=value) for name, value in labels(performed)],
        links=[model.Link(type=kind, url=url, name=name) for kind, url, name in links(performed, patterns)],
        parameters=[
            *(model.Parameter(name=name, value=value) for name, value in telling.items()),
            *(
                model.Parameter(name=name, value=str(value), excluded=True)
                for name, value in (("face", performed.face), ("seed", performed.seed))
            ),
        ],
        start=round(reports[0][0].start * 1000),
        stop=round(reports[-1][0].stop * 1000),
    )
    result.titlePath = [performed.phase.label, performed.platform, performed.process]

    def attach(to: Any, name: str, body: str | bytes, kind: str, extension: str) -> None:  # noqa: ANN401 - the model is untyped
        source = f"{uuid4()}-attachment.{extension}"
        plugin_manager.hook.report_attached_data(body=body, file_name=source)
        to.attachments.append(model.Attachment(name=name, source=source, type=kind))

    papers = list(_papers(performed))
    for paper in papers:
        attach(result, *paper)
    drawn: set[int] = set()
    room = _ATTACHMENTS - len(papers)
    if performed.journal is not None and status in ("failed", "broken") and room > 0:
        drawn.update(call.n for call in exchanges.called(performed.journal, evidence(performed), last=room))
    for act in acts(performed):
        above = model.TestStepResult(name=act.title, status=_STATUS[act.outcome], start=act.began, stop=act.ended)
        result.steps.append(above)
        for line in act.lines:
            step = model.TestStepResult(name=line.text, status=_STATUS[line.outcome], start=line.at, stop=line.at)
            above.steps.append(step)
            if line.entry in drawn and performed.journal is not None and (exchange := performed.journal.exchange(line.entry)):
                attach(step, line.text, exchanges.one(exchange), exchanges.EXCHANGE_TYPE, "httpexchange")
                # A step of its own: Allure 3 shows a step whose only content is an attachment of its name as that attachment alone.
                again = f"make it again: {curl(exchange.request)}"
                step.steps.append(model.TestStepResult(name=again, status="passed", start=line.at, stop=line.at))
    plugin_manager.hook.report_result(result=result)


def _papers(performed: Performed) -> Iterable[tuple[str, str | bytes, str, str]]:
    """Give what hangs on the result itself: name, body, media type, extension."""
    if performed.journal is None:
        return
    if performed.scenario:
        yield "the play as a scenario", performed.scenario, "text/plain", "py"
    yield "timeline", timeline(performed), "text/html", "html"
    if calls := exchanges.every(performed.journal, brief=performed.outcome is Outcome.UPHELD):
        yield "HTTP exchanges", calls, "text/plain", "jsonl"
    compared = {shop: identity for shop, identity in performed.identities.items() if identity.rows}
    if compared:
        tables = "".join(f"<p>{shop}</p>{identity.html()}" for shop, identity in compared.items())
        yield "ids", clean_text(tables), "text/html", "html"
        # Of ids that agree the table says enough, when the room is wanted for the exchange that broke something else.
        if performed.outcome in (None, Outcome.UPHELD) or not all(identity.agree for identity in compared.values()):
            rows = (f'"{shop}",{row}\n' for shop, identity in compared.items() for row in identity.csv().splitlines())
            yield "ids as CSV", clean_text("".join(rows)), "text/csv", "csv"


def _verdict(performed: Performed, reports: list[tuple[pytest.TestReport, BaseException | None]]) -> tuple[str, str, str]:
    """Give status, message and trace."""
    for report, error in reports:
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
            return "skipped", reason.removeprefix("Skipped: "), ""
        if report.failed and report.when != "call":
            # Set-up and tear-down are ours: what fails there is no breach of the system's.
            return "broken", f"the {report.when} failed: {_first(_named(error))}", _traced(error)
        if report.failed and (stories := (*performed.stories, *((performed.raised,) if performed.raised else ()))):
            words = () if performed.raised else _own_words(performed)
            return _STATUS[performed.outcome or Outcome.BROKEN], _first(stories[0]), "\n\n".join((*stories, *words))
        if report.failed:
            at_fault = "failed" if isinstance(error, AssertionError | pytest.fail.Exception) else "broken"
            status = _STATUS[performed.outcome] if performed.outcome is not None else at_fault
            return status, _first(_named(error)), _traced(error)
    return "passed", "", ""


def _first(text: str) -> str:
    return text.partition("\n")[0]


def _own_words(performed: Performed) -> tuple[str, ...]:
    return (f"The scenario itself failed too:\n{_traced(performed.error)}",) if performed.error is not None else ()


def _named(error: BaseException | None) -> str:
    text = str(error).strip()
    return text if isinstance(error, AssertionError | pytest.fail.Exception) and text else f"{type(error).__name__}: {text}"


def _traced(error: BaseException | None) -> str:
    """Give an error's text and where it was raised, by file and function alone: source, arguments and whole paths may tell too much."""
    lines: list[str] = []
    at = error.__traceback__ if error is not None else None
    while at is not None:
        code, file = at.tb_frame.f_code, Path(at.tb_frame.f_code.co_filename)
        if _RUNNERS.isdisjoint(file.parts):
            lines.append(f"  {'/'.join(file.parts[-2:])}:{at.tb_lineno} in {code.co_name}")
        at = at.tb_next
    # How an assertion was reached is our own doing and explains nothing.
    return "\n".join((_named(error), *(lines[-1:] if isinstance(error, AssertionError) else lines)))


def _digest(*parts: str) -> str:
    return md5("\n".join(parts).encode(), usedforsecurity=False).hexdigest()
