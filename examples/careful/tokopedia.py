"""The Tokopedia Open API, as far as this system needs it. Its wire words stay in this file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, TypeVar, get_origin

import httpx
import msgspec

from examples.careful.book import Line, Product, Sighting, Standing
from examples.careful.trouble import Busy, NotSold, Refused, Unclear
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.book import Change
    from gladi.play.system import Venue

__all__ = ["SHOPS_A_PAGE", "ShopReport", "TokopediaClient", "digits", "windows"]

T = TypeVar("T")

CATEGORY_OF_NEW_PRODUCTS = 600001
"""A seller chooses it for each product; this system has one for all."""
_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429
_SERVER_FAULT = 500
_ORDERS_A_PAGE = 100
_PRODUCTS_A_PAGE = 50
SHOPS_A_PAGE = 50
_DATA_NOT_FOUND = "ORD_API_008"
_SUSPENDED = -2
_ROW_BUSY = "ERR_TOO_MANY_REQUEST"


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


def windows(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Cut a stretch of time into windows: the order list refuses three days or more (its own example breaks that rule)."""
    start = since
    while start < until:
        end = min(start + timedelta(days=2), until)
        yield start, end
        start = end


class ShopReport(msgspec.Struct, frozen=True, kw_only=True):
    """What Get Shop Info says of one shop; `merged_at` is None while it has not merged."""

    toko_shop_id: str
    merged_at: datetime | None = None
    tts_seller_id: str | None = None
    tts_shop_id: str | None = None


class TokopediaClient:
    """Calls the Tokopedia Open API under one app. Every method raises a `PlatformError` when it brought nothing usable."""

    def __init__(self, http: httpx.AsyncClient, venue: Venue) -> None:
        """Call `venue` through `http`."""
        self._http = http
        self._venue = venue
        self._fs_id = venue.tokopedia.fs_id
        self._token: _Token | None = None
        self._token_ends = venue.now()
        self._rests: dict[str, datetime] = {}

    # -- webhooks ------------------------------------------------------------------------------------------------------

    async def webhook_urls(self) -> dict[str, str]:
        """Give every URL that is registered, by the platform's name for it."""
        registered = await self._call(dict[str, str | int | None], "GET", f"/v1/fs/{self._fs_id}")
        return {name: url for name, url in registered.items() if name.endswith("_url") and isinstance(url, str) and url}

    async def register_merge_webhook(self, url: str) -> None:
        """Register `url` for news of the merge, beside whatever is registered already."""
        # Registering replaces: what is left out becomes empty. The changelog's example, copied as it stands, would wipe the
        # order webhooks and the secret under which all of them are signed.
        body = {
            **await self.webhook_urls(),
            "fs_id": self._fs_id,
            "shop_merge_notification_url": url,
            "webhook_secret": self._venue.tokopedia.webhook_secret,
        }
        await self._call(msgspec.Raw, "POST", f"/v1/fs/{self._fs_id}/register", body=body)

    # -- shops ---------------------------------------------------------------------------------------------------------

    async def shop(self, toko_shop_id: str) -> ShopReport:
        """Ask about one shop."""
        for row in await self._shop_info({"shop_id": toko_shop_id}):
            if digits(row.shop_id) == toko_shop_id:
                return row.report()
        raise Unclear(f"Get Shop Info does not name shop {toko_shop_id}")

    async def page_of_shops(self, page: int) -> list[ShopReport]:
        """Ask about all shops of one page, counted from 1."""
        rows = await self._shop_info({"page": str(page), "per_page": str(SHOPS_A_PAGE)})
        return [row.report() for row in rows]

    async def _shop_info(self, query: dict[str, str]) -> list[_ShopRow]:
        return await self._call(list[_ShopRow], "GET", f"/v1/shop/fs/{self._fs_id}/shop-info", query=query)

    # -- orders --------------------------------------------------------------------------------------------------------

    async def orders(self, toko_shop_id: str, since: datetime, until: datetime) -> list[Sighting]:
        """List the paid orders of a shop that were placed in a window under three days."""
        found: list[Sighting] = []
        page = 1
        while True:
            query = {
                "fs_id": str(self._fs_id),
                "shop_id": toko_shop_id,
                "from_date": str(int(since.timestamp())),
                "to_date": str(ceil(until.timestamp())),
                "page": str(page),
                "per_page": str(_ORDERS_A_PAGE),
            }
            rows = await self._call(list[_OrderRow], "GET", "/v2/order/list", query=query)
            found += [row.sighting(toko_shop_id, self._venue.now()) for row in rows]
            if len(rows) < _ORDERS_A_PAGE:
                return found
            page += 1

    async def standing(self, order_id: str) -> Standing:
        """Ask how one order stands; `GONE` when the platform no longer shows it."""
        try:
            order = await self._call(_SingleOrder, "GET", f"/v2/fs/{self._fs_id}/order", query={"order_id": order_id})
        except Refused as no:
            if no.code == _DATA_NOT_FOUND:
                return Standing.GONE
            raise
        return _standing(order.order_status)

    async def accept(self, order_id: str) -> None:
        """Accept an order."""
        await self._call(msgspec.Raw, "POST", f"/v1/order/{order_id}/fs/{self._fs_id}/ack")

    async def request_pickup(self, order_id: str, toko_shop_id: str) -> None:
        """Have the courier fetch an accepted order: from here on the parcel is on its way."""
        body = {"order_id": int(order_id), "shop_id": int(toko_shop_id)}
        await self._call(msgspec.Raw, "POST", f"/inventory/v1/fs/{self._fs_id}/pick-up", body=body)

    async def label(self, order_id: str) -> bytes:
        """Give the shipping label of an accepted order: a page of HTML, and no envelope around it."""
        path = f"/v1/order/{order_id}/fs/{self._fs_id}/shipping-label"
        response = await self._response("GET", path, query={"printed": "0"})
        if response.headers.get("content-type", "").startswith("text/html"):
            return response.content
        _read(msgspec.Raw, response)
        raise Unclear(f"Tokopedia answered {response.headers.get('content-type')} where a label was asked for")

    # -- products ------------------------------------------------------------------------------------------------------

    async def products(self, toko_shop_id: str) -> list[Product]:
        """List the products and variants of a shop, each with its id on Tokopedia & Shop where that is known."""
        found: list[Product] = []
        page = 1
        while True:
            query = {"shop_id": toko_shop_id, "page": str(page), "per_page": str(_PRODUCTS_A_PAGE)}
            rows = await self._call(list[_ProductRow], "GET", f"/inventory/v1/fs/{self._fs_id}/product/info", query=query)
            found += [row.product(toko_shop_id) for row in rows]
            if len(rows) < _PRODUCTS_A_PAGE:
                return found
            page += 1

    async def set_price(self, toko_shop_id: str, sku: str, amount: int) -> None:
        """Set the price of a SKU."""
        await self._set(f"/inventory/v1/fs/{self._fs_id}/price/update", toko_shop_id, {"sku": sku, "new_price": amount})

    async def set_stock(self, toko_shop_id: str, sku: str, quantity: int) -> None:
        """Set the stock of a SKU in the default warehouse."""
        await self._set(f"/inventory/v1/fs/{self._fs_id}/stock/update", toko_shop_id, {"sku": sku, "new_stock": quantity})

    async def _set(self, path: str, toko_shop_id: str, row: dict[str, str | int]) -> None:
        # A bulk call answers 200 even when every row failed.
        answer = await self._call(_BulkAnswer, "POST", path, query={"shop_id": toko_shop_id}, body=[row])
        for failed in answer.failed_rows_data or ():
            if failed.message == _ROW_BUSY:
                raise Busy(self._venue.now() + timedelta(seconds=1))
            raise (NotSold if "Invalid SKU" in failed.message else Refused)("", failed.message)

    async def edit(self, toko_shop_id: str, product_id: str, *, title: str | None, description: str | None) -> None:
        """Change what a product page says; None leaves a text as it is."""
        texts = {name: text for name, text in (("name", title), ("description", description)) if text is not None}
        body = {"products": [{"id": int(product_id), **texts}]}
        path = f"/v3/products/fs/{self._fs_id}/edit"
        answer = await self._call(_EditAnswer, "PATCH", path, query={"shop_id": toko_shop_id}, body=body)
        for failed in answer.failed_rows_data or ():
            raise Refused("", "; ".join(failed.error))

    async def create(self, toko_shop_id: str, launch: Change) -> None:
        """Create a product without variants."""
        product = {
            "name": launch.title,
            "description": launch.description,
            "category_id": CATEGORY_OF_NEW_PRODUCTS,
            "sku": launch.sku,
            "price": launch.value,
            "price_currency": "IDR",
            "stock": launch.stock,
            "status": "LIMITED",
            "condition": "NEW",
            "min_order": 1,
            "weight": 500,
            "weight_unit": "GR",
            "pictures": [{"file_path": "https://images.example.com/new.jpeg"}],
        }
        path = f"/v3/products/fs/{self._fs_id}/create"
        answer = await self._call(_EditAnswer, "POST", path, query={"shop_id": toko_shop_id}, body={"products": [product]})
        for failed in answer.failed_rows_data or ():
            raise Refused("", "; ".join(failed.error))

    async def shelve(self, toko_shop_id: str, product_id: str, *, shown: bool) -> None:
        """Put a product on the shelves, or take it off."""
        path = f"/v1/products/fs/{self._fs_id}/{'active' if shown else 'inactive'}"
        answer = await self._call(_ShelfAnswer, "POST", path, query={"shop_id": toko_shop_id}, body={"product_id": [int(product_id)]})
        for failed in answer.failed_rows_data or ():
            raise Refused("", failed)

    # -- the wire ------------------------------------------------------------------------------------------------------

    async def _call(self, shape: type[T], method: str, path: str, *, query: dict[str, str] | None = None, body: object = None) -> T:
        return _read(shape, await self._response(method, path, query=query, body=body))

    async def _response(self, method: str, path: str, *, query: dict[str, str] | None = None, body: object = None) -> httpx.Response:
        now = self._venue.now()
        if (rests_until := self._rests.get(path, now)) > now:
            raise Busy(rests_until)
        response = await self._send(method, path, query, body)
        if response.status_code == _UNAUTHORIZED:
            # The token ended early. One new one is asked for; a second 401 is an answer, not a reason to go on.
            self._token = None
            response = await self._send(method, path, query, body)
        self._honour_rate_limit(path, response)
        return response

    async def _send(self, method: str, path: str, query: dict[str, str] | None, body: object) -> httpx.Response:
        headers = {"authorization": f"Bearer {await self._access_token()}"}
        content = b"" if body is None else msgspec.json.encode(body)
        if body is not None:
            headers["content-type"] = "application/json"
        url = self._venue.tokopedia_url + path
        try:
            return await self._http.request(method, url, params=query, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise Unclear(f"{method} {path}: {error}") from error

    async def _access_token(self) -> str:
        # Asking again early is no use: until a token has ended, Tokopedia gives the same one with a shrinking life.
        if self._token is None or self._venue.now() >= self._token_ends:
            app = self._venue.tokopedia
            try:
                response = await self._http.post(
                    f"{self._venue.tokopedia_token_url}/token",
                    params={"grant_type": "client_credentials"},
                    auth=(app.client_id, app.client_secret),
                )
            except httpx.HTTPError as error:
                raise Unclear(f"POST /token: {error}") from error
            if not response.is_success:
                raise Refused(str(response.status_code), "Tokopedia gives no token")
            self._token = _decode(_Token, response.content)
            self._token_ends = self._venue.now() + timedelta(seconds=self._token.expires_in)
        return self._token.access_token

    def _honour_rate_limit(self, path: str, response: httpx.Response) -> None:
        remaining = response.headers.get("x-ratelimit-remaining", "")
        if remaining != "0" and response.status_code != _TOO_MANY_REQUESTS:
            return
        try:
            seconds = ceil(float(response.headers.get("x-ratelimit-full-reset-after", "1")))
        except ValueError:
            seconds = 1
        self._rests[path] = self._venue.now() + timedelta(seconds=max(1, seconds))
        if response.status_code == _TOO_MANY_REQUESTS:
            raise Busy(self._rests[path])


# -- shapes ------------------------------------------------------------------------------------------------------------


class _Token(msgspec.Struct):
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


class _ShopRow(msgspec.Struct):
    shop_id: int | str
    # Present once the shop has merged, absent before.
    tts_integration_completed: _Integration | None = None
    tts_shop_id: int | str | None = None

    def report(self) -> ShopReport:
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


class _OrderRow(msgspec.Struct):
    order_id: int
    order_status: int
    create_time: int
    products: list[_OrderLine]
    amt: _Amounts

    def sighting(self, toko_shop_id: str, now: datetime) -> Sighting:
        return Sighting(
            platform=TOKOPEDIA,
            shop=toko_shop_id,
            order_id=str(self.order_id),
            standing=_standing(self.order_status),
            created_at=_moment(self.create_time),
            lines=tuple(Line(sku=line.sku, product_id=str(line.id), quantity=line.quantity) for line in self.products),
            total=self.amt.ttl_amount,
            seen_at=now,
            from_tokopedia=True,
        )


class _SingleOrder(msgspec.Struct):
    # Its times are left alone: they end in Z and are the wall clock of Jakarta all the same.
    order_status: int


class _ProductBasic(msgspec.Struct, rename={"product_id": "productID"}):
    product_id: int
    status: int = 1


class _ProductOther(msgspec.Struct):
    sku: str = ""


class _ProductVariant(msgspec.Struct, rename={"parent_id": "parentID"}):
    parent_id: int | None = None


class _ProductRow(msgspec.Struct):
    basic: _ProductBasic
    other: _ProductOther = msgspec.field(default_factory=_ProductOther)
    variant: _ProductVariant = msgspec.field(default_factory=_ProductVariant)
    tts_product_id: str | int | None = None

    def product(self, toko_shop_id: str) -> Product:
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


class _BulkAnswer(msgspec.Struct):
    failed_rows_data: list[_FailedRow] | None = None


class _EditAnswer(msgspec.Struct):
    failed_rows_data: list[_FailedRow] | None = None


class _ShelfAnswer(msgspec.Struct):
    failed_rows_data: list[str] | None = None


_NOT_RELEASED = frozenset((100, 103, 200, 221))
_CANCELLED = frozenset((0, 2, 3, 4, 5, 6, 10, 11, 15))
_ARRIVED = frozenset((600, 699, 700, 701))


def _standing(status: int) -> Standing:
    if status in _NOT_RELEASED:
        return Standing.WAITING
    if status in _CANCELLED:
        return Standing.CLOSED
    if status in _ARRIVED:
        return Standing.DONE
    return {220: Standing.NEW, 400: Standing.OPEN}.get(status, Standing.SHIPPED)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _read(shape: type[T], response: httpx.Response) -> T:
    if response.status_code >= _SERVER_FAULT:
        raise Unclear(f"Tokopedia answered {response.status_code}")
    envelope = _decode(_Envelope, response.content) if response.content.startswith(b"{") else _Envelope()
    header = envelope.header or _Header()
    code = str(header.error_code or "")
    if code or not response.is_success:
        text = header.reason or "; ".join(envelope.error_message or ()) or header.messages or response.reason_phrase
        raise Refused(code or str(response.status_code), text)
    # Where there is nothing to list, some services send null.
    nothing_listed = get_origin(shape) is list and bytes(envelope.data) == b"null"
    return _decode(shape, b"[]" if nothing_listed else envelope.data)


def _decode(shape: type[T], content: bytes | msgspec.Raw) -> T:
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.MsgspecError as error:
        raise Unclear(f"Tokopedia's answer cannot be read: {error}") from error
