"""What the ledger asks of a database: one writer at a time, and a commit that is either certain or said not to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

__all__ = ["LostCommit", "Store", "Transaction", "Value"]

Value = str | int | None
"""What a column holds."""


class LostCommit(Exception):  # noqa: N818 - it is news, not an error: the commit may well have happened
    """The answer to a commit was lost: it happened or it did not, and somebody has to look. The text says what went wrong."""


class Transaction(Protocol):
    """Statements that belong together."""

    def run(self, statement: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Run one statement of `schema`, `?` for each value, and give its rows."""


class Store(Protocol):
    """A place for the ledger's tables. Every error of the database comes out as a sentence of `faults`."""

    @property
    def name(self) -> str:
        """What it is: SQLite or PostgreSQL."""

    @property
    def shown(self) -> str:
        """Where it is, without any secret."""

    @property
    def shared(self) -> bool:
        """Whether several machines can use it at once."""

    @property
    def identity(self) -> str:
        """The random name that this ledger got when it was made."""

    @property
    def cautions(self) -> tuple[str, ...]:
        """What about the database itself should be known before it is trusted; sentences."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """Read one consistent state."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """Write as the only writer, also next to a commit whose answer was lost; leaving it commits durably, an error undoes it.

        Raises:
            LostCommit: when it is left; the only way in which a commit is not certain.
        """

    def confirm(self) -> None:
        """Make certain that what can be read now is durable; raises UnusableLedgerError where that cannot be had."""

    def close(self) -> None:
        """Let go of the database."""
