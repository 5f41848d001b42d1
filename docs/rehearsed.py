# noqa: INP001 - pages, not a package
"""The pages on what is rehearsed: scenarios, invariants and requirements."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from docs.markdown import anchor, table, told
from gladi.judge.invariants import INVARIANTS
from gladi.judge.requirements import EXCLUSIONS, REQUIREMENTS, UNREHEARSED
from gladi.play.catalogue import catalogue
from gladi.record.words import Level, Phase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gladi.play.scenario import Scenario

__all__ = ["requirements", "scenarios", "short_scenarios"]


def scenarios() -> Iterator[str]:
    """Give the page on scenarios and invariants."""
    yield f"Gladi ships {len(catalogue())} scenarios and judges every one of them by {len(INVARIANTS)} invariants."
    files = dict.fromkeys(one.path for phase in Phase for one in _filed(phase))
    yield table(
        ("phase", "process", "scenarios", "what is rehearsed"),
        (
            (of_file[0].phase.label, of_file[0].process, len(of_file), _told_by(path))
            for path in files
            if (of_file := [one for one in catalogue() if one.path == path])
        ),
    )
    for phase in Phase:
        yield f"## {phase.label}"
        yield table(
            ("id", "title", "side", "process", "needs", "rehearses"),
            (
                (
                    f"`{one.id}`",
                    one.title,
                    one.where,
                    one.process,
                    ", ".join(f"`{need.__name__}`" for need in one.needs) or "nothing",
                    "<br>".join(f"[`{asked.id}`](requirements.md#{anchor(asked.id)})" for asked in one.rehearses),
                )
                for one in _filed(phase)
            ),
        )
    yield "## Invariants"
    yield "What must hold over the journal of every run, whatever the scenario. A warning fails a run only under `--rehearse-strict`."
    yield table(
        ("id", "rule", "a breach", "source"),
        (
            (f"`{one.id}`", f"{one.title()}.", "warns" if one.level is Level.WARNING else "fails the scenario", told(one.source))
            for one in INVARIANTS
        ),
    )


def short_scenarios() -> Iterator[str]:
    """Give the table of the README: how many scenarios each phase has, and how many of them each business process."""
    yield table(
        ("phase", "scenarios", "by process"),
        (
            (phase.label, len(filed), ", ".join(f"{process} {count}" for process, count in Counter(one.process for one in filed).items()))
            for phase in Phase
            if (filed := _filed(phase))
        ),
    )


def _told_by(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def requirements() -> Iterator[str]:
    """Give the page on what the documents ask, and by which scenario it is rehearsed."""
    rehearsed: dict[str, list[str]] = {}
    for one in catalogue():
        for asked in one.rehearses:
            rehearsed.setdefault(asked.id, []).append(one.id)
    yield (
        f"What the two documents ask, in our words: {len(REQUIREMENTS)} requirements, of which {len(rehearsed)} are named by a scenario. "
        "Where none does yet, the reason stands instead."
    )
    for source in dict.fromkeys(one.source for one in REQUIREMENTS.values()):
        yield f"## {source[0].upper()}{source[1:]}"
        for asked in REQUIREMENTS.values():
            if asked.source == source:
                yield f"### {asked.id}"
                disputed = f" *Disputed:* {asked.disputed}." if asked.disputed else ""
                by = ", ".join(f"`{name}`" for name in rehearsed.get(asked.id, ()))
                yield f"{asked.text}{disputed} " + (f"Rehearsed by {by}." if by else f"*No scenario yet:* {UNREHEARSED[asked.id]}.")
    yield "## What no scenario can rehearse"
    yield table(("id", "why"), ((f"`{name}`", text) for name, text in EXCLUSIONS.items()))


def _filed(phase: Phase) -> list[Scenario]:
    return [one for one in catalogue() if one.phase is phase]
