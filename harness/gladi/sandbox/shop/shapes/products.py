"""What is asked and answered of products that are read: searches, one product, and the categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, DIGITS, EMPTY, ID, SECONDS, TEXT, Shaped, either, one_of, within, words
from gladi.sandbox.shop.categories import Described
from gladi.sandbox.shop.products import Filter, Status
from gladi.sandbox.shop.shapes.parts import APP, IDR, TOTAL, paged

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys, Shape

__all__ = ["AUDIT", "SHAPES"]

_STATUS = words(Status, but=("ALL",))
_PERMISSIONS: Shape = [one_of("AVAILABLE", "INVITE_ONLY", "NON_MAIN_CATEGORY", "PROHIBITED")]
_VERSION = one_of("v1", "v2")
AUDIT = one_of("AUDITING", "FAILED", "APPROVED", "NONE")

_SKU: Keys = {
    "id": ID,
    "seller_sku": TEXT,
    "price": {"currency": IDR, "tax_exclusive_price": DIGITS, "sale_price": DIGITS},
    "inventory": [{"warehouse_id": ID, "quantity": COUNT}],
    "pre_sale?": {
        "type": one_of("PRE_ORDER"),
        "fulfillment_type": either({"handling_duration_days": within(3, 30)}, {"release_date": SECONDS}),
    },
}
_STANDING: Keys = {
    "status?": _STATUS,
    "integrated_platform_statuses?": [{"platform": one_of("TOKOPEDIA"), "status": _STATUS}],
}
_AUDIT: Keys = {"status": AUDIT, "pre_approved_reasons": EMPTY}
_DATES: Keys = {"create_time": SECONDS, "update_time": SECONDS}

_ROW: Keys = {
    "id": ID,
    "title": TEXT,
    "sales_regions": [one_of("ID")],
    **_DATES,
    "is_not_for_sale": BOOL,
    "recommended_categories": EMPTY,
    "product_sync_fail_reasons": EMPTY,
    "skus": [_SKU],
    "audit?": _AUDIT,
    **_STANDING,
}

_WHOLE: Keys = {
    "id": ID,
    "title": TEXT,
    "description": TEXT,
    "category_chains": [{"id": DIGITS, "parent_id": DIGITS, "local_name": TEXT, "is_leaf": BOOL}],
    "main_images": [{"uri": TEXT, "urls": [TEXT], "thumb_urls": [TEXT], "width": COUNT, "height": COUNT}],
    "audit_failed_reasons": [{"listing_platform": APP, "position": TEXT, "reasons": [TEXT], "suggestions": [TEXT]}],
    "product_attributes": EMPTY,
    "product_types": EMPTY,
    "delivery_options": EMPTY,
    "package_weight": {"value": TEXT, "unit": one_of("KILOGRAM")},
    "package_dimensions": {"length": DIGITS, "width": DIGITS, "height": DIGITS, "unit": one_of("CENTIMETER")},
    "is_cod_allowed": BOOL,
    "is_not_for_sale": BOOL,
    "is_pre_owned": BOOL,
    "minimum_order_quantity": within(1, 20),
    **_DATES,
    "skus": [{**_SKU, "external_sku_id": TEXT, "sales_attributes": [{"id": ID, "value_id": ID, "name": TEXT, "value_name": TEXT}]}],
    "audit": _AUDIT,
    **_STANDING,
    "shipping_insurance_requirement?": one_of("REQUIRED", "OPTIONAL", "NOT_SUPPORTED"),
}

_CATEGORY: Keys = {"id": DIGITS, "is_leaf": BOOL, "permission_statuses": _PERMISSIONS}

SHAPES: dict[str, Shaped] = {
    "search_products": Shaped({"products": [_ROW], **TOTAL}, paged(1, 100, must=True), Filter),
    "get_product": Shaped(_WHOLE),
    "get_categories": Shaped(
        {"categories": [{**_CATEGORY, "parent_id": DIGITS, "local_name": TEXT}]},
        {"listing_platform?": APP, "include_prohibited_categories?": BOOL, "keyword?": TEXT, "category_version?": _VERSION},
    ),
    "recommend_category": Shaped(
        {"leaf_category_id": TEXT, "categories": [{**_CATEGORY, "name": TEXT, "level": within(1, 9)}]}, body=Described
    ),
}
"""By the operation's name, without the platform's."""
