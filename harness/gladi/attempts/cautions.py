"""What a person should know before trusting the count of a ledger: sentences, and none where all is well."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gladi.attempts.events import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gladi.attempts.book import Book
    from gladi.attempts.events import Event
    from gladi.attempts.store import Store

__all__ = ["cautions"]

_MOVE = "move it to PostgreSQL with `gladi attempts import`"


def cautions(store: Store, book: Book, *, developers: Collection[str], host: str, environment: Mapping[str, str]) -> Iterator[str]:
    """Look at the store, at who wrote, at the clocks of those who did, and at the `developers` whom the ledger knows."""
    yield from store.cautions
    if not store.shared:
        yield from _one_machine(book.events, host, environment)
    yield from _renamed(book, developers)
    for before, after in pairwise(book.events):
        if after.moment < before.moment:
            yield (
                f"event {after.number} is dated before event {before.number}: the clock of {before.host} or of {after.host} is wrong; "
                "the numbers tell the order"
            )
            return


def _one_machine(events: tuple[Event, ...], host: str, environment: Mapping[str, str]) -> Iterator[str]:
    if environment.get("CI", "").lower() not in ("", "0", "false"):
        yield f"this looks like CI and the ledger is a SQLite file, which other machines do not see; {_MOVE}"
    # All events and not the last alone: whoever writes here next would hide that there is a second machine.
    elsewhere = list(dict.fromkeys(event.host for event in reversed(events) if event.host != host))
    if elsewhere:
        more = f" and on {len(elsewhere) - 1} more" if len(elsewhere) > 1 else ""
        yield (
            f"the ledger is a SQLite file and was written on {elsewhere[0]}{more} too, not on {host} alone; two copies of it would "
            f"count apart, so {_MOVE}"
        )


def _renamed(book: Book, developers: Collection[str]) -> Iterator[str]:
    others = [f"{name!r}" for name in developers if name != book.developer]
    if others and not any(event.kind in (Kind.OPENED, Kind.OUTSIDE) for event in book.events):
        yield (
            f"the ledger knows {', '.join(others)} and no attempt of {book.developer!r}; where both are one account its five are one "
            "count, so write the old name as `developer` in gladi.toml"
        )
