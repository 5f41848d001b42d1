"""The ledger of a developer's five attempts: every one is recorded, durably, before anything irreversible is done.

1. An attempt counts from the moment it is opened. A crash leaves it spent and open until a person settles it.
2. Nothing resets the record. `release` gives one ordinal back, once, for an attempt that surely never reached the platform.
3. The database holds the quota (`schema`); this file only asks, and turns answers into sentences.
4. A commit whose answer was lost is looked up, and never repeated.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from gladi.attempts.book import Book, Pen, person, read, refuse_if_moved
from gladi.attempts.cautions import cautions
from gladi.attempts.events import MOST, Attempt, Attestation, Event, Kind, Standing, genesis, known_as
from gladi.attempts.faults import RefusedError, ReplacedLedgerError, UnknownFateError, UnusableLedgerError
from gladi.attempts.opened import OpenAttempt, opened
from gladi.attempts.schema import DEVELOPERS
from gladi.attempts.store import LostCommit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from gladi.attempts.store import Store

__all__ = ["Ledger", "OpenAttempt"]

_WAITS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each look at what became of a commit whose answer was lost: a server that fell needs some to stand up."""


class Ledger:
    """The record of one developer in a store. It is a context manager and closes the store at its end."""

    def __init__(  # noqa: PLR0913 - what a test or another machine may give
        self,
        store: Store,
        *,
        developer: str,
        quota: int = MOST,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        host: str | None = None,
        waits: tuple[float, ...] = _WAITS,
    ) -> None:
        """Stand before a store. `quota` is from 1 to 5 and can only lower the recorded one; `now` gives aware instants.

        Raises:
            RefusedError: the developer's name is empty or the quota out of its range.
        """
        if not 1 <= quota <= MOST:
            raise RefusedError(f"a quota of {quota} cannot be; a developer account has {MOST} attempts, ever, so write 1 to {MOST}")
        self.developer = known_as(developer)
        if not self.developer:
            raise RefusedError("the developer has no name; write `developer` in [attempts] of gladi.toml")
        self.quota = quota
        self.store = store
        self._now = now
        self._host = host or socket.gethostname()
        self._waits = waits

    @classmethod
    def at(  # noqa: PLR0913 - as above
        cls,
        where: str | Path,
        *,
        developer: str,
        quota: int = MOST,
        create: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        host: str | None = None,
    ) -> Ledger:
        """Open the ledger at a path (SQLite) or a `postgresql://` URL; `create` makes one where there is none.

        Raises:
            MissingLedgerError: there is none, and it was not to be made.
            UnusableLedgerError: it cannot be read: corrupt, foreign, newer, read-only, full, out of reach.
        """
        if str(where).startswith(("postgresql://", "postgres://")):
            from gladi.attempts.postgres import PostgreSQL  # noqa: PLC0415 - an extra that most never install

            store: Store = PostgreSQL(str(where), create=create)
        else:
            from gladi.attempts.sqlite import SQLite  # noqa: PLC0415 - few runs need a database

            store = SQLite(where, create=create)
        return cls(store, developer=developer, quota=quota, now=now, host=host)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # -- asking ----------------------------------------------------------------------------------------------------

    def standing(self) -> Standing:
        """Sum up what is recorded, its chain of digests verified.

        Raises:
            RefusedError: the record went on to another ledger, here as in every other question: what stands here is no count any more.
        """
        return self._read().standing(self.quota)

    def attempts(self) -> tuple[Attempt, ...]:
        """Give every attempt ever opened, released ones too, in the order in which they were."""
        return self._read().attempts()

    def attestations(self) -> tuple[Attestation, ...]:
        """Give the newest attestation of each check, those that ran out too."""
        newest = {event.check: event for event in self._read().events if event.kind is Kind.ATTESTED}
        return tuple(
            Attestation(event.check, event.by, event.moment, datetime.fromisoformat(event.until).date(), event.note)
            for event in newest.values()
        )

    def extract(self) -> list[dict[str, Any]]:
        """Give every event of the developer as JSON, in their order: what a seal keeps and `verify` of `events` checks again."""
        return [event.as_json() for event in self._read().events]

    def continues(self, earlier: Standing) -> None:
        """See that this is the ledger that an earlier report saw; one that has ended since is.

        Raises:
            ReplacedLedgerError: it has fewer events, or others.
        """
        with self.store.reading() as transaction:
            events = read(transaction, self.developer).events
        then = events[earlier.events - 1].digest if 0 < earlier.events <= len(events) else genesis(self.developer)
        if earlier.developer == self.developer and earlier.events and then != earlier.digest:
            raise ReplacedLedgerError(
                f"the ledger {self.store.shown} is not the one of an earlier report, which saw {earlier} in {earlier.events} events "
                f"of {self.developer!r}; put that ledger back, from a copy if need be, before anything is counted on this one"
            )

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a person should know before trusting the count: sentences, and none where all is well."""
        with self.store.reading() as transaction:
            book = read(transaction, self.developer)
            developers = [str(name) for (name,) in transaction.run(DEVELOPERS)]
        return tuple(cautions(self.store, book, developers=developers, host=self._host, environment=os.environ))

    # -- recording -------------------------------------------------------------------------------------------------

    def open(self, shop: str, *, by: str, evidence: str = "", decided_on: Standing | None = None) -> OpenAttempt:
        """Open an attempt with a shop: from here on it is spent, whatever happens.

        `decided_on` is the standing that somebody looked at before deciding; one decision opens one attempt, so whatever was
        written since then is a reason to decide again.

        Raises:
            QuotaError: none is left.
            RefusedError: the record is not the one that was decided on.
            UnknownFateError: whether it was opened could not be found out; it counts as opened.
        """

        def opens(book: Book, pen: Pen) -> Event:
            if decided_on is not None and book.digest != decided_on.digest:
                raise RefusedError(
                    f"the ledger {self.store.shown} was written since you decided: it said {decided_on} in {decided_on.events} events, "
                    f"and says {book.standing(self.quota)} in {len(book.events)}; see `gladi attempts`, and decide again; nothing is spent"
                )
            book.lowers_quota(self.quota, pen)
            return book.takes(_said(shop, "the shop"), pen, origin=Kind.OPENED, note=evidence, within=min(self.quota, book.quota))

        return opened(self._write(opens, by=by))

    def resume(self, ordinal: int) -> OpenAttempt | None:
        """Give an attempt that is recorded as opened and as nothing more, so that its cues can be shown; None where there is none."""
        found = next((one for one in self.attempts() if one.ordinal == ordinal and one.state is Kind.OPENED), None)
        return None if found is None else opened(found.events[0])

    def record(self, attempt: int | OpenAttempt, kind: Kind, *, by: str = "", note: str = "") -> None:
        """Record that an attempt was linked, merged or failed; LINKED is recorded before the click.

        Raises:
            RefusedError: it is no such news, or the attempt has ended.
        """
        if kind not in (Kind.LINKED, Kind.MERGED, Kind.FAILED):
            raise RefusedError(f"{kind} is not recorded so; record linked, merged or failed, and use the method of that name for others")
        self._follow(attempt, kind, note, by=by)

    def settle(self, ordinal: int, reason: str, *, by: str = "") -> None:
        """Say what became of an attempt that was left open; it stays spent."""
        self._follow(ordinal, Kind.SETTLED, _said(reason, "the reason"), by=by)

    def release(self, ordinal: int, reason: str, *, by: str = "") -> None:
        """Give the ordinal of an attempt back that surely never reached the platform; the record keeps both.

        Raises:
            RefusedError: it got further than being opened, or was released already.
        """
        self._follow(ordinal, Kind.RELEASED, _said(reason, "the reason"), by=by)

    def outside(self, shop: str, reason: str, *, by: str = "") -> Attempt:
        """Record that shops were linked outside Gladi: that spent an attempt too, past any lower quota.

        Raises:
            QuotaError: all five are recorded as spent.
        """

        def notes(book: Book, pen: Pen) -> Event:
            book.lowers_quota(self.quota, pen)
            return book.takes(_said(shop, "the shop"), pen, origin=Kind.OUTSIDE, note=_said(reason, "the reason"), within=MOST)

        event = self._write(notes, by=by)
        return Attempt(event.ordinal or 0, event.generation or 0, event.shop, event.moment, event.kind, (event,))

    def attest(self, check: str, by: str, until: date, note: str = "") -> Attestation:
        """Keep what a person vouches for, until a day, that day included.

        Raises:
            RefusedError: nothing is named, or the day is past.
        """
        if until < self._now().astimezone(UTC).date():
            raise RefusedError(f"an attestation until {until} has run out already; write a day to come")

        def notes(book: Book, pen: Pen) -> Event:
            book.lowers_quota(self.quota, pen)
            fields = book.next(Kind.ATTESTED, pen, check=_said(check, "the check"), until=until.isoformat(), note=note)
            return book.adds(fields)

        event = self._write(notes, by=by)
        return Attestation(event.check, event.by, event.moment, until, event.note)

    def raise_quota(self, to: int, reason: str, *, by: str = "") -> None:
        """Let a quota be higher than the recorded one again, up to five; a lower one needs no more than `quota` of gladi.toml.

        Raises:
            RefusedError: it would be no higher, or more than five.
        """
        if to > MOST:
            raise RefusedError(f"a quota of {to} cannot be; a developer account has {MOST} attempts, ever")

        def raises(book: Book, pen: Pen) -> Event:
            if to <= book.quota:
                raise RefusedError(f"the recorded quota of {book.developer!r} is {book.quota}, and {to} is no more than that")
            return book.adds(book.next(Kind.QUOTA, pen, quota=to, note=_said(reason, "the reason")))

        self._write(raises, by=by)

    # -- underneath ------------------------------------------------------------------------------------------------

    def _follow(self, given: int | OpenAttempt, kind: Kind, note: str, *, by: str) -> None:
        ordinal = given if isinstance(given, int) else given.ordinal
        generation = None if isinstance(given, int) else given.generation
        self._write(lambda book, pen: book.follows(ordinal, kind, pen, generation=generation, note=note), by=by)

    def _read(self) -> Book:
        with self.store.reading() as transaction:
            book = read(transaction, self.developer)
        refuse_if_moved(book, self.store)
        return book

    def _write(self, act: Callable[[Book, Pen], Event], *, by: str) -> Event:
        at = self._now().astimezone(UTC).isoformat(timespec="microseconds")
        pen = Pen(by=by.strip() or person(), host=self._host, at=at, token=secrets.token_hex(16))
        try:
            with self.store.writing() as transaction:
                book = read(transaction, self.developer)
                refuse_if_moved(book, self.store)
                return act(book, pen)
        except LostCommit as lost:
            return self._looked_up(pen.token, str(lost))

    def _looked_up(self, token: str, lost: str) -> Event:
        """Find out what became of a commit: as the only writer, so that one which is still under way has ended."""
        for wait in self._waits:
            time.sleep(wait)
            try:
                with self.store.writing() as transaction:
                    events = read(transaction, self.developer).events
                # The last one of the token: a lowered quota is written with it, before it.
                found = next((event for event in reversed(events) if event.token == token), None)
                if found is not None:
                    self.store.confirm()
            except (UnusableLedgerError, LostCommit):
                continue
            if found is None:
                raise UnusableLedgerError(f"{lost}; it was looked up, and nothing was written or spent, so ask again")
            return found
        raise UnknownFateError(
            f"{lost}, and whether it was written cannot be looked up now; count it as done, do nothing irreversible, "
            "and see `gladi attempts` when the ledger is back"
        )


def _said(text: str, what: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise RefusedError(f"{what} is empty; a record that says nothing cannot be judged later, so write a few words")
    return said
