"""What is asked and answered of products: the list, and what a seller does with some of them row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, EMPTY, ID, INT, NO, NULL, SECONDS, TEXT, YES, Kind, Shaped, either, one_of
from gladi.sandbox.tokopedia.bulk import ChangeRow, PriceRow, StockRow
from gladi.sandbox.tokopedia.creations import Creation, New
from gladi.sandbox.tokopedia.edits import Edits
from gladi.sandbox.tokopedia.listings import STATUS
from gladi.sandbox.tokopedia.shapes.parts import NUMBER_OF, OF_A_SHOP, pages
from gladi.sandbox.tokopedia.shelving import Products

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys, Shape

__all__ = ["SHAPES"]

_PRICE: Keys = {"value": COUNT, "currency": one_of(1), "LastUpdateUnix": SECONDS, "idr": COUNT}
_STOCK: Keys = {"useStock": BOOL, "value": COUNT}

_ROW: Keys = {
    "basic": {
        "productID": NUMBER_OF,
        "shopID": NUMBER_OF,
        "status": one_of(*STATUS.values()),
        "Name": TEXT,
        "condition": one_of(1),
        "childCategoryID": NUMBER_OF,
        "shortDesc": TEXT,
    },
    "price": _PRICE,
    "weight": {"value": COUNT, "unit": COUNT},
    "stock": {**_STOCK, "stockWording": TEXT},
    "main_stock": COUNT,
    "reserve_stock": COUNT,
    "variant": either(
        {},
        {"isParent": YES, "isVariant": NO, "childrenID": [NUMBER_OF]},
        {"isParent": NO, "isVariant": YES, "parentID": NUMBER_OF},
    ),
    "extraAttribute": {"minOrder": COUNT, "lastUpdateCategory": SECONDS, "isEligibleCOD": BOOL},
    "categoryTree": [{"id": NUMBER_OF, "name": TEXT}],
    "pictures": EMPTY,
    "other": {"sku": TEXT, "url": TEXT, "mobileURL": TEXT},
    "warehouses": [{"productID": NUMBER_OF, "warehouseID": NUMBER_OF, "price": _PRICE, "stock": _STOCK}],
    **dict.fromkeys(("menu", "preorder", "GMStats", "stats", "campaign", "volume"), Kind({"type": "object", "maxProperties": 0})),
    "tts_product_id?": ID,
}


def _rows(**failed: Shape) -> Keys:
    """Give how many of the rows sent succeeded, and why each of the others failed."""
    return {
        "total_data": COUNT,
        "success_data": COUNT,
        "fail_data": COUNT,
        "success_rows_data": [{"product_id": NUMBER_OF}],
        "failed_rows_data": [{"product_name": TEXT, "product_price": INT, **failed, "error": [TEXT]}],
    }


def _bulk(**asked: Shape) -> Keys:
    """Give the same of a bulk call, whose failed rows repeat what they asked for."""
    return {
        "failed_rows": COUNT,
        "succeed_rows": COUNT,
        "failed_rows_data": [{"product_id": INT, "sku": TEXT, "product_url": TEXT, **asked, "message": TEXT}],
    }


_SWITCHED: Keys = {"total_data": COUNT, "succeed_rows": COUNT, "failed_rows": COUNT, "failed_rows_data": either([TEXT], NULL)}
_CHANGED: Keys = {
    **_bulk(stock_value=INT),
    "succeed_rows_data": [{"productID": NUMBER_OF, "warehouseID": NUMBER_OF, "shopID": NUMBER_OF, "stock": COUNT, "price": COUNT}],
}
_PLACED: Keys = {**OF_A_SHOP, "warehouse_id?": NUMBER_OF}
_STOCKED: Keys = {**_PLACED, "bypass_update_product_status?": BOOL}
_COUNTED: Keys = {**_STOCKED, "request_id?": Kind({"type": "string", "pattern": "^[A-Za-z0-9_-]{1,20}$"})}

SHAPES: dict[str, Shaped] = {
    "get_product_info": Shaped([_ROW], {"shop_id?": NUMBER_OF, "product_id?": NUMBER_OF, "sku?": TEXT, **pages(50)}),
    "create_products": Shaped(_rows(sku=TEXT), OF_A_SHOP, Creation | list[New]),
    "edit_products": Shaped(_rows(product_sku=TEXT), OF_A_SHOP, Edits),
    "activate_products": Shaped(_SWITCHED, OF_A_SHOP, Products),
    "deactivate_products": Shaped(_SWITCHED, OF_A_SHOP, Products),
    "update_price": Shaped(_bulk(new_price=INT), _PLACED, list[PriceRow]),
    "update_stock": Shaped(_bulk(new_stock=INT), _STOCKED, list[StockRow]),
    "increment_stock": Shaped(_CHANGED, _COUNTED, list[ChangeRow]),
    "decrement_stock": Shaped(_CHANGED, _COUNTED, list[ChangeRow]),
}
"""By the operation's name, without the platform's."""
