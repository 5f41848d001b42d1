"""Taking a ledger over into another database, once: no attempt is lost on the way, and none can be counted twice after it.

1. The old ledger is ended first: a last event names the ledger that goes on, and from then on the old tables take nothing more.
2. Then all its events are written into the new one, in one commit, through the same constraints as any other.
3. A crash between the two leaves the old one ended and the new one empty. Asked again, the same new ledger takes it over; another one
   is refused, for the last event names a ledger by its identity and not by its address.
"""

from __future__ import annotations

import secrets
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gladi.attempts.book import Book, Pen, person, read
from gladi.attempts.events import Kind
from gladi.attempts.faults import RefusedError, UnusableLedgerError
from gladi.attempts.schema import DEVELOPERS
from gladi.attempts.store import LostCommit

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.attempts.events import Event
    from gladi.attempts.store import Store, Transaction

__all__ = ["adopt"]


def adopt(old: Store, new: Store, *, by: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> dict[str, int]:
    """Move the record of every developer; give how many events each has.

    Raises:
        RefusedError: the old ledger holds nothing or went on elsewhere, or the new one knows a developer of it by other events.
        UnusableLedgerError: one of the two cannot be written, or an answer was lost; ask again.
    """
    at = now().astimezone(UTC).isoformat(timespec="microseconds")
    pen = Pen(by=by.strip() or person(), host=socket.gethostname(), at=at, token=secrets.token_hex(16))
    try:
        with new.reading() as there, old.reading() as here:
            for developer in _developers(here, old):
                _refuse_others(read(here, developer), read(there, developer), new)
        with old.writing() as here:
            books = [read(here, developer) for developer in _developers(here, old)]
            for book in books:
                _end(book, old, new, pen)
        with new.writing() as there:
            for book in books:
                _take_over(book, read(there, book.developer), new)
    except LostCommit as lost:
        raise UnusableLedgerError(f"{lost}; nothing is lost or counted twice, so ask again") from None
    return {book.developer: len(book.events) for book in books}


def _developers(here: Transaction, old: Store) -> list[str]:
    found = [str(name) for (name,) in here.run(DEVELOPERS)]
    if not found:
        raise RefusedError(f"the ledger {old.shown} holds nothing, so there is nothing to import")
    return found


def _end(book: Book, old: Store, new: Store, pen: Pen) -> None:
    """End the record of a developer, unless that was done for the same new ledger by a run that did not get further."""
    ends = [event for event in book.events if event.kind is Kind.MOVED and event.note != old.identity]
    if any(event.note != new.identity for event in ends):
        raise RefusedError(f"the record of {book.developer!r} in {old.shown} went on to another ledger already, which is not {new.shown}")
    if not ends:
        book.adds(book.next(Kind.MOVED, pen, note=new.identity))


def _refuse_others(here: Book, there: Book, new: Store) -> None:
    """Refuse a new ledger in which the developer has other events: two records would have to become one, and five could be ten."""
    if there.events and not _begins_with(there.events, here.events):
        raise RefusedError(
            f"{new.shown} has its own record of {here.developer!r}, and two cannot become one; "
            "record what the other one holds with `gladi attempts record-outside`"
        )


def _take_over(here: Book, there: Book, new: Store) -> None:
    _refuse_others(here, there, new)
    if not there.events:
        for event in here.events:
            there.adds(event)


def _begins_with(events: tuple[Event, ...], first: tuple[Event, ...]) -> bool:
    return [event.digest for event in events[: len(first)]] == [event.digest for event in first]
