"""A product as the TikTok Shop Open API prints it: a row of a search, in the shape of the version asked for, or the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.shop.order_sheet import seconds
from gladi.sandbox.shop.shops import warehouse_of
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Listing, Offer, Shop

__all__ = ["PRODUCT_STATUS", "audit_status", "row", "whole"]

PRODUCT_STATUS: dict[ListingStatus, str] = {
    ListingStatus.ACTIVE: "ACTIVATE",
    ListingStatus.INACTIVE: "SELLER_DEACTIVATED",
    ListingStatus.PENDING: "PENDING",
    ListingStatus.SUSPENDED: "PLATFORM_DEACTIVATED",
    ListingStatus.DELETED: "DELETED",
}


def audit_status(listing: Listing) -> str:
    """Give the status of a listing's audit; audits here are over at once, and passed."""
    return "AUDITING" if listing.status is ListingStatus.PENDING else "APPROVED"


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
        "skus": [_sku(offer, shop) for offer in listing.offers],
    }
    if plain:
        if SHOP in listing.shown_on:
            printed["status"] = PRODUCT_STATUS[listing.status]
        return printed
    return printed | _standing(listing)


def _standing(listing: Listing) -> dict[str, object]:
    """Say where a listing stands on each storefront; what it is not shown on is left out."""
    status = PRODUCT_STATUS[listing.status]
    standing: dict[str, object] = {"audit": {"status": audit_status(listing), "pre_approved_reasons": []}}
    if SHOP in listing.shown_on:
        standing["status"] = status
    if TOKOPEDIA in listing.shown_on:
        standing["integrated_platform_statuses"] = [{"platform": "TOKOPEDIA", "status": status}]
    return standing


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
        "audit_failed_reasons": [],
        "product_attributes": [],
        "product_types": [],
        "delivery_options": [],
        "package_weight": {"value": "0.5", "unit": "KILOGRAM"},
        "package_dimensions": {"length": "20", "width": "15", "height": "10", "unit": "CENTIMETER"},
        "is_cod_allowed": False,
        "is_not_for_sale": False,
        "is_pre_owned": False,
        "minimum_order_quantity": 1,
        "create_time": seconds(listing.created_at),
        "update_time": seconds(listing.updated_at),
        "skus": [_whole_sku(offer, shop) for offer in listing.offers],
    } | _standing(listing)
    if TOKOPEDIA in listing.shown_on:
        printed["shipping_insurance_requirement"] = "OPTIONAL"
    return printed


def _whole_sku(offer: Offer, shop: Shop) -> dict[str, object]:
    attribute = {
        "id": shop_side_id("attribute variant", "1000"),
        "name": "Variant",
        "value_id": shop_side_id(f"value {offer.variant}", "1001"),
        "value_name": offer.variant,
    }
    return _sku(offer, shop) | {"external_sku_id": "", "sales_attributes": [attribute] if offer.variant else []}
