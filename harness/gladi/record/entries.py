"""The entries of a journal: what a person did, what happened in the world, what was asked, answered, delivered and shown.

They are numbered from 1, carry virtual time in milliseconds and say how they are known. They never hold a secret. Shops and
orders bear the world's own names (`shop-1`, `INV-001`).
"""

from __future__ import annotations

import msgspec

from gladi.record.operations import Does
from gladi.record.wire import Lost
from gladi.record.words import Level, Platform, Provenance, Stage

__all__ = ["Call", "Compared", "Deed", "Entry", "Fact", "Finding", "Showed", "Webhook", "What"]


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
    PARCEL_TAKEN = "parcel taken"
    """The clerk gave it to the courier; one that nobody hands over by name is collected without this fact."""
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
    CRASHED = "crashed"
    """The system's process is gone; it begins again on what it left on disk."""
    SYSTEM_DOWN = "system down"
    """From now on nobody wakes it, and webhooks meet nobody."""
    SYSTEM_BACK = "system back"
    ORDER_EXPIRED = "order expired"
    """The platform cancelled it because the seller let the deadline for accepting it pass."""
    SHOP_MIRRORED = "shop mirrored"
    """The platform mirrors its listings on the Tokopedia storefront, or no longer does; `value` is the status. It is no merge."""
    NO_TOKOPEDIA_STORE = "no Tokopedia store"
    """The seller of the shop never had one; `value` is the kind of seller. Tokopedia has nothing of his."""
    TOKOPEDIA_CLOSED = "Tokopedia closed"
    """Its API has come to a step of its end; `value` is what it is now: `read only` or `closed`."""
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
    batch: tuple[str, ...] = ()
    """The orders that a write names together; `touches` is then None."""
    leniencies: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    listed_on: tuple[str, ...] | None = None
    changes: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    placed: bool = False
    misplaced: str | None = None
    version: str | None = None
    """The version that the query names, where the TikTok Shop Open API had it before 202309; those of its paths stand in `path`."""
    expired: bool = False
    lost: Lost | None = None
    """Set when the system never saw the answer; status and refusal are then the platform's knowledge alone."""

    @property
    def touched(self) -> tuple[str, ...]:
        """Everything that a write names: the one order or product, or each order of a batch."""
        return self.batch if self.touches is None else (self.touches,)

    @property
    def refused(self) -> bool:
        """Whether the platform said no."""
        said_so = self.lost is None and self.status >= 400  # noqa: PLR2004 - HTTP
        return self.refusal is not None or said_so


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
    notification: str | None = None
    """The platform's own id of what it told, on Tokopedia & Shop; Tokopedia gives none."""


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
