"""Shows the seller the fields that it had before the merge, and none of those that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Mapping

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice",
    "a_product_that_one_app_took_down_is_seen_as_exactly_that",
    "a_warehouse_shows_where_it_lies",
    "a_warehouse_shows_which_app_each_delivery_option_serves",
    "an_audit_that_failed_in_one_app_is_seen_with_its_reason",
    "an_order_says_in_which_app_it_was_placed",
    "an_order_shows_what_was_paid_for_its_insurance",
    "the_days_of_a_pre_sale_are_seen",
}

_NEW = (
    "Bought in the app of",
    "In the app of",
    "Failed its audit",
    "Pre-sale",
    "Pre-owned",
    "Sold from",
    "Shipping insurance",
    "Item insurance",
    "Geolocation",
    "Standard shipping",
    "Economy shipping",
)


class ShowsWhatItAlwaysShowed(Careful):
    """Reads new fields and throws them away."""

    async def fields(self, about: str) -> Mapping[str, str]:
        """Give the old ones."""
        return {name: text for name, text in (await super().fields(about)).items() if not name.startswith(_NEW)}
