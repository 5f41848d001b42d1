"""A caller with papers: requests signed or with a bearer token, ready to be sent again and again."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from gladi.record.wire import Answers, Host, Request
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.shop.auth import sign
from gladi.sandbox.world.records import Listing, ListingStatus

if TYPE_CHECKING:
    from gladi.sandbox.app import App
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["SHOP_URL", "TOKOPEDIA_URL", "Ask", "Caller", "Papers"]

SHOP_URL = f"https://{Host.SHOP_API}"
TOKOPEDIA_URL = f"https://{Host.TOKOPEDIA_API}"
_KEY = "shop-1"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, whole: it is signed before anything is measured."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def request(self, host: Host, at: int) -> Request:
        """Make the record that a face would make of it."""
        return Request(self.method, host, self.path, at, self.query, self.headers, self.body)


@dataclass(frozen=True, slots=True)
class Papers:
    """What an app needs to call the TikTok Shop Open API for one seller."""

    app: App
    cipher: str
    token: str

    def signs(self, call: str, *, at: int, body: object = None, **query: str) -> Ask:
        """Sign `GET /path` at a time in seconds."""
        method, path = call.split(" ")
        raw = b"" if body is None else msgspec.json.encode(body)
        pairs = [("app_key", self.app.app_key), ("timestamp", str(at)), ("shop_cipher", self.cipher), *query.items()]
        signed = sign(self.app.app_secret, path, pairs, raw, "application/json")
        headers = {"x-tts-access-token": self.token, "content-type": "application/json"}
        return Ask(method, path, urlencode([*pairs, ("sign", signed)]), headers, raw)


def refresh(app: App, token: str) -> Ask:
    """Ask for an access token; this call is not signed."""
    query = {"app_key": app.app_key, "app_secret": app.app_secret, "refresh_token": token, "grant_type": "refresh_token"}
    return Ask("GET", "/api/v2/token/refresh", urlencode(query))


def _data(body: bytes) -> Any:  # noqa: ANN401 - JSON
    return msgspec.json.decode(body)


class Caller:
    """A caller of a sandbox at its virtual time, which stands still, so that a signature stays good."""

    def __init__(self, sandbox: Sandbox, platform: Answers) -> None:
        """Fetch both tokens through `platform`."""
        now = sandbox.clock.now
        answer = platform(refresh(sandbox.app, sandbox.consents[0].refresh_token).request(Host.SHOP_AUTH, now))
        self.sandbox = sandbox
        self.at = now // 1000
        self.papers = Papers(sandbox.app, sandbox.world.shops[_KEY].cipher, _data(answer.body)["data"]["access_token"])
        basic = base64.b64encode(f"{sandbox.app.client_id}:{sandbox.app.client_secret}".encode()).decode()
        ask = Ask("POST", "/token", "grant_type=client_credentials", {"authorization": f"Basic {basic}"})
        token = _data(platform(ask.request(Host.TOKOPEDIA_ACCOUNTS, now)).body)["access_token"]
        self._bearer = {"authorization": f"Bearer {token}", "content-type": "application/json"}

    def order_ids(self, platform: Platform) -> list[str]:
        """Give the ids of all orders that a platform held from the start, oldest first."""
        index = {TOKOPEDIA: "tokopedia.list", SHOP: "shop.created"}[platform]
        rows = self.sandbox.world.orders.rows(index, _KEY)
        return [view.id for order in rows if (view := order.on(platform)) is not None]

    def gets_order(self, order_id: str) -> Ask:
        """Get Order Detail, signed."""
        return self.papers.signs("GET /order/202309/orders", at=self.at, ids=order_id)

    def lists_orders(self, size: int) -> Ask:
        """Get Order List, signed: the newest page."""
        return self.papers.signs("POST /order/202309/orders/search", at=self.at, body={}, page_size=str(size))

    def sets_price(self, price: int) -> Ask:
        """Update Price, signed: a write."""
        listing = self._listing(SHOP)
        skus = [{"id": listing.offers[0].id, "price": {"amount": str(price), "currency": "IDR"}}]
        return self.papers.signs(f"POST /product/202309/products/{listing.id}/prices/update", at=self.at, body={"skus": skus})

    def gets_tokopedia_order(self, order_id: str) -> Ask:
        """Get Single Order, with a bearer token."""
        return Ask("GET", f"/v2/fs/{self.sandbox.app.fs_id}/order", urlencode({"order_id": order_id}), self._bearer)

    def sets_tokopedia_price(self, price: int) -> Ask:
        """Update Price Only, with a bearer token: a write."""
        body = msgspec.json.encode([{"sku": self._listing(TOKOPEDIA).offers[0].sku, "new_price": price}])
        return Ask("POST", f"/inventory/v1/fs/{self.sandbox.app.fs_id}/price/update", self._shop(), self._bearer, body)

    def polls(self) -> Ask:
        """Get Shop Info, with a bearer token."""
        return Ask("GET", f"/v1/shop/fs/{self.sandbox.app.fs_id}/shop-info", self._shop(), self._bearer)

    def _shop(self) -> str:
        return urlencode({"shop_id": self.sandbox.world.shops[_KEY].tokopedia_id})

    def _listing(self, platform: Platform) -> Listing:
        listings = self.sandbox.world.listings.rows("shop", (platform, _KEY))
        return next(one for one in listings if one.status is ListingStatus.ACTIVE)
