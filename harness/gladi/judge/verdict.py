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
from gladi.record.words import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "SCHEMA",
    "InvariantResult",
    "Notice",
    "Overall",
    "ScenarioResult",
    "Verdict",
    "conclude",
    "sum_up",
    "write",
]

SCHEMA = 1
"""The version of the file; it rises when a reader would have to change."""


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
    asserted: bool = True
    """False when the scenario's own assertion failed, whatever the invariants say."""
    raised: str = ""
    """The exception that the system or the harness raised, where one did: that is no breach of an invariant."""
    invariants: tuple[InvariantResult, ...] = ()
    findings: tuple[Notice, ...] = ()
    assumptions: tuple[str, ...] = ()
    ids: tuple[dict[str, str], ...] = ()
    reruns: int = 0


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
    system: dict[str, Any]
    commit: dict[str, Any]
    catalogue: str
    """A hash over every scenario and invariant of the catalogue: two verdicts over different catalogues do not compare."""
    scenarios: tuple[ScenarioResult, ...]
    invariants: tuple[dict[str, Any], ...] = ()
    assumptions: tuple[str, ...] = ()
    finished_at: str | None = None
    """Wall clock, ISO 8601, UTC; None while unfinished."""


def conclude(results: Sequence[ScenarioResult]) -> Overall:
    """Sum up the catalogue: a run that rehearsed nothing is never green."""
    outcomes = [result.outcome for result in results]
    if Outcome.BROKEN in outcomes:
        return Overall.BROKEN
    if Outcome.FAULT in outcomes:
        return Overall.FAULT
    if Outcome.UPHELD not in outcomes:
        return Overall.NOTHING
    return Overall.INCOMPLETE if Outcome.NOT_REHEARSED in outcomes else Overall.UPHELD


def sum_up(results: Iterable[ScenarioResult], kinds: Mapping[str, tuple[str, str, Level]]) -> tuple[dict[str, Any], ...]:
    """Say of each invariant what all scenarios together say of it; `kinds` gives title, source and level by id."""
    chances = dict.fromkeys(kinds, 0)
    broken: dict[str, list[str]] = {kind: [] for kind in kinds}
    for result in results:
        for one in result.invariants:
            chances[one.id] = chances.get(one.id, 0) + one.chances
            if one.outcome is Outcome.BROKEN:
                broken.setdefault(one.id, []).append(result.id)
    return tuple(
        {
            "id": kind,
            "title": title,
            "source": source,
            "level": level,
            "outcome": Outcome.BROKEN if broken[kind] else Outcome.UPHELD if chances[kind] else Outcome.NOT_REHEARSED,
            "chances": chances[kind],
            "broken_in": broken[kind],
        }
        for kind, (title, source, level) in kinds.items()
    )


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
