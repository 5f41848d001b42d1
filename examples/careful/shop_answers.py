"""What the TikTok Shop Open API answers, read into types; unknown fields are passed over."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeVar

import msgspec

from examples.careful.book import Line, Sighting, Standing
from examples.careful.trouble import Refused, Unclear
from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AuthorizedShops",
    "Envelope",
    "OrderRow",
    "Orders",
    "Partial",
    "Printed",
    "Products",
    "TokenPair",
    "Warehouses",
    "app_names",
    "data_of",
    "decoded",
    "standing_of",
]

T = TypeVar("T")


class Envelope(msgspec.Struct):
    """What every answer comes in; a code other than 0 is a refusal."""

    code: int
    message: str = ""
    data: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))


class TokenPair(msgspec.Struct):
    """Fresh tokens."""

    access_token: str
    access_token_expire_in: int
    refresh_token: str


class _AuthorizedShop(msgspec.Struct):
    id: str
    cipher: str


class AuthorizedShops(msgspec.Struct):
    """What Get Authorized Shops answers."""

    shops: list[_AuthorizedShop]


class _Warehouse(msgspec.Struct):
    id: str
    type: str
    is_default: bool = False


class Warehouses(msgspec.Struct):
    """What Get Warehouse List answers."""

    warehouses: list[_Warehouse]


class _Package(msgspec.Struct):
    id: str


class _LineItem(msgspec.Struct):
    product_id: str
    seller_sku: str = ""


class _Payment(msgspec.Struct):
    total_amount: str = "0"
    shipping_insurance_fee: str = "0"
    item_insurance_fee: str = "0"


_STANDINGS = {
    "ON_HOLD": Standing.WAITING,
    "AWAITING_SHIPMENT": Standing.OPEN,
    "PARTIALLY_SHIPPING": Standing.OPEN,
    "DELIVERED": Standing.DONE,
    "COMPLETED": Standing.DONE,
    "CANCELLED": Standing.CLOSED,
}


def standing_of(status: str) -> Standing:
    """Give what the platform's word for an order's status means to us."""
    return _STANDINGS.get(status, Standing.SHIPPED)


class _Recipient(msgspec.Struct):
    full_address: str = ""


class OrderRow(msgspec.Struct):
    """One order."""

    id: str
    status: str
    create_time: int
    line_items: list[_LineItem]
    payment: _Payment
    commerce_platform: str = ""
    tracking_number: str = ""
    is_buyer_request_cancel: bool = False
    packages: list[_Package] = msgspec.field(default_factory=list[_Package])
    # Nobody is named while the platform holds an order back.
    recipient_address: _Recipient = msgspec.field(default_factory=_Recipient)

    def sighting(self, tts_shop_id: str, now: datetime) -> Sighting:
        """Give the order as it is kept in the book."""
        # A line stands for one unit: what was bought twice stands there twice.
        units: dict[tuple[str, str], int] = {}
        for item in self.line_items:
            what = (item.seller_sku, item.product_id)
            units[what] = units.get(what, 0) + 1
        standing = standing_of(self.status)
        return Sighting(
            platform=SHOP,
            shop=tts_shop_id,
            order_id=self.id,
            # A buyer who asks to cancel stops the shipment until he is answered.
            standing=Standing.ASKED if self.is_buyer_request_cancel and standing is Standing.OPEN else standing,
            created_at=datetime.fromtimestamp(self.create_time, tz=UTC),
            lines=tuple(Line(sku=sku, product_id=product_id, quantity=quantity) for (sku, product_id), quantity in units.items()),
            total=_rupiah(self.payment.total_amount),
            seen_at=now,
            from_tokopedia=self.commerce_platform == "TOKOPEDIA",
            packages=tuple(package.id for package in self.packages),
            tracking=self.tracking_number,
            shipping_insurance=_rupiah(self.payment.shipping_insurance_fee),
            item_insurance=_rupiah(self.payment.item_insurance_fee),
            goes_to=self.recipient_address.full_address,
        )


class Orders(msgspec.Struct):
    """Orders, and where the next page begins."""

    orders: list[OrderRow] = msgspec.field(default_factory=list[OrderRow])
    next_page_token: str = ""


class Printed(msgspec.Struct):
    """Where a printed document lies."""

    doc_url: str


class _Inventory(msgspec.Struct):
    warehouse_id: str
    quantity: int


class _Sku(msgspec.Struct):
    id: str
    seller_sku: str = ""
    inventory: list[_Inventory] = msgspec.field(default_factory=list[_Inventory])


class _AppStatus(msgspec.Struct):
    platform: str
    status: str


_APPS = {"TIKTOK_SHOP": SHOP, "TOKOPEDIA": TOKOPEDIA}
_WIRE = {app: word for word, app in _APPS.items()}


def app_names(apps: Iterable[Platform]) -> list[str]:
    """Give the names that apps have in a body."""
    return [_WIRE[app] for app in apps]


class _ProductRow(msgspec.Struct):
    id: str
    # Left out for a product that is listed on Tokopedia alone.
    status: str = ""
    integrated_platform_statuses: list[_AppStatus] = msgspec.field(default_factory=list[_AppStatus])
    skus: list[_Sku] = msgspec.field(default_factory=list[_Sku])

    def apps(self) -> dict[Platform, bool]:
        """Say in which apps the product is listed, and whether the seller has it on the shelves there."""
        return {app: status != "SELLER_DEACTIVATED" for app, status in self._statuses().items()}

    def taken_down(self) -> frozenset[Platform]:
        """Give the apps from whose shelves the platform has taken the product."""
        return frozenset(app for app, status in self._statuses().items() if status == "PLATFORM_DEACTIVATED")

    def _statuses(self) -> dict[Platform, str]:
        elsewhere = {_APPS[one.platform]: one.status for one in self.integrated_platform_statuses if one.platform in _APPS}
        return ({SHOP: self.status} if self.status else {}) | elsewhere


class Products(msgspec.Struct):
    """Products found."""

    products: list[_ProductRow] = msgspec.field(default_factory=list[_ProductRow])


class _PartError(msgspec.Struct):
    code: int
    message: str = ""


class Partial(msgspec.Struct):
    """The parts of a call that failed, though the call as a whole did not."""

    errors: list[_PartError] | None = None


def _rupiah(amount: str) -> int:
    try:
        return int(Decimal(amount))
    except InvalidOperation as error:
        raise Unclear(f"{amount!r} is no amount") from error


def data_of(shape: type[T], envelope: Envelope) -> T:
    """Give what stands in an envelope.

    Raises:
        Refused: the platform said no.
        Unclear: it has another shape.
    """
    if envelope.code != 0:
        raise Refused(str(envelope.code), envelope.message)
    return decoded(shape, envelope.data)


def decoded(shape: type[T], content: bytes | msgspec.Raw) -> T:
    """Read JSON.

    Raises:
        Unclear: it has another shape.
    """
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.MsgspecError as error:
        raise Unclear(f"the answer of Tokopedia & Shop cannot be read: {error}") from error
