"""Our own look at one test shop on the platforms: whether it has merged, which orders are there, and its cipher. Reads alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from gladi.attempts.calls import Calls, UnansweredError, sign
from gladi.record.wire import Host
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.attempts.account import Account
    from gladi.attempts.calls import ShopInfo
    from gladi.attempts.policy import TestShop
    from gladi.record.clock import Instant
    from gladi.record.wire import Answers
    from gladi.record.words import Platform

__all__ = ["Sightings"]

T = TypeVar("T")

_WINDOW = 2 * 24 * 3600
"""Seconds: Get All Orders takes less than three days at once (tokopedia-api.md 3)."""


class _Row(msgspec.Struct):
    order_id: int


class _List(msgspec.Struct):
    data: tuple[_Row, ...] | None = None


class _Package(msgspec.Struct):
    id: str


class _Order(msgspec.Struct):
    id: str
    packages: tuple[_Package, ...] = ()


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
        return self._calls.shop_info()

    def cipher(self) -> str:
        """Give the shop's cipher; it is found by its id among the shops that have authorized the app."""
        return self._again(self._found)[1]

    def orders(self, platform: Platform) -> dict[str, str | None]:
        """Give the orders of the last two days, by id, with the package of each where there is one."""
        return self._again(self._on_tokopedia if platform is TOKOPEDIA else self._on_shop)

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
        return {str(row.order_id): None for row in _read("Get All Orders", body, _List).data or ()}

    def _on_shop(self) -> dict[str, str | None]:
        token, cipher = self._found()
        wanted = {"create_time_ge": self._business() // 1000 - _WINDOW}
        query = {"page_size": "100", "sort_field": "create_time", "sort_order": "DESC", "shop_cipher": cipher}
        found = self._signed("Get Order List", "POST", "/order/202309/orders/search", query, token, msgspec.json.encode(wanted))
        return {
            order.id: next((package.id for package in order.packages), None) for order in _read("Get Order List", found, _Orders).orders
        }

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


def _read(name: str, body: Any, kind: type[T]) -> T:  # noqa: ANN401 - JSON, as bytes or raw
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError:
        raise UnansweredError(f"{name} was answered by something else than it promises") from None
