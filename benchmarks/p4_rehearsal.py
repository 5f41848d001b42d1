"""P4: a full rehearsal of the careful example, next to as many async tests that make the same calls at the floor, and with Allure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.paired import Ratio, spread
from benchmarks.target import Options, Result, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["measure"]

_ROOT = Path(__file__).parents[1]
_REHEARSAL = ("-p", "no:cacheprovider", "-q", "--rehearse", "--rehearse-system", "examples.careful:Careful")
_PART = ("-k", "an_order")
"""What `--quick` rehearses."""
_NOT_ALL = 11
_FLOOR = """
import json
import pathlib

import httpx
import pytest

CALLS = json.loads((pathlib.Path(__file__).parent / "calls.json").read_text())
ANSWER = (pathlib.Path(__file__).parent / "answer.json").read_bytes()
HEADERS = {"content-type": "application/json", "x-tts-access-token": "ROW_token"}
CLIENTS = []


def client():
    # One for all tests: building one costs more than two hundred calls, on both sides.
    if not CLIENTS:
        CLIENTS.append(httpx.AsyncClient(transport=httpx.MockTransport(lambda request: httpx.Response(200, content=ANSWER))))
    return CLIENTS[0]


@pytest.mark.asyncio
@pytest.mark.parametrize("number", range(len(CALLS)))
async def test_calls_at_the_floor(number):
    for method, path in CALLS[number]:
        url = f"https://platform.example.com{path}?app_key=29a39d&sign={'0' * 64}&timestamp=1623812664&shop_cipher=ROW_cipher"
        answer = await client().request(method, url, headers=HEADERS, content=ANSWER if method != "GET" else None)
        answer.json()
"""


class Stage:
    """A folder in which rehearsal and floor are run, each in a pytest of its own, with bytecode kept."""

    def __init__(self, folder: Path, *words: str) -> None:
        """Write the floor's tests, which make the calls that a rehearsal journalled; `words` select its scenarios."""
        self._folder = folder
        self._words = words
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
        self._environment |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONPATH": str(_ROOT)}
        (folder / "pytest.ini").write_text("[pytest]\n")
        self.rehearses()
        journals = sorted((folder / "reports" / "journals").glob("*.jsonl"))
        calls = [_calls(journal) for journal in journals]
        self.scenarios, self.calls = len(calls), sum(map(len, calls))
        (folder / "floor").mkdir()
        (folder / "floor" / "test_floor.py").write_text(_FLOOR)
        (folder / "floor" / "calls.json").write_text(json.dumps(calls))
        (folder / "floor" / "answer.json").write_text(json.dumps({"code": 0, "message": "Success", "data": {"orders": [{"id": "1"}] * 5}}))

    def rehearses(self, *more: str) -> float:
        """Rehearse, and give the CPU seconds of the process."""
        return self._run(*_REHEARSAL, *self._words, *more)

    def calls_at_the_floor(self) -> float:
        """Make the same calls at the floor, and give the CPU seconds of the process."""
        return self._run("-p", "no:cacheprovider", "-q", "floor")

    def files_a_scenario(self, results: Path) -> float:
        """Give how many Allure files a scenario has at most on average: results and attachments, without the run's own."""
        attached = [len(_sources(json.loads(one.read_text()))) for one in results.glob("*-result.json")]
        return 1 + max(attached)

    def _run(self, *words: str) -> float:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "pytest", *words],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode in (0, _NOT_ALL), f"pytest exited {child.returncode} with {words}"
        return usage.ru_utime + usage.ru_stime


def _calls(journal: Path) -> list[tuple[str, str]]:
    entries = map(json.loads, journal.read_text().splitlines())
    return [(entry["method"], entry["path"]) for entry in entries if entry.get("kind") == "call"]


def _sources(result: dict[str, object]) -> set[str]:
    found: set[str] = set()
    attachments: Sequence[dict[str, str]] = result.get("attachments", ())  # type: ignore[assignment]
    steps: Sequence[dict[str, object]] = result.get("steps", ())  # type: ignore[assignment]
    found.update(one["source"] for one in attachments)
    for step in steps:
        found |= _sources(step)
    return found


def measure(options: Options) -> Result:
    """Measure rounds of floor, rehearsal, and rehearsal with Allure results, in turn."""
    plain: list[float] = []
    reported: list[float] = []
    floors: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        stage = Stage(Path(name), *(_PART if options.quick else ()))
        results = Path(name) / "allure"
        for number in range((2 if options.quick else 6) + 1):
            floor = stage.calls_at_the_floor()
            rehearsal = stage.rehearses()
            with_allure = stage.rehearses(f"--alluredir={results}", "--clean-alluredir")
            if number:  # the first round writes the bytecode
                floors.append(floor)
                plain.append(rehearsal)
                reported.append(with_allure)
        files = stage.files_a_scenario(results)
    ratio, with_report = _ratio(plain, floors), _ratio(reported, floors)
    played = f"{stage.scenarios} plays, {stage.calls:,} calls"
    rows = (
        Row(
            "a full rehearsal, next to as many async tests making its calls at the floor",
            ratio.median,
            "x",
            1.15,
            note=f"{ratio}; {played}",
        ),
        Row("the same with Allure results", with_report.median, "x", 1.4, note=str(with_report)),
        Row("Allure results next to none", _ratio(reported, plain).median),
        Row("Allure files of a scenario, the most", files, "", 5),
        Row("CPU of the rehearsal, on this machine", median(plain), "s", note="the careful example's own work is in it"),
    )
    return Result("P4", "a full rehearsal", rows, {"floor_s": floors, "rehearsal_s": plain, "with_allure_s": reported})


def _ratio(ours: list[float], theirs: list[float]) -> Ratio:
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])
