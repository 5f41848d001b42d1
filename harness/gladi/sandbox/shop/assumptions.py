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
        "Deactivate leaves a product alone whose status forbids it on one of the platforms named: its errors name no platform"
    ),
    "shop.outcome_per_app": assumed(
        "a product write that one platform named refuses and another carries out answers code 0 with data.errors[] naming the platform, as "
        "in the changelog's samples; no model of the API reference has them (tiktok-shop-api.md 17.2). On the platform that refuses, a "
        "product that was listed is PLATFORM_DEACTIVATED, as the edit documentation says of an audit; if all refuse it is 12052330"
    ),
    "shop.audit_per_app": assumed(
        "a new product that fails its audit is FAILED on that platform, one that was on sale PLATFORM_DEACTIVATED as in the changelog's "
        "sample; its next edit passes, and until then Activate leaves it as it is"
    ),
    "shop.check_is_no_write": assumed(
        "Check Product Listing may be asked at every stage of the merge: 12052332 is not on its list; what it finds it tells and leaves"
    ),
    "shop.pre_sale_left_out": assumed(
        "an edit that says nothing of the pre-sale of a product that has been live leaves it, since it is frozen then"
    ),
    "shop.categories": assumed(
        "which categories there are, and what a seller may do in each, are this sandbox's own; the statuses are on record, no tree is. "
        "Both versions of the tree hold the same leaves (tiktok-shop-api.md 7.2, 7.3)"
    ),
    "shop.recommended_by_words": assumed("Recommend Category suits a title by the words that it shares with the names of categories"),
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
    "shop.batch_of_any_size": assumed("Batch Ship Packages takes any number of packages; no limit is on record (tiktok-shop-api.md 9.2)"),
    "shop.batch_errors_as_alone": assumed(
        "a package of a batch fails with the code that Ship Package would give it, inside code 0; the one sample shows 10007014 alone"
    ),
    "shop.delivery_options": assumed(
        "each warehouse has two delivery options, one for both apps and one for Tokopedia alone: their fields are on record, which there "
        "are in Indonesia is not"
    ),
    "shop.cancelled_at_once": assumed(
        "between ready-to-ship and pick-up a buyer cancels without the seller's approval; the notice says to pull the parcel and names no "
        "approval (tiktok-shop-api.md 1, 8.4)"
    ),
    "shop.cancellations_of_whole_orders": assumed(
        "an order is cancelled as a whole, for any reason that is given: the codes of reasons come from an operation that is not imitated"
    ),
    "shop.address_until_shipment": assumed(
        "a buyer changes the address of an order himself and at once until its shipment is arranged, and the order's update_time moves; "
        "that there are such changes and a webhook for them is on record, until when they may be made is not (tiktok-shop-api.md 8.2, 14)"
    ),
    "shop.reminders_at_midnight": assumed(
        "the daily reminder that an authorization ends comes at 00:00 UTC; the documents name no time zone (tiktok-shop-api.md 14)"
    ),
    "shop.silent_once_taken_back": assumed(
        "of a shop whose seller has taken his access back the app hears that, and nothing more; nobody says whether its webhooks go on"
    ),
    "shop.new_conversation": assumed(
        "NEW_CONVERSATION comes when a conversation begins too, as its name says; on record are staff who join or leave "
        "(tiktok-shop-api.md 14)"
    ),
    "shop.audit_of_tokopedia": assumed(
        "PRODUCT_AUDIT_STATUS_CHANGE says NONE for Tokopedia where a product is not listed there, and comes when either status changes"
    ),
    "shop.product_types": assumed("the webhook of a new product names no product_types: their values are on no list we have"),
    "shop.returns_of_everything": assumed(
        "a buyer returns all that an order brought, for his money, and it comes to the default warehouse from the day on which he asks; "
        "replacements, refunds alone, arbitration and proposals of the seller are not imitated (tiktok-shop-api.md 11)"
    ),
    "shop.paid_at_delivery": assumed(
        "a statement is made for each order in the moment of its delivery, and is paid at once; the platform makes one a day"
    ),
    "shop.activity_page_token": assumed("Search Activities continues behind the activity whose id is the page_token in the body"),
    "shop.carriers_are_one": assumed("every parcel goes by one carrier and one delivery option, shipped by the platform"),
}
"""Id, and why we chose so. Those that change what a system does are also noted on the answers that rest on them."""
