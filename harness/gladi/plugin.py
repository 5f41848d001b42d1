"""The pytest plugin: its options, its one marker, its one fixture. Everything else is fetched when a rehearsal is asked for.

1. Nothing but pytest is imported here: every pytest start of every user pays for this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from gladi.play.rehearsal import Rehearsal
    from gladi.session.performing import Performing

_PERFORMING: pytest.StashKey[Performing] = pytest.StashKey()


_LOOKS = ("help", "markers", "showfixtures", "show_fixtures_per_test", "cacheshow")
"""Options with which pytest only shows something: nothing is rehearsed, and yesterday's verdict stays."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register `--rehearse`, the `--rehearse-...` options and their ini twins."""
    from gladi.session.options import add  # noqa: PLC0415 - see the house rule above

    add(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Let the controller alone clean the Allure results: an xdist worker that begins late would delete another's."""
    if hasattr(config, "workerinput") and config.getoption("rehearse"):
        config.option.clean_alluredir = False


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker; when a rehearsal is asked for, find the system and take over collection and judgement."""
    config.addinivalue_line("markers", "scenario(id): a scenario of a rehearsal; set by @gladi.scenario, never by hand")
    from gladi.session.options import check_alone  # noqa: PLC0415 - read already, with the options

    check_alone(config)
    if config.getoption("rehearse") and not any(config.getoption(word, default=False) for word in _LOOKS):
        from gladi.session.rehearsing import begin  # noqa: PLC0415 - see the house rule above

        config.stash[_PERFORMING] = begin(config)


@pytest.fixture
def rehearsal(request: pytest.FixtureRequest) -> Rehearsal:
    """The people, the time and the journal of one rehearsal; only under `--rehearse`, and only in a scenario."""
    performing = request.config.stash.get(_PERFORMING, None)
    if performing is None:
        pytest.skip("a scenario is rehearsed by `pytest --rehearse`")
    return performing.opens(request.node, request.getfixturevalue("tmp_path"))
