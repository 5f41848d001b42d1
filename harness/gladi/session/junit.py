"""What JUnit's file says of a rehearsal: properties of the suite from the verdict, and of each case from its result.

They go pytest's own two ways, those of `record_testsuite_property` and `record_property`, so whatever reads JUnit from pytest reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gladi.judge.verdict import Overall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.judge.verdict import ScenarioResult
    from gladi.session.closing import Closing

__all__ = ["JUnit", "of_case"]

_ENDED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)


def of_case(result: ScenarioResult) -> Iterator[tuple[str, str]]:
    """Give the properties of one play of a scenario."""
    yield "gladi.scenario", result.id
    yield "gladi.title", result.title
    yield "gladi.phase", str(result.phase)
    yield "gladi.platform", str(result.platform)
    yield "gladi.rehearses", ", ".join(result.rehearses)
    yield "gladi.outcome", str(result.outcome)


class JUnit:
    """The hook that writes the properties of the suite; in the controller alone, and only where `--junitxml` was given."""

    def __init__(self, config: pytest.Config, closing: Closing) -> None:
        """Speak for `closing`, whose results are all in when the session finishes."""
        self._config = config
        self._closing = closing

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Add the properties before pytest writes its file, which is before the verdict is written."""
        xml: Any = next((one for one in self._config.pluginmanager.get_plugins() if hasattr(one, "add_global_property")), None)
        if xml is not None:
            overall = self._closing.concluded()[0] if exitstatus in _ENDED else Overall.UNFINISHED
            for name, value in self._closing.properties(overall):
                xml.add_global_property(name, value)
