"""What this API does where the documents are silent, beside its refusals: each assumption by the id under which answers rest on it."""

from __future__ import annotations

from gladi.record.evidence import Evidence, assumed

__all__ = ["ASSUMPTIONS"]

ASSUMPTIONS: dict[str, Evidence] = {
    "shop.audit_at_once": assumed(
        "an edit passes its audit at once and on every storefront; the documents give an audit no duration (tiktok-shop-api.md 7.4)"
    ),
    "shop.create_once_a_key": assumed(
        "Create Product with an idempotency_key that was used before answers with the product made then; "
        "the key is unique per shop, and what a second use brings is written nowhere (tiktok-shop-api.md 7.1)"
    ),
    "shop.shelves_all_or_none": assumed(
        "Activate and Deactivate leave a product alone whose status forbids it on one of the platforms named: an error names no platform"
    ),
    "shop.every_category": assumed("every category of digits is a leaf, open to the seller and the same on both storefronts"),
    "shop.left_out_is_off": assumed(
        "a storefront left out of an edit's listing_platforms stays listed there as SELLER_DEACTIVATED, and can be activated again"
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
    "shop.pickup_slots": assumed(
        "the courier can come in the mornings and afternoons of the next three days; the shape of slots is on record, their times are not"
    ),
    "shop.return_cards": assumed(
        "a return card may be sent for any SKU of any order of the shop: the conditions of after-sales are asked of another operation"
    ),
    "shop.chat_pictures": assumed(
        "a picture for a message is a PNG, GIF or JPEG, answered with address, width and height; its shape is the content of IMAGE"
    ),
    "shop.no_chat_quota": assumed("the 10,000 messages a day of the customer service are never used up, and no word is too sensitive"),
    "shop.newest_conversation_first": assumed("Get Conversations begins with the newest message; no order is on record"),
    "shop.platform_speaks": assumed(
        "notifications and staff coming or going are sent by role SYSTEM, and what an app of the seller sends by role SHOP"
    ),
    "shop.carriers_are_one": assumed("every parcel goes by one carrier and one delivery option, shipped by the platform"),
}
"""Id, and why we chose so. Those that change what a system does are also noted on the answers that rest on them."""
