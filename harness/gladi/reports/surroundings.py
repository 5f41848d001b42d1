"""What Allure shows of a whole run: its circumstances, and beside the results the coverage, the assumptions and the legacy calls."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from html import escape
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
import pytest

from gladi.record.clock import instant
from gladi.record.redact import clean_text
from gladi.reports import coverage, legacy
from gladi.reports.filing import CATEGORIES
from gladi.reports.kept import UnreadableJournalError, read_all
from gladi.reports.page import page, section, table, told

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from pathlib import Path

    from gladi.judge.verdict import Verdict
    from gladi.record.evidence import Evidence

__all__ = ["Surroundings", "assumed", "tells_of"]

_TITLE = "Rehearsal of the merge into Tokopedia & Shop"
_KINDS = {"html": "text/html", "csv": "text/csv"}


class _Attached(msgspec.Struct):
    timestamp: int = 0


class _Globals(msgspec.Struct):
    """Of a file with what hangs on a whole run, what is read of it again."""

    attachments: list[_Attached] = []


class Surroundings:
    """The hooks that say under which circumstances a run was made; in the controller alone, never on an xdist worker."""

    def __init__(
        self,
        folder: Path,
        facts: Mapping[str, str],
        *,
        journals: Path,
        verdict: Callable[[], Verdict | None],
        known: Mapping[str, Evidence],
    ) -> None:
        """Write `facts` into `folder`, with what `verdict` and `journals` hold when the run has ended; `known` explains assumptions."""
        self._folder = folder.absolute()
        self._facts = facts
        self._journals = journals
        self._verdict = verdict
        self._known = known

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Generator[None, None, None]:
        """Write what Allure shows beside the results, once the verdict is there."""
        yield
        verdict = self._verdict()
        relied = verdict.assumptions if verdict is not None else ()
        facts = {**self._facts, **_versions(), "assumptions": ", ".join(relied) or "none"}
        lines = (f"{name}={clean_text(value)}\n".replace("\\", "\\\\") for name, value in facts.items())
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "environment.properties").write_text("".join(lines), encoding="utf-8")
        (self._folder / "categories.json").write_bytes(msgspec.json.format(msgspec.json.encode(CATEGORIES), indent=2))
        if verdict is not None:
            self._attach(verdict)

    def _attach(self, verdict: Verdict) -> None:
        at = _ended(verdict)
        attachments: list[dict[str, str | int]] = []
        for name, body in self._pages(verdict):
            extension = name.rpartition(".")[2]
            source = f"{uuid4()}-attachment.{extension}"
            (self._folder / source).write_text(clean_text(body), encoding="utf-8")
            attachments.append({"name": name.removesuffix(".html"), "source": source, "type": _KINDS[extension], "timestamp": at})
        (self._folder / f"{uuid4()}-globals.json").write_bytes(msgspec.json.encode({"attachments": attachments, "errors": []}))

    def _pages(self, verdict: Verdict) -> Iterable[tuple[str, str]]:
        covered = coverage.coverage(verdict)
        yield "Coverage of the documents.html", page(_TITLE, coverage.as_html(covered))
        yield "Coverage of the documents.csv", coverage.as_csv(covered)
        yield "Assumptions relied upon.html", page(_TITLE, assumed(verdict, self._known))
        try:
            calls = [call for kept in read_all(self._journals) for call in legacy.legacy(kept)]
        except UnreadableJournalError as wrong:
            yield "Calls to Tokopedia after the merge.html", page(_TITLE, told(str(wrong)))
            return
        yield "Calls to Tokopedia after the merge.html", page(_TITLE, legacy.as_html(calls))
        yield "Calls to Tokopedia after the merge.csv", legacy.as_csv(calls)


def tells_of(folder: Path, verdict: Verdict) -> bool:
    """Tell whether a folder of Allure results holds the run of a verdict: what hangs on the whole run bears the instant of its end."""
    stamps: set[int] = set()
    for path in folder.glob("*-globals.json"):
        with suppress(msgspec.MsgspecError):
            stamps.update(one.timestamp for one in msgspec.json.decode(path.read_bytes(), type=_Globals).attachments)
    return verdict.finished_at is not None and _ended(verdict) in stamps


def _ended(verdict: Verdict) -> int:
    return instant(datetime.fromisoformat(verdict.finished_at)) if verdict.finished_at else 0


def assumed(verdict: Verdict, known: Mapping[str, Evidence]) -> str:
    """Give the section on the assumptions that a run relied upon, with reason and switch, and the scenarios that rest on each."""
    rows = [
        (
            f"<code>{escape(name)}</code>",
            escape(known[name].place) if name in known else "",
            f"<code>{escape(switch)}</code>" if name in known and (switch := known[name].switch) else "",
            str(sum(name in one.assumptions for one in verdict.scenarios)),
        )
        for name in verdict.assumptions
    ]
    said = told(
        "No document settles these. The sandbox behaves as the reason says; where a switch is named it can behave otherwise. "
        "What rests on one of them is only as sure as the assumption."
    )
    shown = table(("id", "why we chose so", "switch", "scenarios"), rows) if rows else told("This run relied on no assumption.")
    return section("Assumptions relied upon", said, shown, anchor="assumptions")


def _versions() -> dict[str, str]:
    def found(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "not installed"

    return {"pytest": pytest.__version__, "allure_pytest": found("allure-pytest")}
