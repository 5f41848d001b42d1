"""Products as a seller proposes them on Tokopedia & Shop, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.record.words import SHOP
from gladi.sandbox.settings import DEFAULTS
from tests.sandbox.shop import Caller

if TYPE_CHECKING:
    from gladi.record.wire import Response
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.records import Listing

__all__ = ["BOTH", "PRODUCTS", "confirmed", "creates", "listing_of", "proposal"]

PRODUCTS = "/product/202309/products"
BOTH = ["TIKTOK_SHOP", "TOKOPEDIA"]


def confirmed(*, settings: Settings = DEFAULTS) -> Caller:
    """Give a caller whose seller has confirmed the product merge."""
    caller = Caller(settings=settings)
    caller.merges()
    caller.world.confirm("shop-1")
    return caller


def proposal(caller: Caller, *skus: dict[str, Any], **other: Any) -> dict[str, Any]:
    """Write the body of a lawful product for both apps; each of `skus` says what is particular about a SKU."""
    place = {"warehouse_id": caller.shop.warehouses[0].shop_id, "quantity": 12}
    plain = {"price": {"amount": "149000", "currency": "IDR"}, "inventory": [place]}
    return {
        "title": "Batik Scarf Mega Mendung, dyed by hand",
        "description": "<p>Dyed by hand.</p>",
        "category_id": "600001",
        "main_images": [{"uri": "tos/scarf"}],
        "skus": [plain | {"seller_sku": "SCF-MGM" + "-2" * at} | sku for at, sku in enumerate(skus or ({},))],
        "listing_platforms": BOTH,
    } | other


def creates(caller: Caller, *skus: dict[str, Any], **other: Any) -> Response:
    """Create a product."""
    return caller.posts(PRODUCTS, proposal(caller, *skus, **other))


def listing_of(caller: Caller, sku: str = "SCF-MGM") -> Listing:
    """Give what Tokopedia & Shop holds under a seller SKU."""
    listing = caller.world.listing_of_sku(SHOP, "shop-1", sku)
    assert listing is not None
    return listing
