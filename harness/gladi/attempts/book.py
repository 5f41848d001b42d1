"""One developer's pages in an open transaction: its events read and verified, and the few ways in which one is added."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gladi.attempts.events import MOST, Attempt, Event, Kind, Standing, genesis, sealed, verify
from gladi.attempts.faults import QuotaError, RefusedError
from gladi.attempts.schema import EVENTS, INSERT_EVENT

if TYPE_CHECKING:
    from gladi.attempts.store import Store, Transaction, Value

__all__ = ["AFTER", "Book", "Pen", "person", "read", "refuse_if_moved"]

AFTER: dict[Kind, frozenset[Kind]] = {
    Kind.OPENED: frozenset((Kind.LINKED, Kind.MERGED, Kind.FAILED, Kind.SETTLED, Kind.RELEASED)),
    Kind.LINKED: frozenset((Kind.MERGED, Kind.FAILED, Kind.SETTLED)),
    Kind.OUTSIDE: frozenset((Kind.MERGED, Kind.FAILED, Kind.SETTLED)),
    Kind.MERGED: frozenset(),
    Kind.FAILED: frozenset(),
    Kind.SETTLED: frozenset(),
    Kind.RELEASED: frozenset(),
}
"""What may be recorded of an attempt after what."""

_INSERT_ATTEMPT = "INSERT INTO gladi_attempts (developer, ordinal, generation, follows, origin) VALUES (?, ?, ?, ?, ?)"
_INSERT_RELEASE = "INSERT INTO gladi_releases (developer, ordinal, generation) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, where and when, and the token by which the writing can be found again."""

    by: str
    host: str
    at: str
    token: str


def person() -> str:
    """Give the user of this machine, who writes where nobody else is named."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "somebody"


def read(transaction: Transaction, developer: str) -> Book:
    """Read a developer's events and verify their chain.

    Raises:
        ReplacedLedgerError: the record was changed.
    """
    events = tuple(_event(row) for row in transaction.run(EVENTS, (developer,)))
    return Book(transaction, developer, events, verify(developer, events))


def refuse_if_moved(book: Book, store: Store) -> None:
    """Refuse a record that went on to another ledger: what stands here is no count any more.

    Raises:
        RefusedError: it did.
    """
    if any(event.kind is Kind.MOVED and event.note != store.identity for event in book.events):
        raise RefusedError(
            f"the record of {book.developer!r} in {store.shown} went on to another ledger and ends here; "
            "write that one as `ledger` in [attempts] of gladi.toml"
        )


def _event(row: tuple[Value, ...]) -> Event:
    fields: dict[str, Any] = dict(zip(Event.__slots__, row, strict=True))
    fields["kind"] = Kind(str(fields["kind"]))
    return Event(**fields)


class Book:
    """The events of one developer within one transaction; adding one shows at once."""

    def __init__(self, transaction: Transaction, developer: str, events: tuple[Event, ...], digest: str) -> None:
        """Give it what `read` found."""
        self._transaction = transaction
        self.developer = developer
        self.events = events
        self.digest = digest

    @property
    def quota(self) -> int:
        """The quota that the record holds; five as long as it names none."""
        return next((event.quota for event in reversed(self.events) if event.quota is not None), MOST)

    def attempts(self) -> tuple[Attempt, ...]:
        """Give every attempt, released ones too, in the order in which they were opened."""
        found: dict[tuple[int, int], list[Event]] = {}
        for event in self.events:
            if event.ordinal is not None and event.generation is not None:
                found.setdefault((event.ordinal, event.generation), []).append(event)
        return tuple(
            Attempt(ordinal, generation, of_it[0].shop, of_it[0].moment, of_it[-1].kind, tuple(of_it))
            for (ordinal, generation), of_it in found.items()
        )

    def attempt(self, ordinal: int) -> Attempt:
        """Give the attempt that an ordinal stands for now: the last one opened under it.

        Raises:
            RefusedError: none was.
        """
        here = [attempt for attempt in self.attempts() if attempt.ordinal == ordinal]
        if not here:
            known = sorted({attempt.ordinal for attempt in self.attempts()})
            there = f"there are {', '.join(map(str, known))}" if known else "none was ever opened"
            raise RefusedError(f"{self.developer!r} has no attempt {ordinal}; {there}")
        return here[-1]

    def standing(self, quota: int) -> Standing:
        """Sum up, under a quota that can only be lower than the one of the record."""
        attempts = self.attempts()
        return Standing(
            developer=self.developer,
            used=sum(attempt.spent for attempt in attempts),
            quota=min(quota, self.quota),
            open=tuple(sorted(attempt.ordinal for attempt in attempts if attempt.open)),
            events=len(self.events),
            digest=self.digest,
        )

    # -- adding ----------------------------------------------------------------------------------------------------

    def lowers_quota(self, quota: int, pen: Pen) -> None:
        """Record a quota where none is recorded yet, or where it is lower than the recorded one."""
        recorded = any(event.kind is Kind.QUOTA for event in self.events)
        if not recorded or quota < self.quota:
            self.adds(self.next(Kind.QUOTA, pen, quota=quota))

    def takes(self, shop: str, pen: Pen, *, origin: Kind, note: str, within: int) -> Event:
        """Take the lowest free ordinal up to `within` and record it; the database holds both.

        Raises:
            QuotaError: no ordinal is free.
        """
        spent = {attempt.ordinal for attempt in self.attempts() if attempt.spent}
        free = next((ordinal for ordinal in range(1, within + 1) if ordinal not in spent), None)
        if free is None:
            raise QuotaError(
                f"{self.developer!r} has {self.standing(within)} attempts and none is left; nothing gives one back but "
                "`gladi attempts release`, for one that surely never reached the platform"
            )
        generation = 1 + max((attempt.generation for attempt in self.attempts() if attempt.ordinal == free), default=0)
        return self.adds(self.next(origin, pen, ordinal=free, generation=generation, shop=shop, note=note))

    def follows(self, ordinal: int, kind: Kind, pen: Pen, *, generation: int | None = None, note: str = "") -> Event:
        """Record what became of an attempt; `generation` sees that it is still the one that was opened.

        Raises:
            RefusedError: there is no such attempt, or `AFTER` does not let it come to that.
        """
        attempt = self.attempt(ordinal)
        another = generation is not None and generation != attempt.generation
        if another or kind not in AFTER[attempt.state]:
            state = "released, and opened again since" if another else attempt.state.value
            raise RefusedError(_too_late(ordinal, state, kind))
        return self.adds(self.next(kind, pen, ordinal=ordinal, generation=attempt.generation, shop=attempt.shop, note=note))

    def next(  # noqa: PLR0913 - the columns that not every kind has
        self,
        kind: Kind,
        pen: Pen,
        *,
        ordinal: int | None = None,
        generation: int | None = None,
        shop: str = "",
        note: str = "",
        check: str = "",
        until: str = "",
        quota: int | None = None,
    ) -> Event:
        """Make the event that would come next."""
        event = Event(
            developer=self.developer,
            number=len(self.events) + 1,
            kind=kind,
            at=pen.at,
            by=pen.by,
            host=pen.host,
            ordinal=ordinal,
            generation=generation,
            shop=shop,
            note=note,
            check=check,
            until=until,
            quota=quota,
            token=pen.token,
        )
        return sealed(self.digest if self.events else genesis(self.developer), event)

    def adds(self, event: Event) -> Event:
        """Write an event, and the row that it takes or gives back."""
        if event.ordinal is not None and event.generation is not None:
            place = (self.developer, event.ordinal, event.generation)
            if event.kind in (Kind.OPENED, Kind.OUTSIDE):
                follows = event.generation - 1 if event.generation > 1 else None
                self._transaction.run(_INSERT_ATTEMPT, (*place, follows, event.kind.value))
            elif event.kind is Kind.RELEASED:
                self._transaction.run(_INSERT_RELEASE, place)
        fields = event.as_json()
        self._transaction.run(INSERT_EVENT, tuple(fields[name] for name in Event.__slots__))
        self.events = (*self.events, event)
        self.digest = event.digest
        return event


def _too_late(ordinal: int, state: str, kind: Kind) -> str:
    advice = ""
    if kind is Kind.RELEASED and state in ("linked", "merged", "failed", "outside"):
        advice = "; it reached the platform, so it is spent for good"
    elif state.startswith("released") and kind is not Kind.RELEASED:
        advice = "; if the shops were linked all the same, record that with `gladi attempts record-outside`"
    return f"attempt {ordinal} is {state}, so it cannot become {kind.value}{advice}"
