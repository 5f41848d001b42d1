"""What the Tokopedia Open API answers, read into types; unknown fields are passed over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar, get_origin

import msgspec

from examples.careful.book import Line, Product, Sighting, Standing
from examples.careful.trouble import Refused, Unclear
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    import httpx

__all__ = [
    "BulkAnswer",
    "EditAnswer",
    "OrderRow",
    "ProductRow",
    "ShelfAnswer",
    "ShopReport",
    "ShopRow",
    "SingleOrder",
    "Token",
    "data_of",
    "decoded",
    "digits",
    "standing_of",
]

T = TypeVar("T")

_SERVER_FAULT = 500
_SUSPENDED = -2


def digits(wire_id: int | str) -> str:
    """Give an id as text, digit for digit.

    Get Shop Info sends ids as integers and the webhook sends them as strings; a shop-side id has 19 digits, which no
    float can hold. So they are compared and stored as text, and never pass through a float.

    Raises:
        Unclear: it is no row of decimal digits.
    """
    text = str(wire_id)
    if not (text.isascii() and text.isdecimal()) or text[0] == "0":
        raise Unclear(f"{wire_id!r} is no id")
    return text


class ShopReport(msgspec.Struct, frozen=True, kw_only=True):
    """What Get Shop Info says of one shop; `merged_at` is None while it has not merged."""

    toko_shop_id: str
    merged_at: datetime | None = None
    tts_seller_id: str | None = None
    tts_shop_id: str | None = None


class Token(msgspec.Struct):
    """An access token and its life, in seconds."""

    access_token: str
    expires_in: int


class _Header(msgspec.Struct):
    # Text on most services, the integer 0 on some.
    error_code: str | int = ""
    reason: str = ""
    messages: str = ""


class _Envelope(msgspec.Struct):
    """Both of Tokopedia's envelopes: one has a header, the older one a status and a list of errors."""

    data: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    header: _Header | None = None
    error_message: list[str] | None = None


class _Integration(msgspec.Struct):
    toko_shop_id: int | str
    tts_seller_id: int | str
    completed_time: int


class ShopRow(msgspec.Struct):
    """One shop of Get Shop Info."""

    shop_id: int | str
    # Present once the shop has merged, absent before.
    tts_integration_completed: _Integration | None = None
    tts_shop_id: int | str | None = None

    def report(self) -> ShopReport:
        """Give what it says of the merge."""
        done = self.tts_integration_completed
        if done is None:
            return ShopReport(toko_shop_id=digits(self.shop_id))
        return ShopReport(
            toko_shop_id=digits(done.toko_shop_id),
            merged_at=_moment(done.completed_time),
            tts_seller_id=digits(done.tts_seller_id),
            tts_shop_id=digits(self.tts_shop_id) if self.tts_shop_id else None,
        )


class _OrderLine(msgspec.Struct):
    id: int
    quantity: int
    sku: str = ""


class _Amounts(msgspec.Struct):
    ttl_amount: int


class OrderRow(msgspec.Struct):
    """One order of a list."""

    order_id: int
    order_status: int
    create_time: int
    products: list[_OrderLine]
    amt: _Amounts

    def sighting(self, toko_shop_id: str, now: datetime) -> Sighting:
        """Give the order as it is kept in the book."""
        return Sighting(
            platform=TOKOPEDIA,
            shop=toko_shop_id,
            order_id=str(self.order_id),
            standing=standing_of(self.order_status),
            created_at=_moment(self.create_time),
            lines=tuple(Line(sku=line.sku, product_id=str(line.id), quantity=line.quantity) for line in self.products),
            total=self.amt.ttl_amount,
            seen_at=now,
            from_tokopedia=True,
        )


class SingleOrder(msgspec.Struct):
    """One order that was asked for by its id."""

    # Its times are left alone: they end in Z and are the wall clock of Jakarta all the same.
    order_status: int


class _ProductBasic(msgspec.Struct, rename={"product_id": "productID"}):
    product_id: int
    status: int = 1


class _ProductOther(msgspec.Struct):
    sku: str = ""


class _ProductVariant(msgspec.Struct, rename={"parent_id": "parentID"}):
    parent_id: int | None = None


class ProductRow(msgspec.Struct):
    """One product or variant."""

    basic: _ProductBasic
    other: _ProductOther = msgspec.field(default_factory=_ProductOther)
    variant: _ProductVariant = msgspec.field(default_factory=_ProductVariant)
    tts_product_id: str | int | None = None

    def product(self, toko_shop_id: str) -> Product:
        """Give the product as it is kept in the book."""
        return Product(
            product_id=str(self.basic.product_id),
            shop=toko_shop_id,
            sku=self.other.sku,
            parent_id=str(self.variant.parent_id) if self.variant.parent_id else None,
            tts_product_id=digits(self.tts_product_id) if self.tts_product_id else None,
            suspended=self.basic.status == _SUSPENDED,
        )


class _FailedRow(msgspec.Struct):
    message: str = ""
    error: list[str] = msgspec.field(default_factory=list[str])


class BulkAnswer(msgspec.Struct):
    """The rows of a bulk call that failed."""

    failed_rows_data: list[_FailedRow] | None = None


class EditAnswer(msgspec.Struct):
    """The products of a call that failed."""

    failed_rows_data: list[_FailedRow] | None = None


class ShelfAnswer(msgspec.Struct):
    """The products that were not put on, or taken off, the shelves."""

    failed_rows_data: list[str] | None = None


_NOT_RELEASED = frozenset((100, 103, 200, 221))
_CANCELLED = frozenset((0, 2, 3, 4, 5, 6, 10, 11, 15))
_ARRIVED = frozenset((600, 699, 700, 701))


def standing_of(status: int) -> Standing:
    """Say what a status of Tokopedia means."""
    if status in _NOT_RELEASED:
        return Standing.WAITING
    if status in _CANCELLED:
        return Standing.CLOSED
    if status in _ARRIVED:
        return Standing.DONE
    return {220: Standing.NEW, 400: Standing.OPEN}.get(status, Standing.SHIPPED)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def data_of(shape: type[T], response: httpx.Response) -> T:
    """Give what stands in an answer.

    Raises:
        Refused: the platform said no.
        Unclear: it has another shape, or the platform broke.
    """
    if response.status_code >= _SERVER_FAULT:
        raise Unclear(f"Tokopedia answered {response.status_code}")
    envelope = decoded(_Envelope, response.content) if response.content.startswith(b"{") else _Envelope()
    header = envelope.header or _Header()
    code = str(header.error_code or "")
    if code or not response.is_success:
        text = header.reason or "; ".join(envelope.error_message or ()) or header.messages or response.reason_phrase
        raise Refused(code or str(response.status_code), text)
    # Where there is nothing to list, some services send null.
    nothing_listed = get_origin(shape) is list and bytes(envelope.data) == b"null"
    return decoded(shape, b"[]" if nothing_listed else envelope.data)


def decoded(shape: type[T], content: bytes | msgspec.Raw) -> T:
    """Read JSON.

    Raises:
        Unclear: it has another shape.
    """
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.MsgspecError as error:
        raise Unclear(f"Tokopedia's answer cannot be read: {error}") from error
