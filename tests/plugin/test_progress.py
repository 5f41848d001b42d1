"""What a person sees before the summary: titles instead of functions, short paths, and a word from a scenario that takes long."""

from __future__ import annotations

from io import StringIO
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from _pytest.terminal import TerminalReporter

from gladi.play.catalogue import catalogue
from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.words import Phase
from gladi.sandbox.seed import BEGINNING
from gladi.session.progress import Progress
from tests.plugin.repository import BY_WEBHOOK, SHIPPED

if TYPE_CHECKING:
    from tests.plugin.repository import Repository

TITLE = "The system subscribed to the merge webhook, receives it and takes it"
OWN = '@scenario(rehearses=RULE, begins=Stage.PENDING)\nasync def test_mine(rehearsal):\n    """A title of our own."""\n'
FIRST = catalogue()[0]


class Terminal:
    """A terminal of pytest's, and what it shows."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.out = StringIO()
        self.reporter = TerminalReporter(config, self.out)
        config.pluginmanager.register(self.reporter, "terminalreporter")

    @property
    def shows(self) -> list[str]:
        return self.out.getvalue().splitlines()

    def plays(self, *seconds: float) -> Journal:
        """Begin the journal of a scenario that is played while a real clock shows these seconds, one after the other."""
        journal = Journal(Clock(BEGINNING))
        journal.watch(Progress(self.config, seconds=iter(seconds).__next__)._watcher(FIRST))
        return journal


@pytest.fixture
def terminal(pytester: pytest.Pytester) -> Terminal:
    """Give an empty terminal."""
    return Terminal(pytester.parseconfig("-s", "-q"))


def test_collect_only_lists_titles_by_phase_in_place_of_functions(repository: Repository) -> None:
    repository.scenario(OWN)
    repository.settings["rehearse_scenarios"] = "own.py"

    run = repository.rehearses("--collect-only", system="systems:Nothing")

    lines = run.out.splitlines()
    assert run.status == 0
    assert [line for line in lines if line.startswith(("1 ", "2 ", "3 "))] == [phase.label for phase in Phase]
    assert lines[lines.index(f"  {TITLE}") + 1] == f"      -k {BY_WEBHOOK}"
    assert lines[lines.index("  A title of our own") + 1] == "      -k mine"
    assert sum(line.startswith("      -k ") for line in lines) == SHIPPED + 1
    assert "<" not in run.out


def test_verbosely_the_title_stands_above_the_function(repository: Repository) -> None:
    repository.scenario(OWN)

    run = repository.rehearses("-v", "own.py", system="systems:Nothing")

    lines = run.out.splitlines()
    assert lines[lines.index("A title of our own:") + 1].startswith("own.py::test_mine PASSED")


def test_a_scenario_that_takes_long_says_so_now_and_then(terminal: Terminal) -> None:
    journal = terminal.plays(100.0, 104.9, 105.0, 109.9, 112.4)

    for _ in range(4):
        journal.deed("the buyer", "waited")

    assert terminal.shows == [
        f"  … 5 s, and it is Mon 09:00 in: {FIRST.title}",
        f"  … 12 s, and it is Mon 09:00 in: {FIRST.title}",
    ]


def test_a_word_of_progress_begins_a_line_of_its_own_behind_the_dots(terminal: Terminal) -> None:
    journal = terminal.plays(0.0, 6.0)
    terminal.reporter.write("...")

    journal.deed("the buyer", "waited")

    assert terminal.shows == ["...", f"  … 6 s, and it is Mon 09:00 in: {FIRST.title}"]


def test_only_the_main_thread_speaks(terminal: Terminal) -> None:
    journal = terminal.plays(0.0, 6.0)
    served = Thread(target=journal.deed, args=("the buyer", "waited"))

    served.start()
    served.join()

    assert (len(journal.entries), terminal.shows) == (1, [])
