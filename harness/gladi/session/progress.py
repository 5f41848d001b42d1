"""What a person sees of a rehearsal before its summary: what would be played, what is being played, and that it still goes on.

1. It speaks through pytest's own reporter and adds lines. Of what pytest writes it changes two things: the list of
   `--collect-only`, and the paths of shipped scenarios before their dots, which would be those of the virtual environment.
2. Only the main thread speaks, between two entries of the journal: to step aside from pytest's capture is safe there alone.
"""

from __future__ import annotations

import threading
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from gladi.play.catalogue import catalogue, scenarios_folder
from gladi.play.rehearsal import Rehearsal
from gladi.play.scenario import Scenario, of
from gladi.record.clock import WIB, moment
from gladi.reports.listing import listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.journal import Entry

__all__ = ["Progress"]

_PAUSE = 5.0
"""Seconds of real time before a scenario that is still being played says so, and between two such lines."""


class Progress:
    """The hooks that tell how far a run is; on an xdist worker nothing of this is registered."""

    def __init__(self, config: pytest.Config, *, seconds: Callable[[], float] = time.monotonic) -> None:
        """Tell it on the terminal of `config`; `seconds` is a clock of real time."""
        self._config = config
        self._seconds = seconds
        self._titles = {one.id: one.title for one in catalogue()}
        self._announced = ""

    @property
    def _reporter(self) -> Any:  # noqa: ANN401 - pytest's TerminalReporter, another plugin's in its place, or None under `-p no:terminal`
        return self._config.pluginmanager.get_plugin("terminalreporter")

    @property
    def _verbosity(self) -> int:
        return self._config.get_verbosity(pytest.Config.VERBOSITY_TEST_CASES)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Learn the titles of the user's own scenarios and shorten paths; under `--collect-only`, list titles instead of functions."""
        scenarios = [scenario for item in session.items if (scenario := of(getattr(item, "function", None)))]
        self._titles |= {one.id: one.title for one in scenarios}
        # `-qq` asks for numbers alone, and pytest counts well.
        self._shortens_paths()
        if self._config.option.collectonly and self._verbosity >= -1 and hasattr(self._reporter, "_printcollecteditems"):
            # The only way to have the list once: the hook that writes it writes more, and asks nobody.
            self._reporter._printcollecteditems = lambda _: listing(self._reporter, scenarios, verbosity=self._verbosity)  # noqa: SLF001

    def _shortens_paths(self) -> None:
        write = getattr(self._reporter, "write_fspath_result", None)
        if write is not None:
            shipped = f"{scenarios_folder().as_posix().rpartition('site-packages/')[2]}/"
            self._reporter.write_fspath_result = lambda nodeid, *words, **more: write(nodeid.rpartition(shipped)[2], *words, **more)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """With `-v`, write the title above the line that pytest begins."""
        title = self._titles.get(nodeid.rpartition("::")[2].partition("[")[0].removeprefix("test_"), "")
        if self._reporter is not None and self._verbosity > 0 and title not in ("", self._announced):
            self._announced = title
            self._reporter.ensure_newline()
            self._reporter.write(f"{title}:", bold=True)  # pytest ends this line before it begins its own

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> None:
        """Have a scenario that takes long say so from time to time."""
        rehearsal, scenario = pyfuncitem.funcargs.get("rehearsal"), of(pyfuncitem.function)
        if isinstance(rehearsal, Rehearsal) and scenario is not None and self._reporter is not None and self._verbosity > -2:  # noqa: PLR2004 - `-qq`
            rehearsal.journal.watch(self._watcher(scenario))

    def _watcher(self, scenario: Scenario) -> Callable[[Entry], None]:
        began = self._seconds()
        due = began + _PAUSE

        def sees(entry: Entry) -> None:
            nonlocal due
            now = self._seconds()
            if now < due or threading.current_thread() is not threading.main_thread():
                return
            due = now + _PAUSE
            at = moment(entry.at) + WIB
            self._says(f"  … {now - began:.0f} s, and it is {at:%a %H:%M} in: {scenario.title}")

        return sees

    def _says(self, line: str) -> None:
        capture = self._config.pluginmanager.get_plugin("capturemanager")
        with nullcontext() if capture is None else capture.global_and_fixture_disabled():
            self._reporter.ensure_newline()
            if self._config.get_terminal_writer().width_of_current_line:
                self._reporter.line("")  # `-q` writes dots without a path, of which the reporter keeps no account
            self._reporter.write_line(line)
            self._reporter.flush()
