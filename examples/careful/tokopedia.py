"""The Tokopedia Open API, as far as this system needs it. Its wire words stay in this file and in `tokopedia_answers`."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from examples.careful.book import Standing
from examples.careful.tokopedia_answers import (
    BulkAnswer,
    EditAnswer,
    OrderRow,
    ProductRow,
    ShelfAnswer,
    ShopReport,
    ShopRow,
    SingleOrder,
    Token,
    data_of,
    decoded,
    digits,
    standing_of,
)
from examples.careful.trouble import Busy, NotSold, Refused, Unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.book import Change, Product, Sighting
    from gladi.play.system import Venue

__all__ = ["SHOPS_A_PAGE", "ShopReport", "TokopediaClient", "digits", "windows"]

T = TypeVar("T")

CATEGORY_OF_NEW_PRODUCTS = 600001
"""A seller chooses it for each product; this system has one for all."""
_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429
_ORDERS_A_PAGE = 100
_PRODUCTS_A_PAGE = 50
SHOPS_A_PAGE = 50
_DATA_NOT_FOUND = "ORD_API_008"
_ROW_BUSY = "ERR_TOO_MANY_REQUEST"


def windows(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Cut a stretch of time into windows: the order list refuses three days or more (its own example breaks that rule)."""
    start = since
    while start < until:
        end = min(start + timedelta(days=2), until)
        yield start, end
        start = end


class TokopediaClient:
    """Calls the Tokopedia Open API under one app. Every method raises a `PlatformError` when it brought nothing usable."""

    def __init__(self, http: httpx.AsyncClient, venue: Venue) -> None:
        """Call `venue` through `http`."""
        self._http = http
        self._venue = venue
        self._fs_id = venue.tokopedia.fs_id
        self._token: Token | None = None
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

    async def _shop_info(self, query: dict[str, str]) -> list[ShopRow]:
        return await self._call(list[ShopRow], "GET", f"/v1/shop/fs/{self._fs_id}/shop-info", query=query)

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
            rows = await self._call(list[OrderRow], "GET", "/v2/order/list", query=query)
            found += [row.sighting(toko_shop_id, self._venue.now()) for row in rows]
            if len(rows) < _ORDERS_A_PAGE:
                return found
            page += 1

    async def standing(self, order_id: str) -> Standing:
        """Ask how one order stands; `GONE` when the platform no longer shows it."""
        try:
            order = await self._call(SingleOrder, "GET", f"/v2/fs/{self._fs_id}/order", query={"order_id": order_id})
        except Refused as no:
            if no.code == _DATA_NOT_FOUND:
                return Standing.GONE
            raise
        return standing_of(order.order_status)

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
        data_of(msgspec.Raw, response)
        raise Unclear(f"Tokopedia answered {response.headers.get('content-type')} where a label was asked for")

    # -- products ------------------------------------------------------------------------------------------------------

    async def products(self, toko_shop_id: str) -> list[Product]:
        """List the products and variants of a shop, each with its id on Tokopedia & Shop where that is known."""
        found: list[Product] = []
        page = 1
        while True:
            query = {"shop_id": toko_shop_id, "page": str(page), "per_page": str(_PRODUCTS_A_PAGE)}
            rows = await self._call(list[ProductRow], "GET", f"/inventory/v1/fs/{self._fs_id}/product/info", query=query)
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
        answer = await self._call(BulkAnswer, "POST", path, query={"shop_id": toko_shop_id}, body=[row])
        for failed in answer.failed_rows_data or ():
            if failed.message == _ROW_BUSY:
                raise Busy(self._venue.now() + timedelta(seconds=1))
            raise (NotSold if "Invalid SKU" in failed.message else Refused)("", failed.message)

    async def edit(self, toko_shop_id: str, product_id: str, *, title: str | None, description: str | None) -> None:
        """Change what a product page says; None leaves a text as it is."""
        texts = {name: text for name, text in (("name", title), ("description", description)) if text is not None}
        body = {"products": [{"id": int(product_id), **texts}]}
        path = f"/v3/products/fs/{self._fs_id}/edit"
        answer = await self._call(EditAnswer, "PATCH", path, query={"shop_id": toko_shop_id}, body=body)
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
        answer = await self._call(EditAnswer, "POST", path, query={"shop_id": toko_shop_id}, body={"products": [product]})
        for failed in answer.failed_rows_data or ():
            raise Refused("", "; ".join(failed.error))

    async def shelve(self, toko_shop_id: str, product_id: str, *, shown: bool) -> None:
        """Put a product on the shelves, or take it off."""
        path = f"/v1/products/fs/{self._fs_id}/{'active' if shown else 'inactive'}"
        answer = await self._call(ShelfAnswer, "POST", path, query={"shop_id": toko_shop_id}, body={"product_id": [int(product_id)]})
        for failed in answer.failed_rows_data or ():
            raise Refused("", failed)

    # -- the wire ------------------------------------------------------------------------------------------------------

    @property
    def fs_id(self) -> int:
        """The app's id, which stands in most paths."""
        return self._fs_id

    async def call(self, shape: type[T], method: str, path: str, *, query: dict[str, str]) -> T:
        """Call for a file that keeps wire words of its own."""
        return await self._call(shape, method, path, query=query)

    async def _call(self, shape: type[T], method: str, path: str, *, query: dict[str, str] | None = None, body: object = None) -> T:
        return data_of(shape, await self._response(method, path, query=query, body=body))

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
        # A whole URL is parsed once; given apart, its parameters cost httpx as much as the rest of the request.
        url = f"{self._venue.tokopedia_url}{path}{'?' if query else ''}{urlencode(query or {})}"
        try:
            return await self._http.request(method, url, content=content, headers=headers)
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
            self._token = decoded(Token, response.content)
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
