# noqa: INP001 - pages, not a package
"""The page on the rows of the API changelog: what shows that each is imitated, rehearsed, and would be missed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from docs.markdown import anchor, table, told
from docs.rows import ROWS
from gladi.judge.invariants import INVARIANTS
from gladi.judge.requirements import requirement
from gladi.play.catalogue import catalogue
from gladi.record.operations import OPERATIONS
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docs.rows import Row
    from gladi.judge.requirement import Requirement
    from gladi.record.evidence import Evidence
    from gladi.record.operation import Operation

__all__ = ["Covered", "changelog_coverage", "covered"]


@dataclass(frozen=True, slots=True)
class Covered:
    """What stands behind a row, looked up: empty where there is nothing."""

    row: Row
    asked: tuple[Requirement, ...]
    operations: tuple[Operation, ...]
    scenarios: tuple[str, ...]
    failed_by: dict[str, tuple[str, ...]]
    """The rogues by scenario: each fails it by the scenario's own assertion."""
    broken_by: dict[str, tuple[str, ...]]
    """The rogues by invariant of the row."""
    evidence: dict[str, Evidence]
    """By name of an operation or a setting."""

    @property
    def rogues(self) -> tuple[str, ...]:
        """All rogues that would be taken for good without the row, each once."""
        return tuple(dict.fromkeys(name for found in (self.failed_by, self.broken_by) for names in found.values() for name in names))

    def missing(self) -> list[str]:
        """Say what the row lacks: a requirement that nobody rehearses, an operation or why it has none, a rogue, evidence."""
        lacks: list[str] = []
        rehearsed = {asked.id for one in catalogue() for asked in one.rehearses}
        if alone := [one.id for one in self.asked if one.id not in rehearsed]:
            lacks.append(f"a scenario for {', '.join(alone)}")
        if not self.scenarios:
            lacks.append("a scenario")
        if not self.operations and not self.row.instead:
            lacks.append("an operation, or the reason why there is none")
        lacks += [f"a rogue for {name}" for name, rogues in (self.failed_by | self.broken_by).items() if not rogues]
        if not self.evidence:
            lacks.append("evidence")
        return lacks


def covered(row: Row) -> Covered:
    """Look up what stands behind a row. Raises KeyError where it names what is not there."""
    scenarios = tuple(one.id for one in catalogue() if any(asked.id in row.asks for asked in one.rehearses))
    operations = tuple(_operations()[name] for name in row.operations)
    rules = {one.id for one in INVARIANTS}
    return Covered(
        row=row,
        asked=tuple(requirement(id) for id in row.asks),  # noqa: A001 - the word of the registry
        operations=operations,
        scenarios=scenarios,
        failed_by={name: tuple(rogue for rogue, (fails, _) in _rogues().items() if name in fails) for name in scenarios},
        broken_by={
            name: tuple(rogue for rogue, (_, breaks) in _rogues().items() if name in breaks)
            for name in row.invariants
            if name in rules or _unknown(name)
        },
        evidence={one.name: one.evidence for one in operations} | {name: _settings()[name] for name in row.settings},
    )


def changelog_coverage() -> Iterator[str]:
    """Give the page: the rows at a glance, then a section for each."""
    rows = [covered(row) for row in ROWS]
    yield (
        f"What the API changelog and later notices ask of a system for Indonesia, in {len(rows)} rows: for each the operations of the "
        "sandbox with their evidence, the scenarios that rehearse it, and the rogues, systems that are wrong on purpose, which show that a "
        "scenario can fail. A test fails when a row lacks one of them."
    )
    yield table(
        ("", "row", "requirements", "operations", "scenarios", "rogues", "evidence"),
        (
            (
                number,
                f"[{one.row.title}](#{anchor(_heading(number, one))})",
                len(one.asked),
                len(one.operations) or "none, see there",
                len(one.scenarios),
                len(one.rogues),
                ", ".join(sorted({str(evidence.grade) for evidence in one.evidence.values()})),
            )
            for number, one in enumerate(rows, 1)
        ),
    )
    for number, one in enumerate(rows, 1):
        yield f"## {_heading(number, one)}"
        yield from _section(one)


def _heading(number: int, one: Covered) -> str:
    return f"{number}. {one.row.title}"


def _section(one: Covered) -> Iterator[str]:
    yield table(
        ("asked", "in our words", "source"),
        ((f"[`{asked.id}`](requirements.md#{anchor(asked.id)})", f"{asked.text}{_disputed(asked)}", asked.source) for asked in one.asked),
    )
    if one.operations:
        yield table(
            ("operation", "call", "evidence"),
            ((f"`{call.name}`", f"`{call.method} {call.path}`", told(call.evidence)) for call in one.operations),
        )
    else:
        yield f"No operation: {one.row.instead}."
    if one.row.settings:
        yield table(("setting", "evidence"), ((f"`{name}`", told(one.evidence[name])) for name in one.row.settings))
    yield table(
        ("scenario", "failed by"),
        ((f"`{name}`", _linked(rogues)) for name, rogues in one.failed_by.items()),
    )
    if one.broken_by:
        yield table(
            ("judged in every scenario by", "broken by"),
            ((f"`{name}`", _linked(rogues)) for name, rogues in one.broken_by.items()),
        )
    if one.row.left:
        yield f"*Not shown:* {one.row.left}."


def _disputed(asked: Requirement) -> str:
    return f" *Disputed:* {asked.disputed}." if asked.disputed else ""


def _linked(rogues: tuple[str, ...]) -> str:
    return ", ".join(f"[`{name}`](../examples/rogues/{name}.py)" for name in rogues)


def _unknown(name: str) -> bool:
    raise KeyError(name)


@cache
def _operations() -> dict[str, Operation]:
    return {one.name: one for one in OPERATIONS}


@cache
def _settings() -> dict[str, Evidence]:
    return {name: evidence for name, _, evidence in Settings.evidence()}


@cache
def _rogues() -> dict[str, tuple[set[str], set[str]]]:
    """Give what each rogue declares: the scenarios whose own assertion it fails, and the invariants that it breaks."""
    names = sorted(path.stem for path in _ROGUES.glob("*.py") if path.stem != "__init__")
    modules = {name: import_module(f"examples.rogues.{name}") for name in names}
    return {name: (set(module.FAILS), set(module.BREAKS)) for name, module in modules.items()}


_ROGUES = Path(__file__).parents[1] / "examples" / "rogues"
