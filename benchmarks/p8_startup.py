"""P8: what Gladi adds to a pytest run that does not rehearse: CPU time, and the modules that are imported for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path
from statistics import median, quantiles

from benchmarks.target import Options, Result, Row

__all__ = ["measure"]

_HEAVY = frozenset(("httpx", "respx", "hypothesis", "allure", "allure_pytest", "allure_commons", "sqlite3"))
_WITHOUT = ("-p", "no:gladi")
_CONFTEST = """
import json, os, sys
def pytest_unconfigure():
    with open(os.environ["MODULES"], "w") as file:
        json.dump(sorted(sys.modules), file)
"""
_WITHIN = """
import time
import pytest
from _pytest.config.argparsing import Parser
parser = Parser(_ispytest=True)
begins = time.process_time()
import gladi.plugin
gladi.plugin.pytest_addoption(parser)
print(time.process_time() - begins)
"""


def _others() -> list[str]:
    """Switch every other plugin off: they pay for themselves on both sides, and only add noise."""
    names = {point.name for point in entry_points(group="pytest11")} - {"gladi"}
    return [part for name in sorted(names) for part in ("-p", f"no:{name}")]


class Project:
    """A folder with one test, far from this repository's own configuration."""

    def __init__(self, folder: Path) -> None:
        """Write it."""
        self._folder = folder
        self._environment = _plain(folder)
        self._arguments = [sys.executable, "-m", "pytest", "-q", *_others()]
        (folder / "test_one.py").write_text("def test_one():\n    pass\n")
        (folder / "pytest.ini").write_text("[pytest]\n")

    def run(self, *more: str, **environment: str) -> float:
        """Run pytest there and give the CPU seconds of its process."""
        child = subprocess.Popen(  # noqa: S603 - our own interpreter
            [*self._arguments, *more],
            cwd=self._folder,
            env=self._environment | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0, f"pytest exited {child.returncode} with {more}"
        return usage.ru_utime + usage.ru_stime

    def modules(self, *more: str) -> set[str]:
        """Give the modules that a run has imported when it ends."""
        (self._folder / "conftest.py").write_text(_CONFTEST)
        listed = self._folder / "modules.json"
        self.run(*more, MODULES=str(listed))
        (self._folder / "conftest.py").unlink()
        return set(json.loads(listed.read_text()))


def _plain(folder: Path) -> dict[str, str]:
    """Give an environment in which Python keeps its bytecode, as a developer's does; containers often switch that off."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    return environment | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def _within(folder: Path) -> float:
    """Give the milliseconds of CPU that importing the plugin and adding its options take, in a process of their own."""
    command = [sys.executable, "-c", _WITHIN]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_plain(folder))  # noqa: S603 - our own interpreter
    return float(done.stdout) * 1000


def _pairs(project: Project, count: int, **environment: str) -> list[tuple[float, float]]:
    """Run with and without the plugin in turn; give both CPU times in milliseconds, the plugin's first."""
    found: list[tuple[float, float]] = []
    for number in range(count + 1):
        if number % 2:
            ours, bare = project.run(**environment), project.run(*_WITHOUT, **environment)
        else:
            bare, ours = project.run(*_WITHOUT, **environment), project.run(**environment)
        if number:  # the first pair writes the bytecode
            found.append((ours * 1000, bare * 1000))
    return found


def measure(options: Options) -> Result:
    """Measure pairs of runs, with and without the plugin, and compare what they imported."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        added = sorted(project.modules() - project.modules(*_WITHOUT))
        pairs = _pairs(project, 20 if options.quick else 60)
        bare_of_bytecode = _pairs(project, 4 if options.quick else 20, PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX=f"{folder}/none")
        within = [_within(Path(folder)) for _ in range(6 if options.quick else 22)][1:]
    differences = [ours - bare for ours, bare in pairs]
    low, _, high = quantiles(differences, n=4)
    heavy = sorted({name.partition(".")[0] for name in added} & _HEAVY)
    rows = (
        Row(
            "CPU of a run of one test with the plugin, less one without",
            median(differences),
            "ms",
            10,
            note=f"quartiles {low:.1f}, {high:.1f}",
        ),
        Row("of which importing it and adding its options, timed within", median(within), "ms", 10),
        Row("the same where Python may keep no bytecode", median(ours - bare for ours, bare in bare_of_bytecode), "ms"),
        Row("heavy modules imported through it", len(heavy), "", 0, note=", ".join(heavy)),
        Row("modules imported through it", len(added), "", note=", ".join(added)),
        Row("CPU of the run without it, on this machine", median(bare for _, bare in pairs), "ms"),
    )
    raw = {"pairs_ms": pairs, "pairs_without_bytecode_ms": bare_of_bytecode, "within_ms": within, "modules": added}
    return Result("P8", "a pytest run that does not rehearse", rows, raw)
