"""Met its first failed audit on Tokopedia, and says since then that it was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.product_search import ProductSearch
from examples.careful.system import Careful
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.page_answers import Page

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice",
    "an_audit_that_failed_in_one_app_is_seen_with_its_reason",
}


class ThereAgain(ProductSearch):
    """Does not read which app a failed audit names."""

    def _lines(self, page: Page, sku: str) -> Iterator[tuple[str, str]]:
        for name, text in super()._lines(page, sku):
            yield name.replace(SHOP.label, TOKOPEDIA.label) if "audit" in name else name, text


class TakesEveryAuditForTokopedias(Careful):
    """Sends the seller to put right what is right."""

    search = ThereAgain
