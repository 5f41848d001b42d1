"""The book: all that the system must still know after a restart, written down the moment it is known."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "Answer",
    "Book",
    "Change",
    "Chat",
    "Kind",
    "Line",
    "Place",
    "Product",
    "Said",
    "Shipment",
    "Shop",
    "Sighting",
    "Standing",
    "Storefront",
    "Tokens",
    "Told",
    "Units",
]

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the book."""


# -- shops -------------------------------------------------------------------------------------------------------------


class Shop(Record, frozen=True, kw_only=True):
    """One Tokopedia shop and what we know of its merge. Ids are the platforms' exact digits, as text."""

    toko_shop_id: str
    merged_at: datetime | None = None
    tts_seller_id: str | None = None
    tts_shop_id: str | None = None
    rumour: str | None = None
    """The seller id of a webhook that said 'merge' and is not confirmed yet."""
    read_until: datetime | None = None
    """Up to where its orders on Tokopedia have been read."""
    swept: bool = False
    """Its orders on Tokopedia have been read up to the very moment of the merge."""


class Storefront(Record, frozen=True, kw_only=True):
    """One shop on Tokopedia & Shop that granted us access: `cipher` names it in calls, `grant` says under whose token."""

    id: str
    cipher: str
    grant: str


class Tokens(Record, frozen=True, kw_only=True):
    """The tokens of one grant."""

    access_token: str
    expires_at: datetime
    refresh_token: str


class Place(Record, frozen=True, kw_only=True):
    """One shop on one platform, where a SKU may be sold."""

    platform: Platform
    shop: str

    def __str__(self) -> str:
        return f"{self.platform} {self.shop}"


# -- orders ------------------------------------------------------------------------------------------------------------


class Standing(StrEnum):
    """What a platform says of an order."""

    WAITING = "waiting"
    """Paid, but not released to the seller."""
    NEW = "new"
    """To be accepted before it can be shipped; Tokopedia only."""
    OPEN = "open"
    SHIPPED = "shipped"
    DONE = "done"
    """It left and has arrived."""
    CLOSED = "closed"
    """It was cancelled."""
    GONE = "gone"
    """The platform showed it once and no longer does."""


class Line(Record, frozen=True, kw_only=True):
    """One thing to pack. A platform sends an empty SKU where the seller never gave one."""

    sku: str
    product_id: str
    quantity: int


class Sighting(Record, frozen=True, kw_only=True):
    """One order as one platform shows it. An order that both platforms show is two sightings, of which one is a copy."""

    platform: Platform
    shop: str
    order_id: str
    standing: Standing
    created_at: datetime
    lines: tuple[Line, ...]
    total: int
    seen_at: datetime
    from_tokopedia: bool
    """The buyer bought in the Tokopedia app."""
    packages: tuple[str, ...] = ()
    copy_of: str | None = None

    @property
    def key(self) -> str:
        """The sighting's key in the book."""
        return f"{self.platform} {self.order_id}"

    @property
    def footprint(self) -> tuple[object, ...]:
        """What two sightings of one order share, since they share no id."""
        packed: dict[str, int] = {}
        for line in self.lines:
            packed[line.sku] = packed.get(line.sku, 0) + line.quantity
        return (self.created_at, tuple(sorted(packed.items())), self.total)


class Shipment(Record, frozen=True, kw_only=True):
    """The clerk's wish that an order be shipped, and how far it got."""

    order: str
    """The key of the sighting that stands for the order."""
    asked: str | None = None
    """The sighting whose platform was asked to ship and has not answered yet."""
    sent: bool = False
    not_before: datetime | None = None
    refused: tuple[str, ...] = ()
    """The sightings whose platforms said no."""
    trouble: str = ""
    """What the last of them said."""


# -- products ----------------------------------------------------------------------------------------------------------


class Product(Record, frozen=True, kw_only=True):
    """One product or variant on Tokopedia, and what it is on Tokopedia & Shop once that is known."""

    product_id: str
    shop: str
    sku: str
    parent_id: str | None = None
    tts_product_id: str | None = None
    suspended: bool = False


class Kind(StrEnum):
    """What the seller wants changed."""

    PRICE = "price"
    STOCK = "stock"
    EDIT = "product page"
    LAUNCH = "launch"
    SHELF = "listing"

    @property
    def is_of_a_page(self) -> bool:
        """Whether the merge locks it together with the product page; price and stock it may leave open."""
        return self not in (Kind.PRICE, Kind.STOCK)


class Change(Record, frozen=True, kw_only=True):
    """What the seller wants, and the places that do not have it yet."""

    kind: Kind
    sku: str
    value: int = 0
    title: str | None = None
    description: str | None = None
    stock: int = 0
    """Of a product to be launched, whose price is `value`."""
    shown: tuple[Platform, ...] = ()
    """The apps whose buyers shall see the product."""
    hidden: tuple[Platform, ...] = ()
    """The apps whose buyers shall see it no longer."""
    wanted_at: datetime | None = None
    places: tuple[Place, ...] = ()
    sold: bool = False
    """At least one place took it."""
    held: bool = False
    """The seller was told that it has to wait."""

    @property
    def key(self) -> str:
        """The change's key in the book."""
        return f"{self.kind} {self.sku}"


class Units(Record, frozen=True, kw_only=True):
    """What the seller owns of a SKU, over all shops."""

    sku: str
    owned: int
    since: datetime
    counted: tuple[str, ...] = ()
    """The orders that were taken off."""
    linked_to: str | None = None
    """Its product on Tokopedia & Shop when its stock was last set, once the product merge has made it one with Tokopedia's."""


class Said(Record, frozen=True, kw_only=True):
    """One message of a conversation, in the platform's own words."""

    id: str
    index: int
    """Sorts the messages of a conversation."""
    kind: str
    content: str
    from_buyer: bool
    from_shop: bool


class Chat(Record, frozen=True, kw_only=True):
    """A conversation on Tokopedia & Shop. Ids are its exact digits, as text."""

    chat_id: str
    shop: str
    from_tokopedia: bool = False
    """The buyer writes in the Tokopedia app."""
    said: tuple[Said, ...] = ()
    sent: tuple[str, ...] = ()
    """The messages that we know to be ours."""

    @property
    def read_up_to(self) -> int:
        """Up to where it has been read."""
        return self.said[-1].index if self.said else 0


class Answer(Record, frozen=True, kw_only=True):
    """A message that the seller wants sent, and how far it got."""

    key: str
    kind: str
    text: str = ""
    chat: str | None = None
    """The conversation; None as long as one has to be begun with the buyer of `order_id`."""
    order_id: str = ""
    sku: str = ""
    picture: bytes = b""
    content: str | None = None
    """What is sent, once it is known."""
    asked_after: int | None = None
    """The platform was asked to send it when it had been read up to here, and has not answered yet."""


class Told(Record, frozen=True, kw_only=True):
    """A sentence that the seller was told."""

    about: str
    text: str


# -- the book itself ---------------------------------------------------------------------------------------------------


class Shelf(Generic[T]):
    """Records of one kind by key, in the order in which they were first put; each change is on disk before `put` returns."""

    def __init__(self, database: sqlite3.Connection, name: str, shape: type[T]) -> None:
        """Open the shelf and read what stands on it."""
        self._database = database
        self._name = name
        rows = database.execute("SELECT key, record FROM book WHERE shelf = ? ORDER BY rowid", (name,))
        self._records: dict[str, T] = {key: msgspec.json.decode(record, type=shape) for key, record in rows}
        self.edition = 0
        """How often something was written; an index over the shelf is good while this stands."""

    def get(self, key: str) -> T | None:
        """Give a record, or None."""
        return self._records.get(key)

    def put(self, key: str, record: T) -> T:
        """Write a record down."""
        if self._records.get(key) != record:
            self._database.execute(
                "INSERT INTO book (shelf, key, record) VALUES (?, ?, ?) ON CONFLICT (shelf, key) DO UPDATE SET record = excluded.record",
                (self._name, key, msgspec.json.encode(record)),
            )
            self._records[key] = record
            self.edition += 1
        return record

    def drop(self, key: str) -> None:
        """Strike a record out."""
        if self._records.pop(key, None) is not None:
            self._database.execute("DELETE FROM book WHERE shelf = ? AND key = ?", (self._name, key))

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._records.values()))

    def __len__(self) -> int:
        return len(self._records)


class Book:
    """Every shelf, in one SQLite file."""

    def __init__(self, folder: Path) -> None:
        """Open the book in `folder`, or begin one."""
        self._database = sqlite3.connect(folder / "careful.sqlite", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("CREATE TABLE IF NOT EXISTS book (shelf TEXT, key TEXT, record BLOB, UNIQUE (shelf, key))")
        self.shops = Shelf(self._database, "shops", Shop)
        self.storefronts = Shelf(self._database, "storefronts", Storefront)
        self.tokens = Shelf(self._database, "tokens", Tokens)
        self.sightings = Shelf(self._database, "sightings", Sighting)
        self.shipments = Shelf(self._database, "shipments", Shipment)
        self.products = Shelf(self._database, "products", Product)
        self.changes = Shelf(self._database, "changes", Change)
        self.units = Shelf(self._database, "units", Units)
        self.chats = Shelf(self._database, "chats", Chat)
        self.answers = Shelf(self._database, "answers", Answer)
        self.webhooks = Shelf(self._database, "webhooks", datetime)
        self.read_until = Shelf(self._database, "read until", datetime)
        self._due = Shelf(self._database, "due", datetime)
        self._behind: dict[str, Shop] = {}
        self._behind_at = -1
        self._told = Shelf(self._database, "told", Told)
        self._last_told = {told.about: told.text for told in self._told}

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # -- what is due when ----------------------------------------------------------------------------------------------

    def is_due(self, what: str, now: datetime) -> bool:
        """Tell whether something has not been done for long enough."""
        due = self._due.get(what)
        return due is None or now >= due

    def rests(self, what: str, *, until: datetime) -> None:
        """Let something rest until then."""
        self._due.put(what, until)

    def is_due_now(self, what: str) -> None:
        """Let something rest no longer."""
        self._due.drop(what)

    def dues(self) -> Iterator[datetime]:
        """Give when each thing is due."""
        return iter(self._due)

    # -- what the seller was told --------------------------------------------------------------------------------------

    def tell(self, about: str, text: str) -> None:
        """Tell the seller something, unless it is the last thing that he was told about it."""
        if self._last_told.get(about) != text:
            self._last_told[about] = text
            self._told.put(f"{len(self._told):08d}", Told(about=about, text=text))

    def told(self) -> list[Told]:
        """Give all that the seller was told, oldest first."""
        return list(self._told)

    # -- who is who ----------------------------------------------------------------------------------------------------

    def shop_behind(self, place: Place) -> Shop | None:
        """Find the Tokopedia shop that a shop of either platform is or became; None while nobody has said."""
        if place.platform is TOKOPEDIA:
            return self.shops.get(place.shop)
        if self._behind_at != self.shops.edition:
            self._behind = {shop.tts_shop_id: shop for shop in self.shops if shop.tts_shop_id}
            self._behind_at = self.shops.edition
        return self._behind.get(place.shop)

    def place_after_merge(self, shop: Shop) -> Place | None:
        """Give where a merged shop's business is now; None while that shop has not granted us access."""
        front = self.storefronts.get(shop.tts_shop_id or "")
        return Place(platform=SHOP, shop=front.id) if shop.merged_at is not None and front is not None else None
