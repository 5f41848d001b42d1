"""A product as the TikTok Shop Open API prints it: a row of a search, in the shape of the version asked for, or the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.shop import pre_sale
from gladi.sandbox.shop.order_sheet import seconds
from gladi.sandbox.shop.shops import warehouse_of
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import Insurance, ListingStatus
from gladi.sandbox.world.storefronts import standing

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Listing, Offer, Shop

__all__ = ["PRODUCT_STATUS", "audit_status", "row", "whole", "written"]

PRODUCT_STATUS: dict[ListingStatus, str] = {
    ListingStatus.ACTIVE: "ACTIVATE",
    ListingStatus.INACTIVE: "SELLER_DEACTIVATED",
    ListingStatus.PENDING: "PENDING",
    ListingStatus.SUSPENDED: "PLATFORM_DEACTIVATED",
    ListingStatus.DELETED: "DELETED",
    ListingStatus.DRAFT: "DRAFT",
    ListingStatus.FAILED: "FAILED",
}
_INSURANCE: dict[Insurance, str] = {
    Insurance.REQUIRED: "REQUIRED",
    Insurance.OPTIONAL: "OPTIONAL",
    Insurance.NOT_SUPPORTED: "NOT_SUPPORTED",
}
_APPS = {SHOP: "TIKTOK_SHOP", TOKOPEDIA: "TOKOPEDIA"}


def audit_status(listing: Listing) -> str:
    """Give the status of a listing's audit on Tokopedia & Shop itself; audits here are over at once."""
    if any(one.platform is SHOP for one in listing.failures):
        return "FAILED"
    return {ListingStatus.PENDING: "AUDITING", ListingStatus.DRAFT: "NONE"}.get(listing.status, "APPROVED")


def row(listing: Listing, shop: Shop, *, plain: bool) -> dict[str, object]:
    """Print a row of a search; `plain` is the 202309 shape, which tells neither audit nor other storefronts."""
    printed: dict[str, object] = {
        "id": listing.id,
        "title": listing.title,
        "sales_regions": ["ID"],
        "create_time": seconds(listing.created_at),
        "update_time": seconds(listing.updated_at),
        "is_not_for_sale": False,
        "recommended_categories": [],
        "product_sync_fail_reasons": [],
        "skus": [_sku(offer, shop) | ({} if plain else pre_sale.printed(offer)) for offer in listing.offers],
    }
    if plain:
        here = standing(listing).get(SHOP)
        return printed if here is None else printed | {"status": PRODUCT_STATUS[here]}
    return printed | _standing(listing)


def _standing(listing: Listing) -> dict[str, object]:
    """Say where a listing stands on each storefront; one on which it is not listed is left out."""
    where = standing(listing)
    printed: dict[str, object] = {"audit": {"status": audit_status(listing), "pre_approved_reasons": []}}
    if SHOP in where:
        printed["status"] = PRODUCT_STATUS[where[SHOP]]
    if TOKOPEDIA in where:
        printed["integrated_platform_statuses"] = [{"platform": "TOKOPEDIA", "status": PRODUCT_STATUS[where[TOKOPEDIA]]}]
    return printed


def _sku(offer: Offer, shop: Shop) -> dict[str, object]:
    price = str(offer.price)
    return {
        "id": offer.id,
        "seller_sku": offer.sku,
        "price": {"currency": "IDR", "tax_exclusive_price": price, "sale_price": price},
        "inventory": [{"warehouse_id": warehouse_of(shop, name).shop_id, "quantity": units} for name, units in offer.stock],
    }


def whole(listing: Listing, shop: Shop) -> dict[str, object]:
    """Print all of a product."""
    printed: dict[str, object] = {
        "id": listing.id,
        "title": listing.title,
        "description": f"<p>{listing.description}</p>" if not listing.description.startswith("<") else listing.description,
        "category_chains": [{"id": listing.category, "parent_id": "0", "local_name": "Goods", "is_leaf": True}],
        "main_images": [
            {
                "uri": f"gladi/{listing.id}",
                "urls": [f"https://images.example.com/{listing.id}.jpeg"],
                "thumb_urls": [f"https://images.example.com/{listing.id}-thumb.jpeg"],
                "width": 800,
                "height": 800,
            }
        ],
        "audit_failed_reasons": [
            {"listing_platform": _APPS[one.platform], "position": "product", "reasons": [one.reason], "suggestions": [one.advice]}
            for one in listing.failures
        ],
        "product_attributes": [],
        "product_types": [],
        "delivery_options": [],
        "package_weight": {"value": "0.5", "unit": "KILOGRAM"},
        "package_dimensions": {"length": "20", "width": "15", "height": "10", "unit": "CENTIMETER"},
        "is_cod_allowed": False,
        "is_not_for_sale": False,
        "is_pre_owned": listing.is_pre_owned,
        "minimum_order_quantity": listing.minimum_order,
        "create_time": seconds(listing.created_at),
        "update_time": seconds(listing.updated_at),
        "skus": [_whole_sku(offer, shop) for offer in listing.offers],
    } | _standing(listing)
    if TOKOPEDIA in standing(listing):
        printed["shipping_insurance_requirement"] = _INSURANCE[listing.insurance]
    return printed


def written(listing: Listing) -> dict[str, object]:
    """Print what every write of a product answers: its id, and the ids of its SKUs."""
    skus = [
        {"id": offer.id, "seller_sku": offer.sku, "external_sku_id": "", "sales_attributes": _attributes(offer, names=False)}
        for offer in listing.offers
    ]
    return {"product_id": listing.id, "skus": skus}


def _whole_sku(offer: Offer, shop: Shop) -> dict[str, object]:
    return _sku(offer, shop) | {"external_sku_id": "", "sales_attributes": _attributes(offer, names=True)} | pre_sale.printed(offer)


def _attributes(offer: Offer, *, names: bool) -> list[dict[str, str]]:
    """Print what makes a SKU a variant; the answer to a write has the ids alone."""
    if not offer.variant:
        return []
    ids = {"id": shop_side_id("attribute variant", "1000"), "value_id": shop_side_id(f"value {offer.variant}", "1001")}
    return [ids | {"name": "Variant", "value_name": offer.variant} if names else ids]
