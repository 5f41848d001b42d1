"""What this API does where the documents are silent, beside its refusals: each assumption by the id under which answers rest on it."""

from __future__ import annotations

from gladi.record.evidence import Evidence, assumed

__all__ = ["ASSUMPTIONS"]

ASSUMPTIONS: dict[str, Evidence] = {
    "tokopedia.wall_clock_times": assumed(
        "times such as 2025-03-03T09:00:00Z are the wall clock of Jakarta in spite of their Z: two independent signs, no statement "
        "(tokopedia-api.md 3)"
    ),
    "tokopedia.tts_product_id_place": assumed("tts_product_id stands at the top of a product's row (tokopedia-api.md 13)"),
    "tokopedia.tts_shop_id_once_merged": assumed("tts_shop_id comes and goes with tts_integration_completed (tokopedia-api.md 4, 10)"),
    "tokopedia.completed_time_in_seconds": assumed(
        "completed_time is the webhook's timestamp: the second in which the shops merged (tokopedia-api.md 13)"
    ),
    "tokopedia.empty_secret_signs": assumed(
        "registering without webhook_secret wipes it, and webhooks are then signed with the empty key (tokopedia-api.md 10, row 12)"
    ),
    "tokopedia.merge_webhook_is_signed": assumed("Authorization-Hmac is on the merge webhook as on all others (tokopedia-api.md 13)"),
    "tokopedia.refusals_are_400": assumed(
        "every error code comes with HTTP 400; 401, 403, 429 and the 500 of a label that is not found aside (tokopedia-api.md 13)"
    ),
    "tokopedia.orders_by_creation": assumed(
        "from_date and to_date, both inclusive, are held against the time of creation, and the newest order comes first "
        "(tokopedia-api.md 13)"
    ),
    "tokopedia.ship_after_pickup_is_one_parcel": assumed(
        "an airwaybill entered after a pick-up was requested belongs to the parcel that the courier was called for (tokopedia-api.md 6.3)"
    ),
    "tokopedia.listing_shows_variants": assumed(
        "a shop's product list holds parents and variants as rows of their own (IZI reads parentID)"
    ),
    "tokopedia.price_in_every_warehouse": assumed("a price holds in every warehouse, also when a warehouse_id came with it"),
    "tokopedia.some_products_missing": assumed("of several product ids, those that are unknown are left out of the answer"),
    "tokopedia.other_rates": assumed(
        "only calls of Get Shop Info are ever refused for their rate; no other number is documented (tokopedia-api.md 3)"
    ),
    "tokopedia.request_id_answers_again": assumed(
        "a change of stock under a request_id that was used before gets the first answer again and changes nothing (tokopedia-api.md 5.2)"
    ),
    "tokopedia.new_products_in_stock_and_rupiah": assumed(
        "a new product needs name, category_id and price, and 1 to 1000 units: neither 'always in stock' nor dollars are imitated "
        "(tokopedia-api.md 5.2)"
    ),
    "tokopedia.variant_goes_with_its_parent": assumed("a variant is put on the shelf, or taken off it, together with its parent"),
    "tokopedia.closed_is_silence": assumed(
        "a closed API takes no connection, and neither does a write once writes have ended; what answers there instead, if anything, is "
        "documented nowhere (tokopedia-api.md 13)"
    ),
    "tokopedia.ticket_words": assumed("what a resolution ticket says of its problem, status and solution: fields on record, words not"),
    "tokopedia.paid_at_delivery": assumed("an order is paid out in the moment of its delivery, by the platform that had it delivered"),
    "tokopedia.older_orders_do_not_expire": assumed(
        "only orders that are placed during the rehearsal are cancelled at their deadline; what a seller began with stays as it is"
    ),
}
"""Id, and why we chose so. Those that change what a system does are also noted on the answers that rest on them."""
