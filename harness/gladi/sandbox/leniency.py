"""The leniencies: what the sandbox accepts though no document promises it, because real clients need it.

Each use is a finding; under `--rehearse-strict` the refusal beside it is what the caller gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.refusal import Refusal, Refused

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.settings import Settings

__all__ = ["LENIENCIES", "lenient"]

LENIENCIES: dict[str, str] = {
    "surplus_shop_cipher": "a shop_cipher was sent to an operation that takes none",
    "unsigned_empty_object": "the body {} was sent and left out of the signature",
    "list_for_empty_object": "[] was sent where an empty object belongs",
    "foreign_content_type": "a JSON body came under another content type",
    "authorized_code_on_refresh": "grant_type=authorized_code was sent on refresh",
    "local_webhook_address": "a webhook was registered under an address without https, under an IP address or with a port",
    "newer_version": "a path version newer than any known was asked for; it got the newest known shape",
    "seed_listing_platform": "listing_platform was sent, as in the changelog's samples, where the API reference has listing_platforms",
    "seed_category_platform": "listing_platform was sent as a list, as in the changelog's sample, where the API reference has one word",
    "seed_sku": "pre_sale was sent under `sku` at the top, as in the changelog's sample, where the API reference has it in skus[]",
    "seed_release_date": "a pre-sale until a release_date was asked for, which the API reference gives to the United States alone",
    "seed_insurance": "MANDATORY was sent, as in the changelog's sample, where the API reference has REQUIRED",
    "seed_material": "a material was named by material_id and type 1, as in the changelog's sample, where the form has id and PRODUCT",
    "bare_product_list": "new products were sent as a bare list, as one description shows, and not under `products`",
    "seed_shop_id": "a shop was named by its id on Tokopedia & Shop, which the changelog permits and the reference does not know",
    "seed_product_query": "the parameter `product` was sent where real clients send `product_id`",
}
"""Each leniency by id, and what a person reads of it."""


def lenient(arrival: Arrival, settings: Settings, leniency: str, instead: Refusal) -> None:
    """Accept something under a leniency, or refuse it with `instead` when the rehearsal is strict."""
    if settings.strict:
        raise Refused(instead)
    arrival.leans_on(leniency, f"{arrival.request.method} {arrival.operation.path}: {LENIENCIES[leniency]}")
