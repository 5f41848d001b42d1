"""What an invariant is: it sees each entry of a journal once, and settles when the play is over.

1. A fresh object judges a run; nothing is shared between runs.
2. `sees` is O(1): it looks at the entry and at what it kept, never back into the journal.
3. `chances` counts how often the rule could have been broken. None means *not rehearsed*, never *upheld*.
4. Rules about a stage count from what the system was *told*: a webhook it answered 2xx, or the answer to its own poll.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from gladi.record.evidence import Evidence, documented
from gladi.record.journal import Call, Entry, Webhook
from gladi.record.words import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.clock import Instant

__all__ = ["Invariant", "Violation", "told"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach: a sentence for a person, the journal entries that prove it, and what it is about."""

    invariant: str
    text: str
    entries: tuple[int, ...]
    level: Level = Level.VIOLATION
    order: str | None = None
    shop: str | None = None


class Invariant:
    """A rule over the journal. Its docstring is the rule; its first line is what every report prints."""

    id: ClassVar[str]
    """Unique, lower case with underscores, never reused."""
    source: ClassVar[Evidence] = documented("")
    level: ClassVar[Level] = Level.VIOLATION
    """`WARNING` where the documents advise rather than demand."""
    looks_at: ClassVar[tuple[type[Entry], ...]] = (Entry,)
    """The kinds of entries that can mean anything to it; `sees` is asked about no other."""
    by_cell: ClassVar[bool] = False
    """Whether it hangs on where an order in flight lives: it is then upheld only if it is in every cell of the in-flight matrix."""

    def __init__(self) -> None:
        """Begin without having seen anything."""
        self.chances = 0

    @classmethod
    def title(cls) -> str:
        """The rule in one sentence."""
        return (inspect.getdoc(cls) or cls.id).partition("\n")[0].rstrip(".")

    def sees(self, entry: Entry) -> Iterator[Violation]:
        """Look at one entry, in order; yield what it breaks."""
        del entry
        yield from ()

    def settles(self, at: Instant) -> Iterator[Violation]:
        """Look back when the play has settled at `at`; yield what was never done."""
        del at
        yield from ()

    def broken(self, text: str, *entries: int, order: str | None = None, shop: str | None = None) -> Violation:
        """Make a violation of this rule."""
        return Violation(self.id, text, tuple(sorted(set(entries))), self.level, order, shop)


def told(entry: Entry) -> tuple[str, ...]:
    """Give the shops of which an entry tells the system that they have merged: by webhook, taken with 2xx, or by its own poll."""
    if isinstance(entry, Webhook):
        return entry.tells_merged if entry.status is not None and 200 <= entry.status < 300 else ()  # noqa: PLR2004 - HTTP
    return entry.tells_merged if isinstance(entry, Call) else ()
