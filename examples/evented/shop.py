"""What is asked of Tokopedia & Shop, through the TikTok Shop Open API. Its wire words stay in this file."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import msgspec

from examples.evented.client import Digits
from examples.evented.facts import Front, Line, Place, Standing, View
from examples.evented.faults import Refused, Unclear
from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from examples.evented.client import Client

__all__ = ["APPS", "LOCKED", "Failure", "Offer", "Shop"]

LOCKED = "12052332"
"""The shop is being merged, or its products are not: this may not be written now."""
APPS = {"TIKTOK_SHOP": SHOP, "TOKOPEDIA": TOKOPEDIA}
"""The apps in which a product may be listed, by the words of the wire."""
_SHIPPED_BEFORE = frozenset(("21011040", "11006021", "21008099", "21011020", "21011027"))
_STANDINGS = {
    "UNPAID": Standing.WAITING,
    "ON_HOLD": Standing.WAITING,
    "AWAITING_SHIPMENT": Standing.OPEN,
    "PARTIALLY_SHIPPING": Standing.OPEN,
    "DELIVERED": Standing.DONE,
    "COMPLETED": Standing.DONE,
    "CANCELLED": Standing.CLOSED,
}


class _Named(msgspec.Struct):
    id: Digits


class _Authorized(_Named):
    cipher: str


class _AuthorizedShops(msgspec.Struct):
    shops: list[_Authorized]


class _Warehouse(_Named):
    type: str = ""
    is_default: bool = False


class _Warehouses(msgspec.Struct):
    warehouses: list[_Warehouse]


class _Item(msgspec.Struct):
    product_id: Digits
    seller_sku: str = ""


class _Payment(msgspec.Struct):
    total_amount: str = "0"
    shipping_insurance_fee: str = "0"
    item_insurance_fee: str = "0"


class _Order(_Named):
    status: str
    create_time: int
    line_items: list[_Item]
    payment: _Payment
    commerce_platform: str = ""
    tracking_number: str = ""
    is_buyer_request_cancel: bool = False
    packages: list[_Named] = msgspec.field(default_factory=list[_Named])


class _Orders(msgspec.Struct):
    orders: list[_Order] = msgspec.field(default_factory=list[_Order])
    next_page_token: str = ""


class _Units(msgspec.Struct):
    warehouse_id: Digits
    quantity: int


class _Sku(_Named):
    seller_sku: str = ""
    inventory: list[_Units] = msgspec.field(default_factory=list[_Units])


class _InApp(msgspec.Struct):
    platform: str
    status: str


class _Product(_Named):
    # Left out for a product that is listed on Tokopedia alone.
    status: str = ""
    integrated_platform_statuses: list[_InApp] = msgspec.field(default_factory=list[_InApp])
    skus: list[_Sku] = msgspec.field(default_factory=list[_Sku])


class _Products(msgspec.Struct):
    products: list[_Product] = msgspec.field(default_factory=list[_Product])


class _Error(msgspec.Struct):
    code: int
    message: str = ""


class _Detail(msgspec.Struct):
    listing_platform: str = ""
    extra_errors: list[_Error] = msgspec.field(default_factory=list[_Error])


class _PartError(_Error):
    detail: _Detail = msgspec.field(default_factory=_Detail)


class _Written(msgspec.Struct):
    errors: list[_PartError] | None = None


class Offer(msgspec.Struct, frozen=True):
    """A SKU of one product, its units by warehouse, and the apps in which it is listed: whether it is on the shelves there."""

    product_id: str
    sku_id: str
    stock: dict[str, int]
    apps: dict[Platform, bool]


class Failure(msgspec.Struct, frozen=True):
    """An app that did not take a write which succeeded as a whole; None where the platform does not say which."""

    app: Platform | None
    why: str


class Shop:
    """Asks Tokopedia & Shop, and says what it answered in words of our own."""

    def __init__(self, client: Client) -> None:
        """Ask through `client`."""
        self._client = client

    # -- shops ---------------------------------------------------------------------------------------------------------

    async def fronts(self, grant: int) -> list[Front]:
        """Give the shops that a grant opens."""
        found = await self._client.shop(_AuthorizedShops, grant, "GET", "/authorization/202309/shops")
        return [Front(str(one.id), one.cipher, grant) for one in found.shops]

    async def registers(self, front: Front, event: str, url: str) -> None:
        """Have an event told to `url`; the registrations of other events stay as they are."""
        body = {"event_type": event, "address": url}
        await self._client.shop(msgspec.Raw, front, "PUT", "/event/202309/webhooks", body=body)

    # -- orders --------------------------------------------------------------------------------------------------------

    async def orders(self, front: Front, since: datetime, until: datetime) -> list[View]:
        """List the paid orders that were placed or changed in a time: one that a merge brings over is new here and was placed long ago."""
        body = {"update_time_ge": int(since.timestamp()), "update_time_lt": int(until.timestamp()) + 1}
        query = {"page_size": "100", "sort_field": "update_time", "sort_order": "ASC"}
        found: list[View] = []
        while True:
            # Filters and sorting stay as they are, or the page token is worth nothing.
            page = await self._client.shop(_Orders, front, "POST", "/order/202309/orders/search", query=query, body=body)
            found += [_view(row, front) for row in page.orders if row.status != "UNPAID"]
            if not page.next_page_token:
                return found
            query["page_token"] = page.next_page_token

    async def order(self, front: Front, order_id: str) -> View | None:
        """Look one order up."""
        found = await self._client.shop(_Orders, front, "GET", "/order/202309/orders", query={"ids": order_id})
        return next((_view(row, front) for row in found.orders if row.id == order_id), None)

    async def ships(self, front: Front, package: str) -> None:
        """Have a package shipped; one that was shipped before is shipped."""
        try:
            await self._client.shop(msgspec.Raw, front, "POST", f"/fulfillment/202309/packages/{package}/ship", body={})
        except Refused as no:
            if no.code not in _SHIPPED_BEFORE:
                raise

    # -- what is sold --------------------------------------------------------------------------------------------------

    async def knows(self, front: Front, product_id: str) -> bool:
        """Tell whether the platform can say what a product is."""
        try:
            await self._client.shop(msgspec.Raw, front, "GET", f"/product/202309/products/{product_id}")
        except Refused:
            return False
        return True

    async def offers(self, front: Front, sku: str) -> list[Offer]:
        """Find every product that sells a seller SKU: after the product merge there may be more than one."""
        query, body = {"page_size": "100"}, {"seller_skus": [sku]}
        found = await self._client.shop(_Products, front, "POST", "/product/202502/products/search", query=query, body=body)
        return [
            Offer(str(row.id), str(one.id), {str(at.warehouse_id): at.quantity for at in one.inventory}, _apps(row))
            for row in found.products
            for one in row.skus
            if one.seller_sku == sku and row.status not in ("DELETED", "FREEZE")
        ]

    async def sets_price(self, front: Front, offer: Offer, amount: int) -> None:
        """Set the price of a SKU."""
        body = {"skus": [{"id": offer.sku_id, "price": {"amount": str(amount), "currency": "IDR"}}]}
        await self._client.shop(msgspec.Raw, front, "POST", f"/product/202309/products/{offer.product_id}/prices/update", body=body)

    async def sets_stock(self, front: Front, offer: Offer, units: int) -> None:
        """Set the stock of a SKU in the default warehouse; every other warehouse of it must be named, and keeps what it has."""
        stock = {**offer.stock, await self._default_warehouse(front): units}
        inventory = [{"warehouse_id": at, "quantity": held} for at, held in stock.items()]
        path = f"/product/202309/products/{offer.product_id}/inventory/update"
        answer = await self._client.shop(_Written, front, "POST", path, body={"skus": [{"id": offer.sku_id, "inventory": inventory}]})
        # Success as a whole may be failure of each part.
        for error in answer.errors or ():
            raise Refused(str(error.code), error.message)

    async def edits(self, front: Front, product_id: str, apps: list[Platform], texts: dict[str, str]) -> list[Failure]:
        """Change what the page of a product says, by `title` and `description`, and give the apps that did not take it.

        An app that `apps` leaves out is switched off; where `apps` is empty they stay as they are.
        """
        body = {**texts, **({"listing_platforms": [word for word, app in APPS.items() if app in apps]} if apps else {})}
        path = f"/product/202309/products/{product_id}/partial_edit"
        answer = await self._client.shop(_Written, front, "POST", path, body=body)
        failed: list[Failure] = []
        for error in answer.errors or ():
            inner = error.detail.extra_errors or [error]
            if LOCKED in {str(error.code), *(str(one.code) for one in inner)}:
                raise Refused(LOCKED, error.message)
            why = "; ".join(f"{one.message} ({one.code})" for one in inner)
            failed.append(Failure(APPS.get(error.detail.listing_platform), why))
        return failed

    async def _default_warehouse(self, front: Front) -> str:
        # The same place may be listed again as the one for returns.
        found = await self._client.shop(_Warehouses, front, "GET", "/logistics/202309/warehouses")
        sells = (one for one in found.warehouses if one.is_default and one.type == "SALES_WAREHOUSE")
        if (one := next(sells, None)) is None:
            raise Refused("", "the shop has no default warehouse")
        return str(one.id)


def _view(row: _Order, front: Front) -> View:
    # A line stands for one unit: what was bought twice stands there twice.
    units = Counter((item.seller_sku, str(item.product_id)) for item in row.line_items)
    standing = _STANDINGS.get(row.status, Standing.SHIPPED)
    fees = (("Shipping insurance", row.payment.shipping_insurance_fee), ("Item insurance", row.payment.item_insurance_fee))
    return View(
        place=Place(SHOP, front.id),
        order_id=str(row.id),
        # A buyer who asks to cancel stops the shipment until he is answered.
        standing=Standing.ASKED if row.is_buyer_request_cancel and standing is Standing.OPEN else standing,
        created_at=datetime.fromtimestamp(row.create_time, tz=UTC),
        lines=tuple(Line(sku, product_id, quantity) for (sku, product_id), quantity in units.items()),
        total=_rupiah(row.payment.total_amount),
        in_tokopedia=row.commerce_platform == "TOKOPEDIA",
        packages=tuple(str(package.id) for package in row.packages),
        tracking=row.tracking_number,
        fees=tuple((name, _rupiah(fee)) for name, fee in fees),
    )


def _apps(row: _Product) -> dict[Platform, bool]:
    elsewhere = {APPS[one.platform]: one.status for one in row.integrated_platform_statuses if one.platform in APPS}
    statuses = ({SHOP: row.status} if row.status else {}) | elsewhere
    return {app: status != "SELLER_DEACTIVATED" for app, status in statuses.items()}


def _rupiah(amount: str) -> int:
    try:
        return int(Decimal(amount))
    except InvalidOperation as error:
        raise Unclear(f"{amount!r} is no amount") from error
