"""The goods of a test shop on Tokopedia & Shop, read page by page from Search Products. Reads alone.

The search has one row for a product, with all its SKUs. The rest stands on the product's own page, which is read for those alone that
somebody looks at (tiktok-shop-api.md 7.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from gladi.attempts.stocktaking import PAGES, endless, read, strange
from gladi.platforms.goods import Depot, Goods, Item, Product
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from gladi.attempts.stocktaking import Body

__all__ = ["of_shop"]

_SEARCH, _PAGE, _WAREHOUSES = "Search Products", "Get Product", "Get Warehouse List"
_PRODUCTS = "100"
"""Products of a page: its most (tiktok-shop-api.md 6)."""


class _Price(msgspec.Struct):
    sale_price: str = ""
    tax_exclusive_price: str = ""


class _Held(msgspec.Struct):
    warehouse_id: str
    quantity: int = 0


class _When(msgspec.Struct):
    handling_duration_days: int | None = None
    release_date: int | None = None


class _PreSale(msgspec.Struct):
    fulfillment_type: _When = msgspec.field(default_factory=_When)


class _Sku(msgspec.Struct):
    id: str
    seller_sku: str = ""
    price: _Price = msgspec.field(default_factory=_Price)
    inventory: tuple[_Held, ...] | None = None
    pre_sale: _PreSale | None = None


class _Elsewhere(msgspec.Struct):
    platform: str
    status: str


class _Product(msgspec.Struct):
    id: str
    title: str = ""
    status: str = ""
    create_time: int = 0
    skus: tuple[_Sku, ...] = ()
    elsewhere: tuple[_Elsewhere, ...] | None = msgspec.field(name="integrated_platform_statuses", default=None)


class _Page(msgspec.Struct):
    products: tuple[_Product, ...] | None = None
    next_page_token: str = ""


class _Whole(msgspec.Struct):
    """What the page of one product tells besides."""

    description: str = ""
    shipping_insurance_requirement: str | None = None
    is_pre_owned: bool = False
    minimum_order_quantity: int | None = None


class _At(msgspec.Struct):
    latitude: str = ""
    longitude: str = ""


class _Address(msgspec.Struct):
    state: str = ""
    city: str = ""
    district: str = msgspec.field(name="distict", default="")  # the platform's own spelling
    postal_code: str = ""
    geolocation: _At = msgspec.field(default_factory=_At)


class _Warehouse(msgspec.Struct):
    id: str
    name: str = ""
    type: str = ""
    is_default: bool = False
    address: _Address = msgspec.field(default_factory=_Address)


class _Warehouses(msgspec.Struct):
    warehouses: tuple[_Warehouse, ...] | None = None


def of_shop(
    search: Callable[[Mapping[str, str], bytes], Body],
    warehouses: Callable[[], Body],
    *,
    page: Callable[[str], Body],
    in_detail: Collection[str] = (),
) -> Goods:
    """Read what a shop sells on Tokopedia & Shop: by Search Products, Get Warehouse List, and Get Product for the SKUs `in_detail`.

    Raises:
        UnansweredError: an answer is none that the documents know, or the list has no end.
    """
    products: list[_Product] = []
    query = {"page_size": _PRODUCTS}
    for _ in range(PAGES):
        found = read(_SEARCH, search(query, b'{"status":"ALL"}'), _Page)
        products += found.products or ()
        if not found.next_page_token:
            break
        query = {"page_size": _PRODUCTS, "page_token": found.next_page_token}
    else:
        raise endless(_SEARCH)
    depots = (_depot(one) for one in read(_WAREHOUSES, warehouses(), _Warehouses).warehouses or () if one.type == "SALES_WAREHOUSE")
    listed = (_product(one) for one in products if one.skus)
    told = (_told(one, page) if any(item.sku in in_detail for item in one.items) else one for one in listed)
    return Goods(products=tuple(told), depots=tuple(depots))


def _told(product: Product, page: Callable[[str], Body]) -> Product:
    whole = read(_PAGE, page(product.id), _Whole)
    return replace(
        product,
        description=whole.description.removeprefix("<p>").removesuffix("</p>"),
        insurance=whole.shipping_insurance_requirement,
        is_pre_owned=whole.is_pre_owned,
        minimum_order=whole.minimum_order_quantity,
    )


def _product(one: _Product) -> Product:
    if not (one.id.isascii() and one.id.isdecimal()):
        raise strange(_SEARCH)
    standing = {SHOP: one.status} if one.status else {}
    for there in one.elsewhere or ():
        if there.platform == "TOKOPEDIA":
            standing[TOKOPEDIA] = there.status
    return Product(
        id=one.id,
        title=one.title,
        standing=standing,
        items=tuple(
            Item(
                id=sku.id,
                sku=sku.seller_sku,
                price=_rupiah(sku.price),
                stock={held.warehouse_id: held.quantity for held in sku.inventory or ()},
                handling_days=sku.pre_sale.fulfillment_type.handling_duration_days if sku.pre_sale is not None else None,
                released_at=sku.pre_sale.fulfillment_type.release_date if sku.pre_sale is not None else None,
            )
            for sku in one.skus
        ),
        created_at=one.create_time * 1000,
    )


def _rupiah(price: _Price) -> int:
    try:
        return round(float(price.sale_price or price.tax_exclusive_price or 0))
    except (ValueError, OverflowError):
        raise strange(_SEARCH) from None


def _depot(one: _Warehouse) -> Depot:
    at = one.address
    return Depot(
        id=one.id,
        name=one.name,
        is_default=one.is_default,
        city=at.city,
        province=at.state,
        district=at.district,
        postal_code=at.postal_code,
        latitude=at.geolocation.latitude,
        longitude=at.geolocation.longitude,
    )
