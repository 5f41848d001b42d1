"""The book: all that the system must still know after a restart, written down the moment it is known."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from examples.careful.records import (
    Answer,
    Change,
    Chat,
    Kept,
    Kind,
    Line,
    Place,
    Product,
    Said,
    Shipment,
    Shop,
    Sighting,
    Standing,
    Storefront,
    Tokens,
    Told,
    Units,
)
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "Answer",
    "Book",
    "Change",
    "Chat",
    "Kept",
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
        self.decisions = Shelf(self._database, "decisions", bool)
        self.shipments = Shelf(self._database, "shipments", Shipment)
        self.products = Shelf(self._database, "products", Product)
        self.changes = Shelf(self._database, "changes", Change)
        self.units = Shelf(self._database, "units", Units)
        self.chats = Shelf(self._database, "chats", Chat)
        self.answers = Shelf(self._database, "answers", Answer)
        self.kept = Shelf(self._database, "kept", Kept)
        self.webhooks = Shelf(self._database, "webhooks", datetime)
        self.registered = Shelf(self._database, "registered", datetime)
        self.mirrored = Shelf(self._database, "mirrored", str)
        self.closed_to_us = Shelf(self._database, "closed to us", datetime)
        self.read_until = Shelf(self._database, "read until", datetime)
        self._due = Shelf(self._database, "due", datetime)
        self.apart: dict[str, datetime] = {}
        """When Get Shop Info last said of a Tokopedia shop that it has not merged; not written down, because it is asked so often."""
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

    def may_have_a_past(self, tts_shop_id: str, seen_at: datetime) -> bool:
        """Tell whether a shop on Tokopedia & Shop may be what a Tokopedia shop became, of which nobody has told us by then.

        It is none once each of ours is known to be another's, or was asked since and has not merged.
        """
        return any(
            shop.tts_shop_id in (None, tts_shop_id)
            and (shop.merged_at is not None or self.apart.get(shop.toko_shop_id, seen_at) <= seen_at)
            for shop in self.shops
        )

    def place_after_merge(self, shop: Shop) -> Place | None:
        """Give where a merged shop's business is now; None while that shop has not granted us access."""
        front = self.storefronts.get(shop.tts_shop_id or "")
        return Place(platform=SHOP, shop=front.id) if shop.merged_at is not None and front is not None else None
