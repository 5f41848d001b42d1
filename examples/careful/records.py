"""The lines of the book: what the system keeps of shops, orders, products and conversations, in words of its own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from gladi.play.system import RecordKind
from gladi.record.words import Platform

__all__ = [
    "Answer",
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


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the book."""


class Shop(Record, frozen=True, kw_only=True):
    """One Tokopedia shop and what we know of its merge. Ids are the platforms' exact digits, as text."""

    toko_shop_id: str
    merged_at: datetime | None = None
    tts_seller_id: str | None = None
    tts_shop_id: str | None = None
    rumour: str | None = None
    """The seller id of a webhook that said 'merge' and is not confirmed yet."""
    said_separated: bool = False
    """A webhook said 'unmerge', and Get Shop Info has not been asked about it yet."""
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


class Standing(StrEnum):
    """What a platform says of an order."""

    WAITING = "waiting"
    """Paid, but not released to the seller."""
    ASKED = "asked"
    """To be shipped, if the seller does not let its buyer cancel it, as he asks."""
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
    tracking: str = ""
    """The number under which its parcel is followed; there is none before its shipment is arranged."""
    shipping_insurance: int = 0
    item_insurance: int = 0
    goes_to: str = ""
    """The address as the platform shows it, which leaves out the street; its buyer may change it until shipment is arranged."""
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
    LEAST = "minimum order"

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
    pre_sale_days: int | None = None
    insurance_required: bool = False
    pre_owned: bool = False
    minimum_order: int = 1
    """Of such a product on Tokopedia & Shop."""
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


class Kept(Record, frozen=True, kw_only=True):
    """One record of the archive: what kind it is, and who made it under which id."""

    kind: RecordKind
    platform: Platform
    shop: str
    id: str
    address: str = ""
    """Where the goods of a return come back to."""

    @property
    def key(self) -> str:
        """The record's key in the book."""
        return f"{self.kind} {self.platform} {self.id}"


class Told(Record, frozen=True, kw_only=True):
    """A sentence that the seller was told."""

    about: str
    text: str
