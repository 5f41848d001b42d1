"""The goods of a test shop on Tokopedia, read page by page from Get Product Info. Reads alone.

The list has a row for a product and one for each of its variants; what a row names and the list leaves out is asked for by its ids
(tokopedia-api.md 5.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.attempts.stocktaking import PAGES, endless, read
from gladi.platforms.goods import Depot, Goods, Item, Product
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["of_tokopedia"]

_INFO = "Get Product Info"
_ROWS = 50
"""Rows of a page, and ids in one question: its most (tokopedia-api.md 3)."""


class _Basic(msgspec.Struct):
    id: int = msgspec.field(name="productID")
    status: int
    category: int = msgspec.field(name="childCategoryID", default=0)
    name: str = msgspec.field(name="Name", default="")
    formerly: str = msgspec.field(name="name", default="")
    about: str = msgspec.field(name="shortDesc", default="")
    twin: str | int | None = msgspec.field(name="tts_product_id", default=None)


class _Amount(msgspec.Struct):
    value: float = 0


class _Variant(msgspec.Struct):
    parent: int = msgspec.field(name="parentID", default=0)
    is_parent: bool = msgspec.field(name="isParent", default=False)
    children: tuple[int, ...] | None = msgspec.field(name="childrenID", default=None)


class _Other(msgspec.Struct):
    sku: str = ""


class _Place(msgspec.Struct):
    id: int = msgspec.field(name="warehouseID")
    stock: _Amount = msgspec.field(default_factory=_Amount)


class _Row(msgspec.Struct):
    basic: _Basic
    price: _Amount = msgspec.field(default_factory=_Amount)
    stock: _Amount = msgspec.field(default_factory=_Amount)
    variant: _Variant = msgspec.field(default_factory=_Variant)
    other: _Other = msgspec.field(default_factory=_Other)
    warehouses: tuple[_Place, ...] | None = None
    twin: str | int | None = msgspec.field(name="tts_product_id", default=None)


class _Rows(msgspec.Struct):
    data: tuple[_Row, ...] | None = None


class _Home(msgspec.Struct):
    """A warehouse in Get Shop Info (tokopedia-api.md 4)."""

    warehouse_id: int
    warehouse_name: str = ""
    is_default: int = 0
    city_name: str = ""
    province_name: str = ""
    district_name: str = ""
    postal_code: str = ""
    latitude: str = ""
    longitude: str = ""


def of_tokopedia(ask: Callable[[Mapping[str, str]], bytes], shop_id: int, warehouses: msgspec.Raw) -> Goods:
    """Read what a shop sells on Tokopedia; `ask` asks Get Product Info, and `warehouses` are those of Get Shop Info, as they came.

    Raises:
        UnansweredError: an answer is none that the documents know, or the list has no end.
    """

    def page(number: int) -> tuple[_Row, ...]:
        return read(_INFO, ask({"shop_id": str(shop_id), "page": str(number), "per_page": str(_ROWS)}), _Rows).data or ()

    rows = {row.basic.id: row for row in _every(page, _INFO)}
    left_out = [child for row in rows.values() for child in row.variant.children or () if child not in rows]
    for start in range(0, len(left_out), _ROWS):
        ids = ",".join(map(str, left_out[start : start + _ROWS]))
        rows |= {row.basic.id: row for row in read(_INFO, ask({"product_id": ids}), _Rows).data or ()}
    homes = read("Get Shop Info", warehouses, tuple[_Home, ...] | None) or ()
    return Goods(products=tuple(_of_rows(rows)), depots=tuple(_home(one) for one in homes))


def _every(page: Callable[[int], tuple[_Row, ...]], name: str) -> Iterator[_Row]:
    for number in range(1, PAGES + 1):
        found = page(number)
        yield from found
        if len(found) < _ROWS:
            return
    raise endless(name)


def _of_rows(rows: Mapping[int, _Row]) -> Iterator[Product]:
    """Put variants together under the product of which they are, whether or not the list shows that one."""
    families: dict[int, list[_Row]] = {}
    for row in rows.values():
        if not row.variant.is_parent:
            families.setdefault(row.variant.parent or row.basic.id, []).append(row)
    for product_id, members in families.items():
        row = rows.get(product_id, members[0])
        twin = row.twin or row.basic.twin
        yield Product(
            id=str(product_id),
            title=row.basic.name or row.basic.formerly,
            standing={TOKOPEDIA: str(row.basic.status)},
            items=tuple(_item(one) for one in members),
            category=str(row.basic.category),
            description=row.basic.about,
            twin=str(twin) if twin else None,
        )


def _item(row: _Row) -> Item:
    # A row that names no warehouse has its units in the one that is meant where none is named.
    stock = {str(one.id): round(one.stock.value) for one in row.warehouses or ()} or {"": round(row.stock.value)}
    return Item(id=str(row.basic.id), sku=row.other.sku, price=round(row.price.value), stock=stock)


def _home(one: _Home) -> Depot:
    return Depot(
        id=str(one.warehouse_id),
        name=one.warehouse_name,
        is_default=bool(one.is_default),
        city=one.city_name,
        province=one.province_name,
        district=one.district_name,
        postal_code=one.postal_code,
        latitude=one.latitude,
        longitude=one.longitude,
    )
