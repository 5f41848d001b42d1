"""What a watch writes into the ledger of the attempts: what became of the one that it watches, once, and where it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.attempts.events import Kind
from gladi.record.clock import moment
from gladi.record.evidence import assumed

if TYPE_CHECKING:
    from gladi.attempts.events import Attempt
    from gladi.attempts.ledger import Ledger
    from gladi.attempts.watching.sight import Sight

__all__ = ["BY", "UNMERGED", "Watched"]

BY = "gladi watch"

UNMERGED = assumed(
    "the changelog names `unmerge` and the guide no unbinding (tokopedia-api.md 10, row 14); before a merge is shown it can only mean "
    "that this one came to nothing",
    switch="--no-record",
)


class Watched:
    """One attempt of a ledger, by its ordinal; without `writes` it is only looked at."""

    def __init__(self, ledger: Ledger, ordinal: int, *, writes: bool = True) -> None:
        """Watch attempt `ordinal`."""
        self._ledger = ledger
        self._ordinal = ordinal
        self._writes = writes

    def attempt(self) -> Attempt:
        """Give the attempt as the ledger has it now.

        Raises:
            LedgerError: the ledger cannot be read.
        """
        return [one for one in self._ledger.attempts() if one.ordinal == self._ordinal][-1]

    def records(self, sight: Sight) -> Kind | None:
        """Record what is seen, where the attempt is open and it was not recorded yet; give what was.

        Merged is what Get Shop Info shows: a webhook alone is waited for, at most until the next poll.

        Raises:
            LedgerError: the ledger refuses it or cannot be used.
        """
        if not self._writes or not self.attempt().open:
            return None
        if sight.shows and sight.answer is not None:
            ids = {True: "the ids agree", False: "the ids do not agree", None: "no webhook to compare with yet"}[sight.agree]
            return self._record(Kind.MERGED, f"Get Shop Info showed it at {moment(sight.answer.at):%Y-%m-%d %H:%M} UTC; {ids}")
        if sight.unmerged is not None:
            return self._record(Kind.FAILED, f'a signed webhook said "unmerge" at {moment(sight.unmerged.at):%Y-%m-%d %H:%M} UTC')
        return None

    def _record(self, kind: Kind, note: str) -> Kind:
        self._ledger.record(self._ordinal, kind, by=BY, note=note)
        return kind
