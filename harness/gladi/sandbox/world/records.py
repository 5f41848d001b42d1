"""The records of the world: what a seller owns, sells and owes, without any platform's words for it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gladi.record.words import SHOP, TOKOPEDIA, Platform, SellerKind, Stage

__all__ = [
    "OPEN",
    "AuditFailure",
    "Buyer",
    "Insurance",
    "Line",
    "Listing",
    "ListingStatus",
    "Offer",
    "Order",
    "OrderStatus",
    "Parcel",
    "Shop",
    "View",
    "Warehouse",
]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An immutable record; `msgspec.structs.replace` makes the next one. Records never form a circle, so they need no collecting."""


class Warehouse(Record, frozen=True, kw_only=True, gc=False):
    """A place from which a seller ships; it bears one id on each platform."""

    name: str
    tokopedia_id: int
    shop_id: str
    city: str
    province: str
    district: str
    postal_code: str
    latitude: str
    longitude: str
    is_default: bool


class Shop(Record, frozen=True, kw_only=True, gc=False, cache_hash=True):
    """A seller's store on both platforms and where its merge stands."""

    key: str
    """The world's own name: `shop-1`."""
    name: str
    owner: str
    tokopedia_id: int
    tokopedia_user_id: int
    shop_id: str
    """The id of the shop on Tokopedia & Shop, 19 digits; `tts_shop_id` in Tokopedia's words."""
    seller_id: str
    """The id of its seller there, 19 digits and another number; `tts_seller_id` in Tokopedia's words."""
    cipher: str
    code: str
    open_id: str
    opened_on: str
    warehouses: tuple[Warehouse, ...]
    stage: Stage = Stage.PENDING
    merged_at: int | None = None
    """Milliseconds, virtual."""
    begins_as: SellerKind = SellerKind.PENDING
    """What its seller is when the rehearsal begins."""

    @property
    def is_on_tokopedia(self) -> bool:
        """Whether it has a Tokopedia store; without one its ids there are nobody's, and nothing of it is found there."""
        return self.begins_as is SellerKind.PENDING

    @property
    def kind(self) -> SellerKind:
        """What its seller is now."""
        return SellerKind.MIGRATED if self.merged_at is not None else self.begins_as


class ListingStatus(StrEnum):
    """Whether buyers see a listing."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    PENDING = "pending"
    SUSPENDED = "suspended"
    DELETED = "deleted"
    DRAFT = "draft"
    FAILED = "failed"
    """It failed the audit of a storefront before any buyer saw it there."""


class Offer(Record, frozen=True, kw_only=True, gc=False):
    """One SKU of a listing: its id on that platform, price in whole rupiah, and units per warehouse (by name)."""

    id: str
    sku: str
    variant: str
    price: int
    stock: tuple[tuple[str, int], ...]
    handling_days: int | None = None
    """On pre-sale: the calendar days after the order until the seller fulfils it."""
    released_at: int | None = None
    """On pre-sale: the second from which he fulfils it instead."""

    @property
    def units(self) -> int:
        """All units over all warehouses."""
        return sum(units for _, units in self.stock)


class AuditFailure(Record, frozen=True, kw_only=True, gc=False):
    """Why a listing failed its audit on one storefront, and what would help."""

    platform: Platform
    reason: str
    advice: str


class Insurance(StrEnum):
    """Whether a buyer on Tokopedia insures what is sent to him."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NOT_SUPPORTED = "not supported"


class Listing(Record, frozen=True, kw_only=True, gc=False):
    """A product as one platform holds it. A listing without variants has one offer, which on Tokopedia bears the listing's id."""

    platform: Platform
    id: str
    shop: str
    title: str
    description: str
    category: str
    status: ListingStatus
    offers: tuple[Offer, ...]
    created_at: int
    updated_at: int
    twin: str | None = None
    """The listing's id on the other platform, once the product merge has linked them."""
    shown_on: tuple[Platform, ...] = (SHOP,)
    """The storefronts on which buyers see it; TOKOPEDIA alone for a listing of Tokopedia."""
    apart: tuple[tuple[Platform, ListingStatus], ...] = ()
    """The storefronts on which it is listed too and stands otherwise, each with how."""
    failures: tuple[AuditFailure, ...] = ()
    """The audits that it failed and that no edit has answered."""
    insurance: Insurance = Insurance.OPTIONAL
    is_pre_owned: bool = False
    minimum_order: int = 1
    """How many units a buyer takes at least."""

    @property
    def key(self) -> tuple[Platform, str]:
        """The listing's key in its table."""
        return (self.platform, self.id)


class OrderStatus(StrEnum):
    """What has become of an order, as one platform knows it; both APIs print it in their own words."""

    UNPAID = "unpaid"
    CONFIRMING_PAYMENT = "confirming payment"
    ON_HOLD = "on hold"
    PAID = "paid"
    AWAITING_PARTNER = "awaiting partner"
    ACCEPTED = "accepted"
    PARTLY_ARRANGED = "partly arranged"
    ARRANGED = "arranged"
    SHIPPED = "shipped"
    NUMBER_MISSING = "number missing"
    NUMBER_WRONG = "number wrong"
    NUMBER_DISPUTED = "number disputed"
    AT_PICKUP_POINT = "at pick-up point"
    COMING_BACK = "coming back"
    DELIVERED = "delivered"
    CASE_OPEN = "case open"
    UNDER_REVIEW = "under review"
    COMPLETED = "completed"
    REJECTED = "rejected"
    EXPIRED = "expired"
    OUT_OF_STOCK = "out of stock"
    FRAUDULENT = "fraudulent"
    CANCELLED_BY_PLATFORM = "cancelled by platform"
    CANCELLED_BY_BUYER = "cancelled by buyer"


OPEN = frozenset((OrderStatus.ON_HOLD, OrderStatus.PAID, OrderStatus.AWAITING_PARTNER, OrderStatus.ACCEPTED, OrderStatus.PARTLY_ARRANGED))
"""Paid for, and not yet given to a courier: these are in flight when the shops merge."""


class Line(Record, frozen=True, kw_only=True, gc=False):
    """One row of an order: which offer, how many, at what price in whole rupiah."""

    listing: str
    offer: str
    sku: str
    title: str
    price: int
    quantity: int


class Buyer(Record, frozen=True, kw_only=True, gc=False):
    """Who bought, and where it goes. All of it is invented, and personal all the same."""

    id: str
    name: str
    phone: str
    email: str
    address: str
    city: str
    province: str
    district: str
    postal_code: str


class View(Record, frozen=True, kw_only=True, gc=False):
    """An order as one platform holds it: its id there, its status there, and whether it is shown and may be acted on."""

    id: str
    status: OrderStatus
    updated_at: int
    actionable: bool = True
    listed: bool = True
    package: str | None = None
    """The id of its package on Tokopedia & Shop, made before it is shipped."""
    parcel: str | None = None
    """The world's name of the parcel that left, once this platform had one sent."""
    tracking: str = ""
    accepted_at: int | None = None
    cancel_requested_at: int | None = None
    """When its buyer asked to cancel it, while the seller has not answered."""


class Order(Record, frozen=True, kw_only=True, gc=False, cache_hash=True):
    """One order of one buyer: in the world there is one, however many platforms show it."""

    key: str
    """The world's own name: `INV-001`."""
    number: int
    shop: str
    bought_on: Platform
    """The app in which the buyer bought."""
    placed_at: int
    paid_at: int | None
    buyer: Buyer
    lines: tuple[Line, ...]
    warehouse: str
    shipping_fee: int
    insurance_fee: int
    """For the way that the parcel goes, in whole rupiah."""
    invoice: str
    tokopedia: View | None = None
    shop_view: View | None = None
    item_insurance_fee: int = 0
    """For the goods themselves, in whole rupiah; sold on Tokopedia & Shop alone."""
    moved_from: Buyer | None = None
    """The buyer with the address that he had before he had the order sent elsewhere."""

    def on(self, platform: Platform) -> View | None:
        """Give the view of one platform, or None where it does not know the order."""
        return self.tokopedia if platform is TOKOPEDIA else self.shop_view

    def seen(self, platform: Platform, view: View | None) -> Order:
        """Give this order with one platform's view replaced."""
        return msgspec.structs.replace(self, **{"tokopedia" if platform is TOKOPEDIA else "shop_view": view})

    @property
    def goods(self) -> int:
        """The price of the goods in whole rupiah."""
        return sum(line.price * line.quantity for line in self.lines)

    @property
    def total(self) -> int:
        """What the buyer paid in whole rupiah."""
        return self.goods + self.shipping_fee + self.insurance_fee + self.item_insurance_fee


class Parcel(Record, frozen=True, kw_only=True, gc=False):
    """A parcel that left the warehouse, and which platform was asked to send it."""

    key: str
    order: str
    platform: Platform
    left_at: int
    tracking: str
    by_hand: bool = False
    """A person had it sent in the platform's own console, past the system."""
