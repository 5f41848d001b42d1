"""Searches for live products alone, because a choice of apps was refused without a status and this one worked."""

from __future__ import annotations

from examples.careful.product_search import ProductSearch
from examples.careful.system import Careful

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_search_in_one_app_finds_what_is_listed_there",
}


class LiveAlone(ProductSearch):
    """Asks for one status where the platform has seven."""

    statuses_sought = ("ACTIVATE",)


class SearchesWhatIsOnSale(Careful):
    """Does not find what the seller would put back on the shelves."""

    search = LiveAlone
