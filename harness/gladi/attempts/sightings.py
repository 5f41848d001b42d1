"""Our own look at one test shop on the platforms: whether it has merged, its orders, its goods and its cipher. Reads alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from gladi.attempts.calls import Calls, UnansweredError, sign
from gladi.attempts.goods_of_shop import of_shop
from gladi.attempts.goods_of_tokopedia import of_tokopedia
from gladi.record.wire import Host
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from gladi.attempts.account import Account
    from gladi.attempts.calls import ShopInfo
    from gladi.attempts.policy import TestShop
    from gladi.platforms.goods import Goods
    from gladi.record.clock import Instant
    from gladi.record.wire import Answers
    from gladi.record.words import Platform

__all__ = ["Sightings"]

T = TypeVar("T")

_BOUGHT_ON_TOKOPEDIA = "TOKOPEDIA"
"""`commerce_platform` of an order (tiktok-shop-api.md 8.2)."""
_WINDOW = 2 * 24 * 3600
"""Seconds: Get All Orders takes less than three days at once (tokopedia-api.md 3)."""


class _Row(msgspec.Struct):
    order_id: int
    create_time: int = 0


class _List(msgspec.Struct):
    data: tuple[_Row, ...] | None = None


class _Package(msgspec.Struct):
    id: str


class _Order(msgspec.Struct):
    id: str
    packages: tuple[_Package, ...] = ()
    create_time: int = 0
    commerce_platform: str = ""


class _Orders(msgspec.Struct):
    orders: tuple[_Order, ...] = ()


class _Shop(msgspec.Struct):
    id: str
    cipher: str


class _Shops(msgspec.Struct):
    shops: tuple[_Shop, ...]


class _Data(msgspec.Struct):
    code: int
    data: msgspec.Raw = msgspec.Raw(b"null")


class Sightings:
    """Looks at the shop `shop`; every method may raise UnansweredError."""

    def __init__(
        self, target: Answers, account: Account, shop: TestShop, *, now: Callable[[], Instant], business: Callable[[], Instant]
    ) -> None:
        """Call `target`; signatures follow `now`, and `business` is the hour by which its orders are dated."""
        self._target = target
        self._account = account
        self._shop = shop
        self._now = now
        self._business = business
        self._info: tuple[ShopInfo, ...] = ()
        self._created: dict[str, int] = {}
        """When each order that Tokopedia has shown was placed, in seconds."""
        self._begins_anew()

    def _begins_anew(self) -> None:
        self._calls = Calls(self._target, self._account, now=self._now)
        self._key: tuple[str, str] | None = None

    def serves(self) -> bool:
        """Tell whether the app serves the shop on Tokopedia, by its id."""
        return any(one.shop_id == self._shop.tokopedia_shop_id for one in self._again(self._shops))

    def seller_id(self) -> str | None:
        """Give `tts_seller_id` once the shop has merged; None until then."""
        for one in self._again(self._shops):
            if one.shop_id == self._shop.tokopedia_shop_id and one.tts_integration_completed is not None:
                return str(one.tts_integration_completed.get("tts_seller_id", ""))
        return None

    def _shops(self) -> tuple[ShopInfo, ...]:
        self._info = self._calls.shop_info()
        return self._info

    def cipher(self) -> str:
        """Give the shop's cipher; it is found by its id among the shops that have authorized the app."""
        return self._again(self._found)[1]

    def orders(self, platform: Platform) -> dict[str, str | None]:
        """Give the orders of the last two days, by id, with the package of each where there is one."""
        return self._again(self._on_tokopedia if platform is TOKOPEDIA else self._on_shop)

    def copy_of(self, order_id: str) -> tuple[str, str | None] | None:
        """Give the id of an order of Tokopedia on Tokopedia & Shop, and its package; None where that does not show it, or several.

        Nobody documents what ties the two together. Taken for a copy is what was bought in the app of Tokopedia in the same second.
        """
        created = self._created.get(order_id, 0)
        rows = self._again(self._rows_of_shop) if created else ()
        found = [one for one in rows if one.create_time == created and one.commerce_platform == _BOUGHT_ON_TOKOPEDIA]
        return (found[0].id, _package(found[0])) if len(found) == 1 else None

    def goods(self, platform: Platform, *, in_detail: Collection[str] = ()) -> Goods:
        """Give all that the shop sells on a platform now, a few products, and the warehouses; all of a product with a SKU `in_detail`."""
        return self._again(self._goods_of_tokopedia if platform is TOKOPEDIA else partial(self._goods_of_shop, in_detail))

    def _goods_of_tokopedia(self) -> Goods:
        # Get Shop Info is asked every five minutes and no faster: where a warehouse lies was told with what it told before.
        known = (one.warehouses for one in self._info or self._shops() if one.shop_id == self._shop.tokopedia_shop_id)
        headers = {"authorization": f"Bearer {self._calls.token()}"}
        path = f"/inventory/v1/fs/{self._account.fs_id}/product/info"

        def ask(query: Mapping[str, str]) -> bytes:
            return self._calls.asks("Get Product Info", Host.TOKOPEDIA_API, "GET", path, query, headers)

        return of_tokopedia(ask, self._shop.tokopedia_shop_id, next(known, msgspec.Raw(b"null")))

    def _goods_of_shop(self, in_detail: Collection[str]) -> Goods:
        token, cipher = self._found()
        key = {"shop_cipher": cipher}

        def search(query: Mapping[str, str], body: bytes) -> msgspec.Raw:
            return self._signed("Search Products", "POST", "/product/202502/products/search", {**key, **query}, token, body)

        def page(product_id: str) -> msgspec.Raw:
            return self._signed("Get Product", "GET", f"/product/202309/products/{product_id}", key, token)

        def warehouses() -> msgspec.Raw:
            return self._signed("Get Warehouse List", "GET", "/logistics/202309/warehouses", key, token)

        return of_shop(search, warehouses, page=page, in_detail=in_detail)

    def _on_tokopedia(self) -> dict[str, str | None]:
        until = self._business() // 1000
        query = {
            "fs_id": str(self._account.fs_id),
            "shop_id": str(self._shop.tokopedia_shop_id),
            "from_date": str(until - _WINDOW),
            "to_date": str(until + 1),
            "page": "1",
            "per_page": "100",
        }
        headers = {"authorization": f"Bearer {self._calls.token()}"}
        body = self._calls.asks("Get All Orders", Host.TOKOPEDIA_API, "GET", "/v2/order/list", query, headers)
        rows = _read("Get All Orders", body, _List).data or ()
        self._created |= {str(row.order_id): row.create_time for row in rows}
        return {str(row.order_id): None for row in rows}

    def _on_shop(self) -> dict[str, str | None]:
        return {order.id: _package(order) for order in self._rows_of_shop()}

    def _rows_of_shop(self) -> tuple[_Order, ...]:
        token, cipher = self._found()
        wanted = {"create_time_ge": self._business() // 1000 - _WINDOW}
        query = {"page_size": "100", "sort_field": "create_time", "sort_order": "DESC", "shop_cipher": cipher}
        found = self._signed("Get Order List", "POST", "/order/202309/orders/search", query, token, msgspec.json.encode(wanted))
        return _read("Get Order List", found, _Orders).orders

    def _found(self) -> tuple[str, str]:
        if self._key is None:
            for refresh_token in self._account.refresh_tokens:
                token = self._calls.consent(refresh_token).access_token
                found = _read(
                    "Get Authorized Shops", self._signed("Get Authorized Shops", "GET", "/authorization/202309/shops", {}, token), _Shops
                )
                self._key = next(((token, shop.cipher) for shop in found.shops if shop.id == self._shop.shop_id), self._key)
        if self._key is None:
            raise UnansweredError(f"no seller has authorized the app with the shop {self._shop.shop_id} of {self._shop.name}")
        return self._key

    def _signed(  # noqa: PLR0913, PLR0917 - a request
        self, name: str, method: str, path: str, query: dict[str, str], token: str, body: bytes = b""
    ) -> msgspec.Raw:
        query = {"app_key": self._account.app_key, "timestamp": str(self._now() // 1000), **query}
        query["sign"] = sign(self._account.app_secret, path, query, body)
        headers = {"x-tts-access-token": token, "content-type": "application/json"}
        answer = _read(name, self._calls.asks(name, Host.SHOP_API, method, path, query, headers, body), _Data)
        if answer.code:
            raise UnansweredError(f"{name} was refused with code {answer.code}")
        return answer.data

    def _again(self, look: Callable[[], T]) -> T:
        """Look, and once more with fresh tokens: those in hand may have ended, hours after they were given."""
        try:
            return look()
        except UnansweredError:
            self._begins_anew()
            return look()


def _package(order: _Order) -> str | None:
    return next((package.id for package in order.packages), None)


def _read(name: str, body: Any, kind: type[T]) -> T:  # noqa: ANN401 - JSON, as bytes or raw
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError:
        raise UnansweredError(f"{name} was answered by something else than it promises") from None
