"""The journal: what happened in a run, in order, and the only thing from which a verdict is read.

What its entries hold stands in `entries`. The raw exchange behind a call stays in memory (`Journal.exchange`) and is redacted
wherever it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from gladi.record.entries import Call, Compared, Deed, Entry, Fact, Finding, Showed, Webhook, What
from gladi.record.redact import canonical, clean_path
from gladi.record.words import SHOP, Level, Platform, Provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.record.clock import Clock
    from gladi.record.operations import Operation
    from gladi.record.wire import Request, Response

__all__ = [
    "VERSION",
    "Call",
    "Compared",
    "Deed",
    "Entry",
    "Exchange",
    "Fact",
    "Finding",
    "Journal",
    "Showed",
    "Webhook",
    "What",
]

_VERSION_LENGTH = 6
VERSION = 1
"""The version of the journal's JSON lines; it rises when a reader would have to change."""


class Exchange(NamedTuple):
    """The raw request and response behind a call, in memory only."""

    request: Request
    response: Response


_encoder = msgspec.json.Encoder(order="sorted")


class Journal:
    """The entries of one run, in order. Whoever `watches` is told of each entry as it comes."""

    def __init__(self, clock: Clock, *, about: dict[str, Any] | None = None, raw: int | None = None) -> None:
        """Begin a journal whose entries are dated by `clock`; `about` (seed, settings) stands in its first line.

        `raw` bounds how many exchanges are kept as they were, for one that runs for days; older ones keep their canonical
        request alone. None keeps all.
        """
        self.entries: list[Entry] = []
        self.about = about or {}
        self.facts_are = Provenance.KNOWN
        """How facts are known from now on: where others than the sandbox answer, it only infers them."""
        self._clock = clock
        self._raw = raw
        self._exchanges: dict[int, Exchange] = {}
        self._folded: dict[int, dict[str, Any]] = {}
        self._watchers: list[Callable[[Entry], None]] = []

    def watch(self, watcher: Callable[[Entry], None]) -> None:
        """Tell `watcher` of every entry from now on."""
        self._watchers.append(watcher)

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)
        for watcher in self._watchers:
            watcher(entry)

    def call(self, request: Request, response: Response, operation: Operation | None, platform: Platform) -> Call:
        """Note an exchange."""
        notes = response.notes
        n = len(self.entries) + 1
        entry = Call(
            n=n,
            at=request.at,
            provenance=Provenance.OBSERVED,
            platform=platform,
            operation=operation.name if operation else "unknown",
            does=operation.does if operation else None,
            method=request.method,
            path=clean_path(request.path),
            status=response.status,
            code=notes.code,
            refusal=notes.refusal,
            shop=notes.shop,
            shows=notes.shows,
            polls=notes.polls,
            tells_merged=notes.tells_merged,
            touches=notes.touches,
            batch=notes.batch,
            leniencies=tuple([use.leniency for use in notes.leniencies]),
            assumes=notes.assumes,
            listed_on=notes.listed_on,
            changes=notes.changes,
            misses=notes.misses,
            placed=notes.placed or notes.misplaced is not None,
            misplaced=notes.misplaced,
            version=_version(request) if platform is SHOP else None,
            expired=notes.expired,
            lost=response.lost,
        )
        self._exchanges[n] = Exchange(request, response)
        if self._raw is not None and len(self._exchanges) > self._raw:
            oldest = next(iter(self._exchanges))
            self._folded[oldest] = canonical(self._exchanges.pop(oldest).request)
        self._add(entry)
        return entry

    def fact(self, what: str, **fields: Any) -> None:  # noqa: ANN401 - checked by the struct
        """Note something that happened in the world."""
        self._add(Fact(n=len(self.entries) + 1, at=self._clock.now, provenance=self.facts_are, what=what, **fields))

    def deed(self, who: str, did: str, **fields: Any) -> None:  # noqa: ANN401
        """Note what a person did."""
        self._add(Deed(n=len(self.entries) + 1, at=self._clock.now, who=who, did=did, **fields))

    def webhook(self, platform: Platform, event: str, status: int | None, **fields: Any) -> None:  # noqa: ANN401
        """Note a webhook and its answer."""
        self._add(
            Webhook(
                n=len(self.entries) + 1,
                at=self._clock.now,
                provenance=Provenance.OBSERVED,
                platform=platform,
                event=event,
                status=status,
                **fields,
            )
        )

    def showed(self, capability: str, rows: tuple[dict[str, str], ...]) -> None:
        """Note what the system showed when it was asked."""
        self._add(Showed(n=len(self.entries) + 1, at=self._clock.now, provenance=Provenance.OBSERVED, capability=capability, rows=rows))

    def compared(self, shop: str, between: str, *, agree: bool, why: str) -> None:
        """Note a comparison of ids."""
        self._add(Compared(n=len(self.entries) + 1, at=self._clock.now, shop=shop, between=between, agree=agree, why=why))

    def finding(self, level: Level, about: str, text: str) -> None:
        """Note something that a person should know."""
        self._add(Finding(n=len(self.entries) + 1, at=self._clock.now, level=level, about=about, text=text))

    def exchange(self, n: int) -> Exchange | None:
        """Give the raw exchange behind entry `n`, or None when it is no call or was folded. It holds secrets: redact it."""
        return self._exchanges.get(n)

    def lines(self) -> Iterator[bytes]:
        """Give the journal as JSON lines: a heading, then an entry a line, each call with its canonical, redacted request."""
        yield _encoder.encode({"journal": VERSION, **self.about})
        for entry in self.entries:
            exchange = self._exchanges.get(entry.n)
            request = canonical(exchange.request) if exchange is not None else self._folded.get(entry.n)
            yield _encoder.encode(entry if request is None else msgspec.to_builtins(entry) | {"request": request})

    def __bytes__(self) -> bytes:
        """Give the whole journal, a newline after every line."""
        return b"".join(line + b"\n" for line in self.lines())


def _version(request: Request) -> str | None:
    """Give the version that a query names, if it is one."""
    found = request.params.get("version", "") if "version=" in request.query else ""
    return found if len(found) == _VERSION_LENGTH and found.isdecimal() else None
