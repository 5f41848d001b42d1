"""How a rehearsing run closes: it gathers results, writes the verdict, tells the terminal, and puts the exit status right."""

from __future__ import annotations

import inspect
import os
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.judge.bench import Outcome
from gladi.judge.matrix import together
from gladi.judge.verdict import Overall, ScenarioResult, SearchResult, Verdict, conclude, sum_up, write
from gladi.play.catalogue import catalogue, digest
from gladi.play.scenario import of
from gladi.record.checkout import checkout
from gladi.record.words import Target
from gladi.reports import terminal
from gladi.session.results import UNPLAYED, UNRECORDED, UNREPLAYED, not_rehearsed, result_of
from gladi.session.searched import SEARCH, left_out, searched_by
from gladi.session.spent import spent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.play.adapter import Adapter
    from gladi.play.scenario import Scenario
    from gladi.session.options import Options
    from gladi.session.spent import Spent

__all__ = ["HARNESS_FAULT", "NOTHING_REHEARSED", "Closing"]

NOTHING_REHEARSED = 11
HARNESS_FAULT = 12

_NOT_SELECTED = "not selected in this run"
_NOT_REACHED = "not reached before this run ended"


class Closing:
    """The hooks at the beginning and the end of a run; on an xdist worker nothing of this is registered."""

    def __init__(self, config: pytest.Config, options: Options, adapter: Adapter, spent: Spent) -> None:
        """Note the run as unfinished before anything is rehearsed."""
        self.options = options
        self.adapter = adapter
        self.spent = spent
        self.path: Path = config.rootpath / "reports" / "verdict.json"
        self.results: dict[str, dict[str, ScenarioResult]] = {}
        """By scenario, then by node: a scenario with parameters, or in several cells, is played more than once."""
        self.searched: SearchResult | None = None
        self.own: dict[str, Scenario] = {}
        self.selected: set[str] = set()
        self._is_search_selected = False
        self.faults: list[str] = []
        self.verdict: Verdict | None = None
        here = checkout(config.rootpath)
        self._commit = {"id": here.commit, "dirty": here.dirty}
        self._lies_in = _lies_in(adapter.kind, config.rootpath)
        self._collect_only = bool(config.option.collectonly)
        if not self._collect_only:
            # Yesterday's journals would be read beside today's verdict.
            for journal in (self.path.parent / "journals").glob("*.jsonl"):
                journal.unlink()
            write(self.path, self._verdict(Overall.UNFINISHED, (), None))

    def pytest_report_header(self) -> list[str]:
        """Say what is in force."""
        return [*terminal.header(self.options, self.adapter, len(catalogue())), *self.spent.lines]

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Take note of a scenario of the user's own: selected or not, it belongs to what is to be rehearsed."""
        scenario = of(getattr(item, "function", None))
        if scenario is not None:
            self.own[scenario.id] = scenario

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Take note of what was selected."""
        self._is_search_selected = any(item.nodeid == SEARCH for item in session.items)
        self.selected = {scenario.id for item in session.items if (scenario := of(getattr(item, "function", None)))}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Take a file that cannot be collected for what it is, also where pytest is told to go on."""
        if report.failed:
            self.faults.append(f"{report.nodeid}: cannot be collected")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the result that a report carries."""
        result = result_of(report)
        if result is not None and report.when != "teardown":
            plays = self.results.setdefault(result.id, {})
            before = plays.get(report.nodeid)
            reruns = 0 if before is None else before.reruns + (report.when == "call")
            plays[report.nodeid] = msgspec.structs.replace(result, reruns=reruns)
        self.searched = searched_by(report) or self.searched
        if report.failed and report.when != "call":
            # Set-up and tear-down are ours: what fails there is no breach of the system's. `???` is what xdist says.
            what = "the worker that performed it crashed" if str(report.when) == "???" else f"{report.when} failed"
            self.faults.append(f"{report.nodeid}: {what}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the verdict and correct an exit status that would say yes, or no, wrongly."""
        if self._collect_only or exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
            return
        if self.options.target is Target.LIVE:
            # What the run recorded, such as a merge, is no news of before it.
            self.spent = spent(session.config.rootpath, self.spent.facts)
        overall, results = self.concluded()
        self.verdict = self._verdict(overall, results, datetime.now(UTC).isoformat(timespec="seconds"))
        write(self.path, self.verdict)
        session.exitstatus = _status(exitstatus, overall, (*results, *self._searches()))

    def concluded(self) -> tuple[Overall, tuple[ScenarioResult, ...]]:
        """Sum up what has been reported so far."""
        results = self._complete()
        return Overall.FAULT if self.faults else conclude(results, self._searches()), results

    def _complete(self) -> tuple[ScenarioResult, ...]:
        """Lay the results over the whole catalogue; what left no result was not rehearsed."""
        results: dict[str, ScenarioResult] = {}
        for one in (*catalogue(), *self.own.values()):
            results[one.id] = not_rehearsed(one, _NOT_REACHED if one.id in self.selected else _NOT_SELECTED)
        return tuple((results | {name: together(tuple(plays.values())) for name, plays in self.results.items()}).values())

    def _searches(self) -> tuple[SearchResult, ...]:
        found = self.searched or left_out(self.options, _NOT_REACHED if self._is_search_selected else _NOT_SELECTED)
        return () if found is None else (found,)

    def _verdict(self, overall: Overall, results: tuple[ScenarioResult, ...], finished_at: str | None) -> Verdict:
        return Verdict(
            verdict=overall,
            gladi=version("gladi"),
            target=self.options.target,
            face=self.options.face,
            seed=self.options.seed,
            strict=self.options.strict,
            trouble=self.options.trouble,
            in_flight=self.options.in_flight,
            assumed=dict(self.options.assumed),
            system={
                "adapter": self.adapter.spec,
                "version": self.adapter.version,
                "capabilities": sorted(one.__name__ for one in self.adapter.capabilities),
                "commit": self._lies_in,
            },
            commit=self._commit,
            catalogue=digest(),
            scenarios=results,
            searches=self._searches() if results else (),
            invariants=sum_up(results),
            assumptions=tuple(sorted({one for result in results for one in result.assumptions})),
            finished_at=finished_at,
            attempts=self.spent.facts,
        )

    def properties(self, overall: Overall) -> Iterator[tuple[str, str]]:
        """Give what the verdict says of the whole run, for the properties of JUnit's suite."""
        verdict = self._verdict(overall, (), None)
        yield "gladi.verdict", str(verdict.verdict)
        yield "gladi.target", verdict.target
        yield "gladi.face", verdict.face
        yield "gladi.seed", str(verdict.seed)
        yield "gladi.in_flight", verdict.in_flight
        yield "gladi.strict", str(verdict.strict).lower()
        yield "gladi.system", str(verdict.system["adapter"])
        yield "gladi.system_version", str(verdict.system["version"] or "")
        yield "gladi.commit", str((self._lies_in or {}).get("id") or "")
        yield "gladi.catalogue", verdict.catalogue
        yield "gladi.version", verdict.gladi
        if self.spent.said:
            yield "gladi.attempts", self.spent.said

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell what was found."""
        if self.verdict is not None:
            terminal.summary(terminalreporter, self.verdict, path=self.path, root=terminalreporter.config.rootpath, faults=self.faults)
            for line in self.spent.lines:
                terminalreporter.write_line(f"  {line}")
        elif not self._collect_only:
            terminal.unfinished(terminalreporter, path=self.path, root=terminalreporter.config.rootpath)


def _status(exitstatus: int, overall: Overall, results: tuple[ScenarioResult | SearchResult, ...]) -> int:
    if overall is Overall.FAULT:
        return HARNESS_FAULT
    if exitstatus == pytest.ExitCode.TESTS_FAILED or overall is Overall.BROKEN:
        return int(pytest.ExitCode.TESTS_FAILED)
    left_out = any(
        result.why in (_NOT_SELECTED, _NOT_REACHED)
        or result.why.startswith((UNPLAYED, UNRECORDED, UNREPLAYED))
        or (isinstance(result, SearchResult) and result.outcome is Outcome.NOT_REHEARSED)
        or (isinstance(result, ScenarioResult) and {Outcome.UPHELD, Outcome.NOT_REHEARSED} <= {*result.cells.values()})
        for result in results
    )
    return NOTHING_REHEARSED if overall is Overall.NOTHING or left_out else int(pytest.ExitCode.OK)


def _lies_in(kind: type, root: Path) -> dict[str, Any] | None:
    """Name the commit of the checkout in which the system's adapter lies, and the way there from `root`.

    None where it is installed: it then lies in whatever checkout holds the environment, whose commit says nothing of it.
    """
    try:
        file = Path(inspect.getfile(kind)).resolve()
    except (TypeError, OSError):  # a class that was made and not written
        return None
    if not {"site-packages", "dist-packages"}.isdisjoint(file.parts):
        return None
    at = checkout(file.parent)
    top, here = at.top or file.parent, root.resolve()
    # A way over the root of the disk would spell out where on this machine the other checkout lies.
    apart = top.anchor != here.anchor or os.path.commonpath((top, here)) == top.anchor
    return {"id": at.commit, "dirty": at.dirty, "root": None if apart else Path(os.path.relpath(top, here)).as_posix()}
