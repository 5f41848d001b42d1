"""Takes the one status that a product used to have for its status in both apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.product_search import ProductSearch
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.page_answers import Page
    from gladi.record.words import Platform

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_product_that_one_app_took_down_is_seen_as_exactly_that",
    "a_search_tells_the_status_in_each_app",
}


class OneStatus(ProductSearch):
    """Reads `status` and nothing beside it."""

    def statuses(self, product: Page) -> dict[Platform, str]:
        """Give one status to every app."""
        return dict.fromkeys(product.statuses(), product.status)


class ShowsOneStatusForBoth(Careful):
    """Shows as on sale what the buyers of Tokopedia no longer find."""

    search = OneStatus
