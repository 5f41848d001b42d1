"""What is asked of the Tokopedia Open API. Its wire words stay in this file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from math import ceil
from typing import TYPE_CHECKING, TypeVar

import msgspec

from examples.evented.client import Digits
from examples.evented.events import MergeConfirmed
from examples.evented.facts import Line, Place, Product, Standing, View
from examples.evented.faults import Busy, Refused
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from examples.evented.client import Client
    from gladi.play.system import Venue

__all__ = ["NOT_SOLD", "Tokopedia"]

T = TypeVar("T", bound=msgspec.Struct)

NOT_SOLD = "not sold"
"""Our own word for a SKU that a shop does not sell: a row of a bulk call says so in prose, and bears no code."""
_NOT_FOUND = "ORD_API_008"
_ROW_BUSY = "ERR_TOO_MANY_REQUEST"
_SUSPENDED = -2
_WINDOW = timedelta(days=2)
"""The order list refuses three days or more."""


class _Integration(msgspec.Struct):
    toko_shop_id: Digits
    tts_seller_id: Digits
    completed_time: int


class _Shop(msgspec.Struct):
    shop_id: Digits
    tts_integration_completed: _Integration | None = None
    tts_shop_id: Digits | None = None


class _OrderLine(msgspec.Struct):
    id: Digits
    quantity: int
    sku: str = ""


class _Amounts(msgspec.Struct):
    ttl_amount: int


class _Order(msgspec.Struct):
    order_id: Digits
    order_status: int
    create_time: int
    products: list[_OrderLine]
    amt: _Amounts


class _Status(msgspec.Struct):
    order_status: int


class _Basic(msgspec.Struct, rename={"product_id": "productID"}):
    product_id: Digits
    status: int = 1


class _Other(msgspec.Struct):
    sku: str = ""


class _Variant(msgspec.Struct, rename={"parent_id": "parentID"}):
    parent_id: Digits | None = None


class _Product(msgspec.Struct):
    basic: _Basic
    other: _Other = msgspec.field(default_factory=_Other)
    variant: _Variant = msgspec.field(default_factory=_Variant)
    tts_product_id: Digits | None = None


class _FailedRow(msgspec.Struct):
    message: str = ""
    error: list[str] = msgspec.field(default_factory=list[str])


class _Rows(msgspec.Struct):
    failed_rows_data: list[_FailedRow] | None = None


def _standing(status: int) -> Standing:
    for codes, standing in (
        ((100, 103, 200, 221), Standing.WAITING),
        ((220,), Standing.NEW),
        ((400,), Standing.OPEN),
        ((600, 699, 700, 701), Standing.DONE),
        ((0, 2, 3, 4, 5, 6, 10, 11, 15), Standing.CLOSED),
    ):
        if status in codes:
            return standing
    return Standing.SHIPPED


class Tokopedia:
    """Asks Tokopedia, and says what it answered in words of our own."""

    def __init__(self, client: Client, venue: Venue) -> None:
        """Ask through `client`."""
        self._client = client
        self._app = venue.tokopedia
        self._fs = venue.tokopedia.fs_id
        self._now = venue.now

    async def registers(self, url: str) -> None:
        """See to it that news of merges come to `url`, and that every other webhook stays as it is registered."""
        known = await self._client.tokopedia(dict[str, str | int | None], "GET", f"/v1/fs/{self._fs}")
        urls = {name: text for name, text in known.items() if name.endswith("_url") and text}
        if urls.get("shop_merge_notification_url") != url:
            # Registering replaces: what is left out becomes empty, the secret too.
            body = {**urls, "fs_id": self._fs, "shop_merge_notification_url": url, "webhook_secret": self._app.webhook_secret}
            await self._client.tokopedia(msgspec.Raw, "POST", f"/v1/fs/{self._fs}/register", body=body)

    async def merges(self, **which: str) -> dict[str, MergeConfirmed | None]:
        """Ask Get Shop Info about one shop (`shop_id`) or a page of them; None stands for a shop that has not merged."""
        rows = await self._client.tokopedia(list[_Shop], "GET", f"/v1/shop/fs/{self._fs}/shop-info", query=which)
        return {str(row.shop_id): _merge(row) for row in rows}

    async def orders(self, shop: str, since: datetime, until: datetime) -> AsyncIterator[tuple[list[View], datetime]]:
        """List the paid orders of a shop by the time of their placing: window after window, each with its end."""
        while since < until:
            end = min(since + _WINDOW, until)
            query = {
                "fs_id": str(self._fs),
                "shop_id": shop,
                "from_date": str(int(since.timestamp())),
                "to_date": str(ceil(end.timestamp())),
                "per_page": "100",
            }
            yield [_view(row, shop) async for row in self._rows(_Order, "/v2/order/list", query)], end
            since = end

    async def products(self, shop: str) -> list[Product]:
        """List the products and variants of a shop, with their ids on Tokopedia & Shop where those are known."""
        path = f"/inventory/v1/fs/{self._fs}/product/info"
        return [_product(row, shop) async for row in self._rows(_Product, path, {"shop_id": shop, "per_page": "50"})]

    async def _rows(self, shape: type[T], path: str, query: dict[str, str]) -> AsyncIterator[T]:
        """Turn the pages of a list up to one that says nothing new: a page may be cut shorter than was asked for."""
        known: set[bytes] = set()
        for page in count(1):
            rows = await self._client.tokopedia(list[shape], "GET", path, query={**query, "page": str(page)})  # type: ignore[valid-type]  # made at run time
            fresh = {msgspec.json.encode(row, enc_hook=str): row for row in rows}
            if known.issuperset(fresh):
                return
            for words, row in fresh.items():
                if words not in known:
                    yield row
            known.update(fresh)

    async def standing(self, order_id: str) -> Standing:
        """Ask how one order stands."""
        try:
            found = await self._client.tokopedia(_Status, "GET", f"/v2/fs/{self._fs}/order", query={"order_id": order_id})
        except Refused as no:
            if no.code == _NOT_FOUND:
                return Standing.GONE
            raise
        return _standing(found.order_status)

    async def accepts(self, order_id: str) -> None:
        """Accept an order."""
        await self._client.tokopedia(msgspec.Raw, "POST", f"/v1/order/{order_id}/fs/{self._fs}/ack")

    async def has_picked_up(self, order_id: str, shop: str) -> None:
        """Have the courier fetch an accepted order."""
        body = {"order_id": int(order_id), "shop_id": int(shop)}
        await self._client.tokopedia(msgspec.Raw, "POST", f"/inventory/v1/fs/{self._fs}/pick-up", body=body)

    # -- what is sold --------------------------------------------------------------------------------------------------

    async def sets_price(self, shop: str, sku: str, amount: int) -> None:
        """Set the price of a SKU."""
        await self._sets(f"/inventory/v1/fs/{self._fs}/price/update", shop, {"sku": sku, "new_price": amount})

    async def sets_stock(self, shop: str, sku: str, units: int) -> None:
        """Set the stock of a SKU in the default warehouse."""
        await self._sets(f"/inventory/v1/fs/{self._fs}/stock/update", shop, {"sku": sku, "new_stock": units})

    async def _sets(self, path: str, shop: str, row: dict[str, str | int]) -> None:
        answer = await self._client.tokopedia(_Rows, "POST", path, query={"shop_id": shop}, body=[row])
        # A bulk call is answered 200 even when every row failed.
        for failed in answer.failed_rows_data or ():
            if failed.message == _ROW_BUSY:
                raise Busy(self._now() + timedelta(seconds=1))
            raise Refused(NOT_SOLD if "Invalid SKU" in failed.message else "", failed.message)

    async def edits(self, shop: str, product_id: str, texts: dict[str, str]) -> None:
        """Change what the page of a product says, by `name` and `description`."""
        path, body = f"/v3/products/fs/{self._fs}/edit", {"products": [{"id": int(product_id), **texts}]}
        answer = await self._client.tokopedia(_Rows, "PATCH", path, query={"shop_id": shop}, body=body)
        for failed in answer.failed_rows_data or ():
            raise Refused("", "; ".join(failed.error))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _merge(row: _Shop) -> MergeConfirmed | None:
    done = row.tts_integration_completed
    if done is None:
        return None
    front = str(row.tts_shop_id) if row.tts_shop_id else None
    return MergeConfirmed(shop=str(done.toko_shop_id), seller=str(done.tts_seller_id), front=front, merged_at=_moment(done.completed_time))


def _view(row: _Order, shop: str) -> View:
    return View(
        place=Place(TOKOPEDIA, shop),
        order_id=str(row.order_id),
        standing=_standing(row.order_status),
        created_at=_moment(row.create_time),
        lines=tuple(Line(line.sku, str(line.id), line.quantity) for line in row.products),
        total=row.amt.ttl_amount,
        in_tokopedia=True,
    )


def _product(row: _Product, shop: str) -> Product:
    return Product(
        product_id=str(row.basic.product_id),
        shop=shop,
        sku=row.other.sku,
        parent_id=str(row.variant.parent_id) if row.variant.parent_id else None,
        tts_product_id=str(row.tts_product_id) if row.tts_product_id else None,
        suspended=row.basic.status == _SUSPENDED,
    )
