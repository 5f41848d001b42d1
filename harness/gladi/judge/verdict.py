"""The verdict of a run: what the release gate reads and nothing else. Versioned, and complete over the whole catalogue.

It is written as *unfinished* before the first scenario and replaced atomically at the end, so that a crash after
yesterday's green run cannot pass for a rehearsal.
"""

from __future__ import annotations

import os
import tempfile
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.judge.bench import Outcome
from gladi.judge.invariants import INVARIANTS
from gladi.record.words import Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gladi.judge.invariants import Invariant

__all__ = [
    "SCHEMA",
    "InvariantResult",
    "Notice",
    "Overall",
    "ScenarioResult",
    "SearchResult",
    "UnreadableVerdictError",
    "Verdict",
    "conclude",
    "read",
    "sum_up",
    "write",
]

SCHEMA = 2
"""The version of the file; it rises when a reader would have to change. A field that is only added, with a default, does not raise it."""


class Overall(StrEnum):
    """The answer to the release manager's question."""

    UPHELD = "upheld"
    BROKEN = "broken"
    INCOMPLETE = "incomplete"
    NOTHING = "nothing rehearsed"
    FAULT = "harness fault"
    UNFINISHED = "unfinished"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One finding: its level, what it is about (an invariant, a leniency, an id), and a sentence."""

    level: Level
    about: str
    text: str
    evidence: tuple[str, ...] = ()
    """What the journal entries behind it are: `parcel left`, `tokopedia.get_shop_info`, `webhook merge`."""


class InvariantResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one invariant said of one scenario."""

    id: str
    outcome: Outcome
    chances: int
    fails: bool = False
    cell: str = ""
    """The cell of the in-flight matrix in which it said so; empty where the scenario does not depend on it."""


class ScenarioResult(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one scenario of the catalogue."""

    id: str
    title: str
    phase: str
    platform: str
    process: str
    rehearses: tuple[str, ...]
    outcome: Outcome
    why: str = ""
    cells: dict[str, Outcome] = {}
    """What is said of it in each cell of the in-flight matrix in which it can be played; empty where it does not depend on the cell."""
    asserted: bool = True
    """False when the scenario's own assertion failed, whatever the invariants say; of a disputed requirement this only warns."""
    raised: str = ""
    """The exception that the system or the harness raised, where one did: that is no breach of an invariant."""
    invariants: tuple[InvariantResult, ...] = ()
    findings: tuple[Notice, ...] = ()
    assumptions: tuple[str, ...] = ()
    ids: tuple[dict[str, str], ...] = ()
    journals: tuple[str, ...] = ()
    """The SHA-256 of each journal that its plays wrote, two blanks, and the name of the file, as `sha256sum` prints them."""
    reruns: int = 0


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a search for plays that break the system."""

    id: str = "the_search"
    outcome: Outcome
    why: str = ""
    trouble: str = ""
    """The level of trouble in its plays."""
    plays: int = 0
    steps: int = 0
    seed: int = 0
    """The seed of its draws, which is not the sandbox's."""
    reached: tuple[str, ...] = ()
    """What every search must meet and this one met."""
    missed: tuple[str, ...] = ()
    """What it must have met and did not: it is then *not rehearsed*."""
    broken: str = ""
    """The invariant that a play broke, or the exception that the system raised in it."""
    scenario: str = ""
    """That play as a file for a folder of scenarios."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    schema: int = SCHEMA
    verdict: Overall
    gladi: str
    target: str
    face: str
    seed: int
    strict: bool
    in_flight: str
    """The cell of the in-flight matrix that was asked for, or `every`."""
    assumed: dict[str, str] = {}
    """The switches of the sandbox that were given, as they are written; empty where all stood at their defaults."""
    trouble: str = "off"
    """The level of trouble: `off`, `normal` or `harsh`."""
    system: dict[str, Any]
    """The adapter, its capabilities, the version that it names, and the `commit` of the checkout in which it lies: `id`, `dirty`, and
    `root`, the way there from the folder of the run, None where there is none but over the root of the disk. `commit` is None for an
    adapter that is installed, and lies in no checkout of its own."""
    commit: dict[str, Any]
    """`id` and `dirty` of the checkout in which the run was made, which need not be the system's."""
    catalogue: str
    """A hash over every scenario and invariant of the catalogue: two verdicts over different catalogues do not compare."""
    scenarios: tuple[ScenarioResult, ...]
    searches: tuple[SearchResult, ...] = ()
    """What was searched for beside the catalogue; empty where no search was asked for."""
    invariants: tuple[dict[str, Any], ...] = ()
    assumptions: tuple[str, ...] = ()
    finished_at: str | None = None
    """Wall clock, ISO 8601, UTC; None while unfinished."""
    attempts: dict[str, Any] = {}
    """The developer's integration attempts when the run began: `used` of `quota`, and `events` and `digest` of the ledger, by which a
    vanished or replaced one is noticed; with a sentence in `why` where it could not be read. Empty where no developer is named."""


def conclude(results: Sequence[ScenarioResult], searches: Sequence[SearchResult] = ()) -> Overall:
    """Sum up the catalogue and the searches: a run that rehearsed nothing is never green."""
    outcomes = [*(result.outcome for result in results), *(search.outcome for search in searches)]
    if Outcome.BROKEN in outcomes:
        return Overall.BROKEN
    if Outcome.FAULT in outcomes:
        return Overall.FAULT
    left = (*outcomes, *(cell for result in results for cell in result.cells.values()))
    if Outcome.UPHELD not in left:
        return Overall.NOTHING
    return Overall.INCOMPLETE if Outcome.NOT_REHEARSED in left else Overall.UPHELD


def sum_up(results: Sequence[ScenarioResult], kinds: Sequence[type[Invariant]] = INVARIANTS) -> tuple[dict[str, Any], ...]:
    """Say of each invariant what all scenarios together say of it.

    `cells` says what it says in each cell of the in-flight matrix, over the scenarios that depend on the cell. A rule whose answer
    may be another in every cell (`Invariant.by_cell`) is upheld only if no cell was left out.
    """
    return tuple(
        {
            "id": kind.id,
            "title": kind.title(),
            "source": kind.source.place,
            "level": kind.level,
            **_said_of(kind, [(result, one) for result in results for one in result.invariants if one.id == kind.id]),
        }
        for kind in kinds
    )


def _said_of(kind: type[Invariant], said: Sequence[tuple[ScenarioResult, InvariantResult]]) -> dict[str, Any]:
    chances = sum(one.chances for _, one in said)
    broken_in = list(dict.fromkeys(result.id for result, one in said if one.outcome is Outcome.BROKEN))
    cells: dict[str, Outcome] = {}
    for result, one in said:
        if one.cell and (one.chances or one.outcome is Outcome.BROKEN) and len(result.cells) > 1:
            for cell, outcome in result.cells.items():
                if outcome is Outcome.NOT_REHEARSED:
                    cells.setdefault(cell, outcome)
            cells[one.cell] = Outcome.BROKEN if Outcome.BROKEN in (one.outcome, cells.get(one.cell)) else Outcome.UPHELD
    cells = {cell: cells[cell] for result, _ in said for cell in result.cells if cell in cells}
    left_out = kind.by_cell and Outcome.NOT_REHEARSED in cells.values()
    outcome = Outcome.BROKEN if broken_in else Outcome.UPHELD if chances and not left_out else Outcome.NOT_REHEARSED
    return {"outcome": outcome, "chances": chances, "broken_in": broken_in, "cells": cells}


class UnreadableVerdictError(ValueError):
    """A file is no verdict; the text is one sentence."""


class _Versioned(msgspec.Struct):
    schema: int


def read(path: Path) -> Verdict:
    """Read a verdict.

    Raises:
        UnreadableVerdictError: the file is missing or no verdict, or its schema is another.
    """
    try:
        content = path.read_bytes()
        schema = msgspec.json.decode(content, type=_Versioned).schema
        if schema == SCHEMA:
            return msgspec.json.decode(content, type=Verdict)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else str(wrong)
        raise UnreadableVerdictError(f"{path} is no verdict of this version of Gladi ({why}); rehearse again") from None
    raise UnreadableVerdictError(f"{path} is a verdict of schema {schema}, and this version of Gladi reads {SCHEMA}; rehearse again")


def write(path: Path, verdict: Verdict) -> None:
    """Replace the file atomically: a reader sees the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(verdict), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101 - mkstemp makes 0600; a CI job that collects artefacts is another user
        os.replace(name, path)  # noqa: PTH105 - atomic, and a Path here would say the same in more words
    except BaseException:
        os.unlink(name)  # noqa: PTH108 - as above
        raise
