"""Journals as they lie on disk, read again: what a report can know when the run is over, on whichever worker it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.judge.bench import Bench
from gladi.judge.story import tell
from gladi.record.clock import Clock
from gladi.record.journal import Call, Compared, Deed, Fact, Finding, Journal, Showed, Webhook
from gladi.record.words import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from gladi.judge.bench import Judgement
    from gladi.record.journal import Entry

__all__ = ["Asked", "Kept", "UnreadableJournalError", "judged", "read", "read_all", "stories"]


class Asked(Call, frozen=True, kw_only=True, gc=False, tag="call"):
    """A call with its canonical, redacted request: method, path, query as pairs, body."""

    request: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])

    @property
    def query(self) -> dict[str, str]:
        """The query by name; of a repeated name the first value counts."""
        pairs: list[tuple[str, str]] = self.request.get("query", [])
        return {str(name): str(value) for name, value in reversed(pairs)}


@dataclass(frozen=True, slots=True)
class Kept:
    """One journal: the scenario's name, what stands in its first line, and its entries in order."""

    scenario: str
    about: dict[str, Any]
    entries: tuple[Entry, ...] = field(repr=False)


class UnreadableJournalError(ValueError):
    """A file among the journals is none; the text is one sentence that names it."""


_decoder = msgspec.json.Decoder(Asked | Fact | Deed | Webhook | Showed | Compared | Finding)


def read(path: Path) -> Kept:
    """Read one journal. Raises UnreadableJournalError."""
    try:
        heading, *lines = path.read_bytes().splitlines()
        return Kept(path.stem, msgspec.json.decode(heading, type=dict[str, Any]), tuple(_decoder.decode(line) for line in lines))
    except (OSError, ValueError) as wrong:
        raise UnreadableJournalError(f"{path} is no journal of a rehearsal ({wrong}); rehearse again") from None


def read_all(folder: Path) -> Iterator[Kept]:
    """Read every journal of a folder in the order of the scenarios' names; none where there is no folder."""
    for path in sorted(folder.glob("*.jsonl")):
        yield read(path)


def judged(kept: Kept) -> tuple[Judgement, ...]:
    """Let the invariants judge a journal once more; what they only say when a play has settled is said of its last entry's instant."""
    end = kept.entries[-1].at if kept.entries else 0
    journal = Journal(Clock(end))
    bench = Bench(journal)
    for entry in kept.entries:
        journal.entries.append(entry)
        bench.sees(entry)
    return bench.settle(end)


def stories(kept: Kept, judgements: Iterable[Judgement]) -> list[str]:
    """Tell each violation that fails a scenario, from its journal alone."""
    journal = Journal(Clock(0))
    journal.entries.extend(kept.entries)
    return [
        tell(journal, violation, rule=one.invariant.title(), source=one.invariant.source.place, closing=())
        for one in judgements
        for violation in one.violations
        if violation.level is Level.VIOLATION
    ]
