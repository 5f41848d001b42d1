"""Shows of a product what it last did itself, and asks no platform what became of it."""

from __future__ import annotations

from examples.careful.product_search import ProductSearch
from examples.careful.system import Careful

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice",
    "a_product_that_one_app_took_down_is_seen_as_exactly_that",
    "an_audit_that_failed_in_one_app_is_seen_with_its_reason",
    "the_days_of_a_pre_sale_are_seen",
}


class OwnBooks(ProductSearch):
    """Looks nowhere."""

    async def fields(self, sku: str) -> dict[str, str]:  # noqa: ARG002 - that is its mistake
        """Know nothing of audits, and of what a platform took down."""
        return {}


class ShowsWhatItSent(Careful):
    """Leaves the seller to wonder why nobody buys."""

    search = OwnBooks
