"""The TikTok Shop Open API, through which Tokopedia & Shop is spoken to. Its wire words stay in this file and in `shop_answers`."""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec

from examples.careful.book import Storefront, Tokens
from examples.careful.shop_answers import (
    AuthorizedShops,
    Envelope,
    OrderRow,
    Orders,
    Partial,
    Printed,
    Products,
    TokenPair,
    Warehouses,
    data_of,
    decoded,
)
from examples.careful.trouble import Busy, Refused, Unclear
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examples.careful.book import Book, Sighting
    from gladi.play.system import Venue

__all__ = ["ALREADY_SHIPPED", "LOCKED", "Offer", "ShopClient", "sign"]

T = TypeVar("T")

LOCKED = "12052332"
"""The shop is being merged, or its products are not merged yet: this may not be written now."""
ALREADY_SHIPPED = frozenset(("21011040", "11006021", "21008099", "21011020", "21011027"))
_TOKEN_EXPIRED = 105002
_NO_AUTHORIZATION = "36004005"
_TOO_MANY_REQUESTS = 429
_SERVER_FAULT = 500
_A_PAGE = "100"


def sign(secret: str, path: str, query: dict[str, str], body: bytes) -> str:
    """Sign a request: over the decoded query sorted by name, and over the very bytes of the body that are sent."""
    words = "".join(name + query[name] for name in sorted(query))
    text = secret.encode() + path.encode() + words.encode() + body + secret.encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One SKU of one product on Tokopedia & Shop, with its units in every warehouse."""

    product_id: str
    sku_id: str
    stock: dict[str, int]
    apps: dict[Platform, bool]
    """The apps in which its product is listed, and whether the seller has it on the shelves there."""
    down: frozenset[Platform] = frozenset()
    """Those from whose shelves the platform has taken it."""

    @property
    def live(self) -> list[Platform]:
        """The apps that an edit has to name, so that the product stays where it is; all of them when it is on no shelf."""
        return [app for app, on in self.apps.items() if on] or list(self.apps)


class ShopClient:
    """Calls the TikTok Shop Open API under one app, for every seller who granted it access."""

    def __init__(self, http: httpx.AsyncClient, venue: Venue, book: Book) -> None:
        """Call `venue` through `http`; the sellers' tokens are kept in `book`."""
        self._http = http
        self._venue = venue
        self._book = book
        self._rests: dict[str, datetime] = {}

    # -- shops ---------------------------------------------------------------------------------------------------------

    async def storefronts(self, grant: str) -> list[Storefront]:
        """Give the shops that one grant opens to us."""
        found = await self._call(AuthorizedShops, grant, "GET", "/authorization/202309/shops")
        return [Storefront(id=shop.id, cipher=shop.cipher, grant=grant) for shop in found.shops]

    async def default_warehouse(self, front: Storefront) -> str:
        """Give the id of the warehouse that sells by default; the same place may stand there again for returns."""
        found = await self._call(Warehouses, front, "GET", "/logistics/202309/warehouses")
        for warehouse in found.warehouses:
            if warehouse.is_default and warehouse.type == "SALES_WAREHOUSE":
                return warehouse.id
        raise Refused("", "the shop has no default warehouse")

    # -- orders --------------------------------------------------------------------------------------------------------

    async def orders(self, front: Storefront, since: datetime, until: datetime) -> list[Sighting]:
        """List the paid orders of a shop that were placed or changed since then."""
        # By update time, not by creation: an order that the merge brings over late is new here and was created long ago.
        body = {"update_time_ge": int(since.timestamp()), "update_time_lt": int(until.timestamp()) + 1}
        query = {"page_size": _A_PAGE, "sort_field": "update_time", "sort_order": "ASC"}
        found: list[Sighting] = []
        while True:
            # Filters and sorting stay the same from page to page, or the page token is worth nothing.
            page = await self._call(Orders, front, "POST", "/order/202309/orders/search", query=query, body=body)
            found += self._sightings(front, page.orders)
            if not page.next_page_token:
                return found
            query["page_token"] = page.next_page_token

    async def order(self, front: Storefront, order_id: str) -> Sighting | None:
        """Look one order up."""
        found = await self._call(Orders, front, "GET", "/order/202309/orders", query={"ids": order_id})
        return next(iter(self._sightings(front, found.orders)), None)

    async def ship(self, front: Storefront, package_id: str) -> None:
        """Have a package shipped; one that was shipped before is shipped, and no fault."""
        try:
            await self._call(msgspec.Raw, front, "POST", f"/fulfillment/202309/packages/{package_id}/ship", body={})
        except Refused as no:
            if no.code not in ALREADY_SHIPPED:
                raise

    async def label(self, front: Storefront, package_id: str) -> str:
        """Give the URL of a package's label; there is one from shipping until the courier has come."""
        path = f"/fulfillment/202309/packages/{package_id}/shipping_documents"
        found = await self._call(Printed, front, "GET", path, query={"document_type": "SHIPPING_LABEL"})
        return found.doc_url

    def _sightings(self, front: Storefront, rows: Iterable[OrderRow]) -> list[Sighting]:
        return [row.sighting(front.id, self._venue.now()) for row in rows if row.status != "UNPAID"]

    # -- products ------------------------------------------------------------------------------------------------------

    async def offers(self, front: Storefront, sku: str) -> list[Offer]:
        """Find every product that sells a seller SKU: after the merge of the products there may be more than one."""
        found = await self._call(
            Products, front, "POST", "/product/202502/products/search", query={"page_size": _A_PAGE}, body={"seller_skus": [sku]}
        )
        return [
            Offer(
                product_id=product.id,
                sku_id=one.id,
                stock={at.warehouse_id: at.quantity for at in one.inventory},
                apps=product.apps(),
                down=product.taken_down(),
            )
            for product in found.products
            for one in product.skus
            if one.seller_sku == sku and product.status not in ("DELETED", "FREEZE")
        ]

    async def knows(self, front: Storefront, product_id: str) -> bool:
        """Tell whether the platform can say what a product is."""
        try:
            await self._call(msgspec.Raw, front, "GET", f"/product/202309/products/{product_id}")
        except Refused:
            return False
        return True

    async def set_price(self, front: Storefront, offer: Offer, amount: int) -> None:
        """Set the price of a SKU."""
        body = {"skus": [{"id": offer.sku_id, "price": {"amount": str(amount), "currency": "IDR"}}]}
        await self._call(msgspec.Raw, front, "POST", f"/product/202309/products/{offer.product_id}/prices/update", body=body)

    async def set_stock(self, front: Storefront, offer: Offer, warehouse_id: str, quantity: int) -> None:
        """Set the stock of a SKU in one warehouse."""
        # Every warehouse of the SKU must be named, or the call is refused.
        inventory = [{"warehouse_id": at, "quantity": units} for at, units in {**offer.stock, warehouse_id: quantity}.items()]
        path = f"/product/202309/products/{offer.product_id}/inventory/update"
        answer = await self._call(Partial, front, "POST", path, body={"skus": [{"id": offer.sku_id, "inventory": inventory}]})
        # Success as a whole may be failure of each part.
        for error in answer.errors or ():
            raise Refused(str(error.code), error.message)

    # -- the wire ------------------------------------------------------------------------------------------------------

    async def call(  # noqa: PLR0913 - a call is all of this
        self, shape: type[T], whose: Storefront | str, method: str, path: str, *, query: dict[str, str] | None = None, body: object = None
    ) -> T:
        """Call for a file that keeps wire words of its own; a body of bytes is a picture and goes as a form."""
        return await self._call(shape, whose, method, path, query=query, body=body)

    async def _call(  # noqa: PLR0913 - a call is all of this
        self, shape: type[T], whose: Storefront | str, method: str, path: str, *, query: dict[str, str] | None = None, body: object = None
    ) -> T:
        grant, cipher = (whose.grant, whose.cipher) if isinstance(whose, Storefront) else (whose, None)
        now = self._venue.now()
        if (rests_until := self._rests.get(path, now)) > now:
            raise Busy(rests_until)
        # Get Authorized Shops takes no cipher and refuses one.
        asked = {**(query or {}), **({"shop_cipher": cipher} if cipher else {})}
        envelope = await self._send(method, path, asked, body, await self._tokens(grant))
        if envelope.code == _TOKEN_EXPIRED:
            envelope = await self._send(method, path, asked, body, await self._refreshed(grant))
        return data_of(shape, envelope)

    async def _send(self, method: str, path: str, query: dict[str, str], body: object, tokens: Tokens) -> Envelope:
        app = self._venue.shop
        form = {"data": ("picture", body)} if isinstance(body, bytes) else None
        # A form is left out of the signature.
        content = b"" if body is None or form else msgspec.json.encode(body)
        # The signature's time is held against the wall clock, whatever time it is for the business.
        signed = {**query, "app_key": app.app_key, "timestamp": str(int(time.time()))}
        signed["sign"] = sign(app.app_secret, path, signed, content)
        headers = {"x-tts-access-token": tokens.access_token} | ({} if form else {"content-type": "application/json"})
        # A whole URL is parsed once; given apart, its parameters cost httpx as much as the rest of the request.
        url = f"{self._venue.shop_url}{path}?{urlencode(signed)}"
        return await self._answer(self._http.build_request(method, url, content=None if form else content, files=form, headers=headers))

    async def _answer(self, request: httpx.Request) -> Envelope:
        try:
            response = await self._http.send(request)
        except httpx.HTTPError as error:
            raise Unclear(f"{request.method} {request.url.path}: {error}") from error
        if response.status_code == _TOO_MANY_REQUESTS:
            after = response.headers.get("retry-after", "")
            until = self._venue.now() + timedelta(seconds=int(after) if after.isdecimal() else 1)
            self._rests[request.url.path] = until
            raise Busy(until)
        if response.status_code >= _SERVER_FAULT:
            raise Unclear(f"Tokopedia & Shop answered {response.status_code}")
        return decoded(Envelope, response.content)

    # -- tokens --------------------------------------------------------------------------------------------------------

    async def _tokens(self, grant: str) -> Tokens:
        tokens = self._book.tokens.get(grant)
        if tokens is None or self._venue.now() >= tokens.expires_at - timedelta(hours=1):
            return await self._refreshed(grant)
        return tokens

    async def _refreshed(self, grant: str) -> Tokens:
        known = self._book.tokens.get(grant)
        app = self._venue.shop
        query = {
            "app_key": app.app_key,
            "app_secret": app.app_secret,
            "refresh_token": known.refresh_token if known else self._first_consent(grant),
            "grant_type": "refresh_token",
        }
        request = self._http.build_request("GET", f"{self._venue.shop_token_url}/api/v2/token/refresh", params=query)
        try:
            fresh = data_of(TokenPair, await self._answer(request))
        except Refused as no:
            if no.code == _NO_AUTHORIZATION:
                self._is_shut_out(grant)
            raise
        # The old refresh token may be worth nothing from now on: the new pair is on disk before it is used.
        return self._book.tokens.put(
            grant,
            Tokens(
                access_token=fresh.access_token,
                # An instant, in spite of its name.
                expires_at=datetime.fromtimestamp(fresh.access_token_expire_in, tz=UTC),
                refresh_token=fresh.refresh_token,
            ),
        )

    def _is_shut_out(self, grant: str) -> None:
        """The seller has taken our access back: his shop is let alone, and nobody else's."""
        self._book.tokens.drop(grant)
        for front in [one for one in self._book.storefronts if one.grant == grant]:
            self._book.storefronts.drop(front.id)
            self._book.closed_to_us.put(front.id, self._venue.now())
            text = f"You have taken back our access to shop {front.id} on Tokopedia & Shop; please authorize us again to have it served."
            self._book.tell(front.id, text)

    def _first_consent(self, grant: str) -> str:
        app = self._venue.shop
        given = app.grants[int(grant)] if grant.isdecimal() else app.creator
        if given is None:
            raise Refused("", "nobody has given the consent for it")
        return given.refresh_token
