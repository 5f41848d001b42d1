"""Has one name for whatever Tokopedia & Shop refuses, and one status line for a product: it does not say in which of the two apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.catalogue import Catalogue
from examples.careful.product_search import ProductSearch
from examples.careful.system import Careful
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.careful.book import Change, Place
    from examples.careful.page_answers import Page
    from examples.careful.pages import RefusedInPart

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_that_fails_its_audit_in_one_app_is_seen_with_the_advice",
    "a_launch_that_one_app_refuses_is_told_for_that_app",
    "a_product_that_one_app_took_down_is_seen_as_exactly_that",
    "an_audit_that_failed_in_one_app_is_seen_with_its_reason",
    "an_edit_that_one_app_refuses_is_told_for_that_app",
    "an_error_inside_a_successful_answer_is_told",
}


class OneName(Catalogue):
    """Tells of the platform, where one of its apps refused."""

    def _tells_of_apps(self, change: Change, place: Place, no: RefusedInPart) -> None:
        for failure in no.failures:
            self._book.tell(change.sku, f"{place.platform.label} refused the {change.kind} of {change.sku}: {failure.why}.")


class OneLine(ProductSearch):
    """Shows of a product the worst that is known of it anywhere."""

    def _lines(self, page: Page, sku: str) -> Iterator[tuple[str, str]]:
        yield f"Status on {SHOP.label}", min(self.statuses(page).values(), key=lambda status: status == "ACTIVATE", default="")
        for name, text in super()._lines(page, sku):
            if not name.startswith("In the app of"):
                yield f"Failed its audit on {SHOP.label}" if "audit" in name else name, text


class BlamesThePlatformAsAWhole(Careful):
    """Sends the seller to look in both apps."""

    catalogue = OneName
    search = OneLine
