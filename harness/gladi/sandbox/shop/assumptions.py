"""What this API does where the documents are silent, beside its refusals: each assumption by the id under which answers rest on it."""

from __future__ import annotations

from gladi.record.evidence import Evidence, assumed

__all__ = ["ASSUMPTIONS"]

ASSUMPTIONS: dict[str, Evidence] = {
    "shop.audit_at_once": assumed(
        "an edit passes its audit at once and on every storefront; the documents give an audit no duration (tiktok-shop-api.md 7.4)"
    ),
    "shop.unknown_ids_left_out": assumed(
        "Get Order Detail leaves out an id that no order bears; no error list names one (tiktok-shop-api.md 8)"
    ),
    "shop.deadlines": assumed(
        "ship within 48 hours of payment, hand over within 96, deliver within ten days: fields on record, durations not"
    ),
    "shop.packages_at_payment": assumed("a package exists from payment on, for orders on hold too (tiktok-shop-api.md 17.12)"),
    "shop.default_page_of_orders": assumed("page_size of Get Order List is both required and 20 by default on record; here 20"),
    "shop.faulty_skus_alone": assumed(
        "Update Inventory sets the SKUs that are in order, and tells the others in errors (tiktok-shop-api.md 2)"
    ),
    "shop.highest_price": assumed("a price is at most 1,000,000,000 rupiah: a code for it is on record, the limit is not"),
    "shop.token_of_one_shop": assumed("a seller's token is for his one shop, as local sellers have one (tiktok-shop-api.md 4)"),
    "shop.no_rate_limit": assumed("50 requests a second are never refused: virtual time stands still while a system works"),
    "shop.carriers_are_one": assumed("every parcel goes by one carrier and one delivery option, shipped by the platform"),
}
"""Id, and why we chose so. Those that change what a system does are also noted on the answers that rest on them."""
