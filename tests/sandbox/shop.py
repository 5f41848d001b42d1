"""A caller of the sandbox's TikTok Shop Open API: it signs requests as a client would and reads the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.routing import router
from gladi.record.wire import Host, Request, Response
from gladi.record.words import SHOP
from gladi.sandbox.app import app, consent
from gladi.sandbox.merge import allowed
from gladi.sandbox.seed import BEGINNING, seller
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.shop.api import ShopApi
from gladi.sandbox.shop.auth import sign
from gladi.sandbox.world.world import World

if TYPE_CHECKING:
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.records import Listing, Order, OrderStatus, Shop, View
    from gladi.sandbox.world.world import Seeded

__all__ = ["Caller", "view_of"]

Pairs = tuple[tuple[str, str], ...]


def view_of(order: Order) -> View:
    """Give the order as the shop side holds it."""
    view = order.shop_view
    assert view is not None
    return view


class Caller:
    """A world, its TikTok Shop Open API, and a client with a token of the first seller."""

    def __init__(self, *, settings: Settings = DEFAULTS, seeded: Seeded | None = None) -> None:
        """Open a fresh world at the beginning of the rehearsal."""
        self.settings = settings
        self.clock = Clock(BEGINNING)
        self.journal = Journal(self.clock)
        self.world = World(seeded or seller(0), clock=self.clock, journal=self.journal, settings=settings)
        self.app = app(0)
        self.api = ShopApi(self.world, self.app, allowed(price_and_stock_before_confirmation=settings.price_and_stock_before_confirmation))
        self.token = ""
        self.token = str(self.json(self.refreshes())["data"]["access_token"])

    @property
    def shop(self) -> Shop:
        """The first seller's shop, as it stands."""
        return self.world.shops["shop-1"]

    def sends(self, request: Request) -> Response:
        """Send a request as it is."""
        return self.api.answer(request, router().route(request))

    def refreshes(self, **other: str) -> Response:
        """Trade the refresh token of the seller's consent."""
        return self.trades("refresh", refresh_token=consent(0, self.shop).refresh_token, grant_type="refresh_token", **other)

    def exchanges(self, **other: str) -> Response:
        """Trade the auth_code of the seller's consent."""
        return self.trades("get", **{"auth_code": consent(0, self.shop).auth_code, "grant_type": "authorized_code"} | other)

    def trades(self, what: str, **params: str) -> Response:
        """Ask the token host."""
        query = urlencode({"app_key": self.app.app_key, "app_secret": self.app.app_secret} | params)
        return self.sends(Request("GET", Host.SHOP_AUTH, f"/api/v2/token/{what}", self.clock.now, query))

    def signed(  # noqa: PLR0913 - a request is its parts
        self,
        method: str,
        path: str,
        pairs: Pairs = (),
        body: bytes = b"",
        *,
        cipher: str | None = "",
        at: int | None = None,
        headers: dict[str, str] | None = None,
        signed_body: bytes | None = None,
    ) -> Request:
        """Write a signed request; `cipher=None` sends none."""
        common = [("app_key", self.app.app_key), ("timestamp", str(at if at is not None else self.clock.now // 1000))]
        if cipher is not None:
            common.append(("shop_cipher", cipher or self.shop.cipher))
        sent = {"content-type": "application/json", "x-tts-access-token": self.token} | (headers or {})
        every = [*pairs, *common]
        proof = sign(self.app.app_secret, path, every, body if signed_body is None else signed_body, sent["content-type"])
        return Request(method, Host.SHOP_API, path, self.clock.now, urlencode([*every, ("sign", proof)]), sent, body)

    def gets(self, path: str, pairs: Pairs = (), **other: Any) -> Response:
        """Send a signed GET."""
        return self.sends(self.signed("GET", path, pairs, **other))

    def posts(self, path: str, body: Any = None, pairs: Pairs = (), **other: Any) -> Response:
        """Send a signed POST; no body for None."""
        raw = b"" if body is None else body if isinstance(body, bytes) else msgspec.json.encode(body)
        return self.sends(self.signed("POST", path, pairs, raw, **other))

    def ships(self, order: Order, body: Any = None) -> Response:
        """Ship the package of an order."""
        return self.posts(f"/fulfillment/202309/packages/{view_of(order).package}/ship", body)

    def searches_orders(self, body: Any = None, **params: str) -> Any:
        """Search orders and give `data`."""
        return self.json(self.posts("/order/202309/orders/search", body or {}, tuple(params.items())))["data"]

    def json(self, response: Response) -> Any:
        """Read an answer."""
        return msgspec.json.decode(response.body)

    def merges(self) -> None:
        """Link the shops and let the integration succeed."""
        self.world.link("shop-1")
        self.clock.leap(self.clock.now + 48 * 3_600_000)
        self.token = str(self.json(self.refreshes())["data"]["access_token"])

    def listing(self, at: int = 0) -> Listing:
        """Give a listing of the shop."""
        return list(self.world.listings.rows("shop", (SHOP, "shop-1")))[at]

    def order_that_is(self, status: OrderStatus) -> Order:
        """Give a seeded order of the shop side."""
        return next(self.world.orders.rows("shop.created", ("shop-1", status)))
