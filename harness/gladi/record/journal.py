"""The journal: what happened in a run, in order, and the only thing from which a verdict is read.

Entries are numbered from 1, carry virtual time in milliseconds and say how they are known. They never hold a secret:
the raw exchange behind a call stays in memory (`Journal.exchange`) and is redacted wherever it is written.
Shops and orders bear the world's own names (`shop-1`, `INV-001`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from gladi.record.operations import Does
from gladi.record.redact import canonical
from gladi.record.wire import Lost
from gladi.record.words import Level, Platform, Provenance, Stage

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

VERSION = 1
"""The version of the journal's JSON lines; it rises when a reader would have to change."""


class What:
    """The facts that the sandbox knows of."""

    STAGE = "stage"
    WEBHOOK_ARRIVED = "webhook arrived"
    """It reached the system, which has not answered yet: what it asks meanwhile, it asks because of it."""
    MERGE_FAILED = "merge failed"
    ORDER_PLACED = "order placed"
    ORDER_PAID = "order paid"
    ORDER_APPEARED = "order appeared"
    ORDER_VANISHED = "order vanished"
    ORDER_CAUGHT = "order caught"
    """The merge caught it between payment and shipment; `value` is the cell of the in-flight matrix that says where it lives now."""
    ORDER_CANCELLED = "order cancelled"
    PARCEL_LEFT = "parcel left"
    PRICE_SET = "price set"
    STOCK_SET = "stock set"
    PRODUCT_EDITED = "product edited"
    PRODUCT_LINKED = "product linked"
    PRODUCT_CREATED = "product created"
    PRODUCT_SHOWN = "product shown"
    """Buyers of a storefront see it from now on; `platform` is the storefront."""
    PRODUCT_HIDDEN = "product hidden"
    STOCK_MERGED = "stock merged"
    """What a SKU has on Tokopedia & Shop once the product merge has paired it with its twin."""
    WAREHOUSES_RENUMBERED = "warehouses renumbered"
    UNITS_OWNED = "units owned"
    """The seller told the system how many units of a SKU he owns; `value` is their number, empty when nobody can say any more."""
    WEBHOOKS_REGISTERED = "webhooks registered"
    """`value` names the URLs that were set before and are empty now, separated by `, `; empty when none is, None when none was set."""
    NOT_AUTHORIZED = "not authorized"
    """The shop's owner has not authorized the app on Tokopedia & Shop: what lives there no system can read."""
    TROUBLE = "trouble"
    """Something went wrong between system and platform, on purpose; `value` names it."""
    ORDER_EXPIRED = "order expired"
    """The platform cancelled it because the seller let the deadline for accepting it pass."""
    CONVERSATION_BEGAN = "conversation began"
    MESSAGE_SENT = "message sent"


class Entry(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, gc=False):
    """What every entry has: its number, its virtual instant in milliseconds, and how it is known."""

    n: int
    at: int
    provenance: Provenance = Provenance.KNOWN


class Call(Entry, frozen=True, kw_only=True, gc=False, tag="call"):
    """A request of the system and the platform's answer."""

    platform: Platform
    operation: str
    """A name out of `record.operations`, or `unknown`."""
    method: str
    path: str
    status: int
    does: Does | None = None
    code: str | None = None
    refusal: str | None = None
    shop: str | None = None
    shows: tuple[str, ...] = ()
    polls: tuple[str, ...] = ()
    tells_merged: tuple[str, ...] = ()
    touches: str | None = None
    leniencies: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    listed_on: tuple[str, ...] | None = None
    misses: tuple[str, ...] = ()
    expired: bool = False
    lost: Lost | None = None
    """Set when the system never saw the answer; status and refusal are then the platform's knowledge alone."""

    @property
    def refused(self) -> bool:
        """Whether the platform said no."""
        return self.refusal is not None or self.status >= 400  # noqa: PLR2004 - HTTP


class Fact(Entry, frozen=True, kw_only=True, gc=False, tag="fact"):
    """Something that happened in the world, known to the sandbox."""

    what: str
    """One of `What`."""
    shop: str | None = None
    order: str | None = None
    platform: Platform | None = None
    """Where it happened, or where the thing now lives."""
    parcel: str | None = None
    sku: str | None = None
    stage: Stage | None = None
    value: str | None = None
    by_hand: bool = False
    """A person did it in the platform's own console, past the system."""
    assumes: tuple[str, ...] = ()


class Deed(Entry, frozen=True, kw_only=True, gc=False, tag="deed"):
    """Something a person did, as a sentence in the past tense: `the seller linked the shops`."""

    who: str
    did: str
    shop: str | None = None
    order: str | None = None
    sku: str | None = None


class Webhook(Entry, frozen=True, kw_only=True, gc=False, tag="webhook"):
    """A webhook and the system's answer; status None when it was lost or nobody answered."""

    platform: Platform
    event: str
    status: int | None
    shop: str | None = None
    tells_merged: tuple[str, ...] = ()
    lost: bool = False
    genuine: bool = True
    """False for one that the platform never sent, or whose signature is wrong."""
    again: bool = False
    """The same bytes were delivered before."""


class Showed(Entry, frozen=True, kw_only=True, gc=False, tag="showed"):
    """What the system showed when it was asked, row by row; `capability` says which question."""

    capability: str
    rows: tuple[dict[str, str], ...] = ()


class Compared(Entry, frozen=True, kw_only=True, gc=False, tag="compared"):
    """Ids that were compared: the platform's with each other, or the system's with the platform's."""

    shop: str
    between: str
    agree: bool
    why: str = ""


class Finding(Entry, frozen=True, kw_only=True, gc=False, tag="finding"):
    """Something a person should know that no invariant judges, such as a leniency that was used."""

    level: Level
    about: str
    text: str


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
            path=request.path,
            status=response.status,
            code=notes.code,
            refusal=notes.refusal,
            shop=notes.shop,
            shows=notes.shows,
            polls=notes.polls,
            tells_merged=notes.tells_merged,
            touches=notes.touches,
            leniencies=tuple(use.leniency for use in notes.leniencies),
            assumes=notes.assumes,
            listed_on=notes.listed_on,
            misses=notes.misses,
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
        self._add(Fact(n=len(self.entries) + 1, at=self._clock.now, what=what, **fields))

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
