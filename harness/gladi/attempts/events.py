"""What the ledger holds: events in their order, each chained to the one before it, and what they add up to.

1. Events are only ever added. Their order is their number; the instants come from clocks, and clocks may be wrong.
2. Each digest covers its event and the digest before it, so the last one stands for the whole record of a developer.
3. What an attempt is at is read from its events and stored nowhere.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from gladi.attempts.faults import ReplacedLedgerError

__all__ = ["MOST", "Attempt", "Attestation", "Event", "Kind", "Standing", "digest", "genesis", "known_as", "sealed", "verify"]

MOST = 5
"""A developer has at most five opportunities for integration rehearsals, and an integration is irreversible (rehearsal guide)."""


class Kind(StrEnum):
    """What happened."""

    OPENED = "opened"
    """An attempt was opened: it is spent from here on."""
    LINKED = "linked"
    """The seller linked the shops: the irreversible click."""
    MERGED = "merged"
    FAILED = "failed"
    SETTLED = "settled"
    """A person said what became of an attempt that was left open; it stays spent."""
    RELEASED = "released"
    """A person said that it surely never reached the platform; its ordinal is free again, once."""
    OUTSIDE = "outside"
    """The shops were linked outside Gladi; that spent an attempt too."""
    ATTESTED = "attested"
    QUOTA = "quota"
    """The quota that holds from here on."""
    MOVED = "moved"
    """The record went on to another ledger; the one it names is the only one that continues it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the record. What does not apply to its kind is None or empty."""

    developer: str
    number: int
    """1 and up, without a gap, for each developer."""
    kind: Kind
    at: str
    """UTC, ISO 8601 with microseconds, by the clock of the machine that wrote it."""
    by: str
    host: str
    ordinal: int | None = None
    generation: int | None = None
    """1, and one more each time the ordinal was given back."""
    shop: str = ""
    note: str = ""
    """The reason, the evidence, or whatever else was said."""
    check: str = ""
    until: str = ""
    quota: int | None = None
    token: str
    """Random; by it a write whose answer was lost is looked up."""
    digest: str = ""

    @property
    def moment(self) -> datetime:
        """The instant that the machine's clock told, in UTC."""
        return datetime.fromisoformat(self.at)

    def as_json(self) -> dict[str, Any]:
        """Give every field, in a fixed order."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One integration attempt, told from its events."""

    ordinal: int
    generation: int
    shop: str
    opened_at: datetime
    state: Kind
    """The kind of its last event."""
    events: tuple[Event, ...]

    @property
    def spent(self) -> bool:
        """Whether it counts: everything does that was not released."""
        return self.state is not Kind.RELEASED

    @property
    def open(self) -> bool:
        """Whether its end is not recorded yet."""
        return self.state in (Kind.OPENED, Kind.LINKED)

    def as_json(self) -> dict[str, Any]:
        """Give it for a machine, its events in their order."""
        return {
            "ordinal": self.ordinal,
            "generation": self.generation,
            "shop": self.shop,
            "opened_at": self.opened_at.isoformat(),
            "state": self.state.value,
            "spent": self.spent,
            "open": self.open,
            "events": [event.as_json() for event in self.events],
        }


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a person vouches for, until a day: the last one, in UTC, on which it holds."""

    check: str
    by: str
    at: datetime
    until: date
    note: str = ""

    def holds(self, now: datetime) -> bool:
        """Tell whether it has not run out; `now` is aware."""
        return now.astimezone(UTC).date() <= self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in every report: how many attempts are used, and what shows later that the ledger is still this one."""

    developer: str
    used: int
    quota: int
    open: tuple[int, ...]
    """The ordinals whose end is not recorded."""
    events: int
    digest: str

    def __str__(self) -> str:
        return f"used {self.used} of {self.quota}"

    @property
    def left(self) -> int:
        """How many can still be opened."""
        return max(0, self.quota - self.used)

    def as_json(self) -> dict[str, Any]:
        """Give it for `verdict.json` and for machines."""
        return {
            "developer": self.developer,
            "used": self.used,
            "quota": self.quota,
            "open": list(self.open),
            "events": self.events,
            "digest": self.digest,
        }

    @classmethod
    def of(cls, given: dict[str, Any]) -> Standing:
        """Read it back; raises KeyError, TypeError or ValueError where something else is given."""
        return cls(
            developer=str(given["developer"]),
            used=int(given["used"]),
            quota=int(given["quota"]),
            open=tuple(int(one) for one in given["open"]),
            events=int(given["events"]),
            digest=str(given["digest"]),
        )


_UNDER_THE_DIGEST = tuple(name for name in Event.__slots__ if name != "digest")


def known_as(developer: str) -> str:
    """Give the one name under which a developer is kept, so that `Acme` and ` acme ` are one."""
    # Casefolding can undo the normal form, so it stands between two of them.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", developer).casefold())
    return " ".join("".join(letter for letter in folded if unicodedata.category(letter) != "Cf").split())


def genesis(developer: str) -> str:
    """Give the digest before the first event of a developer."""
    return sha256(f"gladi attempts of {developer}".encode()).hexdigest()


def digest(before: str, event: Event) -> str:
    """Give the digest of an event after the one before it: SHA-256 over the JSON list of that digest and all other fields in order."""
    fields = [before, *(getattr(event, name) for name in _UNDER_THE_DIGEST)]
    return sha256(json.dumps(fields).encode()).hexdigest()


def sealed(before: str, event: Event) -> Event:
    """Give the event with its digest."""
    fields = event.as_json() | {"digest": digest(before, event)}
    return Event(**fields)


def verify(developer: str, events: tuple[Event, ...]) -> str:
    """Give the digest of a record, and refuse one that has a gap or a changed line.

    Raises:
        ReplacedLedgerError: an event was changed, left out, or put in between.
    """
    last = genesis(developer)
    for number, event in enumerate(events, start=1):
        if event.number != number or event.developer != developer or digest(last, event) != event.digest:
            raise ReplacedLedgerError(
                f"the record of {developer!r} was changed from event {number} on (its digest does not follow from what stands before it); "
                "put the ledger back from a copy that was not touched, and count nothing on this one"
            )
        last = event.digest
    return last
