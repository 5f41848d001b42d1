"""Listings as Tokopedia prints them: a parent with variants, each variant under an id of its own, or a product by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.tokopedia.shops import domain
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.world.records import Listing, Offer, Shop
    from gladi.sandbox.world.world import World

__all__ = ["STATUS", "Product", "either_side", "here", "owned", "printed", "rows"]

STATUS = {
    ListingStatus.SUSPENDED: -2,
    ListingStatus.PENDING: -1,
    ListingStatus.DELETED: 0,
    ListingStatus.ACTIVE: 1,
    ListingStatus.INACTIVE: 3,
}
_RUPIAH = 1
_NEW = 1


class Product(NamedTuple):
    """What one product id of Tokopedia names: a listing's parent (no offer), one of its variants, or the only offer it has."""

    listing: Listing
    offer: Offer | None

    @property
    def id(self) -> int:
        """The product id."""
        return int(self.offer.id if self.offer else self.listing.id)


def rows(listing: Listing) -> Iterator[Product]:
    """Give a listing as the rows that a shop's product list has: the parent, then its variants, or one row alone."""
    if _has_variants(listing):
        yield Product(listing, None)
    for offer in listing.offers:
        yield Product(listing, offer)


def here(world: World, product_id: int) -> Product | None:
    """Find what a product id of Tokopedia names; a deleted listing is not found."""
    name = str(product_id)
    listing = world.listing(TOKOPEDIA, name) or world.listing_of_offer(TOKOPEDIA, name)
    if listing is None or listing.status is ListingStatus.DELETED:
        return None
    return Product(listing, next((offer for offer in listing.offers if offer.id == name), None))


def owned(world: World, shop: Shop, product_id: int) -> Product | None:
    """Find what a product id of Tokopedia names, if it is one of the shop's."""
    product = here(world, product_id)
    return product if product is not None and product.listing.shop == shop.key else None


def either_side(world: World, product_id: int) -> Product | None:
    """Find what a product id of Tokopedia or, once linked, of Tokopedia & Shop names; the product of Tokopedia is given in both cases."""
    found = here(world, product_id)
    if found is not None:
        return found
    there = world.listing(SHOP, str(product_id))
    return here(world, int(there.twin)) if there is not None and there.twin is not None else None


def printed(product: Product, shop: Shop) -> dict[str, Any]:
    """Print one row of Get Product Info, in the platform's own mixture of spellings."""
    listing, offer = product
    offers = (offer,) if offer is not None else listing.offers
    price = _price(min(one.price for one in offers), listing)
    units = sum(one.units for one in offers)
    url = f"https://www.tokopedia.com/{domain(shop)}/{product.id}"
    row: dict[str, Any] = {
        "basic": {
            "productID": product.id,
            "shopID": shop.tokopedia_id,
            "status": STATUS[listing.status],
            "Name": f"{listing.title} - {offer.variant}" if offer is not None and offer.variant else listing.title,
            "condition": _NEW,
            "childCategoryID": int(listing.category),
            "shortDesc": listing.description,
        },
        "price": price,
        "weight": {"value": 500, "unit": 1},
        "stock": {"useStock": True, "value": units, "stockWording": ""},
        "main_stock": units,
        "reserve_stock": 0,
        "variant": _variant(product),
        "menu": {},
        "preorder": {},
        "extraAttribute": {"minOrder": 1, "lastUpdateCategory": listing.updated_at // 1000, "isEligibleCOD": False},
        "categoryTree": [{"id": int(listing.category), "name": "Handmade"}],
        "pictures": [],
        "GMStats": {},
        "stats": {},
        "other": {"sku": offer.sku if offer is not None else "", "url": url, "mobileURL": url.replace("www", "m", 1)},
        "campaign": {},
        "volume": {},
        "warehouses": [
            {
                "productID": product.id,
                "warehouseID": warehouse.tokopedia_id,
                "price": price,
                "stock": {"useStock": True, "value": sum(held for one in offers for name, held in one.stock if name == warehouse.name)},
            }
            for warehouse in shop.warehouses
        ],
    }
    if listing.twin is not None:
        row["tts_product_id"] = listing.twin
    return row


def _price(price: int, listing: Listing) -> dict[str, int]:
    return {"value": price, "currency": _RUPIAH, "LastUpdateUnix": listing.updated_at // 1000, "idr": price}


def _variant(product: Product) -> dict[str, Any]:
    listing, offer = product
    if not _has_variants(listing):
        return {}
    if offer is None:
        return {"isParent": True, "isVariant": False, "childrenID": [int(one.id) for one in listing.offers]}
    return {"isParent": False, "isVariant": True, "parentID": int(listing.id)}


def _has_variants(listing: Listing) -> bool:
    return listing.offers[0].id != listing.id
