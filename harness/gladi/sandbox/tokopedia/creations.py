"""Create Products V3: new listings, row by row, each carried out as a whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.bulk import PRICES
from gladi.sandbox.tokopedia.reading import Whole, body
from gladi.sandbox.tokopedia.shops import default_warehouse
from gladi.sandbox.world import storefronts
from gladi.sandbox.world.records import Listing, ListingStatus, Offer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Shop

__all__ = ["create_products"]

_ROWS = 25
_NAME = range(1, 71)
_DESCRIPTION = range(2001)
_SKU = range(51)
_STOCK = range(1, 1001)
_FIRST_ID = 3_100_000_000
"""Beyond every id that a seeded listing may have."""
_ROOM = 100
"""How far the ids of two new listings are apart, and so how many variants one may have, itself included."""


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a choice, such as a size."""

    value: str = ""


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """A choice between variants."""

    options: list[Option] = []


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One variant: `combination` names an option of each selection by its place."""

    price: Whole
    stock: Whole
    sku: str = ""
    status: str = "LIMITED"
    combination: list[Whole] = []


class Variants(msgspec.Struct, frozen=True, kw_only=True):
    """All variants of a product."""

    products: list[Variant]
    selection: list[Selection] = []


class New(msgspec.Struct, frozen=True, kw_only=True):
    """A row; a field that the sandbox does not keep is passed over."""

    name: str
    category_id: Whole
    price: Whole
    stock: Whole | None = None
    price_currency: str = "IDR"
    status: str = "LIMITED"
    condition: str = "NEW"
    weight: Whole = 1
    weight_unit: str = "GR"
    min_order: Whole = 1
    description: str = ""
    sku: str = ""
    variant: Variants | None = None


class Creation(msgspec.Struct, frozen=True):
    """The body."""

    products: list[New]


_creation = msgspec.json.Decoder(Creation | list[New])


_RULES: tuple[tuple[Callable[[New], bool], str], ...] = (
    (lambda product: len(product.name) in _NAME, "name must have 1 to 70 characters"),
    (lambda product: len(product.description) in _DESCRIPTION, "description must have at most 2000 characters"),
    (lambda product: product.category_id > 0, "category_id must be a category"),
    (lambda product: product.price_currency == "IDR", "price_currency must be IDR"),
    (lambda product: product.condition in ("NEW", "USED"), "condition must be NEW or USED"),
    (lambda product: product.weight > 0 and product.weight_unit == "GR", "weight must be positive, in GR"),
    (lambda product: product.min_order > 0, "min_order must be at least 1"),
    (lambda product: product.price in PRICES, "price must be 100 to 100000000"),
    (lambda product: product.status == "LIMITED", "status must be LIMITED"),
    (lambda product: len(product.sku) in _SKU, "sku must have at most 50 characters"),
    (lambda product: product.variant is not None or product.stock in _STOCK, "stock must be 1 to 1000"),
)


def create_products(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /v3/products/fs/:fs_id/create?shop_id=`: the ids of what was created come back at once."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    sent = body(arrival.request.body, _creation, refusals.PRODUCT_BODY)
    if isinstance(sent, list):
        lenient(arrival, desk.world.settings, "bare_product_list", refusals.PRODUCT_BODY)
    products = sent if isinstance(sent, list) else sent.products
    if not products:
        raise Refused(refusals.PRODUCT_BODY)
    if len(products) > _ROWS:
        raise Refused(refusals.TOO_MANY_ROWS)
    arrival.touches = next((sku for product in products for sku in _skus(product) if sku), None)
    arrival.assumes.append("tokopedia.new_products_in_stock_and_rupiah")

    def creates() -> bytes:
        done: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for product in products:
            faults = list(_faults(product))
            if faults:
                failed.append({"product_name": product.name, "product_price": product.price, "sku": product.sku, "error": faults})
            else:
                done.append({"product_id": int(storefronts.create(desk.world, _listing(desk, shop, product)).id)})
        return envelope.modern(
            {
                "total_data": len(products),
                "success_data": len(done),
                "fail_data": len(failed),
                "success_rows_data": done,
                "failed_rows_data": failed,
            }
        )

    return creates


def _skus(product: New) -> list[str]:
    return [one.sku for one in product.variant.products] if product.variant is not None else [product.sku]


def _faults(product: New) -> Iterator[str]:
    yield from (fault for holds, fault in _RULES if not holds(product))
    if product.variant is not None:
        yield from _faults_of_variants(product.variant)


def _faults_of_variants(variants: Variants) -> Iterator[str]:
    if len(variants.products) not in range(1, _ROOM):
        yield "variant must have 1 to 99 products"
    for one in variants.products:
        if one.price not in PRICES or one.stock not in _STOCK or one.status != "LIMITED" or len(one.sku) not in _SKU:
            yield "price, stock, status and sku of a variant must be as those of a product"
        chosen = zip(one.combination, variants.selection, strict=False)
        if len(one.combination) != len(variants.selection) or any(at not in range(len(choice.options)) for at, choice in chosen):
            yield "combination must name one option of each selection"


def _listing(desk: Desk, shop: Shop, product: New) -> Listing:
    """Make the listing: units in the default warehouse, and with variants a parent whose id is none of theirs."""
    now = desk.world.clock.now
    number = _FIRST_ID + len(desk.world.listings) * _ROOM
    rows = [(product.price, product.stock or 0, product.sku, "")]
    if product.variant is not None:
        rows = [(one.price, one.stock, one.sku, _words(one, product.variant.selection)) for one in product.variant.products]
    return Listing(
        platform=TOKOPEDIA,
        id=str(number),
        shop=shop.key,
        title=product.name,
        description=product.description,
        category=str(product.category_id),
        status=ListingStatus.ACTIVE,
        offers=tuple(
            Offer(
                id=str(number + (at if product.variant is not None else 0)),
                sku=sku,
                variant=variant,
                price=price,
                stock=tuple((one.name, units if one == default_warehouse(shop) else 0) for one in shop.warehouses),
            )
            for at, (price, units, sku, variant) in enumerate(rows, start=1)
        ),
        created_at=now,
        updated_at=now,
        shown_on=(TOKOPEDIA,),
    )


def _words(variant: Variant, choices: list[Selection]) -> str:
    """Name a variant by its options: `Red / XL`."""
    return " / ".join(choice.options[at].value for at, choice in zip(variant.combination, choices, strict=True))
